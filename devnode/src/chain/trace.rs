//! The call tracer: what `debug_traceTransaction` answers with `callTracer`.

use alloy::primitives::{Address, B256, Bytes, Log, U64, U256};
use alloy::sol_types::decode_revert_reason;
use revm::context_interface::ContextTr;
use revm::context_interface::result::HaltReason;
use revm::handler::FrameResult;
use revm::interpreter::interpreter_action::FrameInit;
use revm::interpreter::{CallScheme, CreateScheme, FrameInput, InstructionResult};
use serde::Serialize;

/// One call and the calls it made, as geth's `callTracer` prints it.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CallTrace {
    /// CALL, STATICCALL, DELEGATECALL, CALLCODE, CREATE or CREATE2.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The caller.
    pub from: Address,
    /// The account called or made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Address>,
    /// Wei sent; absent where none can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<U256>,
    /// Gas given to the frame.
    pub gas: U64,
    /// Gas used by the frame.
    pub gas_used: U64,
    /// Calldata or init code.
    pub input: Bytes,
    /// Return data, revert data or deployed code.
    #[serde(skip_serializing_if = "no_bytes")]
    pub output: Bytes,
    /// Why the frame failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The reason in the revert data, if it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revert_reason: Option<String>,
    /// The calls made, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<CallTrace>,
    /// What the frame itself logged, unless it was taken back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub logs: Vec<TracedLog>,
}

/// A log of a frame.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TracedLog {
    /// Its place among the transaction's logs.
    pub index: U64,
    /// How many calls the frame had made before it.
    pub position: U64,
    /// The account that logged.
    pub address: Address,
    /// Topics.
    pub topics: Vec<B256>,
    /// Data.
    pub data: Bytes,
}

impl CallTrace {
    /// As geth has it, the outermost call carries the gas of the whole transaction: its limit, and what it used.
    #[must_use]
    pub(super) fn of_whole_transaction(mut self, gas_limit: u64, gas_used: u64) -> Self {
        self.gas = U64::from(gas_limit);
        self.gas_used = U64::from(gas_used);
        self
    }

    /// Leaves out what was logged, and where `only_top` is set what was called.
    #[must_use]
    pub(super) fn trimmed(mut self, with_log: bool, only_top: bool) -> Self {
        if only_top {
            self.calls.clear();
        }
        if !with_log {
            self.clear_logs();
        }
        self
    }

    fn clear_logs(&mut self) {
        self.logs.clear();
        self.calls.iter_mut().for_each(Self::clear_logs);
    }
}

fn no_bytes(bytes: &Bytes) -> bool {
    bytes.is_empty()
}

/// Builds the tree of calls while they run.
#[derive(Debug, Default)]
pub(crate) struct Tracer {
    open: Vec<CallTrace>,
    root: Option<CallTrace>,
    /// How many of the transaction's logs belong to a frame already.
    logs_seen: usize,
}

impl Tracer {
    /// The transaction's own call with all below it.
    #[must_use]
    pub(crate) fn into_root(self) -> Option<CallTrace> {
        self.root
    }

    /// A frame begins, with these logs of the transaction before it.
    pub(super) fn enter(&mut self, ctx: &impl ContextTr, logs: &[Log], init: &FrameInit) {
        let trace = match &init.frame_input {
            FrameInput::Call(call) => CallTrace {
                kind: match call.scheme {
                    CallScheme::Call => "CALL",
                    CallScheme::CallCode => "CALLCODE",
                    CallScheme::DelegateCall => "DELEGATECALL",
                    CallScheme::StaticCall => "STATICCALL",
                },
                from: match call.scheme {
                    CallScheme::DelegateCall | CallScheme::CallCode => call.target_address,
                    CallScheme::Call | CallScheme::StaticCall => call.caller,
                },
                to: Some(call.bytecode_address),
                value: (!call.scheme.is_static_call()).then(|| call.call_value()),
                gas: U64::from(call.gas_limit),
                input: call.input.bytes(ctx),
                ..CallTrace::default()
            },
            FrameInput::Create(create) => CallTrace {
                kind: match create.scheme() {
                    CreateScheme::Create2 { .. } => "CREATE2",
                    CreateScheme::Create | CreateScheme::Custom { .. } => "CREATE",
                },
                from: create.caller(),
                value: Some(create.value()),
                gas: U64::from(create.gas_limit()),
                input: create.init_code().clone(),
                ..CallTrace::default()
            },
            FrameInput::Empty => CallTrace::default(),
        };
        self.take_logs(logs);
        self.open.push(trace);
    }

