//! The chain: state, blocks, time, and every way to change them.
//!
//! What a [`Chain`] can do is in the files that add to it: `mine`, `submit`, `transact` and `deploy` make blocks, `simulate`,
//! `node_interface` and `tracing` run something that changes nothing, `read`, `history`, `logs` and `proof` read, `headers`
//! makes headers, `watch` tells who waits, `tamper` does what only a development chain can, `dump` writes and loads. All
//! other files know none: the chain is made of them.

pub mod addresses;
mod at;
pub mod block;
mod block_hashes;
pub(crate) mod clock;
mod context;
mod deploy;
mod dump;
mod error;
pub(crate) mod execute;
pub(crate) mod fees;
mod genesis;
mod handler;
mod headers;
pub(crate) mod held;
mod history;
mod log_filter;
mod logs;
mod machine;
mod mine;
mod mined;
mod node_interface;
mod not_deployed;
mod precompiles;
mod prestate;
mod programs;
mod proof;
mod read;
#[cfg(test)]
mod root_laws;
mod roots;
mod simulate;
mod simulation;
mod snapshot;
mod state;
#[cfg(test)]
mod state_laws;
mod state_trie;
mod steps;
mod submit;
mod tamper;
mod trace;
mod trace_kind;
mod tracing;
mod transact;
mod trie;
#[cfg(test)]
mod trie_laws;
pub(crate) mod tx;
pub(crate) mod view;
mod watch;
mod watchers;

pub use at::At;
pub use error::ChainError;
pub(crate) use log_filter::LogFilter;
pub use not_deployed::NotDeployed;
pub use prestate::PrestateOptions;
pub use simulation::Simulation;
pub use steps::StepOptions;
pub use trace_kind::Tracing;
pub(crate) use watchers::Watch;

use crate::config::Config;
use crate::stylus::program::Programs;
use alloy::primitives::{
    B256, keccak256,
    map::{AddressSet, B256Map},
};
use block::{L1_BLOCK_SECONDS, L1_GENESIS_NUMBER};
use clock::Clock;
use execute::{BlockFacts, Machine, Rules};
use mined::Mined;
use roots::Roots;
use state::State;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use view::{Overlay, View};

/// The largest id with which a legacy transaction can be signed: its `v` is 2 · id + 36 at most (EIP-2294).
const LARGEST_CHAIN_ID: u64 = u64::MAX / 2 - 36;

/// Refuses settings that make no chain.
fn check(config: &Config) -> Result<(), ChainError> {
    let id = config.chain_id;
    if id == 0 || id > LARGEST_CHAIN_ID {
        return Err(ChainError::invalid(format!("chain id {id} is not between 1 and {LARGEST_CHAIN_ID}")));
    }
    match config.genesis_timestamp.filter(|timestamp| *timestamp > clock::LAST_SECOND) {
        Some(timestamp) => Err(ChainError::invalid(format!("timestamp {timestamp} is beyond the year 9999"))),
        None => Ok(()),
    }
}

/// A chain in memory. One block per transaction.
#[derive(Debug)]
pub struct Chain {
    rules: Rules,
    programs: Arc<Programs>,
    history_blocks: u64,
    state: State,
    /// All blocks since the genesis. Never empty.
    blocks: Vec<Mined>,
    /// The first block whose state can still be rebuilt.
    oldest_state: u64,
    roots: RefCell<Roots>,
    by_tx: B256Map<u64>,
    genesis_timestamp: u64,
    clock: Clock,
    snapshots: BTreeMap<u64, snapshot::Snapshot>,
    next_snapshot: u64,
    /// How often a block came or went.
    changes: u64,
    impersonated: AddressSet,
    impersonate_all: bool,
    watchers: watchers::Watchers,
    held: held::Held,
    block_interval: Option<u64>,
    /// Another one after every reset.
    instance: B256,
    /// What to begin with after a reset.
    config: Config,
}

impl Chain {
    /// A chain with block 0 only, or one that goes on from a dumped state.
    ///
    /// # Errors
    /// If the settings make no chain, this machine is none that programs can be compiled for, or the dump cannot be
    /// read.
    pub fn new(config: &Config) -> Result<Self, ChainError> {
        check(config)?;
        if let Some(path) = &config.load_state {
            return Self::load(config, path);
        }
        let timestamp = config.genesis_timestamp.unwrap_or_else(clock::wall);
        let genesis = Mined::new(0, timestamp, L1_GENESIS_NUMBER, config.arbos_version.number());
        Self::from_parts(config, genesis::state(), vec![genesis], Clock::starting_at(timestamp))
    }

    /// A chain that goes on after `blocks`, of which there is at least one, with the state after the last of them.
    fn from_parts(config: &Config, state: State, blocks: Vec<Mined>, clock: Clock) -> Result<Self, ChainError> {
        let programs = Programs::shared().map_err(|error| ChainError::refused(error.to_string()))?;
        let rules = Rules { chain_id: config.chain_id, arbos: config.arbos_version };
        let genesis_timestamp = blocks[0].timestamp;
        Ok(Self {
            rules,
            programs,
            history_blocks: config.history_blocks.max(1),
            roots: RefCell::new(Roots::new(&state, &blocks)),
            state,
            by_tx: blocks.iter().filter_map(|b| Some((*b.tx.as_ref()?.envelope.tx_hash(), b.number))).collect(),
            genesis_timestamp,
            oldest_state: blocks[blocks.len() - 1].number,
            changes: 0,
            blocks,
            clock,
            snapshots: BTreeMap::new(),
            next_snapshot: 1,
            impersonated: AddressSet::default(),
            impersonate_all: false,
            watchers: watchers::Watchers::default(),
            held: held::Held::default(),
            block_interval: config.block_interval.map(|seconds| seconds.max(1)),
            instance: keccak256(RandomState::new().hash_one(genesis_timestamp).to_be_bytes()),
            config: config.clone(),
        })
    }

    /// The L1 block number at a time.
    fn l1_number(&self, timestamp: u64) -> u64 {
        L1_GENESIS_NUMBER + timestamp.saturating_sub(self.genesis_timestamp) / L1_BLOCK_SECONDS
    }

    /// The state as it is seen through `overlay`.
    pub(crate) const fn view<'a>(&'a self, overlay: &'a Overlay) -> View<'a> {
        View { state: &self.state, overlay, hashes: self }
    }

    /// A run of the machine on this chain.
    fn machine<'a>(&'a self, overlay: &'a Overlay) -> Machine<'a> {
        Machine { rules: self.rules, programs: &self.programs, view: self.view(overlay) }
    }

    /// What a transaction in the block after the newest sees, at `timestamp`.
    fn next_block(&self, timestamp: u64) -> BlockFacts {
        BlockFacts { number: self.number() + 1, l1_number: self.l1_number(timestamp), timestamp }
    }
}
