//! Calls and gas estimates: runs that change nothing.

use super::error::ChainError;
use super::execute::{BlockFacts, Mode, Run};
use super::handler::MAX_EXECUTION_GAS;
use super::history::At;
use super::mine::{halt_message, refused};
use super::trace::CallTrace;
use super::view::Overlay;
use super::{Chain, tx};
use alloy::primitives::{Bytes, U256};
use alloy::rpc::types::state::StateOverride;
use alloy::rpc::types::{BlockOverrides, TransactionRequest};
use revm::context::TxEnv;
use revm::context_interface::result::ExecutionResult;

/// Geth's tolerance: an estimate is at most this much above the least gas that works.
const ESTIMATE_ERROR: (u64, u64) = (15, 1000);

/// A call to try.
#[derive(Debug, Clone)]
pub struct Simulation {
    /// The call.
    pub request: TransactionRequest,
    /// Where.
    pub at: At,
    /// Accounts to change for the duration of the call.
    pub overrides: Option<StateOverride>,
    /// What to change about the block for the duration of the call: its `number` (the L1 number) and `time`.
    pub block_overrides: Option<BlockOverrides>,
}

impl Simulation {
    /// A call on the chain as it is.
    #[must_use]
    pub fn new(request: TransactionRequest, at: At) -> Self {
        Self { request, at, overrides: None, block_overrides: None }
    }
}

struct Prepared {
    overlay: Overlay,
    env: TxEnv,
    facts: BlockFacts,
}

impl Chain {
    /// The return data of a call.
    ///
    /// # Errors
    /// [`ChainError::Reverted`] with the data if it reverts, another refusal if it fails otherwise.
    pub fn call(&self, simulation: Simulation) -> Result<Bytes, ChainError> {
        let prepared = self.prepare(simulation)?;
        let run = self.run(&prepared, prepared.env.clone(), Mode::Simulation, false)?;
        output(&run)
    }

    /// Runs a call and hands out everything about it; `is_static` forbids writes from the first frame on.
    ///
    /// # Errors
    /// If the call cannot run at all.
    pub fn run_call(&self, simulation: Simulation, is_static: bool) -> Result<Run, ChainError> {
        let mode = if is_static { Mode::Static } else { Mode::Simulation };
        let prepared = self.prepare(simulation)?;
        self.run(&prepared, prepared.env.clone(), mode, true)
    }

    /// The calls that a call makes.
    ///
    /// # Errors
    /// If the call cannot run at all.
    pub fn trace_call(&self, simulation: Simulation) -> Result<CallTrace, ChainError> {
        let prepared = self.prepare(simulation)?;
        let run = self.run(&prepared, prepared.env.clone(), Mode::Simulation, true)?;
        let trace = run.trace.ok_or_else(|| ChainError::refused("the call made no frame"))?;
        Ok(trace.of_whole_transaction(prepared.env.gas_limit, run.result.gas().tx_gas_used()))
    }

    /// The gas a transaction needs, at most 1.5 % above the least that works.
    ///
    /// # Errors
    /// As [`Chain::call`], when no gas limit works.
    pub fn estimate(&self, simulation: Simulation) -> Result<u64, ChainError> {
        let price = gas_price(&simulation.request);
        let prepared = self.prepare(simulation)?;
        let highest = self.highest_gas(&prepared, price)?;
        let attempt = |gas: u64| {
            let env = TxEnv { gas_limit: gas, ..prepared.env.clone() };
            self.run(&prepared, env, Mode::Simulation, false)
        };
        let full = attempt(highest)?;
        output(&full)?;
        let spent = full.result.gas().total_gas_spent();
        let mut low = spent.saturating_sub(1);
        let mut high = highest;
        let optimistic = (spent + full.result.gas().inner_refunded() + 2_300) * 64 / 63;
        if optimistic < high {
            if succeeds(&attempt(optimistic)) {
                high = optimistic;
            } else {
                low = optimistic;
            }
        }
        while low + 1 < high {
            let (part, whole) = ESTIMATE_ERROR;
            if (high - low).saturating_mul(whole) < high.saturating_mul(part) {
                break;
            }
            let middle = (low + (high - low) / 2).min(low.saturating_mul(2).max(1));
            if succeeds(&attempt(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        Ok(high)
    }

    /// The most gas worth trying: the limit asked for, and what the sender can pay for.
    fn highest_gas(&self, prepared: &Prepared, price: u128) -> Result<u64, ChainError> {
        let asked = prepared.env.gas_limit.min(MAX_EXECUTION_GAS + MAX_EXECUTION_GAS / 2);
        if price == 0 {
            return Ok(asked);
        }
        let info = prepared.overlay.info(&self.state, prepared.env.caller);
        let balance = info.unwrap_or_default().balance;
        let Some(available) = balance.checked_sub(prepared.env.value) else {
            return Err(ChainError::refused("insufficient funds for transfer"));
        };
        let affordable = available / U256::from(price);
        Ok(asked.min(affordable.saturating_to()))
    }

    fn prepare(&self, simulation: Simulation) -> Result<Prepared, ChainError> {
        let mut overlay = self.overlay_at(simulation.at)?;
        if let Some(overrides) = simulation.overrides {
            overlay.apply(&self.state, overrides).map_err(ChainError::Invalid)?;
        }
        let mut facts = self.facts_at(simulation.at)?;
        if let Some(overrides) = &simulation.block_overrides {
            override_block(&mut facts, overrides)?;
        }
        Ok(Prepared { env: tx::simulated(&simulation.request, None)?, overlay, facts })
    }

    fn run(&self, prepared: &Prepared, env: TxEnv, mode: Mode, trace: bool) -> Result<Run, ChainError> {
        self.machine(&prepared.overlay).run(&prepared.facts, env, mode, trace).map_err(|error| refused(&error))
    }
}

fn override_block(facts: &mut BlockFacts, overrides: &BlockOverrides) -> Result<(), ChainError> {
    let BlockOverrides { number, time, .. } = *overrides;
    if *overrides != (BlockOverrides { number, time, ..BlockOverrides::default() }) {
        return Err(ChainError::invalid("of a block only `number` and `time` can be overridden"));
    }
    if let Some(time) = time {
        facts.timestamp = time;
    }
    if let Some(number) = number {
        facts.l1_number =
            number.try_into().map_err(|_| ChainError::invalid("the block number does not fit 64 bits"))?;
    }
    Ok(())
}

fn gas_price(request: &TransactionRequest) -> u128 {
    request.max_fee_per_gas.or(request.gas_price).unwrap_or_default()
}

fn succeeds(run: &Result<Run, ChainError>) -> bool {
    matches!(run, Ok(run) if run.result.is_success())
}

fn output(run: &Run) -> Result<Bytes, ChainError> {
    match &run.result {
        ExecutionResult::Success { output, .. } => Ok(output.data().clone()),
        ExecutionResult::Revert { output, .. } => Err(ChainError::Reverted(output.clone())),
        ExecutionResult::Halt { reason, .. } => Err(ChainError::Refused(halt_message(run, reason))),
    }
}
