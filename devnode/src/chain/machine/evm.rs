//! revm's EVM with Arbitrum's rules, precompiles and Stylus programs.

use crate::chain::context::{MachineError, NitroContext, Running};
use crate::chain::precompiles::NitroPrecompiles;
use crate::chain::view::View;
use crate::stylus::code;
use alloy::primitives::Address;
use revm::Context;
use revm::context::{BlockEnv, CfgEnv, Evm, FrameStack, TxEnv};
use revm::handler::evm::{FrameInitResult, FrameTr};
use revm::handler::instructions::EthInstructions;
use revm::handler::{EthFrame, EvmTr, FrameData, FrameInitOrResult, FrameResult, ItemOrResult};
use revm::interpreter::interpreter::EthInterpreter;
use revm::interpreter::interpreter_action::FrameInit;
use revm::interpreter::{CallScheme, CreateScheme, FrameInput, InstructionResult, InterpreterAction};

type Inner<'a> = Evm<
    NitroContext<'a>,
    (),
    EthInstructions<EthInterpreter, NitroContext<'a>>,
    NitroPrecompiles,
    EthFrame<EthInterpreter>,
>;

/// The machine for one transaction.
pub(in crate::chain) struct NitroEvm<'a> {
    pub(super) inner: Inner<'a>,
}

impl<'a> NitroEvm<'a> {
    /// A machine over `view` with the given environment.
    #[must_use]
    pub(crate) fn new(view: View<'a>, cfg: CfgEnv, block: BlockEnv, tx: TxEnv, running: Running) -> Self {
        let spec = cfg.spec;
        let ctx = Context {
            block,
            tx,
            cfg,
            journaled_state: revm::context_interface::JournalTr::new(view),
            chain: running,
            local: revm::context::LocalContext::default(),
            error: Ok(()),
        };
        Self {
            inner: Evm {
                ctx,
                inspector: (),
                instruction: EthInstructions::new_mainnet_with_spec(spec),
                precompiles: NitroPrecompiles::new(spec),
                frame_stack: FrameStack::new_prealloc(8),
            },
        }
    }

    /// Gives the machine up for what it kept.
    #[must_use]
    pub(crate) fn into_context(self) -> NitroContext<'a> {
        self.inner.ctx
    }

    /// Drops frames that ended from the record of acting accounts.
    pub(super) fn sync_acting(&mut self) {
        let depth = self.inner.frame_stack.index().map_or(0, |i| i + 1);
        self.inner.ctx.chain.acting.truncate(depth);
    }
}

impl<'a> EvmTr for NitroEvm<'a> {
    type Context = NitroContext<'a>;
    type Instructions = EthInstructions<EthInterpreter, NitroContext<'a>>;
    type Precompiles = NitroPrecompiles;
    type Frame = EthFrame<EthInterpreter>;

    fn all(&self) -> (&Self::Context, &Self::Instructions, &Self::Precompiles, &FrameStack<Self::Frame>) {
        self.inner.all()
    }

    fn all_mut(
        &mut self,
    ) -> (&mut Self::Context, &mut Self::Instructions, &mut Self::Precompiles, &mut FrameStack<Self::Frame>) {
        self.inner.all_mut()
    }

