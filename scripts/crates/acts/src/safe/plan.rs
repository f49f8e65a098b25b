//! What an act names, and what comes of planning one.

use alloy::primitives::{Address, U256};
use anyhow::Result;
use mrc53_console::show::trimmed;
use mrc53_node::connection::Connection;
use mrc53_node::time;
use mrc53_suite::contract::Contract;

use super::call::Call;

/// Whom the Diamond is to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// What the book has.
    OfTheBook,
    /// These.
    These(Vec<Address>),
    /// Nobody any more.
    Nobody,
}

/// A contract with an owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owned {
    /// `StakeAlignment`.
    StakeAlignment,
    /// `RewardDistributor`.
    RewardDistributor,
}

/// What an owner can pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pausable {
    /// New stakes; withdrawing never pauses.
    Staking,
    /// Settling days.
    Settling,
    /// Paying operators and stakers.
    Claiming,
}

/// What there is to sign, and what it means.
#[derive(Clone, Debug)]
pub struct Plan {
    /// A name for a file.
    pub name: String,
    /// What it does, in one paragraph.
    pub summary: String,
    /// The account that must send it.
    pub from: Address,
    /// The calls, in order.
    pub calls: Vec<Call>,
}

impl Owned {
    /// Which contract it is.
    #[must_use]
    pub fn contract(self) -> Contract {
        match self {
            Self::StakeAlignment => Contract::StakeAlignment,
            Self::RewardDistributor => Contract::RewardDistributor,
        }
    }
}

impl Pausable {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Staking => "staking",
            Self::Settling => "settling",
            Self::Claiming => "claiming",
        }
    }
}

/// The UTC day of a transaction that is sent now.
pub(super) async fn today(connection: &Connection) -> Result<u32> {
    Ok(mrc53_maths::Day::of(time::now(&connection.provider).await?).0)
}

/// `10000.5 MOR`.
pub(super) fn mor(wei: U256) -> String {
    format!("{} MOR", trimmed(wei))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_no_zeros_behind() {
        let wei = |text| alloy::primitives::utils::parse_ether(text).unwrap();
        assert_eq!([wei("0"), wei("10"), wei("10.05")].map(mor), ["0 MOR", "10 MOR", "10.05 MOR"]);
    }
}
