//! What the Diamond has of `docs/diamond-upgrade.md`: the hook that books sessions as they are closed, and the books
//! that know what block rewards were paid.

use alloy::primitives::Address;
use alloy::sol_types::SolCall;
use anyhow::Result;
use mrc53_abi::DiamondHook::{getRewardDistributorsCall, getSessionRecorderCall};
use mrc53_abi::{RewardCalculator, RewardDistributor};
use mrc53_node::diamond::answer_of_function;
use mrc53_suite::contract::Contract;
use serde::Serialize;

use super::reader::{Reader, Reading, Target};
use super::suite::Suite;

/// How a part of the upgrade stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The Diamond has no such function: its facet is not cut in.
    Missing,
    /// It is cut in and names nobody.
    Off,
    /// It names contracts of this suite: the newest, or an older one for as long as it is the one that counts.
    Set,
    /// It names somebody else.
    Wrong,
}

/// One part of the upgrade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// How it stands.
    pub state: Reading<State>,
    /// Whom it names.
    pub named: Vec<Address>,
    /// Whom it has to name, if anybody.
    pub expected: Address,
}

/// Both parts; none without a Diamond in the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hook {
    /// At which recorder sessions are booked as they are closed.
    pub recorder: Part,
    /// Whose payments are subtracted from the Compute balance.
    pub distributors: Part,
}

/// Reads both.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn read(reader: &Reader<'_>, suite: &Suite) -> Result<Option<Hook>> {
    let book = &reader.connection.book;
    let Some(diamond) = book.inputs.diamond.as_ref().map(|input| input.address) else { return Ok(None) };
    // An older recorder is right for as long as the calculator of today reads it.
    let read_today = reader.ask(suite.calculator, RewardCalculator::recorderCall {}).await?;
    let recorders: Vec<Address> =
        [Some(suite.recorder.address), read_today.known().copied()].into_iter().flatten().collect();
    let recorder = ask(reader, diamond, getSessionRecorderCall {}).await?;
    let recorder = recorder.map(|named| named.map(|named| if named.is_zero() { vec![] } else { vec![named] }));
    let paying: Vec<Address> = book
        .contracts
        .iter()
        .filter(|record| record.is(Contract::RewardDistributor))
        .map(|record| record.address)
        .collect();
    let distributors = ask(reader, diamond, getRewardDistributorsCall {}).await?;
    // A new distributor that has paid nothing yet may still be named.
    let paid = reader.ask(suite.distributor, RewardDistributor::totalPaidCall {}).await?;
    let has_paid = paid.known().is_some_and(|paid| !paid.is_zero());
    let are_distributors = |named: &[Address]| {
        let is_named = named.contains(&suite.distributor.address);
        named.iter().all(|named| paying.contains(named)) && (is_named || !has_paid)
    };
    Ok(Some(Hook {
        recorder: part(&recorder, suite.recorder, |named| named.iter().all(|named| recorders.contains(named))),
        distributors: part(&distributors, suite.distributor, are_distributors),
    }))
}

fn part(named: &Reading<Option<Vec<Address>>>, expected: Target, is_right: impl Fn(&[Address]) -> bool) -> Part {
    let state = named.clone().map(|named| match named.as_deref() {
        None => State::Missing,
        Some([]) => State::Off,
        Some(named) if is_right(named) => State::Set,
        Some(_) => State::Wrong,
    });
    let named = named.known().cloned().flatten().unwrap_or_default();
    Part { state, named, expected: expected.address }
}

/// What the Diamond answers to `call`; none if it has no such function.
async fn ask<C: SolCall>(reader: &Reader<'_>, diamond: Address, call: C) -> Result<Reading<Option<C::Return>>> {
    let at_head = reader.connection.reader().at(reader.head);
    if answer_of_function(at_head, diamond, C::SELECTOR.into()).await?.is_none() {
        return Ok(Reading::Known(None));
    }
    Ok(reader.ask(Target { name: "diamond", address: diamond }, call).await?.map(Some))
}

impl Part {
    /// Whom it names, in words.
    #[must_use]
    pub fn words(&self) -> String {
        self.named.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }
}

impl Hook {
    /// What is right today and has to follow a contract that was replaced, one line each.
    #[must_use]
    pub fn notices(&self) -> Vec<String> {
        let of = |part: &Part, what: &str, act: &str| {
            let is_older = part.state.known() == Some(&State::Set) && !part.named.contains(&part.expected);
            let (named, expected) = (part.words(), part.expected);
            is_older.then(|| {
                format!("the Diamond's {what} is {named}, to be followed by {expected}: cargo mrc53 safe {act}")
            })
        };
        self.parts(of)
    }

    fn parts(&self, of: impl Fn(&Part, &str, &str) -> Option<String>) -> Vec<String> {
        let parts = [
            of(&self.recorder, "session recorder", "set-recorder"),
            of(&self.distributors, "list of reward distributors", "set-distributors"),
        ];
        parts.into_iter().flatten().collect()
    }

    /// What is wrong with it, one line each.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let of = |part: &Part, what: &str, act: &str| {
            (part.state.known() == Some(&State::Wrong)).then(|| {
                let (named, expected) = (part.words(), part.expected);
                format!("WRONG: the Diamond's {what} is {named}, the suite's is {expected}: cargo mrc53 safe {act}")
            })
        };
        self.parts(of)
    }
}
