//! Running a Stylus program in the place of a frame's bytecode, and frames below it.

use super::evm::{MachineError, NitroEvm};
use super::programs;
use super::stylus_host::ProgramHost;
use crate::stylus::host::{BlockContext, Frame};
use alloy::primitives::Bytes;
use revm::context_interface::{Block, Cfg, ContextTr, Transaction};
use revm::handler::{EvmTr, FrameResult, ItemOrResult};
use revm::interpreter::interpreter_action::FrameInit;
use revm::interpreter::{FrameInput, Gas, InstructionResult, InterpreterResult};

impl NitroEvm<'_> {
    /// Runs `init` and everything below it to the end, on top of the frame that runs now.
    pub(super) fn run_nested(&mut self, mut init: FrameInit) -> Result<FrameResult, MachineError> {
        let base = self.inner.frame_stack.index();
        init.memory = self.inner.frame_stack.get().interpreter.memory.new_child_context();
        let result = self.run_above(base, init);
        self.inner.frame_stack.get().interpreter.memory.free_child_context();
        result
    }

    fn run_above(&mut self, base: Option<usize>, init: FrameInit) -> Result<FrameResult, MachineError> {
        if let ItemOrResult::Result(result) = self.frame_init(init)? {
            return Ok(result);
        }
        loop {
            let result = match self.frame_run()? {
                ItemOrResult::Item(child) => match self.frame_init(child)? {
                    ItemOrResult::Item(_) => continue,
                    ItemOrResult::Result(result) => result,
                },
                ItemOrResult::Result(result) => result,
            };
            if self.inner.frame_stack.get().is_finished() {
                self.inner.frame_stack.pop();
                self.sync_acting();
            }
            if self.inner.frame_stack.index() == base {
                return Ok(result);
            }
            let inner = &mut self.inner;
            inner.frame_stack.get().return_result::<_, MachineError>(&mut inner.ctx, result)?;
        }
    }

    /// Runs the program whose frame is on top.
    pub(super) fn run_program(&mut self) -> Result<InterpreterResult, MachineError> {
        let frame = self.inner.frame_stack.get();
        let FrameInput::Call(call) = &frame.input else { unreachable!("only calls run programs") };
        let call = call.clone();
        let gas_limit = frame.interpreter.gas.remaining();
        let depth = frame.depth;
        let acting = call.target_address;
        let ctx = &mut self.inner.ctx;
        let running_frames = ctx.chain.acting.iter().filter(|(address, counts)| *counts && *address == acting).count();
        let basefee = u128::from(ctx.block().basefee());
        let frame = Frame {
            address: acting,
            caller: call.caller,
            value: call.call_value(),
            calldata: call.input.bytes(ctx),
            is_static: call.is_static,
            gas_limit,
            is_reentrant: running_frames > 1,
            depth,
            block: BlockContext {
                l1_number: ctx.block().number().saturating_to(),
                timestamp: ctx.block().timestamp().saturating_to(),
                coinbase: ctx.block().beneficiary(),
                basefee: ctx.block().basefee().try_into().unwrap_or_default(),
                gas_limit: ctx.block().gas_limit(),
                chain_id: ctx.cfg().chain_id(),
                origin: ctx.tx().caller(),
                gas_price: ctx.tx().effective_gas_price(basefee).try_into().unwrap_or_default(),
            },
        };
        let (code_hash, code) = call.known_bytecode.clone();
        let mut host = ProgramHost::new(self);
        let ended = programs::run(&mut host, &frame, code_hash, &code.original_bytes())
            .map_err(|fault| MachineError::Custom(fault.0))?;
        let refund = host.refund();
        let mut gas = Gas::new(gas_limit);
        gas.set_remaining(ended.gas_left);
        if ended.result.is_ok() {
            gas.record_refund(refund);
        }
        Ok(InterpreterResult { result: ended.result, output: ended.output, gas })
    }
}

/// How a program's frame ended, in the EVM's terms.
#[derive(Debug, Clone)]
pub(super) struct Ended {
    /// Success, revert, or what stopped it.
    pub(super) result: InstructionResult,
    /// Return or revert data.
    pub(super) output: Bytes,
    /// Gas not used.
    pub(super) gas_left: u64,
}
