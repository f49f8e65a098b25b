//! One contract of a plan.

use alloy::primitives::{Address, U256};
use mrc53_node::sent::Transaction;
use serde::Serialize;

use super::compare::Action;
use super::difference::Difference;
use super::piece::Piece;

/// What a transaction costs.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Cost {
    /// Gas as the node estimates it, without spare.
    pub gas: u64,
    /// What its chain asks besides the gas, wei: Arbitrum for activating a program, Base for the transaction's data on
    /// Ethereum.
    pub data_fee_wei: U256,
    /// What is sent along for it, wei; what is left of it comes back.
    pub value_wei: U256,
    /// The most that the transaction takes, wei: gas and value, both with spare, at the highest price.
    pub most_wei: U256,
}

/// One contract of the plan.
#[derive(Clone, Debug)]
pub struct Step {
    /// The contract as this clone builds it.
    pub piece: Piece,
    /// What is to be done about it.
    pub action: Action,
    /// Where the one in use stands or is to stand.
    pub address: Address,
    /// In what the one in the book differs.
    pub differences: Vec<Difference>,
    /// Whether the user wants another one in its place.
    pub is_unwanted: bool,
    /// The one in the book that makes room.
    pub replaces: Option<Address>,
    /// What deploying it costs; none where nothing is sent.
    pub cost: Option<Cost>,
}

impl Step {
    /// Whether a transaction is to be sent for it.
    #[must_use]
    pub fn is_sent(&self) -> bool {
        self.action == Action::Deploy && self.piece.is_sent()
    }

    /// The transaction that deploys it, with `value_wei` sent along.
    #[must_use]
    pub fn transaction(&self, value_wei: U256) -> Transaction {
        Transaction {
            what: format!("deploying {}", self.piece.contract),
            to: self.piece.deployer,
            value: value_wei,
            data: self.piece.call.clone(),
        }
    }
}