    /// Gives new logs to the frame that runs.
    fn take_logs(&mut self, logs: &[Log]) {
        if let Some(frame) = self.open.last_mut() {
            let position = U64::from(frame.calls.len());
            let new = logs.iter().enumerate().skip(self.logs_seen);
            frame.logs.extend(new.map(|(index, log)| TracedLog {
                index: U64::from(index),
                position,
                address: log.address,
                topics: log.topics().to_vec(),
                data: log.data.data.clone(),
            }));
        }
        self.logs_seen = logs.len();
    }

    /// The frame that began last ends, with these logs of the transaction left.
    pub(super) fn leave(&mut self, logs: &[Log], result: &FrameResult) {
        self.take_logs(logs);
        let Some(mut trace) = self.open.pop() else {
            return;
        };
        let ended = result.interpreter_result();
        trace.gas_used = U64::from(ended.gas.limit().saturating_sub(ended.gas.remaining()));
        trace.output = ended.output.clone();
        if let FrameResult::Create(create) = result {
            trace.to = create.address;
        }
        if !ended.result.is_ok() {
            trace.clear_logs();
            trace.error = Some(failure(ended.result).to_owned());
            trace.revert_reason = decode_revert_reason(&ended.output);
        }
        match self.open.last_mut() {
            Some(parent) => parent.calls.push(trace),
            None => self.root = Some(trace),
        }
    }
}

/// What geth calls this way of failing.
#[must_use]
pub(super) fn failure(result: InstructionResult) -> &'static str {
    use InstructionResult as R;
    match result {
        R::Revert => "execution reverted",
        R::CallTooDeep => "max call depth exceeded",
        R::OutOfFunds => "insufficient balance for transfer",
        R::OutOfGas
        | R::MemoryOOG
        | R::MemoryLimitOOG
        | R::PrecompileOOG
        | R::InvalidOperandOOG
        | R::ReentrancySentryOOG => "out of gas",
        R::InvalidJump => "invalid jump destination",
        R::StackUnderflow => "stack underflow",
        R::StackOverflow => "stack limit reached 1024",
        R::StateChangeDuringStaticCall | R::CallNotAllowedInsideStatic => "write protection",
        R::CreateCollision => "contract address collision",
        R::CreateContractSizeLimit => "max code size exceeded",
        R::CreateInitCodeSizeLimit => "max initcode size exceeded",
        R::CreateContractStartingWithEF => "invalid code: must not begin with 0xef",
        R::OpcodeNotFound | R::InvalidFEOpcode | R::NotActivated => "invalid opcode",
        R::PrecompileError => "precompile failed",
        _ => "execution failed",
    }
}

/// What geth calls the reason for which a transaction was stopped.
#[must_use]
pub(super) fn failure_of_halt(reason: &HaltReason) -> &'static str {
    match reason {
        HaltReason::OutOfGas(_) => "out of gas",
        HaltReason::OpcodeNotFound | HaltReason::InvalidFEOpcode | HaltReason::NotActivated => "invalid opcode",
        HaltReason::InvalidJump => "invalid jump destination",
        HaltReason::StackUnderflow => "stack underflow",
        HaltReason::StackOverflow => "stack limit reached 1024",
        HaltReason::CallTooDeep => "max call depth exceeded",
        HaltReason::OutOfFunds => "insufficient funds for transfer",
        HaltReason::CreateCollision => "contract address collision",
        HaltReason::CreateContractSizeLimit => "max code size exceeded",
        HaltReason::CreateContractStartingWithEF => "invalid code: must not begin with 0xef",
        HaltReason::CreateInitCodeSizeLimit => "max initcode size exceeded",
        HaltReason::StateChangeDuringStaticCall | HaltReason::CallNotAllowedInsideStatic => "write protection",
        _ => "execution failed",
    }
}
