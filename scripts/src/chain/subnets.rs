//! Which subnets there are: those that were ever registered in `StakeAlignment`; a registration cannot be undone.

use alloy::primitives::{Address, U256};
use alloy::sol_types::SolError;
use anyhow::{Context, Result, bail};

use super::abi::StakeAlignment;
use super::client::answer;
use super::logs;
use super::many::{self, Asked};
use super::refusal::Refusals;
use crate::failure::BadInput;
use crate::network::connection::Connection;
use crate::scenario::Names;

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
/// [`crate::failure::BadInput`] if `StakeAlignment` has not been deployed there; fails if the node does not answer.
pub async fn registered(connection: &Connection) -> Result<Vec<Registered>> {
    of(connection, connection.book.address("stake-alignment")?).await
}

/// The same of the `StakeAlignment` at `alignment`.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn of(connection: &Connection, alignment: Address) -> Result<Vec<Registered>> {
    let record = connection.book.contracts.iter().find(|record| record.address == alignment);
    let from = record.and_then(|record| record.block).unwrap_or(0);
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
    let alignment = connection.book.address("stake-alignment")?;
    let calls: Vec<_> = subnets.iter().map(|subnet| StakeAlignment::subnetStakeCall { subnet: *subnet }).collect();
    let answers = many::ask(&connection.provider, Asked::of(alignment), &calls).await?;
    let staked = subnets.iter().zip(answers).map(|(subnet, answer)| {
        let stake_wei =
            answer.map_err(|no| anyhow::anyhow!("StakeAlignment.subnetStake of {subnet}: {}", no.words()))?;
        anyhow::Ok(Staked { subnet: *subnet, stake_wei })
    });
    let mut sorted = staked.collect::<Result<Vec<_>>>()?;
    sorted.sort_by_key(|one| std::cmp::Reverse(one.stake_wei));
    Ok(sorted)
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
    let alignment = connection.book.address("stake-alignment")?;
    let alignment = StakeAlignment::new(alignment, &connection.provider);
    let mut subnets = Vec::new();
    for subnet in named {
        let registration = answer(alignment.subnet(*subnet).call().await).context("StakeAlignment.subnet")?;
        if let Err(data) = registration {
            if data.starts_with(&StakeAlignment::SubnetNotRegistered::SELECTOR) {
                return Err(BadInput::new(format!("{subnet} is not a registered subnet")).into());
            }
            bail!("StakeAlignment.subnet refuses with {}", Refusals::all()?.words(&data, &Names::default()));
        }
        if !subnets.contains(subnet) {
            subnets.push(*subnet);
        }
    }
    Ok(subnets)
}
