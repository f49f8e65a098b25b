//! Calls and gas estimates: runs that change nothing.

use super::block::Outcome;
use super::error::{ChainError, insufficient_funds};
use super::execute::{BlockFacts, Mode, Recording, Run};
use super::fees::{Fees, check_request};
use super::handler::{MAX_EXECUTION_GAS, TransactError};
use super::mine::{halt_message, outcome, refused};
use super::simulation::Simulation;
use super::view::Overlay;
use super::{Chain, node_interface, tx};
use alloy::primitives::{Bytes, TxKind, U256};
use alloy::rpc::types::BlockOverrides;
use revm::context::TxEnv;
use revm::context_interface::result::{ExecutionResult, HaltReason, InvalidTransaction};

/// Geth's tolerance: an estimate is at most this much above the least gas that works.
const ESTIMATE_ERROR: (u64, u64) = (15, 1000);

/// A call with all that it runs on.
pub(super) struct Prepared {
    pub(super) overlay: Overlay,
    pub(super) env: TxEnv,
    facts: BlockFacts,
    /// What each gas may cost at most, in wei; 0 charges nothing.
    fee_cap: u128,
}

/// The gas of a transaction that only moves wei.
const TRANSFER_GAS: u64 = 21_000;

impl Chain {
    /// The return data of a call.
    ///
    /// # Errors
    /// [`ChainError::Reverted`] with the data if it reverts, another refusal if it fails otherwise.
    pub fn call(&self, simulation: Simulation) -> Result<Bytes, ChainError> {
        if node_interface::is_asked(&simulation.request) {
            return self.node_interface(simulation);
        }
        output(&self.run_call(simulation, Mode::Simulation)?)
    }

    /// All that comes of a call, also where it fails; `is_static` forbids writes from the first frame on.
    ///
    /// # Errors
    /// If the call cannot run at all.
    pub fn outcome_of_call(&self, simulation: Simulation, is_static: bool) -> Result<Outcome, ChainError> {
        let mode = if is_static { Mode::Static } else { Mode::Simulation };
        self.run_call(simulation, mode).map(|run| outcome(&run))
    }

    /// Runs a call and hands out everything about it.
    ///
    /// # Errors
    /// If the call cannot run at all.
    pub(crate) fn run_call(&self, simulation: Simulation, mode: Mode) -> Result<Run, ChainError> {
        let prepared = self.prepare_paid(simulation)?;
        self.run(&prepared, prepared.env.clone(), mode, Recording::default())
    }

    /// The gas a transaction needs, at most 1.5 % above the least that works; for a plain transfer exactly that, which
    /// is tried first.
    ///
    /// # Errors
    /// As [`Chain::call`], when no gas limit works.
    pub fn estimate(&self, simulation: Simulation) -> Result<u64, ChainError> {
        if node_interface::is_asked(&simulation.request) {
            // Nothing runs there, but an answer that would be refused has no estimate.
            self.node_interface(simulation.clone())?;
        }
        let prepared = self.prepare(simulation)?;
        let highest = self.highest_gas(&prepared)?;
        let attempt = |gas: u64| {
            let env = TxEnv { gas_limit: gas, ..prepared.env.clone() };
            self.machine(&prepared.overlay).run(&prepared.facts, env, Mode::Simulation, Recording::default())
        };
        if highest >= TRANSFER_GAS && self.is_plain_transfer(&prepared) && succeeds(&attempt(TRANSFER_GAS)) {
            return Ok(TRANSFER_GAS);
        }
        let full = match attempt(highest) {
            Ok(run) if !runs_out_of_gas(&run) => run,
            Ok(_) | Err(TransactError::Transaction(InvalidTransaction::CallGasCostMoreThanGasLimit { .. })) => {
                return Err(ChainError::refused(format!("gas required exceeds allowance ({highest})")));
            }
            Err(error) => return Err(refused(&error)),
        };
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

    /// The most gas worth trying: the limit asked for, if that is enough for anything, and what the sender can pay for.
    fn highest_gas(&self, prepared: &Prepared) -> Result<u64, ChainError> {
        let most = MAX_EXECUTION_GAS + MAX_EXECUTION_GAS / 2;
        let asked = prepared.env.gas_limit.min(most);
        let asked = if asked < TRANSFER_GAS { most } else { asked };
        if prepared.fee_cap == 0 {
            return Ok(asked);
        }
        let balance = prepared.overlay.info(&self.state, prepared.env.caller).unwrap_or_default().balance;
        let Some(available) = balance.checked_sub(prepared.env.value) else {
            return Err(ChainError::refused("insufficient funds for transfer"));
        };
        let affordable = available / U256::from(prepared.fee_cap);
        Ok(asked.min(affordable.saturating_to()))
    }

    /// True for wei, or nothing, sent without data to an account without code.
    fn is_plain_transfer(&self, prepared: &Prepared) -> bool {
        let TxKind::Call(to) = prepared.env.kind else { return false };
        let info = prepared.overlay.info(&self.state, to).unwrap_or_default();
        prepared.env.data.is_empty() && info.is_empty_code_hash()
    }

    /// As [`Chain::prepare`]; the sender must be able to pay for all the gas, where fees are named.
    pub(super) fn prepare_paid(&self, simulation: Simulation) -> Result<Prepared, ChainError> {
        let prepared = self.prepare(simulation)?;
        let Prepared { env, overlay, fee_cap, .. } = &prepared;
        let have = overlay.info(&self.state, env.caller).unwrap_or_default().balance;
        let want = (U256::from(*fee_cap) * U256::from(env.gas_limit)).saturating_add(env.value);
        if *fee_cap > 0 && have < want {
            return Err(ChainError::refused(insufficient_funds(env.caller, have, want)));
        }
        Ok(prepared)
    }

    fn prepare(&self, simulation: Simulation) -> Result<Prepared, ChainError> {
        check_request(&simulation.request, self.chain_id())?;
        let fees = Fees::of_request(&simulation.request);
        if !fees.are_absent() {
            fees.check(simulation.request.from.unwrap_or_default())?;
        }
        let mut overlay = self.overlay_at(simulation.at)?;
        if let Some(overrides) = simulation.overrides {
            overlay.apply(&self.state, overrides).map_err(ChainError::Invalid)?;
        }
        let mut facts = self.facts_at(simulation.at)?;
        if let Some(overrides) = &simulation.block_overrides {
            override_block(&mut facts, overrides)?;
        }
        Ok(Prepared { env: tx::simulated(&simulation.request, None)?, overlay, facts, fee_cap: fees.cap })
    }

    pub(super) fn run(
        &self,
        prepared: &Prepared,
        env: TxEnv,
        mode: Mode,
        recording: Recording,
    ) -> Result<Run, ChainError> {
        self.machine(&prepared.overlay).run(&prepared.facts, env, mode, recording).map_err(|error| refused(&error))
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

fn succeeds(run: &Result<Run, TransactError>) -> bool {
    matches!(run, Ok(run) if run.result.is_success())
}

fn runs_out_of_gas(run: &Run) -> bool {
    matches!(run.result, ExecutionResult::Halt { reason: HaltReason::OutOfGas(_), .. })
}

fn output(run: &Run) -> Result<Bytes, ChainError> {
    match &run.result {
        ExecutionResult::Success { output, .. } => Ok(output.data().clone()),
        ExecutionResult::Revert { output, .. } => Err(ChainError::Reverted(output.clone())),
        ExecutionResult::Halt { reason, .. } => Err(ChainError::Refused(halt_message(run, reason))),
    }
}
