//! What became of a block, a root, a word or a day.

use alloy::primitives::{Address, B256};
use mrc53_node::sender::Sent;
use serde::{Serialize, Serializer};

use crate::pipeline::days::{Due, PassedOver};
use crate::word::Word;

/// Proofs of a proposed block that were fetched, or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptLine {
    /// The UTC day whose first proposal it is.
    pub day: u32,
    /// The block.
    pub block: u64,
    /// Its root; none if it was not fetched.
    pub root: Option<B256>,
    /// Words that are kept.
    pub words: usize,
    /// Why no more are.
    pub problem: Option<String>,
}

/// A root that has arrived and is not opened.
#[derive(Clone, Debug, Serialize)]
pub struct OpenedLine {
    /// The root.
    pub root: B256,
    /// Its block; none if that is not known.
    pub block: Option<u64>,
    /// The time of its header, unix seconds.
    pub header_time: Option<u64>,
    /// The first day that it does not cover.
    pub first_day_not_covered: Option<u32>,
    /// What became of the transaction; none if none was sent.
    #[serde(serialize_with = "outcome")]
    pub sent: Option<Sent>,
    /// Why it is not opened.
    pub problem: Option<String>,
}

/// A word on which something was hosted that can still be added, now or later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordLine {
    /// Which.
    #[serde(flatten)]
    pub word: Word,
    /// When it is proven.
    #[serde(flatten)]
    pub due: Due,
    /// The days that were added, or would be.
    pub days: Vec<u32>,
    /// The transaction that did it.
    pub transaction: Option<B256>,
    /// Why it was due and is not proven.
    pub problem: Option<String>,
}

/// A day that was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DayLine {
    /// Whose.
    pub subnet: Address,
    /// The UTC day.
    pub day: u32,
    /// Why.
    pub reason: PassedOver,
}

#[allow(clippy::ref_option, reason = "serde hands a reference to the field")]
fn outcome<S: Serializer>(sent: &Option<Sent>, serializer: S) -> Result<S::Ok, S::Error> {
    sent.as_ref().map(Sent::json).serialize(serializer)
}
