//! What is measured, as `snapshots/proofs.json` has it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::storage::Proof;

pub(crate) type Gas = u64;

/// All rows by what they are of.
pub(crate) type Figures = BTreeMap<String, Row>;

/// A proof, and the gas of what was done with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) words: usize,
    pub(crate) nodes: usize,
    pub(crate) node_bytes: usize,
    pub(crate) gas: BTreeMap<String, Gas>,
}

impl Row {
    /// The row of a proof, without gas.
    pub(crate) fn of(proof: &Proof) -> Self {
        let (words, nodes, node_bytes) = (proof.words.len(), proof.nodes.len(), proof.joined().len());
        Self { words, nodes, node_bytes, gas: BTreeMap::new() }
    }

    /// The same with the gas of one thing.
    pub(crate) fn with(mut self, what: &str, gas: Gas) -> Self {
        assert!(self.gas.insert(what.to_owned(), gas).is_none(), "{what} is measured twice");
        self
    }

    /// The gas of all of it.
    pub(crate) fn total(&self) -> Gas {
        self.gas.values().sum()
    }
}
