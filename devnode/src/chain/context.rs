//! What a transaction runs in: revm's context over the state, and what the chain keeps beside it.

use super::steps::Steps;
use super::trace::Tracer;
use super::view::View;
use crate::config::ArbosVersion;
use crate::stylus::host::Pages;
use crate::stylus::hostios::Hostios;
use crate::stylus::program::Programs;
use alloy::primitives::{Address, B256};
use revm::context::{BlockEnv, CfgEnv, TxEnv};
use revm::context_interface::context::ContextError;
use revm::primitives::hardfork::SpecId;
use revm::{Context, Journal};
use std::convert::Infallible;
use std::sync::Arc;

/// A fault of the machine itself; with a state in memory there is none but a bug.
pub(super) type MachineError = ContextError<Infallible>;

/// revm's context over the state, with [`Running`] as the chain's own part.
pub(super) type NitroContext<'a> = Context<BlockEnv, TxEnv, CfgEnv, View<'a>, Journal<View<'a>>, Running>;

/// What one transaction keeps beside the EVM's own state. Nothing in here is rolled back by a revert.
#[derive(Debug)]
pub(super) struct Running {
    /// Rules and prices in force.
    pub arbos: ArbosVersion,
    /// Compiled programs.
    pub programs: Arc<Programs>,
    /// Number of the L2 block.
    pub l2_number: u64,
    /// Memory pages of programs.
    pub pages: Pages,
    /// Code hashes of the programs that this block ran, most recent last.
    pub recent_programs: Vec<B256>,
    /// The acting account of each running frame, and whether the frame counts for reentrancy
    /// (delegate frames do not).
    pub acting: Vec<(Address, bool)>,
    /// Runs the transaction's own frame as a static call.
    pub is_static: bool,
    /// Gas above the limit of a single transaction, kept aside while it runs.
    pub held_gas: u64,
    /// Gas taken before the first frame.
    pub intrinsic_gas: u64,
    /// Why the last activation failed.
    pub activation_failure: Option<String>,
    /// Records the calls if present.
    pub tracer: Option<Tracer>,
    /// Records the opcodes if present.
    pub steps: Option<Steps>,
    /// Records what programs ask of the chain if present.
    pub hostios: Option<Hostios>,
}

impl Running {
    /// The beginning of a transaction.
    #[must_use]
    pub(super) fn new(arbos: ArbosVersion, programs: Arc<Programs>) -> Self {
        Self {
            arbos,
            programs,
            l2_number: 0,
            pages: Pages::default(),
            recent_programs: Vec::new(),
            acting: Vec::new(),
            is_static: false,
            held_gas: 0,
            intrinsic_gas: 0,
            activation_failure: None,
            tracer: None,
            steps: None,
            hostios: None,
        }
    }
}

/// The hard fork whose EVM an ArbOS version runs.
#[must_use]
pub(super) const fn spec_of(_arbos: ArbosVersion) -> SpecId {
    SpecId::OSAKA
}
