//! Transactions whose nonce is too high: held for a moment, as Nitro's sequencer does, and mined in order when the gap
//! closes.

use super::error::ChainError;
use alloy::consensus::TxEnvelope;
use alloy::primitives::{Address, B256};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// How long a transaction is held.
pub(crate) const HOLD: Duration = Duration::from_secs(1);

/// The most held at once, as in Nitro; further ones are refused at once.
pub(super) const MOST_HELD: usize = 1_024;

/// What became of a transaction handed in.
#[derive(Debug)]
pub(crate) enum Submitted {
    /// It is in a block.
    Mined(B256),
    /// Its nonce is too high.
    Held {
        /// For [`Chain::give_up`].
        ticket: u64,
        /// Its hash when it is mined, or why it is not.
        answer: oneshot::Receiver<Result<B256, ChainError>>,
    },
}

/// Those that wait, in the order of their arrival.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) waiting: Vec<Waiting>,
    pub(super) last_ticket: u64,
}

/// One that waits.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) ticket: u64,
    pub(super) until: Instant,
    pub(super) envelope: TxEnvelope,
    pub(super) from: Address,
    pub(super) reply: oneshot::Sender<Result<B256, ChainError>>,
}
