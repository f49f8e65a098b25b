//! Everything that an owner of the suite, or the Diamond's for the suite, may do. An act is planned from the chain's state: who has to send it, what it
//! does and until when it can be done; what the contract would refuse, or what would change nothing, is refused here.

mod alignment;
mod cut;
mod diamond;
mod distributor;
mod ownership;

use std::path::PathBuf;

use alloy::primitives::{Address, U256};
use alloy::rpc::types::state::StateOverride;
use anyhow::Result;
use mrc53_node::connection::Connection;
use mrc53_suite::contract::Contract;

use crate::safe::plan::{Named, Owned, Pausable, Plan};

/// What an owner does.
#[derive(Clone, Debug)]
pub enum Act {
    /// Offers the ownership to an account, or calls an offer off; of both contracts if none is named.
    TransferOwnership {
        /// Of this contract.
        contract: Option<Owned>,
        /// Who may take it; nobody: what was offered is called off.
        to: Option<Address>,
    },
    /// Takes an ownership that was offered; of every contract that offers one if none is named.
    AcceptOwnership(Option<Owned>),
    /// Lets another calculator count from a day on.
    ScheduleCalculator {
        /// The calculator.
        calculator: Address,
        /// The first UTC day it counts for.
        from_day: u32,
    },
    /// Refuses something from now on.
    Pause(Pausable),
    /// Takes it again.
    Unpause(Pausable),
    /// Lets the days `[from_day, to_day)` settle at zero.
    VoidDays {
        /// The first day voided.
        from_day: u32,
        /// The first day that is not.
        to_day: u32,
    },
    /// Lets another account pay.
    SetPool(Address),
    /// Announces another minimum subnet stake, MOR wei.
    MinStake(U256),
    /// Lets the Diamond book closed sessions at a recorder.
    SetRecorder(Named),
    /// Lets the Diamond count what distributors paid.
    SetDistributors(Named),
    /// Executes a cut of the Diamond, or its rollback, from the file that was written with it.
    Execute(PathBuf),
}

impl Act {
    /// The contracts of the suite that planning it asks.
    #[must_use]
    pub fn calls(&self) -> &'static [Contract] {
        match self {
            Self::AcceptOwnership(None) | Self::TransferOwnership { contract: None, .. } => {
                &[Contract::StakeAlignment, Contract::RewardDistributor]
            }
            Self::AcceptOwnership(Some(contract)) | Self::TransferOwnership { contract: Some(contract), .. } => {
                match contract {
                    Owned::StakeAlignment => &[Contract::StakeAlignment],
                    Owned::RewardDistributor => &[Contract::RewardDistributor],
                }
            }
            Self::Pause(Pausable::Staking) | Self::Unpause(Pausable::Staking) | Self::MinStake(_) => {
                &[Contract::StakeAlignment]
            }
            Self::SetRecorder(Named::OfTheBook) => &[Contract::SessionRecorder],
            Self::ScheduleCalculator { .. }
            | Self::Pause(_)
            | Self::Unpause(_)
            | Self::VoidDays { .. }
            | Self::SetPool(_)
            | Self::SetDistributors(Named::OfTheBook) => &[Contract::RewardDistributor],
            // Others are asked as it is planned; to name nobody must be possible whatever has expired.
            Self::SetRecorder(_) | Self::SetDistributors(_) | Self::Execute(_) => &[],
        }
    }

    /// Whether it changes an address that the book has.
    #[must_use]
    pub fn changes_the_book(&self) -> bool {
        matches!(self, Self::AcceptOwnership(_) | Self::SetPool(_))
    }

    /// Reads the state that the act meets and plans it.
    ///
    /// # Errors
    /// [`BadInput`] if the suite is not in the book or does not answer there, or if the act would be refused or change
    /// nothing; a failure if the node does not answer.
    pub async fn plan(&self, connection: &Connection) -> Result<Plan> {
        let plan = match self {
            Self::TransferOwnership { contract, to } => ownership::transfer(connection, *contract, *to).await,
            Self::AcceptOwnership(contract) => ownership::accept(connection, *contract).await,
            Self::ScheduleCalculator { calculator, from_day } => {
                distributor::schedule(connection, *calculator, *from_day).await
            }
            Self::Pause(Pausable::Staking) => alignment::pause(connection, true).await,
            Self::Unpause(Pausable::Staking) => alignment::pause(connection, false).await,
            Self::Pause(what) => distributor::pause(connection, *what, true).await,
            Self::Unpause(what) => distributor::pause(connection, *what, false).await,
            Self::VoidDays { from_day, to_day } => distributor::void(connection, *from_day, *to_day).await,
            Self::SetPool(pool) => distributor::set_pool(connection, *pool).await,
            Self::MinStake(amount) => alignment::min_stake(connection, *amount).await,
            Self::SetRecorder(named) => diamond::set_recorder(connection, named).await,
            Self::SetDistributors(named) => diamond::set_distributors(connection, named).await,
            Self::Execute(path) => cut::execute(connection, path).await,
        }?;
        for call in &plan.calls {
            call.simulate(connection, plan.from, StateOverride::default()).await?;
        }
        Ok(plan)
    }
}
