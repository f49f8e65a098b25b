//! One call of a precompile: its gas, its rights, and how it ends. Prices as in Nitro's `precompile.go`.

use crate::chain::context::NitroContext;
use crate::chain::programs;
use alloy::primitives::{Address, Bytes, IntoLogData, Log, U256};
use alloy::sol_types::{SolError, SolEvent};
use revm::context_interface::{Block, ContextTr, JournalTr};
use revm::interpreter::{CallInputs, Gas, InstructionResult, InterpreterResult};

/// A read of ArbOS' storage.
const READ_GAS: u64 = 800;
/// A write of ArbOS' storage that leaves a value.
const WRITE_GAS: u64 = 20_000;
/// A write of ArbOS' storage that leaves zero.
const CLEAR_GAS: u64 = 5_000;
/// A word of arguments, results or error data.
const COPY_WORD_GAS: u64 = 3;

/// Why a precompile does not answer.
#[derive(Debug)]
pub(super) enum Refusal {
    /// A Solidity error: its data is returned, the remaining gas kept.
    Typed(Vec<u8>),
    /// A bare revert that keeps the remaining gas.
    Bare,
    /// A revert that burns all gas: unknown selectors, missing rights, no gas left.
    Burnt,
    /// An activation that failed: all gas burnt, the reason kept for the client.
    Activation(String),
}

/// The encoded result of a method, or why there is none.
pub(super) type Answer = Result<Vec<u8>, Refusal>;

/// A call in progress.
pub(super) struct Call<'c, 'a> {
    /// The chain.
    pub(super) ctx: &'c mut NitroContext<'a>,
    /// The call data, selector included.
    pub(super) input: Bytes,
    /// Who calls.
    pub(super) caller: Address,
    /// Wei that came with the call.
    pub(super) value: U256,
    /// The precompile's address, if it acts as itself; under delegatecall the caller's.
    acting: Address,
    itself: Address,
    is_static: bool,
    gas: Gas,
}

impl<'c, 'a> Call<'c, 'a> {
    pub(super) fn new(ctx: &'c mut NitroContext<'a>, inputs: &CallInputs) -> Self {
        Self {
            input: inputs.input.bytes(ctx),
            caller: inputs.caller,
            value: inputs.call_value(),
            acting: inputs.target_address,
            itself: inputs.bytecode_address,
            is_static: inputs.is_static,
            gas: Gas::new(inputs.gas_limit),
            ctx,
        }
    }

    /// Pays for the arguments and for opening ArbOS' state.
    pub(super) fn open(&mut self) -> Result<(), Refusal> {
        if self.input.len() < 4 {
            return Err(Refusal::Burnt);
        }
        let words = (self.input.len() as u64 - 4).div_ceil(32);
        self.burn(words * COPY_WORD_GAS + READ_GAS)
    }

    /// Takes gas.
    pub(super) fn burn(&mut self, gas: u64) -> Result<(), Refusal> {
        if self.gas.record_regular_cost(gas) { Ok(()) } else { Err(Refusal::Burnt) }
    }

    /// Takes the gas of that many reads of ArbOS' storage.
    pub(super) fn burn_reads(&mut self, reads: u64) -> Result<(), Refusal> {
        self.burn(reads * READ_GAS)
    }

    /// Takes the gas of a write of ArbOS' storage.
    pub(super) fn burn_write(&mut self, clears: bool) -> Result<(), Refusal> {
        self.burn(if clears { CLEAR_GAS } else { WRITE_GAS })
    }

    /// Seconds of the block.
    pub(super) fn now(&self) -> u64 {
        self.ctx.block().timestamp().saturating_to()
    }

    /// Refuses value where none is taken.
    pub(super) fn no_value(&self) -> Result<(), Refusal> {
        if self.value.is_zero() { Ok(()) } else { Err(Refusal::Burnt) }
    }

    /// Refuses writes under a static call, and acting in another's name.
    pub(super) fn may_write(&self) -> Result<(), Refusal> {
        if self.is_static || self.acting != self.itself { Err(Refusal::Burnt) } else { Ok(()) }
    }

    /// Emits an event and takes its gas.
    pub(super) fn emit<E: SolEvent + IntoLogData>(&mut self, event: &E) -> Result<(), Refusal> {
        let data = event.to_log_data();
        let topics = data.topics().len() as u64;
        self.burn(375 + 375 * topics + 8 * data.data.len() as u64)?;
        self.ctx.journal_mut().log(Log { address: self.itself, data });
        Ok(())
    }

    /// Moves wei that the precompile received.
    pub(super) fn pay(&mut self, to: Address, amount: U256) -> Result<(), Refusal> {
        match self.ctx.journal_mut().transfer(self.itself, to, amount) {
            Ok(None) => Ok(()),
            Ok(Some(_)) => Err(Refusal::Bare),
        }
    }

    /// Reads a word of ArbOS' storage.
    pub(super) fn load(&mut self, key: U256) -> Result<U256, Refusal> {
        self.burn_reads(1)?;
        Ok(programs::load(self.ctx, key))
    }

    /// Writes a word of ArbOS' storage.
    pub(super) fn store(&mut self, key: U256, value: U256) -> Result<(), Refusal> {
        self.burn_write(value.is_zero())?;
        programs::store(self.ctx, key, value);
        Ok(())
    }
}

/// A typed refusal.
pub(super) fn typed(error: &impl SolError) -> Refusal {
    Refusal::Typed(error.abi_encode())
}

/// Ends the call.
pub(super) fn finish(mut call: Call<'_, '_>, answer: Answer) -> InterpreterResult {
    let (result, output) = match answer {
        Ok(data) => (InstructionResult::Return, data),
        Err(Refusal::Typed(data)) => (InstructionResult::Revert, data),
        Err(Refusal::Bare) => (InstructionResult::Revert, Vec::new()),
        Err(Refusal::Burnt) => {
            call.gas.spend_all();
            (InstructionResult::Revert, Vec::new())
        }
        Err(Refusal::Activation(reason)) => {
            call.ctx.chain.activation_failure = Some(reason);
            call.gas.spend_all();
            (InstructionResult::PrecompileError, Vec::new())
        }
    };
    let copy = (output.len() as u64).div_ceil(32) * COPY_WORD_GAS;
    if !call.gas.record_regular_cost(copy) {
        call.gas.spend_all();
        return InterpreterResult::new(InstructionResult::Revert, Bytes::new(), call.gas);
    }
    InterpreterResult::new(result, output.into(), call.gas)
}
