//! Which contracts the page asks.

use alloy::primitives::Address;
use anyhow::Result;
use mrc53_abi::RewardDistributor;
use mrc53_suite::contract::Contract;

use super::reader::{Reader, Reading, Target};

/// The four contracts that are asked: the book's newest, and of calculators the one in force.
#[derive(Clone, Debug)]
pub struct Suite {
    /// `SessionRecorder`; `UsageProofs` where the network's sessions are on Base.
    pub recorder: Target,
    /// `StakeAlignment`.
    pub alignment: Target,
    /// `RewardCalculator`: the one of the running day; the book's newest if the distributor does not say.
    pub calculator: Target,
    /// `RewardDistributor`.
    pub distributor: Target,
    /// Which calculator the distributor says counts for the running day.
    pub in_force: Reading<Address>,
}

impl Suite {
    pub(super) async fn find(reader: &Reader<'_>) -> Result<Self> {
        let book = &reader.connection.book;
        let target =
            |contract: Contract| book.address(contract).map(|address| Target { name: contract.package(), address });
        let is_on_base = reader.connection.network.on_base.is_some();
        let recorder = target(if is_on_base { Contract::UsageProofs } else { Contract::SessionRecorder })?;
        let alignment = target(Contract::StakeAlignment)?;
        let newest = target(Contract::RewardCalculator)?;
        let distributor = target(Contract::RewardDistributor)?;
        let day = reader.head.day();
        let in_force = reader.ask(distributor, RewardDistributor::calculatorOfCall { day }).await?;
        let calculator = Target { address: in_force.known().copied().unwrap_or(newest.address), ..newest };
        Ok(Self { recorder, alignment, calculator, distributor, in_force })
    }
}
