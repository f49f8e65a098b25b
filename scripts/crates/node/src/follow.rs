//! What an owner can change of contracts that stand, as the chain has it now, and a book that follows: who owns them,
//! and which account pays.

use std::fmt;

use alloy::primitives::Address;
use alloy::sol_types::SolCall;
use anyhow::Result;
use mrc53_abi::{RewardDistributor, StakeAlignment};
use mrc53_suite::contract::Contract;
use serde::Serialize;
use similar::TextDiff;

use super::book::{Book, Input, Inputs};
use super::connection::Connection;
use crate::no_value::NoValue;

/// What the book's newest contracts answer; none where a contract does not stand or does not answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Current {
    /// Owner of `StakeAlignment`.
    pub owner: Option<Address>,
    /// Owner of `RewardDistributor`.
    pub distributor_owner: Option<Address>,
    /// The account that pays rewards.
    pub compute_pool: Option<Address>,
}

/// An address that the book has otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it is for, by its name in the book.
    pub input: &'static str,
    /// What the book had.
    pub from: Option<Address>,
    /// What it has; none if it is the same as for the other contract.
    pub to: Option<Address>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = |address: Option<Address>| address.map_or_else(|| "none of its own".into(), |it| it.to_string());
        write!(f, "{} is {}, was {}", self.input, address(self.to), address(self.from))
    }
}

impl Current {
    /// Reads it.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn read(connection: &Connection) -> Result<Self> {
        let at = |contract| connection.book.newest(contract).map(|record| record.address);
        let (alignment, distributor) = (at(Contract::StakeAlignment), at(Contract::RewardDistributor));
        let (owner, distributor_owner, compute_pool) = tokio::try_join!(
            ask(connection, alignment, StakeAlignment::ownerCall {}),
            ask(connection, distributor, RewardDistributor::ownerCall {}),
            ask(connection, distributor, RewardDistributor::computePoolCall {}),
        )?;
        Ok(Self { owner, distributor_owner, compute_pool })
    }

    /// `inputs` as they are now: what the chain does not say, or says alike, stays as it is there.
    #[must_use]
    pub fn of(&self, inputs: &Inputs) -> Inputs {
        let now = |kept: &Option<Input>, now: Option<Address>, source: &str| match now {
            Some(now) if kept.as_ref().is_none_or(|kept| kept.address != now) => {
                Some(Input { address: now, source: source.to_owned(), verified: true })
            }
            _ => kept.clone(),
        };
        let owner = now(&inputs.owner, self.owner, "owner() of stake-alignment");
        let kept = inputs.distributor_owner.as_ref().or(inputs.owner.as_ref()).cloned();
        let distributor_owner = now(&kept, self.distributor_owner, "owner() of reward-distributor");
        let is_another = |it: &Input| owner.as_ref().is_none_or(|owner| owner.address != it.address);
        Inputs {
            distributor_owner: distributor_owner.filter(is_another),
            owner,
            compute_pool: now(&inputs.compute_pool, self.compute_pool, "computePool() of reward-distributor"),
            ..inputs.clone()
        }
    }
}

/// What `call` of the contract at `to` answers.
async fn ask<C: SolCall<Return = Address>>(
    connection: &Connection,
    to: Option<Address>,
    call: C,
) -> Result<Option<Address>> {
    let Some(to) = to else { return Ok(None) };
    match connection.reader().ask(to, call).await {
        Ok(answer) => Ok(Some(answer)),
        Err(NoValue::Node(error)) => Err(connection.url.blame(&format!("{} of {to}", C::SIGNATURE), &error)),
        Err(_) => Ok(None),
    }
}

/// Lets the book of `connection` follow the chain, and writes it down if it has to change. Returns what has changed.
///
/// # Errors
/// Fails if the node does not answer or the book's folder cannot be written.
pub async fn follow(connection: &mut Connection) -> Result<Vec<Change>> {
    let now = Current::read(connection).await?.of(&connection.book.inputs);
    let changes = changes(&connection.book.inputs, &now);
    if !changes.is_empty() {
        connection.book.inputs = now;
        connection.save()?;
    }
    Ok(changes)
}

/// What of the addresses that an owner can change is another in `now` than in `before`.
#[must_use]
pub fn changes(before: &Inputs, now: &Inputs) -> Vec<Change> {
    let address = |input: &Option<Input>| input.as_ref().map(|input| input.address);
    let of = |input, from: &Option<Input>, to: &Option<Input>| {
        let (from, to) = (address(from), address(to));
        (from != to).then_some(Change { input, from, to })
    };
    let changes = [
        of("compute_pool", &before.compute_pool, &now.compute_pool),
        of("owner", &before.owner, &now.owner),
        of("distributor_owner", &before.distributor_owner, &now.distributor_owner),
    ];
    changes.into_iter().flatten().collect()
}

/// The difference between `before` and the same book with the inputs `now`, as a diff of the file called `file`; none
/// if an owner has changed nothing.
///
/// # Errors
/// Fails if a book cannot be written as JSON.
pub fn diff(before: &Book, now: &Inputs, file: &str) -> Result<Option<String>> {
    if changes(&before.inputs, now).is_empty() {
        return Ok(None);
    }
    let [old, new] = [before.text()?, Book { inputs: now.clone(), ..before.clone() }.text()?];
    let diff = TextDiff::from_lines(&old, &new);
    Ok(Some(diff.unified_diff().header(file, "the chain").to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> Address {
        Address::with_last_byte(last)
    }

    fn inputs(owner: u8, distributor_owner: Option<u8>) -> Inputs {
        let input = |last| Input::unverified(address(last), "test");
        Inputs {
            owner: Some(input(owner)),
            distributor_owner: distributor_owner.map(input),
            compute_pool: Some(input(7)),
            ..Inputs::default()
        }
    }

    fn owned_by(owner: u8, distributor_owner: u8) -> Current {
        let [owner, distributor_owner] = [owner, distributor_owner].map(|last| Some(address(last)));
        Current { owner, distributor_owner, compute_pool: Some(address(7)) }
    }

    fn owners(inputs: &Inputs) -> [Option<Address>; 2] {
        [&inputs.owner, &inputs.distributor_owner].map(|input| input.as_ref().map(|input| input.address))
    }

    #[test]
    fn what_the_chain_says_alike_stays_as_it_is() {
        for kept in [inputs(1, None), inputs(1, Some(2))] {
            let distributor_owner = if kept.distributor_owner.is_some() { 2 } else { 1 };
            assert_eq!(owned_by(1, distributor_owner).of(&kept), kept);
            assert_eq!(Current::default().of(&kept), kept);
        }
    }

    #[test]
    fn one_contract_handed_over_has_an_owner_of_its_own_until_the_other_follows() {
        let first = owned_by(2, 1).of(&inputs(1, None));
        assert_eq!(owners(&first), [Some(address(2)), Some(address(1))]);

        let both = owned_by(2, 2).of(&first);
        assert_eq!(owners(&both), [Some(address(2)), None]);

        let other = owned_by(1, 2).of(&inputs(1, None));
        assert_eq!(owners(&other), [Some(address(1)), Some(address(2))]);
    }

    #[test]
    fn a_change_is_what_another_address_has() {
        let before = inputs(1, None);
        let now = Current { compute_pool: Some(address(8)), ..owned_by(2, 2) }.of(&before);

        let change = |input, from, to| Change { input, from: Some(address(from)), to: Some(address(to)) };
        assert_eq!(changes(&before, &now), [change("compute_pool", 7, 8), change("owner", 1, 2)]);
        assert_eq!(changes(&now, &now), []);
    }
}
