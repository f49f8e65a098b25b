//! The chain as a running Stylus program sees it.

use super::evm::NitroEvm;
use crate::chain::view::View;
use crate::stylus::host::{
    AccountFacts, CallKind, CallOutcome, CallRequest, ChildStatus, CreateOutcome, CreateRequest, Frame, Host,
    HostError, Pages, SlotRead, SlotWrite,
};
use crate::stylus::hostios::Hostios;
use alloy::primitives::{Address, B256, Bytes, Log, LogData, U256};
use revm::context_interface::journaled_state::JournalTr;
use revm::context_interface::{ContextTr, Host as EvmHost};
use revm::handler::FrameResult;
use revm::interpreter::interpreter_action::FrameInit;
use revm::interpreter::{
    CallInput, CallInputs, CallScheme, CallValue, CreateInputs, CreateScheme, FrameInput, InstructionResult,
    InterpreterResult, SharedMemory,
};
use std::convert::Infallible;

/// Serves one frame of a program.
pub(super) struct ProgramHost<'e, 'a> {
    evm: &'e mut NitroEvm<'a>,
    refund: i64,
}

impl<'e, 'a> ProgramHost<'e, 'a> {
    /// A host for the frame on top of `evm`.
    pub(super) fn new(evm: &'e mut NitroEvm<'a>) -> Self {
        Self { evm, refund: 0 }
    }

    /// The refund counter of this frame and of its successful children.
    #[must_use]
    pub(super) const fn refund(&self) -> i64 {
        self.refund
    }

    fn journal(&mut self) -> &mut revm::Journal<View<'a>> {
        self.evm.inner.ctx.journal_mut()
    }

    fn run(&mut self, depth: usize, input: FrameInput) -> Result<FrameResult, HostError> {
        let init = FrameInit { depth: depth + 1, memory: SharedMemory::invalid(), frame_input: input };
        let result = self.evm.run_nested(init).map_err(|error| HostError(format!("{error:?}")))?;
        if result.instruction_result().is_ok() {
            self.refund += result.gas().refunded();
        }
        Ok(result)
    }

    /// The code to run at `target`, through an EIP-7702 delegation if there is one.
    fn code_to_run(&mut self, target: Address) -> (B256, revm::bytecode::Bytecode) {
        let journal = self.journal();
        let account = infallible(journal.load_account_with_code(target));
        let code = account.info.code.clone().unwrap_or_default();
        let hash = account.info.code_hash;
        match code.eip7702_address() {
            None => (hash, code),
            Some(delegate) => {
                let account = infallible(journal.load_account_with_code(delegate));
                (account.info.code_hash, account.info.code.clone().unwrap_or_default())
            }
        }
    }
}

impl Host for ProgramHost<'_, '_> {
    fn storage_load(&mut self, address: Address, key: B256) -> Result<SlotRead, HostError> {
        let load = infallible(self.journal().sload(address, key.into()));
        Ok(SlotRead { value: load.data.into(), is_cold: load.is_cold })
    }

    fn storage_peek(&mut self, address: Address, key: B256) -> Result<SlotWrite, HostError> {
        let key: U256 = key.into();
        let load = infallible(self.journal().sload(address, key));
        let original = self
            .journal()
            .evm_state()
            .get(&address)
            .and_then(|account| account.storage.get(&key))
            .map(|slot| slot.original_value)
            .unwrap_or_default();
        Ok(SlotWrite { original: original.into(), present: load.data.into(), is_cold: load.is_cold })
    }

    fn storage_store(&mut self, address: Address, key: B256, value: B256) -> Result<(), HostError> {
        infallible(self.journal().sstore(address, key.into(), value.into()));
        Ok(())
    }

    fn add_refund(&mut self, gas: i64) {
        self.refund += gas;
    }

    fn transient_load(&mut self, address: Address, key: B256) -> B256 {
        self.journal().tload(address, key.into()).into()
    }

    fn transient_store(&mut self, address: Address, key: B256, value: B256) {
        self.journal().tstore(address, key.into(), value.into());
    }

