//! What was seen of days that are over: it must never look different again.

use std::{collections::BTreeMap, fmt::Debug};

use mrc53_interfaces::{alignment::DayStake, recorder::DayUsage};

use crate::names::Who;

/// What was seen first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// Stake-seconds of past days, by subnet.
    pub(crate) stakes: BTreeMap<(Who, u32), DayStake>,
    /// Stake-seconds of past days, by subnet and staker.
    pub(crate) stakers: BTreeMap<(Who, Who, u32), u128>,
    /// Usage of final days, by subnet.
    pub(crate) usage: BTreeMap<(Who, u32), DayUsage>,
    /// What a staker was owed and paid, with its claims and its subnet's first unsettled day then.
    pub(crate) due: BTreeMap<(Who, Who), (u128, u32, u32)>,
}

/// Keeps what is seen of `key` first, and panics if it is seen differently later.
pub(crate) fn keeps<K: Ord + Debug + Clone, V: PartialEq + Debug>(
    seen: &mut BTreeMap<K, V>,
    key: K,
    now: V,
    rule: &str,
) {
    match seen.get(&key) {
        Some(before) => assert_eq!(&now, before, "{rule}: {key:?}"),
        None => {
            seen.insert(key, now);
        }
    }
}
