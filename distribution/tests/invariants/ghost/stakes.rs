//! Who staked what, when, and toward whom; who runs which subnet at which fee.

use std::collections::BTreeMap;

use crate::{
    actors::vault,
    calls::Setup,
    names::{Who, STAKERS},
    world::{midnight, MOR, SECONDS_PER_DAY},
};

/// Full days between a change of the minimum and the first day on which it is in force.
const NOTICE_DAYS: u32 = 7;

/// A registered subnet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Registration {
    pub(crate) receiver: Who,
    pub(crate) fee: u128,
    pub(crate) day: u32,
}

/// The books of staking.
#[derive(Clone, Debug)]
pub(crate) struct Stakes {
    pub(crate) lock_seconds: u64,
    /// By subnet and staker: balance in wei, and the second of the last deposit.
    pub(crate) positions: BTreeMap<(Who, Who), (u128, u64)>,
    /// By subnet and staker: each second of a change and the balance from then on.
    changes: BTreeMap<(Who, Who), Vec<(u64, u128)>>,
    pub(crate) registrations: BTreeMap<Who, Registration>,
    pub(crate) paused: bool,
    pub(crate) owner: Who,
    pub(crate) heir: Option<Who>,
    pub(crate) vault: vault::Manner,
    /// Every minimum that was in force or will be, with its first day, oldest first.
    minima: Vec<(u128, u32)>,
}

impl Stakes {
    pub(crate) fn new(setup: Setup) -> Self {
        Self {
            lock_seconds: u64::from(setup.lock_days) * SECONDS_PER_DAY,
            positions: BTreeMap::new(),
            changes: BTreeMap::new(),
            registrations: BTreeMap::new(),
            paused: false,
            owner: Who::Owner,
            heir: None,
            vault: vault::Manner::Keeper,
            minima: vec![(u128::from(setup.minimum) * MOR, 0)],
        }
    }

    pub(crate) fn of(&self, subnet: Who, staker: Who) -> u128 {
        self.positions.get(&(subnet, staker)).map_or(0, |position| position.0)
    }

    /// The balance has changed in this second.
    pub(crate) fn changed(&mut self, subnet: Who, staker: Who, now: u64) {
        let balance = self.of(subnet, staker);
        self.changes.entry((subnet, staker)).or_default().push((now, balance));
    }

    /// The balance integrated over a day, as if it held from its last change on.
    pub(crate) fn stake_seconds(&self, subnet: Who, staker: Who, day: u32) -> u128 {
        let (start, end) = (midnight(day), midnight(day + 1));
        let changes = self.changes.get(&(subnet, staker)).map_or(&[][..], Vec::as_slice);
        let ends = changes.iter().skip(1).map(|(second, _)| *second).chain([u64::MAX]);
        changes
            .iter()
            .zip(ends)
            .map(|((from, balance), to)| {
                let seconds = to.min(end).saturating_sub((*from).max(start));
                balance * u128::from(seconds)
            })
            .sum()
    }

    pub(crate) fn of_subnet(&self, subnet: Who) -> u128 {
        STAKERS.iter().map(|staker| self.of(subnet, *staker)).sum()
    }

    pub(crate) fn total(&self) -> u128 {
        self.positions.values().map(|position| position.0).sum()
    }

    /// When that stake is free, unix seconds; 0 if there never was any.
    pub(crate) fn unlock_at(&self, subnet: Who, staker: Who) -> u64 {
        self.positions.get(&(subnet, staker)).map_or(0, |position| position.1 + self.lock_seconds)
    }

    pub(crate) fn minimum_on(&self, day: u32) -> u128 {
        self.minima.iter().rev().find(|(_, from_day)| *from_day <= day).map_or(0, |(amount, _)| *amount)
    }

    pub(crate) fn announce_minimum(&mut self, amount: u128, today: u32) {
        self.minima.retain(|(_, from_day)| *from_day <= today);
        self.minima.push((amount, today + 1 + NOTICE_DAYS));
    }

    pub(crate) fn is_eligible(&self, subnet: Who, today: u32) -> bool {
        self.of_subnet(subnet) >= self.minimum_on(today).max(1)
    }

    /// Whether the subnet's sessions count on `day`, which is today or before.
    pub(crate) fn is_eligible_on(&self, subnet: Who, day: u32) -> bool {
        let held: u128 = STAKERS.iter().map(|staker| self.stake_seconds(subnet, *staker, day)).sum();
        held >= (self.minimum_on(day) * u128::from(SECONDS_PER_DAY)).max(1)
    }

    /// Whether `by` may manage `subnet`: it is the subnet, or what a subnet with code answers.
    pub(crate) fn is_operator(&self, subnet: Who, by: Who) -> bool {
        let keeper = match self.vault {
            vault::Manner::Keeper => Some(Who::Keeper),
            vault::Manner::Stranger => Some(Who::Stranger),
            _ => None,
        };
        by == subnet || (subnet == Who::Vault && keeper == Some(by))
    }
}