    fn account(&mut self, address: Address) -> Result<AccountFacts, HostError> {
        let load = self
            .evm
            .inner
            .ctx
            .load_account_info_skip_cold_load(address, false, false)
            .map_err(|error| HostError(format!("{error:?}")))?;
        Ok(AccountFacts {
            balance: load.account.balance,
            code_hash: if load.is_empty { B256::ZERO } else { load.account.code_hash },
            is_empty: load.is_empty,
            is_cold: load.is_cold,
        })
    }

    fn code(&mut self, address: Address) -> Result<(Bytes, bool), HostError> {
        let load = infallible(self.journal().load_account_with_code(address));
        let code = load.info.code.as_ref().map(revm::bytecode::Bytecode::original_bytes);
        Ok((code.unwrap_or_default(), load.is_cold))
    }

    fn call(&mut self, frame: &Frame, request: CallRequest) -> Result<CallOutcome, HostError> {
        let known_bytecode = self.code_to_run(request.target);
        let (scheme, target_address, caller, value) = match request.kind {
            CallKind::Call => (CallScheme::Call, request.target, frame.address, CallValue::Transfer(request.value)),
            CallKind::Static => {
                (CallScheme::StaticCall, request.target, frame.address, CallValue::Transfer(U256::ZERO))
            }
            CallKind::Delegate => {
                (CallScheme::DelegateCall, frame.address, frame.caller, CallValue::Apparent(frame.value))
            }
        };
        let inputs = CallInputs {
            input: CallInput::Bytes(request.input),
            return_memory_offset: 0..0,
            gas_limit: request.gas_limit,
            reservoir: 0,
            bytecode_address: request.target,
            known_bytecode,
            target_address,
            caller,
            value,
            scheme,
            is_static: frame.is_static || request.kind == CallKind::Static,
            charged_new_account_state_gas: false,
        };
        let result = self.run(frame.depth, FrameInput::Call(Box::new(inputs)))?;
        let (status, output, gas_left) = settle(result.into_interpreter_result());
        Ok(CallOutcome { status, output, gas_left })
    }

    fn create(&mut self, frame: &Frame, request: CreateRequest) -> Result<CreateOutcome, HostError> {
        let scheme = match request.salt {
            None => CreateScheme::Create,
            Some(salt) => CreateScheme::Create2 { salt: salt.into() },
        };
        let inputs = CreateInputs::new(frame.address, scheme, request.endowment, request.code, request.gas_limit, 0);
        let result = self.run(frame.depth, FrameInput::Create(Box::new(inputs)))?;
        let address = match &result {
            FrameResult::Create(outcome) => outcome.address,
            FrameResult::Call(_) => None,
        };
        let (mut status, output, gas_left) = settle(result.into_interpreter_result());
        if status == ChildStatus::Success && address.is_none() {
            status = ChildStatus::Halt;
        }
        Ok(CreateOutcome { address: address.filter(|_| status == ChildStatus::Success), status, output, gas_left })
    }

    fn emit_log(&mut self, address: Address, topics: Vec<B256>, data: Bytes) {
        let data = LogData::new_unchecked(topics, data);
        self.journal().log(Log { address, data });
    }

    fn pages(&mut self) -> &mut Pages {
        &mut self.evm.inner.ctx.chain.pages
    }

    fn hostios(&mut self) -> Option<&mut Hostios> {
        self.evm.inner.ctx.chain.hostios.as_mut()
    }
}

fn settle(result: InterpreterResult) -> (ChildStatus, Bytes, u64) {
    let InterpreterResult { result, output, gas } = result;
    if result.is_ok() {
        (ChildStatus::Success, output, gas.remaining())
    } else if result == InstructionResult::Revert {
        (ChildStatus::Revert, output, gas.remaining())
    } else if result.is_revert() {
        (ChildStatus::Halt, Bytes::new(), gas.remaining())
    } else {
        (ChildStatus::Halt, Bytes::new(), 0)
    }
}

/// A state in memory cannot fail.
fn infallible<T>(result: Result<T, Infallible>) -> T {
    match result {
        Ok(value) => value,
    }
}
