//! Which calculator counts for which days, as the distributor's events tell it.

use alloy::primitives::Address;
use alloy::providers::DynProvider;
use anyhow::Result;
use mrc53_abi::RewardDistributor::CalculatorScheduled;

use super::logs;

/// A calculator of a schedule; it counts until the next one's first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The contract.
    pub calculator: Address,
    /// The first UTC day that it counts for.
    pub from_day: u32,
}

/// The schedule of `distributor`, the earliest day first, by its events from `block` on: the one that it was deployed in
/// or an earlier one.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn of(provider: &DynProvider, distributor: Address, block: u64) -> Result<Vec<Entry>> {
    let events = logs::since::<CalculatorScheduled>(provider, distributor, block).await?;
    Ok(left_of(events.iter().map(|(event, _)| event)))
}

/// What is left of a schedule: every new entry drops those that begin on its day or later.
#[must_use]
pub fn left_of<'a>(events: impl IntoIterator<Item = &'a CalculatorScheduled>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for event in events {
        entries.retain(|entry| entry.from_day < event.fromDay);
        entries.push(Entry { calculator: event.calculator, from_day: event.fromDay });
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_entry_drops_those_of_its_day_and_later() {
        let days =
            [(1, 0), (2, 20), (3, 30), (4, 20)].map(|(last, from_day)| (Address::with_last_byte(last), from_day));
        let events = days.map(|(calculator, from_day)| CalculatorScheduled { calculator, fromDay: from_day });

        let left: Vec<_> = left_of(&events).iter().map(|entry| (entry.calculator, entry.from_day)).collect();

        assert_eq!(left, [days[0], days[3]]);
    }
}
