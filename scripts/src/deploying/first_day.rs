//! From which day on a distributor can settle: a day that the suite has seen, that has an emission, and that no other
//! distributor has settled.

use alloy::eips::BlockNumberOrTag;
use alloy::primitives::Address;
use alloy::providers::Provider;
use anyhow::Result;
use futures_util::{StreamExt, TryStreamExt, stream};
use mrc53_maths::Day;
use mrc53_maths::compute::{LAST_DAY, LAUNCH_DAY};

use super::asking;
use super::compare::Action;
use super::goal::today;
use super::plan::Step;
use crate::chain::abi::RewardDistributor;
use crate::chain::client::view;
use crate::chain::subnets;
use crate::failure::BadInput;
use crate::network::connection::Connection;
use crate::show::date;

/// Subnets asked about at the same time.
const AT_ONCE: usize = 8;

/// Checks that something is emitted on `day` or later, and that it is not before the emission.
///
/// # Errors
/// [`BadInput`] that says when the emission begins and ends.
pub fn require_emission(day: u32) -> Result<(), BadInput> {
    let (first, last) = (LAUNCH_DAY.0, LAST_DAY.0);
    let wrong = if day < first {
        format!("comes before the emission, which begins on day {first} ({})", date(first))
    } else if day > last {
        format!("comes after the emission, which ends on day {last} ({})", date(last))
    } else {
        return Ok(());
    };
    Err(BadInput::new(format!("the first day {day} ({}) {wrong}", date(day))))
}

/// Checks that a distributor that is still to be deployed begins on `day` with nothing before it that could not be
/// earned, and nothing that another one has settled. `steps` are those of the plan.
///
/// # Errors
/// [`BadInput`] that names what stands in the way; a failure if the node does not answer.
pub async fn require_unsettled(connection: &Connection, steps: &[Step], day: u32) -> Result<()> {
    let step = |contract: &str| steps.iter().find(|step| step.piece.contract == contract);
    let (Some(alignment), Some(distributor)) = (step("stake-alignment"), step("reward-distributor")) else {
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
            "the first day {day} ({}) comes before day {born} ({}), that of StakeAlignment: nobody can have earned \
             anything on it, and every subnet would have to settle it",
            date(day),
            date(born)
        ))
        .into());
    }
    for old in connection.book.contracts.iter().filter(|record| record.contract == "reward-distributor") {
        require_unsettled_by(connection, old.address, day).await?;
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
    let block = asking(connection, &format!("block {number}"), block)?;
    Ok(block.map(|block| Day::of(block.header.timestamp).0))
}

/// Checks that the distributor at `old` has settled neither `day` nor a later one for any subnet.
async fn require_unsettled_by(connection: &Connection, old: Address, day: u32) -> Result<()> {
    let distributor = RewardDistributor::new(old, &connection.provider);
    let first_day = view("firstDay()", old, distributor.firstDay().call().into_future()).await?;
    let alignment = view("alignment()", old, distributor.alignment().call().into_future()).await?;
    let settled = stream::iter(subnets::of(connection, alignment).await?).map(async |registered| {
        let account = distributor.operatorAccount(registered.subnet);
        let next_day = view("operatorAccount()", old, account.call().into_future()).await?.nextDay;
        // Its days begin with its registration, settled or not.
        let begins = registered.day.max(first_day);
        anyhow::Ok((next_day > begins.max(day)).then_some((registered.subnet, next_day - 1)))
    });
    let settled: Vec<_> = settled.buffered(AT_ONCE).try_collect().await?;
    let Some((subnet, last)) = settled.into_iter().flatten().max_by_key(|(_, last)| *last) else { return Ok(()) };
    Err(BadInput::new(format!(
        "the first day {day} ({}) would be paid twice: the reward-distributor at {old} has settled the days up to {last} \
         ({}) for the subnet {subnet}; the first day can be {} at the earliest",
        date(day),
        date(last),
        last + 1
    ))
    .into())
}

#[cfg(test)]
mod tests {
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
