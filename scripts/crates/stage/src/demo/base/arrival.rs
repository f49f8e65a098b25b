//! A ticket's way: read from what bridge and inbox say on Ethereum, run on Arbitrum as Arbitrum would run it.

use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionReceipt;
use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::super::play::events;
use super::bindings::{Bridge, Inbox};
use crate::chain::Chain;
use crate::travel;

/// How Arbitrum's bridge calls a retryable ticket among its messages.
const RETRYABLE: u8 = 9;
/// Words before a ticket's data.
const FIELDS: usize = 9;
const WORD: usize = 32;

/// What Ethereum asks Arbitrum to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ticket {
    /// As Arbitrum sees it.
    sender: Address,
    to: Address,
    call_value: U256,
    /// What is given to it there, wei.
    deposit: U256,
    max_submission_cost: U256,
    gas_limit: U256,
    max_fee_per_gas: U256,
    data: Bytes,
}

impl Ticket {
    /// The one ticket that a transaction on Ethereum sent through `bridge` and `inbox`: who sends it stands in the
    /// bridge's event, the rest in the inbox's.
    pub(super) fn of(receipt: &TransactionReceipt, bridge: Address, inbox: Address) -> Result<Self> {
        let delivered: Vec<_> = events::<Bridge::MessageDelivered>(receipt, bridge).collect();
        let messages: Vec<_> = events::<Inbox::InboxMessageDelivered>(receipt, inbox).collect();
        let ([delivered], [message]) = (&delivered[..], &messages[..]) else {
            anyhow::bail!(
                "{} events of the bridge and {} of the inbox: not one ticket",
                delivered.len(),
                messages.len()
            )
        };
        ensure!(delivered.kind == RETRYABLE, "a message of kind {}: no ticket", delivered.kind);
        ensure!(delivered.messageIndex == message.messageNum, "bridge and inbox speak of two messages");
        Self::read(delivered.sender, &message.data)
    }

    fn read(sender: Address, message: &Bytes) -> Result<Self> {
        let (words, data) = message.split_at_checked(FIELDS * WORD).context("the inbox's message is cut off")?;
        let word = |number: usize| U256::from_be_slice(&words[number * WORD..][..WORD]);
        ensure!(word(8) == U256::from(data.len()), "a ticket's data of {} bytes, said to be {}", data.len(), word(8));
        Ok(Self {
            sender,
            to: Address::from_word(B256::from(word(0))),
            call_value: word(1),
            deposit: word(2),
            max_submission_cost: word(3),
            gas_limit: word(6),
            max_fee_per_gas: word(7),
            data: data.to_vec().into(),
        })
    }

    /// Runs the ticket on `arbitrum` in a block of timestamp `at`: its sender, whose key nobody has, gets what was
    /// deposited less the price of the submission, and sends with the gas and the fee that were prepaid. Answers the gas.
    pub(super) async fn run(&self, arbitrum: &Chain, at: u64) -> Result<u64> {
        ensure!(self.call_value.is_zero(), "a ticket with a value of {} wei", self.call_value);
        let ether =
            self.deposit.checked_sub(self.max_submission_cost).context("a deposit below the submission's cost")?;
        let node = &arbitrum.provider;
        let (sender, url) = (self.sender, &arbitrum.url);
        let allowed = || format!("{url} lets nobody send from accounts without a key");
        node.raw_request::<_, serde_json::Value>("anvil_impersonateAccount".into(), [sender])
            .await
            .with_context(allowed)?;
        node.raw_request::<_, serde_json::Value>("anvil_setBalance".into(), (sender, ether))
            .await
            .with_context(allowed)?;
        travel::set_next(arbitrum, at).await?;
        let transaction = json!({
            "from": sender, "to": self.to, "data": self.data, "gas": self.gas_limit, "maxFeePerGas": self.max_fee_per_gas,
            "maxPriorityFeePerGas": "0x0",
        });
        let hash: B256 = node.raw_request("eth_sendTransaction".into(), [transaction]).await.with_context(allowed)?;
        let receipt = arbitrum.receipt(hash).await?;
        ensure!(receipt.status(), "the ticket to {} failed on Arbitrum: transaction {hash}", self.to);
        let stop = "anvil_stopImpersonatingAccount";
        node.raw_request::<_, serde_json::Value>(stop.into(), [sender]).await.with_context(allowed)?;
        Ok(receipt.gas_used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(data_bytes: u64, data: &[u8]) -> Bytes {
        let words = (1..=8).map(U256::from).chain([U256::from(data_bytes)]);
        words.flat_map(|word| word.to_be_bytes::<WORD>()).chain(data.iter().copied()).collect()
    }

    #[test]
    fn a_ticket_is_read_as_the_inbox_packs_it() {
        let ticket = Ticket::read(Address::repeat_byte(7), &message(2, &[0xaa, 0xbb])).unwrap();

        let expected = Ticket {
            sender: Address::repeat_byte(7),
            to: Address::with_last_byte(1),
            call_value: U256::from(2),
            deposit: U256::from(3),
            max_submission_cost: U256::from(4),
            gas_limit: U256::from(7),
            max_fee_per_gas: U256::from(8),
            data: [0xaa, 0xbb].into(),
        };
        assert_eq!(ticket, expected);
    }

    #[test]
    fn a_ticket_that_is_cut_off_or_too_long_is_none() {
        for message in [message(0, &[]).slice(..FIELDS * WORD - 1), message(2, &[1]), message(0, &[1])] {
            assert!(Ticket::read(Address::ZERO, &message).is_err(), "{message}");
        }
    }
}
