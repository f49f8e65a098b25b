//! From which day on a distributor can settle: a day that the suite has seen, that has an emission, and that no other
//! distributor has settled, but as a voided one.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use alloy::eips::BlockNumberOrTag;
use alloy::primitives::Address;
use alloy::providers::Provider;
use anyhow::{Result, bail};
use futures_util::{StreamExt, TryStreamExt, stream};
use mrc53_abi::RewardDistributor::{self, DaySettled, isVoidedCall};
use mrc53_console::days::outside_emission;
use mrc53_console::failure::BadInput;
use mrc53_console::show::named_day;
use mrc53_maths::Day;
use mrc53_node::book::Record;
use mrc53_node::connection::Connection;
use mrc53_node::{logs, subnets};
use mrc53_suite::contract::Contract;

use super::asking::asking;
use super::compare::Action;
use super::goal::today;
use super::step::Step;

/// Subnets asked about at the same time.
const AT_ONCE: usize = 8;

/// Checks that something is emitted on `day` or later, and that it is not before the emission.
///
/// # Errors
/// [`BadInput`] that says when the emission begins and ends.
pub fn require_emission(day: u32) -> Result<(), BadInput> {
    let Some(words) = outside_emission(day) else { return Ok(()) };
    Err(BadInput::new(format!("the first day {} {words}", named_day(day))))
}

/// Checks that a distributor that is still to be deployed begins on `day` with nothing before it that could not be
/// earned, and nothing that another one has settled but as a voided one. `steps` are those of the plan.
///
/// # Errors
/// [`BadInput`] that names what stands in the way; a failure if the node does not answer.
pub async fn require_unsettled(connection: &Connection, steps: &[Step], day: u32) -> Result<()> {
    let step = |contract: Contract| steps.iter().find(|step| step.piece.is(contract));
    let (Some(alignment), Some(distributor)) = (step(Contract::StakeAlignment), step(Contract::RewardDistributor))
    else {
        return Ok(());
    };
    if distributor.action != Action::Deploy {
        return Ok(());
    }
    // What an earlier run has fixed stays, however long it was interrupted.
    let is_fixed = connection.book.settings.is_some_and(|settings| settings.first_day == day);
    let born = if is_fixed { None } else { born(connection, alignment).await? };
    if let Some(born) = born.filter(|born| day < *born) {
        return Err(BadInput::new(format!(
            "the first day {} comes before day {}, that of StakeAlignment: nobody can have earned anything on it, and \
             every subnet would have to settle it",
            named_day(day),
            named_day(born)
        ))
        .into());
    }
    for old in connection.book.contracts.iter().filter(|record| record.is(Contract::RewardDistributor)) {
        require_unpaid_from(connection, old, day).await?;
    }
    Ok(())
}

/// The UTC day on which `alignment` was deployed; today if it still has to be, none if the book does not say.
async fn born(connection: &Connection, alignment: &Step) -> Result<Option<u32>> {
    if alignment.action == Action::Deploy {
        return Ok(Some(today(connection).await?));
    }
    let records = &connection.book.contracts;
    let block = records.iter().find(|record| record.address == alignment.address).and_then(|record| record.block);
    let Some(number) = block else { return Ok(None) };
    let block = connection.provider.get_block_by_number(BlockNumberOrTag::Number(number)).await;
    let block = asking(&connection.node(), &format!("block {number}"), block)?;
    Ok(block.map(|block| Day::of(block.header.timestamp).0))
}

/// Checks that no subnet could be paid by the distributor in `old` for `day` or a later one that it has settled: each
/// was voided then, so that it paid nothing for them and never will.
async fn require_unpaid_from(connection: &Connection, old: &Record, day: u32) -> Result<()> {
    let settled = settled_from(connection, old.address, day).await?;
    let (Some(from), Some(to)) = (settled.first_key_value(), settled.last_key_value()) else { return Ok(()) };
    let voided = voided_of(connection, old.address, *from.0..to.0 + 1).await?;
    // Days that were voided once somebody had settled them have paid nevertheless.
    let paid = if settled.keys().any(|day| voided.contains(day)) {
        paid_from(connection, old, day).await?
    } else {
        BTreeMap::new()
    };
    let unvoided = settled.into_iter().filter(|(day, _)| !voided.contains(day));
    let twice: BTreeMap<u32, Address> = unvoided.chain(paid).collect();
    let (Some((first, subnet)), Some((last, _))) = (twice.first_key_value(), twice.last_key_value()) else {
        return Ok(());
    };
    Err(BadInput::new(format!(
        "the first day {} would be paid twice: the reward-distributor at {} has settled day {} for the subnet {subnet}, \
         {}; the first day can be {} at the earliest",
        named_day(day),
        old.address,
        named_day(*first),
        if voided.contains(first) { "and voided it only afterwards" } else { "and it is not voided there" },
        named_day(last + 1)
    ))
    .into())
}

/// The days from `day` on that the distributor at `old` has settled for any subnet, with one of those.
async fn settled_from(connection: &Connection, old: Address, day: u32) -> Result<BTreeMap<u32, Address>> {
    let reader = connection.reader();
    let first_day = reader.view(old, RewardDistributor::firstDayCall {}).await?;
    let alignment = reader.view(old, RewardDistributor::alignmentCall {}).await?;
    let settled = stream::iter(subnets::of(connection, alignment).await?).map(async |registered| {
        let account = RewardDistributor::operatorAccountCall { subnet: registered.subnet };
        let next_day = reader.view(old, account).await?.nextDay;
        // Its days begin with its registration, settled or not.
        anyhow::Ok((registered.subnet, registered.day.max(first_day).max(day)..next_day))
    });
    let settled: Vec<_> = settled.buffered(AT_ONCE).try_collect().await?;
    Ok(settled.into_iter().flat_map(|(subnet, days)| days.map(move |day| (day, subnet))).collect())
}

/// Those of `days` that are voided in the distributor at `old`.
async fn voided_of(connection: &Connection, old: Address, days: Range<u32>) -> Result<BTreeSet<u32>> {
    let calls: Vec<_> = days.clone().map(|day| isVoidedCall { day }).collect();
    let mut voided = BTreeSet::new();
    for (day, answer) in days.zip(connection.reader().each(old, &calls).await?) {
        match answer {
            Ok(true) => drop(voided.insert(day)),
            Ok(false) => {}
            Err(no_value) => bail!("isVoided({day}) of {old}: {}", no_value.words()),
        }
    }
    Ok(voided)
}

/// The days from `day` on for which the distributor in `old` has credited a subnet something, with one of those.
async fn paid_from(connection: &Connection, old: &Record, day: u32) -> Result<BTreeMap<u32, Address>> {
    let events = logs::since::<DaySettled>(&connection.provider, old.address, old.block.unwrap_or(0)).await?;
    Ok(events.into_iter().filter(|(it, _)| it.day >= day).map(|(it, _)| (it.day, it.subnet)).collect())
}

#[cfg(test)]
mod tests {
    use mrc53_maths::compute::{LAST_DAY, LAUNCH_DAY};

    use super::*;

    #[test]
    fn a_first_day_lies_within_the_emission() {
        let (first, last) = (LAUNCH_DAY.0, LAST_DAY.0);
        for day in [first, first + 1, last - 1, last] {
            assert!(require_emission(day).is_ok(), "{day}");
        }
        for day in [0, first - 1, last + 1, u32::MAX] {
            let refusal = require_emission(day).unwrap_err().to_string();
            assert!(refusal.contains("the emission, which"), "{refusal}");
        }
    }
}
