//! What was credited, to whom, and what was paid.

use std::collections::BTreeMap;

use alloy_primitives::U256;

use crate::names::Who;

/// Bits of the fraction in which a staker's earnings are kept.
pub(crate) const FRACTION: usize = 64;

/// What a staker earned toward a subnet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Earned {
    /// Its exact part of every pot, rounded down to 2^-64 wei a day.
    pub(crate) exact: U256,
    /// Days that were rounded.
    pub(crate) days: u32,
    /// What it was paid, wei, and by how many claims.
    pub(crate) paid: u128,
    pub(crate) claims: u32,
}

/// The books of the distributor.
#[derive(Clone, Debug)]
pub(crate) struct Rewards {
    pub(crate) owner: Who,
    pub(crate) heir: Option<Who>,
    pub(crate) pool: Who,
    pub(crate) settling_paused: bool,
    pub(crate) claiming_paused: bool,
    /// Calculators and their first days, ascending.
    pub(crate) schedule: Vec<(Who, u32)>,
    /// Voided half-open ranges of days.
    pub(crate) voided: Vec<(u32, u32)>,
    /// The first unsettled day of each subnet that was ever settled.
    pub(crate) next: BTreeMap<Who, u32>,
    /// What each operator is owed, wei.
    pub(crate) operators: BTreeMap<Who, u128>,
    /// By subnet and staker.
    pub(crate) stakers: BTreeMap<(Who, Who), Earned>,
    /// By subnet and day: what was credited.
    pub(crate) credits: BTreeMap<(Who, u32), u128>,
    /// By day: what was credited to all subnets.
    pub(crate) days: BTreeMap<u32, u128>,
    pub(crate) credited: u128,
    pub(crate) paid: u128,
    /// Credited and paid by the second distributor.
    pub(crate) wary: (u128, u128),
    /// Whether the second distributor's alignment has ever lied.
    pub(crate) alignment_lied: bool,
}

impl Default for Rewards {
    fn default() -> Self {
        Self {
            owner: Who::Owner,
            heir: None,
            pool: Who::Pool,
            settling_paused: false,
            claiming_paused: false,
            schedule: vec![(Who::BySeconds, 0)],
            voided: Vec::new(),
            next: BTreeMap::new(),
            operators: BTreeMap::new(),
            stakers: BTreeMap::new(),
            credits: BTreeMap::new(),
            days: BTreeMap::new(),
            credited: 0,
            paid: 0,
            wary: (0, 0),
            alignment_lied: false,
        }
    }
}

impl Rewards {
    pub(crate) fn calculator_of(&self, day: u32) -> Who {
        self.schedule.iter().rev().find(|(_, from_day)| *from_day <= day).map_or(Who::BySeconds, |entry| entry.0)
    }

    pub(crate) fn is_voided(&self, day: u32) -> bool {
        self.voided.iter().any(|(from, to)| (*from..*to).contains(&day))
    }

    pub(crate) fn operator(&self, subnet: Who) -> u128 {
        self.operators.get(&subnet).copied().unwrap_or(0)
    }

    pub(crate) fn staker(&self, subnet: Who, staker: Who) -> Earned {
        self.stakers.get(&(subnet, staker)).copied().unwrap_or_default()
    }
}

impl Earned {
    /// What it is due for settled days in all, paid or not: at least and at most, in wei. A claim rounds down by less
    /// than a wei, a day by less than a millionth.
    pub(crate) fn due(&self) -> (u128, u128) {
        let whole = |exact: U256| (exact >> FRACTION).to::<u128>();
        let most = whole(self.exact + U256::from(self.days));
        (whole(self.exact).saturating_sub(u128::from(self.claims) + 2), most)
    }
}
