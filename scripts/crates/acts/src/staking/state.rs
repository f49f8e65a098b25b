//! How a subnet stands, and an account toward it.

use alloy::primitives::{Address, U256};
use alloy::sol_types::SolError;
use anyhow::{Context, Result};
use mrc53_abi::StakeAlignment::{
    SubnetNotRegistered, eligibleDaysCall, lockSecondsCall, minSubnetStakeCall, scheduledMinSubnetStakeCall,
    stakeOfCall, subnetCall, subnetStakeCall,
};
use mrc53_node::connection::Connection;
use mrc53_node::no_value::NoValue;
use mrc53_node::time;

use super::fee::Fee;

/// A subnet and an account at one moment. Amounts in MOR wei.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// That moment, unix seconds.
    pub now: u64,
    /// The subnet.
    pub subnet: Address,
    /// What its operator has set; none before it is registered.
    pub registration: Option<Registration>,
    /// What all have staked toward it.
    pub subnet_stake_wei: u128,
    /// The minimum in force today.
    pub minimum_wei: U256,
    /// The minimum that is announced, and its first UTC day.
    pub next_minimum: Option<(U256, u32)>,
    /// Whether the running day counts for it if nothing changes any more.
    pub is_today_counted: bool,
    /// How long a deposit locks, seconds.
    pub lock_seconds: u64,
    /// The account.
    pub account: Address,
    /// What it has staked toward the subnet.
    pub account_stake_wei: u128,
    /// From when on that is free, unix seconds; none if it never staked.
    pub unlock_at: Option<u64>,
}

/// What an operator has set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Who is paid the operator's part.
    pub receiver: Address,
    /// The operator's part; none if the contract answers what is no fee.
    pub fee: Option<Fee>,
    /// The UTC day of the registration.
    pub day: u32,
}

impl State {
    /// Reads how `subnet` and `account` stand in the `StakeAlignment` at `alignment`.
    ///
    /// # Errors
    /// [`mrc53_console::failure::BadInput`] if it does not answer as it should; fails if the node does not answer.
    pub async fn read(connection: &Connection, alignment: Address, subnet: Address, account: Address) -> Result<Self> {
        let now = time::now(&connection.provider).await?;
        let today = mrc53_maths::Day::of(now).0;
        let reader = connection.reader();
        let (registration, stake, minimum, next, days, lock, own) = Box::pin(async {
            tokio::try_join!(
                registration(connection, alignment, subnet),
                reader.view(alignment, subnetStakeCall { subnet }),
                reader.view(alignment, minSubnetStakeCall {}),
                reader.view(alignment, scheduledMinSubnetStakeCall {}),
                reader.view(alignment, eligibleDaysCall { subnet, fromDay: today, toDay: today + 1 }),
                reader.view(alignment, lockSecondsCall {}),
                reader.view(alignment, stakeOfCall { subnet, staker: account }),
            )
        })
        .await?;
        Ok(Self {
            now,
            subnet,
            registration,
            subnet_stake_wei: stake,
            minimum_wei: minimum,
            next_minimum: Some((next.amount, next.fromDay)).filter(|(_, day)| *day > 0),
            is_today_counted: !days.is_zero(),
            lock_seconds: lock,
            account,
            account_stake_wei: own.amount,
            unlock_at: Some(own.unlockAt).filter(|at| *at > 0),
        })
    }

    /// The UTC day of the moment.
    #[must_use]
    pub fn day(&self) -> u32 {
        mrc53_maths::Day::of(self.now).0
    }

    /// The stake with which a day counts that holds it all day long: the minimum, and something where that is 0.
    #[must_use]
    pub fn needed_wei(&self) -> U256 {
        self.minimum_wei.max(U256::ONE)
    }

    /// What is missing of that; none if nothing is.
    #[must_use]
    pub fn missing_wei(&self) -> Option<U256> {
        let missing = self.needed_wei().saturating_sub(U256::from(self.subnet_stake_wei));
        (!missing.is_zero()).then_some(missing)
    }

    /// Whether days count for the subnet that begin now and change nothing.
    #[must_use]
    pub fn is_eligible(&self) -> bool {
        self.registration.is_some() && self.missing_wei().is_none()
    }
}

async fn registration(connection: &Connection, alignment: Address, subnet: Address) -> Result<Option<Registration>> {
    match connection.reader().ask(alignment, subnetCall { subnet }).await {
        Ok(it) => Ok(Some(Registration { receiver: it.receiver, fee: Fee::of_parts(it.fee), day: it.registrationDay })),
        Err(NoValue::Refused(data)) if data.starts_with(&SubnetNotRegistered::SELECTOR) => Ok(None),
        Err(no) => Err(no).context("StakeAlignment.subnet"),
    }
}
