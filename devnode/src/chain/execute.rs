//! One run of the machine: environment in, result and changes out.

use super::addresses::SEQUENCER;
use super::block::{BASE_FEE, BLOCK_GAS_LIMIT, PREV_RANDAO};
use super::context::{Running, spec_of};
use super::handler::{NitroHandler, TransactError};
use super::machine::NitroEvm;
use super::steps::Steps;
use super::trace::{CallTrace, Tracer};
use super::view::View;
use crate::config::ArbosVersion;
use crate::stylus::hostios::Hostios;
use crate::stylus::program::Programs;
use alloy::primitives::U256;
use revm::context::{BlockEnv, CfgEnv, TxEnv};
use revm::context_interface::JournalTr;
use revm::context_interface::result::{ExecutionResult, HaltReason};
use revm::handler::Handler;
use revm::state::EvmState;
use std::sync::Arc;

/// The block a transaction runs in.
#[derive(Debug, Clone)]
pub(crate) struct BlockFacts {
    /// Number of the L2 block.
    pub number: u64,
    /// Number of the L1 block.
    pub l1_number: u64,
    /// Unix seconds.
    pub timestamp: u64,
}

/// How strictly to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A transaction: nonce, fees and balances count.
    Transaction,
    /// A transaction whose sender may have code.
    Impersonated,
    /// A simulation: no nonce, no fee, any sender.
    Simulation,
    /// A simulation whose first frame may not write.
    Static,
}

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Run {
    /// Status, gas, logs and output.
    pub result: ExecutionResult<HaltReason>,
    /// The accounts touched.
    pub changes: EvmState,
    /// Gas taken before execution.
    pub intrinsic_gas: u64,
    /// Why an activation failed, if one did.
    pub activation_failure: Option<String>,
    /// The calls, if asked for.
    pub calls: Option<CallTrace>,
    /// The opcodes, if asked for.
    pub steps: Option<Steps>,
    /// What programs asked of the chain, if asked for.
    pub hostios: Option<Hostios>,
}

/// What to record while running.
#[derive(Debug, Default)]
pub(crate) struct Recording {
    /// The calls.
    pub calls: Option<Tracer>,
    /// The opcodes.
    pub steps: Option<Steps>,
    /// What programs ask of the chain.
    pub hostios: Option<Hostios>,
}

/// What is known of a mined transaction beside its outcome.
pub(super) struct Recorded {
    /// Its calls, if they were to be recorded.
    pub(super) calls: Option<CallTrace>,
    /// Why an activation in it failed.
    pub(super) activation_failure: Option<String>,
}

impl Run {
    /// Gas of execution alone: no intrinsic gas, refunds not taken off.
    #[must_use]
    pub(crate) fn execution_gas(&self) -> u64 {
        self.result.gas().total_gas_spent().saturating_sub(self.intrinsic_gas)
    }
}

/// The rules of a chain.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    /// EIP-155 id.
    pub chain_id: u64,
    /// ArbOS version.
    pub arbos: ArbosVersion,
}

/// All that a run stands on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Machine<'a> {
    /// The chain's rules.
    pub rules: Rules,
    /// Compiled programs.
    pub programs: &'a Arc<Programs>,
    /// The state.
    pub view: View<'a>,
}

impl Machine<'_> {
    /// Runs `tx` in `block`.
    ///
    /// # Errors
    /// If the transaction is not valid.
    pub(crate) fn run(
        self,
        block: &BlockFacts,
        tx: TxEnv,
        mode: Mode,
        record: Recording,
    ) -> Result<Run, TransactError> {
        let running = Running {
            l2_number: block.number,
            is_static: mode == Mode::Static,
            tracer: record.calls,
            steps: record.steps,
            hostios: record.hostios,
            ..Running::new(self.rules.arbos, Arc::clone(self.programs))
        };
        let cfg = config(self.rules, mode);
        let mut evm = NitroEvm::new(self.view, cfg, environment(block), tx, running);
        let result = NitroHandler::default().run(&mut evm)?;
        let mut ctx = evm.into_context();
        Ok(Run {
            result,
            changes: ctx.journaled_state.finalize(),
            intrinsic_gas: ctx.chain.intrinsic_gas,
            activation_failure: ctx.chain.activation_failure,
            calls: ctx.chain.tracer.and_then(Tracer::into_root),
            steps: ctx.chain.steps,
            hostios: ctx.chain.hostios,
        })
    }
}

fn config(rules: Rules, mode: Mode) -> CfgEnv {
    let mut cfg = CfgEnv::new_with_spec(spec_of(rules.arbos)).with_chain_id(rules.chain_id);
    cfg.tx_gas_limit_cap = Some(u64::MAX);
    cfg.disable_eip3541 = true;
    cfg.disable_eip7623 = true;
    cfg.disable_priority_fee_check = true;
    cfg.disable_eip3607 = mode != Mode::Transaction;
    if matches!(mode, Mode::Simulation | Mode::Static) {
        cfg.disable_nonce_check = true;
        cfg.disable_base_fee = true;
        cfg.disable_fee_charge = true;
        cfg.tx_chain_id_check = false;
    }
    cfg
}

fn environment(block: &BlockFacts) -> BlockEnv {
    BlockEnv {
        number: U256::from(block.l1_number),
        beneficiary: SEQUENCER,
        timestamp: U256::from(block.timestamp),
        gas_limit: BLOCK_GAS_LIMIT,
        basefee: BASE_FEE,
        difficulty: U256::from(1),
        prevrandao: Some(PREV_RANDAO),
        ..BlockEnv::default()
    }
}
