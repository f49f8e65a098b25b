//! Owners, pauses, and the rules in force and announced.

use alloy::primitives::{Address, U256};
use alloy::rpc::types::Log;
use alloy::sol_types::SolEvent;
use anyhow::Result;
use mrc53_abi::{RewardDistributor, StakeAlignment};
use mrc53_node::schedule::{self, Entry};
use mrc53_node::{logs, words};
use mrc53_suite::contract::Contract;
use serde::Serialize;

use super::reader::{Reader, Reading, Target, Wei};
use super::suite::Suite;
use super::wiring;

/// Who owns a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Owned {
    /// The contract.
    pub contract: &'static str,
    /// Its owner.
    pub owner: Reading<Address>,
    /// Who may accept its ownership; none if it was offered to nobody.
    pub pending_owner: Reading<Option<Address>>,
}

/// What is paused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pauses {
    /// Deposits; withdrawing never is.
    pub staking: Reading<bool>,
    /// Settling.
    pub settling: Reading<bool>,
    /// Claiming.
    pub claiming: Reading<bool>,
}

/// The minimum stake of a subnet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Minimum {
    /// In force today, MOR wei.
    pub now_wei: Reading<Wei>,
    /// Announced and not in force yet.
    pub scheduled: Reading<Option<ScheduledMinimum>>,
}

/// A minimum stake to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ScheduledMinimum {
    /// MOR wei.
    pub amount_wei: Wei,
    /// The first UTC day on which it is in force.
    pub from_day: u32,
}

/// A calculator and the first UTC day that it counts for, until the next one's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Term {
    /// The contract.
    pub calculator: Address,
    /// The first day.
    pub from_day: u32,
    /// What it counts, sessions or seconds, if the book says it.
    pub weight: Option<String>,
    /// Whether the book knows it.
    pub recorded: bool,
}

/// UTC days `[from_day, to_day)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Days {
    /// The first.
    pub from_day: u32,
    /// The first one behind.
    pub to_day: u32,
}

/// Who owns the two contracts that have an owner.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn owned(reader: &Reader<'_>, suite: &Suite) -> Result<Vec<Owned>> {
    let Suite { alignment, distributor, .. } = *suite;
    let (owner, pending, paying_owner, paying_pending) = tokio::try_join!(
        reader.ask(alignment, StakeAlignment::ownerCall {}),
        reader.ask(alignment, StakeAlignment::pendingOwnerCall {}),
        reader.ask(distributor, RewardDistributor::ownerCall {}),
        reader.ask(distributor, RewardDistributor::pendingOwnerCall {}),
    )?;
    let somebody = |address: Address| (!address.is_zero()).then_some(address);
    Ok(vec![
        Owned { contract: alignment.name, owner, pending_owner: pending.map(somebody) },
        Owned { contract: distributor.name, owner: paying_owner, pending_owner: paying_pending.map(somebody) },
    ])
}

/// What is paused.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn pauses(reader: &Reader<'_>, suite: &Suite) -> Result<Pauses> {
    let Suite { alignment, distributor, .. } = *suite;
    let (staking, settling, claiming) = tokio::try_join!(
        reader.ask(alignment, StakeAlignment::stakingPausedCall {}),
        reader.ask(distributor, RewardDistributor::settlingPausedCall {}),
        reader.ask(distributor, RewardDistributor::claimingPausedCall {}),
    )?;
    Ok(Pauses { staking, settling, claiming })
}

/// The minimum stake, now and announced.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn minimum(reader: &Reader<'_>, suite: &Suite) -> Result<Minimum> {
    let (now, scheduled) = tokio::try_join!(
        reader.ask(suite.alignment, StakeAlignment::minSubnetStakeCall {}),
        reader.ask(suite.alignment, StakeAlignment::scheduledMinSubnetStakeCall {}),
    )?;
    let scheduled = scheduled.map(|answer| {
        let minimum = ScheduledMinimum { amount_wei: Wei(answer.amount), from_day: answer.fromDay };
        (answer.fromDay != 0 || answer.amount != U256::ZERO).then_some(minimum)
    });
    Ok(Minimum { now_wei: now.map(Wei), scheduled })
}

/// The calculators from the one in force on, by the distributor's events.
pub async fn calculators(reader: &Reader<'_>, suite: &Suite) -> Reading<Vec<Term>> {
    let events = events::<RewardDistributor::CalculatorScheduled>(reader, suite.distributor).await;
    let book = &reader.connection.book;
    events.map(|events| {
        let terms = schedule::left_of(&events).into_iter().map(|Entry { calculator, from_day }| Term {
            calculator,
            from_day,
            weight: wiring::recorded_weight(book, calculator).map(wiring::weight_name),
            recorded: book.knows(Contract::RewardCalculator, calculator),
        });
        from_today(terms.collect(), reader.head.day())
    })
}

/// Every voided day, by the distributor's events: disjoint ranges, the earliest first.
pub async fn voided(reader: &Reader<'_>, suite: &Suite) -> Reading<Vec<Days>> {
    let events = events::<RewardDistributor::DaysVoided>(reader, suite.distributor).await;
    events.map(|events| {
        merged(events.iter().map(|event| Days { from_day: event.fromDay, to_day: event.toDay }).collect())
    })
}

/// The events of a contract of the suite up to the page's block, from the block on in which the book says it began.
pub(super) async fn events<Event: SolEvent>(reader: &Reader<'_>, target: Target) -> Reading<Vec<Event>> {
    let connection = reader.connection;
    let from = connection.book.since(target.name);
    let is_seen = |log: &Log| log.block_number.is_none_or(|number| number <= reader.head.number);
    match logs::since::<Event>(&connection.provider, target.address, from).await {
        Ok(events) => Reading::Known(events.into_iter().filter(|(_, log)| is_seen(log)).map(|(it, _)| it).collect()),
        Err(error) => Reading::Unknown { error: words::of(&error) },
    }
}

/// The terms without those that have ended before `today`.
fn from_today(terms: Vec<Term>, today: u32) -> Vec<Term> {
    let first = terms.iter().rposition(|term| term.from_day <= today).unwrap_or(0);
    terms.into_iter().skip(first).collect()
}

/// The same days in disjoint ranges that do not touch, the earliest first.
fn merged(mut ranges: Vec<Days>) -> Vec<Days> {
    ranges.sort_by_key(|range| range.from_day);
    let mut disjoint: Vec<Days> = Vec::new();
    for range in ranges {
        match disjoint.last_mut() {
            Some(last) if range.from_day <= last.to_day => last.to_day = last.to_day.max(range.to_day),
            _ => disjoint.push(range),
        }
    }
    disjoint
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(last: u8, from_day: u32) -> Term {
        Term { calculator: Address::with_last_byte(last), from_day, weight: None, recorded: true }
    }

    fn days(from_day: u32, to_day: u32) -> Days {
        Days { from_day, to_day }
    }

    #[test]
    fn a_calculator_counts_until_the_next_ones_first_day() {
        let terms = vec![term(1, 0), term(2, 20)];
        assert_eq!(from_today(terms.clone(), 19), terms);
        assert_eq!(from_today(terms.clone(), 20), [term(2, 20)]);
        assert_eq!(from_today(terms, 21), [term(2, 20)]);
    }

    #[test]
    fn ranges_that_overlap_or_touch_are_one() {
        assert_eq!(merged(vec![days(7, 9), days(1, 3), days(3, 4), days(2, 3)]), [days(1, 4), days(7, 9)]);
    }
}
