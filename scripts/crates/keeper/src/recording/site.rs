//! Where sessions are recorded: on Arbitrum beside the stake, or on Base, where they are proven from.
//!
//! The recorder on Base has the rule of the one on Arbitrum, and the calls and events by which it is used here are the
//! same to the byte. It knows nothing of stake: on which days an account counts is asked on Arbitrum, for a day on which
//! it does not count is not proven. So what is worth a transaction is judged alike on both.

use alloy::primitives::Address;
use anyhow::{Context, Result};
use mrc53_abi::SessionRecorder::alignmentCall;
use mrc53_node::connection::Connection;
use mrc53_node::node::Node;
use mrc53_suite::contract::Contract;
use mrc53_suite::place::{Abroad, Place};

/// The chain of the sessions, and whom to ask.
#[derive(Clone, Debug)]
pub struct Site {
    /// A node of the chain on which sessions are recorded.
    pub node: Node,
    /// The recorder there.
    pub recorder: Address,
    /// From which block of that chain on it stands; 0 if the book does not say.
    pub since: u64,
    /// What calculators ask on Arbitrum for what was recorded: the same, or `UsageProofs`.
    pub usage: Address,
    /// `StakeAlignment`, on Arbitrum.
    pub alignment: Address,
}

impl Site {
    /// That of the suite of `connection`.
    ///
    /// # Errors
    /// [`mrc53_console::failure::BadInput`] if no recorder has been deployed there, or the node of Base is on another
    /// chain; fails if a node does not answer.
    pub async fn of(connection: &Connection) -> Result<Self> {
        let book = &connection.book;
        if connection.network.on_base.is_some() {
            let (contract, proofs) = (Abroad::SessionRecorder, Contract::UsageProofs);
            let (recorder, usage) = (book.address_abroad(contract)?, book.address(proofs)?);
            let alignment = book.address(Contract::StakeAlignment)?;
            let since = book.since(contract.package());
            return Ok(Self { node: connection.base().await?, recorder, since, usage, alignment });
        }
        let recorder = book.address(Contract::SessionRecorder)?;
        let since = book.since(Contract::SessionRecorder.package());
        let alignment = connection.reader().ask(recorder, alignmentCall {}).await;
        let alignment = alignment.context("SessionRecorder.alignment")?;
        Ok(Self { node: connection.node(), recorder, since, usage: recorder, alignment })
    }

    /// Whether sessions are on Base.
    #[must_use]
    pub fn is_on_base(&self) -> bool {
        self.node.place == Place::Base
    }
}

#[cfg(test)]
mod tests {
    use alloy::sol_types::{SolCall, SolEvent};
    use mrc53_abi::{BaseRecorder, SessionRecorder};

    #[test]
    fn what_is_called_and_read_of_both_recorders_is_the_same() {
        assert_eq!(BaseRecorder::recordCall::SELECTOR, SessionRecorder::recordCall::SELECTOR);
        assert_eq!(BaseRecorder::recordManyCall::SELECTOR, SessionRecorder::recordManyCall::SELECTOR);
        assert_eq!(BaseRecorder::sessionCall::SELECTOR, SessionRecorder::sessionCall::SELECTOR);
        assert_eq!(BaseRecorder::sourceCall::SELECTOR, SessionRecorder::sourceCall::SELECTOR);
        assert_eq!(BaseRecorder::firstOpenDayCall::SELECTOR, SessionRecorder::firstOpenDayCall::SELECTOR);
        assert_eq!(BaseRecorder::SessionBooked::SIGNATURE_HASH, SessionRecorder::SessionBooked::SIGNATURE_HASH);
        assert_eq!(BaseRecorder::SecondsDropped::SIGNATURE_HASH, SessionRecorder::SecondsDropped::SIGNATURE_HASH);
        assert_eq!(BaseRecorder::RecordSkipped::SIGNATURE_HASH, SessionRecorder::RecordSkipped::SIGNATURE_HASH);
    }
}
