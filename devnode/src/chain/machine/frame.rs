//! Running a Stylus program in the place of a frame's bytecode, and frames below it.

use super::evm::NitroEvm;
use super::stylus_host::ProgramHost;
use crate::chain::context::{MachineError, NitroContext};
use crate::chain::precompiles::inactive_error;
use crate::chain::programs::{BLOCK_CACHE_SIZE, Inactive, Program};
use crate::stylus::host::{BlockContext, Frame};
use crate::stylus::run::{RunStatus, Start, run};
use alloy::primitives::B256;
use revm::context_interface::{Block, Cfg, ContextTr, Transaction};
use revm::handler::{EvmTr, FrameResult, ItemOrResult};
use revm::interpreter::interpreter_action::FrameInit;
use revm::interpreter::{FrameInput, Gas, InstructionResult, InterpreterResult};
use std::sync::Arc;

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
        let (row, is_recent) = match active(ctx, code_hash) {
            Ok(active) => active,
            Err(reason) => return Ok(refuse(reason, gas_limit)),
        };
        let start = Start {
            pages: row.footprint,
            init_cost: row.init_cost,
            cached_cost: row.cached_cost,
            is_cached: is_recent || row.cached,
        };
        let programs = Arc::clone(&ctx.chain.programs);
        let fault = |words: String| MachineError::Custom(words);
        let program = programs.load(code_hash, &code.original_bytes()).map_err(|error| fault(error.to_string()))?;
        let mut host = ProgramHost::new(self);
        let outcome = run(&program, start, &frame, &mut host).map_err(|error| fault(error.to_string()))?;
        let mut gas = Gas::new(gas_limit);
        gas.set_remaining(outcome.gas_left);
        if outcome.status == RunStatus::Success {
            gas.record_refund(host.refund());
        }
        Ok(InterpreterResult { result: in_terms_of_the_evm(outcome.status), output: outcome.output, gas })
    }
}

/// The program's row, if it can be used now, and whether this block ran the program before.
fn active(ctx: &mut NitroContext<'_>, code_hash: B256) -> Result<(Program, bool), Inactive> {
    let now = ctx.block().timestamp().saturating_to();
    let row = Program::load(ctx, code_hash).active(now)?;
    Ok((row, remember(ctx, code_hash)))
}

/// A program that cannot be used burns its gas, as in Nitro; the typed error says why.
fn refuse(reason: Inactive, gas_limit: u64) -> InterpreterResult {
    let mut gas = Gas::new(gas_limit);
    gas.set_remaining(0);
    InterpreterResult { result: InstructionResult::Revert, output: inactive_error(reason).into(), gas }
}

/// Puts the program among the block's recent ones; true if it was there. Only from ArbOS 60 on.
fn remember(ctx: &mut NitroContext<'_>, code_hash: B256) -> bool {
    if !ctx.chain.arbos.caches_recent_programs() {
        return false;
    }
    let recent = &mut ctx.chain.recent_programs;
    let known = recent.iter().position(|hash| *hash == code_hash);
    if let Some(at) = known {
        recent.remove(at);
    } else if recent.len() == usize::from(BLOCK_CACHE_SIZE) {
        recent.remove(0);
    }
    recent.push(code_hash);
    known.is_some()
}

const fn in_terms_of_the_evm(status: RunStatus) -> InstructionResult {
    match status {
        RunStatus::Success => InstructionResult::Return,
        RunStatus::Revert => InstructionResult::Revert,
        RunStatus::OutOfGas => InstructionResult::OutOfGas,
        RunStatus::StackOverflow => InstructionResult::StackOverflow,
    }
}