    fn frame_init(
        &mut self,
        init: <Self::Frame as FrameTr>::FrameInit,
    ) -> Result<FrameInitResult<'_, Self::Frame>, MachineError> {
        self.trace_enter(&init);
        let delegate = matches!(
            &init.frame_input,
            FrameInput::Call(call)
                if matches!(call.scheme, CallScheme::DelegateCall | CallScheme::CallCode)
        );
        let result = match self.inner.frame_init(init)? {
            ItemOrResult::Item(frame) => {
                let acting = frame.interpreter.input.target_address;
                self.inner.ctx.chain.acting.push((acting, !delegate));
                return Ok(ItemOrResult::Item(self.inner.frame_stack.get()));
            }
            ItemOrResult::Result(result) => result,
        };
        trace_leave(&mut self.inner.ctx, &result);
        Ok(ItemOrResult::Result(result))
    }

    fn frame_run(&mut self) -> Result<FrameInitOrResult<Self::Frame>, MachineError> {
        let frame = self.inner.frame_stack.get();
        let runs_program = matches!(&frame.input, FrameInput::Call(call)
            if code::is_program(call.known_bytecode.1.original_byte_slice()));
        let mut action = if runs_program {
            InterpreterAction::Return(self.run_program()?)
        } else {
            let (table, gas) = (self.inner.instruction.instruction_table(), self.inner.instruction.gas_table());
            let ctx = &mut self.inner.ctx;
            match ctx.chain.steps.take() {
                None => frame.interpreter.run_plain(table, gas, ctx),
                Some(mut steps) => {
                    let depth = frame.depth + 1;
                    let action =
                        steps.run(&mut frame.interpreter, depth, |interpreter| interpreter.step(table, gas, ctx));
                    ctx.chain.steps = Some(steps);
                    action
                }
            }
        };
        let frame = self.inner.frame_stack.get();
        if let (FrameData::Create(_), InterpreterAction::Return(result)) = (&frame.data, &mut action) {
            // EIP-3541, but for Stylus programs, which may be deployed.
            let forbidden =
                result.result.is_ok() && result.output.first() == Some(&0xEF) && !code::is_program(&result.output);
            if forbidden {
                result.result = InstructionResult::CreateContractStartingWithEF;
            }
        }
        let next = frame.process_next_action::<_, MachineError>(&mut self.inner.ctx, action)?;
        if let ItemOrResult::Result(result) = &next {
            frame.set_finished(true);
            trace_leave(&mut self.inner.ctx, result);
        }
        Ok(next)
    }

    fn frame_return_result(&mut self, result: FrameResult) -> Result<Option<FrameResult>, MachineError> {
        let last = self.inner.frame_return_result(result);
        self.sync_acting();
        last
    }
}

impl NitroEvm<'_> {
    fn trace_enter(&mut self, init: &FrameInit) {
        if let Some(mut tracer) = self.inner.ctx.chain.tracer.take() {
            tracer.enter(&self.inner.ctx, &self.inner.ctx.journaled_state.logs, init);
            self.inner.ctx.chain.tracer = Some(tracer);
        }
        if let Some(hostios) = &mut self.inner.ctx.chain.hostios {
            let (name, address) = named(&init.frame_input);
            hostios.enter(name, address);
        }
    }
}

fn trace_leave(ctx: &mut NitroContext<'_>, result: &FrameResult) {
    if let Some(tracer) = &mut ctx.chain.tracer {
        tracer.leave(&ctx.journaled_state.logs, result);
    }
    if let Some(hostios) = &mut ctx.chain.hostios {
        hostios.leave(match result {
            FrameResult::Create(create) => create.address,
            FrameResult::Call(_) => None,
        });
    }
}

/// What Nitro's tracer calls the beginning of such a frame, and whose code runs there; nobody's yet for a creation.
fn named(input: &FrameInput) -> (&'static str, Address) {
    match input {
        FrameInput::Call(call) => {
            let name = match call.scheme {
                CallScheme::Call => "evm_call_contract",
                // Nitro has no name for it; nobody compiles to it any more.
                CallScheme::CallCode => "",
                CallScheme::DelegateCall => "evm_delegate_call_contract",
                CallScheme::StaticCall => "evm_static_call_contract",
            };
            (name, call.bytecode_address)
        }
        FrameInput::Create(create) => match create.scheme() {
            CreateScheme::Create2 { .. } => ("evm_create2", Address::ZERO),
            CreateScheme::Create | CreateScheme::Custom { .. } => ("evm_create1", Address::ZERO),
        },
        FrameInput::Empty => ("", Address::ZERO),
    }
}
