//! The opcode logger: what `debug_trace…` answers when no tracer is named. Programs run no opcodes and show none.

use super::error::ChainError;
use super::trace::failure;
use alloy::primitives::{B256, U256, hex, map::AddressMap};
use revm::bytecode::opcode::{OpCode, SLOAD, SSTORE};
use revm::interpreter::interpreter_types::{Jumps, LoopControl};
use revm::interpreter::{InstructionExecResult, Interpreter, InterpreterAction};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most opcodes of one trace.
const MOST_STEPS: usize = 100_000;

/// What to record of each opcode, by geth's names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "geth has a switch for each")]
pub struct StepOptions {
    /// The memory before it.
    pub enable_memory: bool,
    /// Leaves out the stack before it.
    pub disable_stack: bool,
    /// Leaves out the slots that the contract has touched so far.
    pub disable_storage: bool,
    /// What the last call returned, before it.
    pub enable_return_data: bool,
    /// How many opcodes to record; 0 is all.
    pub limit: usize,
}

/// One opcode, as geth prints it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Step {
    pc: usize,
    op: &'static str,
    gas: u64,
    gas_cost: u64,
    depth: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stack: Option<Vec<U256>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    memory: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage: Option<BTreeMap<String, String>>,
}

/// Records the opcodes while they run.
#[derive(Debug)]
pub(crate) struct Steps {
    options: StepOptions,
    recorded: Vec<Step>,
    touched: AddressMap<BTreeMap<String, String>>,
    is_too_long: bool,
}

impl Steps {
    /// Nothing yet.
    #[must_use]
    pub(crate) fn new(options: StepOptions) -> Self {
        Self { options, recorded: Vec::new(), touched: AddressMap::default(), is_too_long: false }
    }

    /// What was recorded.
    ///
    /// # Errors
    /// If it is more than one trace may hold.
    pub(super) fn into_recorded(self) -> Result<Vec<Step>, ChainError> {
        if self.is_too_long {
            return Err(ChainError::refused(format!("more than {MOST_STEPS} opcodes: set a limit, or a tracer")));
        }
        Ok(self.recorded)
    }

    /// Runs a frame's code until it ends or calls, opcode by opcode.
    pub(super) fn run(
        &mut self,
        interpreter: &mut Interpreter,
        depth: usize,
        mut run_one: impl FnMut(&mut Interpreter) -> InstructionExecResult,
    ) -> InterpreterAction {
        loop {
            let step = self.wants_more().then(|| self.before(interpreter, depth));
            let (slot, second) = (interpreter.stack.peek(0).ok(), interpreter.stack.peek(1).ok());
            let op = interpreter.bytecode.opcode();
            let left = interpreter.gas.remaining();
            let ended = run_one(interpreter).err().filter(|_| interpreter.bytecode.action().is_none());
            if let Some(mut step) = step {
                step.gas_cost = left.saturating_sub(interpreter.gas.remaining());
                step.error = ended.map(failure);
                let value = match op {
                    SLOAD => interpreter.stack.peek(0).ok(),
                    SSTORE => second,
                    _ => None,
                };
                let value = value.filter(|_| ended.is_none() && !self.options.disable_storage);
                if let (Some(slot), Some(value)) = (slot, value) {
                    let touched = self.touched.entry(interpreter.input.target_address).or_default();
                    touched.insert(word(slot), word(value));
                    step.storage = Some(touched.clone());
                }
                self.recorded.push(step);
            }
            if let Some(error) = ended {
                interpreter.halt(error);
            }
            if interpreter.bytecode.action().is_some() {
                return interpreter.take_next_action();
            }
        }
    }

    fn wants_more(&mut self) -> bool {
        let limit = self.options.limit;
        let is_full = limit > 0 && self.recorded.len() >= limit;
        self.is_too_long |= !is_full && self.recorded.len() >= MOST_STEPS;
        !is_full && !self.is_too_long
    }

    fn before(&self, interpreter: &Interpreter, depth: usize) -> Step {
        let options = &self.options;
        let memory = || interpreter.memory.context_memory().chunks(32).map(hex::encode).collect();
        let op = interpreter.bytecode.opcode();
        Step {
            pc: interpreter.bytecode.pc(),
            op: OpCode::name_by_op(op),
            gas: interpreter.gas.remaining(),
            gas_cost: 0,
            depth,
            error: None,
            stack: (!options.disable_stack).then(|| interpreter.stack.data().clone()),
            return_data: options.enable_return_data.then(|| hex::encode_prefixed(&interpreter.return_data.0)),
            memory: options.enable_memory.then(memory),
            storage: None,
        }
    }
}

fn word(value: U256) -> String {
    hex::encode(B256::from(value))
}
