//! What is sent, what became of it, and why it did not.

use alloy::primitives::utils::format_ether;
use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::rpc::types::TransactionReceipt;
use mrc53_console::failure::BadInput;
use serde::Serialize;
use serde_json::{Value, json};

/// Something to be sent.
#[derive(Clone, Debug)]
pub struct Transaction {
    /// What it does, in a few words.
    pub what: String,
    /// Whom it calls.
    pub to: Address,
    /// Ether sent along, wei.
    pub value: U256,
    /// Call data.
    pub data: Bytes,
}

/// A transaction written down for somebody else to sign (`--unsigned-from`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unsigned {
    /// What it does, in a few words.
    pub what: String,
    /// The chain that it is for.
    pub chain_id: u64,
    /// Who has to sign.
    pub from: Address,
    /// Whom it calls.
    pub to: Address,
    /// Ether sent along, wei, as a decimal string.
    pub value: String,
    /// Call data.
    pub data: Bytes,
    /// A gas limit with spare; none where it cannot be estimated, as before an earlier transaction of the same list is
    /// mined.
    pub gas_limit: Option<u64>,
}

/// What became of a transaction.
#[derive(Clone, Debug)]
pub enum Sent {
    /// It was mined, and succeeded.
    Mined(Box<TransactionReceipt>),
    /// It would succeed, with this much gas; nothing was sent (`--dry-run`).
    Predicted {
        /// Gas, without spare.
        gas: u64,
    },
    /// It was written down for somebody else to sign; nothing was sent.
    Unsigned(Box<Unsigned>),
}

impl Sent {
    /// Whether it was sent, its hash and gas as JSON, each null where there is none. Gas that was only estimated goes by
    /// another name.
    #[must_use]
    pub fn json(&self) -> Value {
        let json = |sent: bool, transaction: Option<B256>, gas: Option<u64>, estimate: Option<u64>| json!({ "sent": sent, "transaction": transaction, "gas": gas, "would_use_gas": estimate });
        match self {
            Self::Mined(receipt) => json(true, Some(receipt.transaction_hash), Some(receipt.gas_used), None),
            Self::Predicted { gas } => json(false, None, None, Some(*gas)),
            Self::Unsigned(_) => json(false, None, None, None),
        }
    }
}

/// A transaction that the chain would refuse or has refused.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{what}: refused with {words}{}", mined.map(|(hash, gas)| format!(" in {hash}, {gas} gas")).unwrap_or_default())]
pub struct Refused {
    /// What it was to do.
    pub what: String,
    /// What the contract says, in words.
    pub words: String,
    /// The same as revert data.
    pub data: Bytes,
    /// Its hash and gas if it was mined nevertheless.
    pub mined: Option<(B256, u64)>,
}

/// A transaction that was signed and handed in, and of which nobody says whether it has been or will be mined.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{what}: signed and sent as {hash}, and {why}: look it up before you count on it or on its absence")]
pub struct Unanswered {
    /// What it was to do.
    pub what: String,
    /// Its hash.
    pub hash: B256,
    /// What the node said last.
    pub why: String,
}

/// A transaction that was not sent because its sender has too little ether: it passes once somebody sends some.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{account} has {} ether and needs {} for {what}: {} more",
    format_ether(*have_wei),
    format_ether(*need_wei),
    format_ether(need_wei.saturating_sub(*have_wei))
)]
pub struct NoEther {
    /// The sender.
    pub account: Address,
    /// What it has, wei.
    pub have_wei: U256,
    /// What it needs, wei.
    pub need_wei: U256,
    /// What for.
    pub what: String,
}

/// A transaction that was not sent because all of them together might cost more than is allowed (`--max-ether`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "stopped by --max-ether {}: {} ether are spent, and the next transaction may take {}{}",
    format_ether(*allowed),
    format_ether(*spent),
    format_ether(*next),
    if next > allowed { ", more than any run may spend: no run goes further until it may" } else { "" }
)]
pub struct OverBudget {
    /// What may be spent, wei.
    pub allowed: U256,
    /// What has been, wei; what would have been, where nothing is sent.
    pub spent: U256,
    /// The most that the transaction might take, wei.
    pub next: U256,
}

/// A transaction that was not sent because it takes more gas than its chain lets one transaction have: a part of it may
/// fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {}, and a transaction has {most} gas at most there", gas.map_or_else(|| said.clone(), |gas| format!("it takes {gas} gas")))]
pub struct TooMuchGas {
    /// What it was to do.
    pub what: String,
    /// What it takes; none if the node would not say.
    pub gas: Option<u64>,
    /// What the node said.
    pub said: String,
    /// The most that a transaction has.
    pub most: u64,
}

/// Whether `error` stays what it is however often the step is tried, or must not be tried without looking first.
#[must_use]
pub fn is_final(error: &anyhow::Error) -> bool {
    error.is::<Refused>()
        || ends_run(error)
        || error.is::<Unanswered>()
        || error.is::<OverBudget>()
        || error.is::<TooMuchGas>()
}

/// Whether `error` would meet every other transaction of the run too: wrong input, or no ether left.
#[must_use]
pub fn ends_run(error: &anyhow::Error) -> bool {
    error.is::<BadInput>() || error.is::<NoEther>()
}

/// Hash and gas of a transaction that was mined and refused nevertheless, if `error` is of one: it has cost its gas.
#[must_use]
pub fn mined_in_vain(error: &anyhow::Error) -> Option<(B256, u64)> {
    error.downcast_ref::<Refused>()?.mined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_that_no_run_can_keep_is_told_from_one_that_is_used_up() {
        let over =
            |next| OverBudget { allowed: U256::from(5), spent: U256::from(1), next: U256::from(next) }.to_string();

        assert!(!over(5).contains("no run"), "{}", over(5));
        assert!(over(6).ends_with("no run goes further until it may"), "{}", over(6));
    }
}
