//! Which subnets there are: those that were ever registered in `StakeAlignment`; a registration cannot be undone.

use alloy::primitives::{Address, U256};
use alloy::sol_types::SolError;
use anyhow::{Context, Result};
use mrc53_abi::StakeAlignment;
use mrc53_console::failure::BadInput;
use mrc53_console::show::trimmed;
use mrc53_suite::contract::Contract;

use super::logs;
use crate::connection::Connection;
use crate::no_value::NoValue;

/// A subnet as it was registered. Receiver and fee may have changed since; `StakeAlignment.subnet` answers today's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The subnet.
    pub subnet: Address,
    /// Who was to be paid the operator's part.
    pub receiver: Address,
    /// The operator's part, 1e25 = 100 %.
    pub fee: U256,
    /// The UTC day of the registration.
    pub day: u32,
}

/// Every registered subnet, in the order of registration.
///
/// Read from the events of the `StakeAlignment` in use, from the block on in which the book says that it was deployed
/// (from the first block on if the book does not say).
///
/// # Errors
/// [`mrc53_console::failure::BadInput`] if `StakeAlignment` has not been deployed there; fails if the node does not
/// answer.
pub async fn registered(connection: &Connection) -> Result<Vec<Registered>> {
    of(connection, connection.book.address(Contract::StakeAlignment)?).await
}

/// The same of the `StakeAlignment` at `alignment`.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn of(connection: &Connection, alignment: Address) -> Result<Vec<Registered>> {
    let from = connection.book.since_at(alignment);
    let events = logs::since::<StakeAlignment::SubnetRegistered>(&connection.provider, alignment, from).await?;
    let subnets = events.into_iter().map(|(event, _)| Registered {
        subnet: event.subnet,
        receiver: event.receiver,
        fee: event.fee,
        day: event.day,
    });
    Ok(subnets.collect())
}

/// `named`, each once; every registered subnet if none is named.
///
/// # Errors
/// As [`require_registered`] and [`registered`].
pub async fn named_or_all(connection: &Connection, named: &[Address]) -> Result<Vec<Address>> {
    if named.is_empty() { addresses(connection).await } else { require_registered(connection, named).await }
}

/// A subnet and what is staked toward it now, MOR wei.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Staked {
    /// The subnet.
    pub subnet: Address,
    /// The stake of all its stakers.
    pub stake_wei: u128,
}

/// `subnets` with their stakes, the largest first; equal ones in their order.
///
/// # Errors
/// [`BadInput`] if `StakeAlignment` has not been deployed there; fails if the node or the contract does not answer.
pub async fn by_stake(connection: &Connection, subnets: &[Address]) -> Result<Vec<Staked>> {
    let alignment = connection.book.address(Contract::StakeAlignment)?;
    let calls: Vec<_> = subnets.iter().map(|subnet| StakeAlignment::subnetStakeCall { subnet: *subnet }).collect();
    let answers = connection.reader().each(alignment, &calls).await?;
    let staked = subnets.iter().zip(answers).map(|(subnet, answer)| {
        let stake_wei =
            answer.map_err(|no| anyhow::anyhow!("StakeAlignment.subnetStake of {subnet}: {}", no.words()))?;
        anyhow::Ok(Staked { subnet: *subnet, stake_wei })
    });
    let mut sorted = staked.collect::<Result<Vec<_>>>()?;
    sorted.sort_by_key(|one| std::cmp::Reverse(one.stake_wei));
    Ok(sorted)
}

/// What a subnet lacks of being eligible now. Amounts in MOR wei.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The subnet.
    pub subnet: Address,
    /// Whether it is registered.
    pub is_registered: bool,
    /// What is staked toward it.
    pub stake_wei: U256,
    /// The minimum in force.
    pub minimum_wei: U256,
}

impl Standing {
    /// `9000 of 10000 MOR are staked, 1000 are missing`, and what follows.
    #[must_use]
    pub fn words(&self) -> String {
        let Self { stake_wei, minimum_wei, .. } = *self;
        let (stake, minimum) = (trimmed(stake_wei), trimmed(minimum_wei));
        let missing = minimum_wei.saturating_sub(stake_wei);
        if !self.is_registered {
            "its subnet is not registered".into()
        } else if missing.is_zero() {
            format!(
                "its subnet has {stake} of {minimum} MOR staked now, and had less on each of its open days; days to come \
                 count"
            )
        } else {
            let missing = trimmed(missing);
            format!(
                "its subnet has {stake} of {minimum} MOR staked, {missing} MOR are missing; days count once it holds \
                 them all day long"
            )
        }
    }
}

/// How each of `subnets` stands in `alignment`.
///
/// # Errors
/// Fails if the node or the contract does not answer.
pub async fn standings(connection: &Connection, alignment: Address, subnets: &[Address]) -> Result<Vec<Standing>> {
    if subnets.is_empty() {
        return Ok(Vec::new());
    }
    let reader = connection.reader();
    let minimum_wei = reader.one(alignment, &StakeAlignment::minSubnetStakeCall {}).await?;
    let minimum_wei = minimum_wei.map_err(|no| anyhow::anyhow!("StakeAlignment.minSubnetStake: {}", no.words()))?;
    let registrations: Vec<_> = subnets.iter().map(|subnet| StakeAlignment::subnetCall { subnet: *subnet }).collect();
    let registrations = reader.each(alignment, &registrations).await?;
    let stakes: Vec<_> = subnets.iter().map(|subnet| StakeAlignment::subnetStakeCall { subnet: *subnet }).collect();
    let stakes = reader.each(alignment, &stakes).await?;
    let standing = |((subnet, registration), stake): ((&Address, Result<_, NoValue>), Result<u128, NoValue>)| {
        let stake = stake.map_err(|no| anyhow::anyhow!("StakeAlignment.subnetStake of {subnet}: {}", no.words()))?;
        let (is_registered, stake_wei) = (registration.is_ok(), U256::from(stake));
        Ok(Standing { subnet: *subnet, is_registered, stake_wei, minimum_wei })
    };
    subnets.iter().zip(registrations).zip(stakes).map(standing).collect()
}

/// The addresses of [`registered`].
///
/// # Errors
/// As there.
pub async fn addresses(connection: &Connection) -> Result<Vec<Address>> {
    Ok(registered(connection).await?.into_iter().map(|registered| registered.subnet).collect())
}

/// `named`, each once, if all of them are registered.
///
/// # Errors
/// [`BadInput`] with the first that is not, or if `StakeAlignment` has not been deployed there; fails if the node does
/// not answer.
pub async fn require_registered(connection: &Connection, named: &[Address]) -> Result<Vec<Address>> {
    let alignment = connection.book.address(Contract::StakeAlignment)?;
    let mut subnets = Vec::new();
    for subnet in named {
        match connection.reader().ask(alignment, StakeAlignment::subnetCall { subnet: *subnet }).await {
            Ok(_) => {}
            Err(NoValue::Refused(data)) if data.starts_with(&StakeAlignment::SubnetNotRegistered::SELECTOR) => {
                return Err(BadInput::new(format!("{subnet} is not a registered subnet")).into());
            }
            Err(no) => return Err(no).context("StakeAlignment.subnet"),
        }
        if !subnets.contains(subnet) {
            subnets.push(*subnet);
        }
    }
    Ok(subnets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_subnet_lacks_is_said_to_the_wei() {
        let mor = |amount: u64| U256::from(amount) * U256::from(1_000_000_000_000_000_000_u64);
        let words = |is_registered, stake_wei| {
            Standing { subnet: Address::ZERO, is_registered, stake_wei, minimum_wei: mor(10_000) }.words()
        };
        assert!(words(true, mor(9_000)).contains("9000 of 10000 MOR staked, 1000 MOR are missing"));
        let almost = words(true, mor(10_000) - U256::from(1));
        assert!(almost.contains(", 0.000000000000000001 MOR are missing"), "{almost}");
        assert!(words(true, mor(10_000)).contains("10000 of 10000 MOR staked now, and had less"));
        assert_eq!(words(false, mor(0)), "its subnet is not registered");
    }
}
