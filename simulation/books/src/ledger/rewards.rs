//! Settled days, what is owed and what was paid: what `RewardDistributor` keeps.

use std::collections::BTreeMap;

use mrc53_maths::{Accrual, Day, RewardBreakdown, RewardInputs, Weight, increment, split};

use super::ids::{Staker, Subnet};
use super::refusal::Refusal;
use super::stakes::Stakes;

/// Days from scheduling a calculator to its first: seven full ones between.
const NOTICE_DAYS: u32 = 8;
/// The first day number that cannot be voided: days have 16 bits.
const END_OF_DAYS: Day = Day(65_535);

/// Whom the pool owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// A subnet's receiver.
    Operator(Subnet),
    /// A staker of a subnet.
    Staker(Subnet, Staker),
}

/// A settled day of a subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The UTC day.
    pub day: Day,
    /// What its reward rests on.
    pub inputs: RewardInputs,
    /// The reward by the rule.
    pub reward: RewardBreakdown,
    /// What it pays, MOR wei: nothing if voided.
    pub payable: u128,
}

/// What a claim did, MOR wei.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    /// Paid by it.
    pub paid: u128,
    /// Owed still, for the pool had or allowed no more.
    pub owed: u128,
}

/// What a subnet's settled days earned, from its first to the one before the next.
#[derive(Clone, Debug)]
struct Days {
    first: Day,
    /// By day, after it: the operator's sum in MOR wei, and the accumulator.
    sums: Vec<(u128, u128)>,
}

/// How far an account has drawn, what it was paid and is owed of that.
#[derive(Clone, Copy, Debug, Default)]
struct Drawn {
    until: u32,
    paid: u128,
    debt: u128,
}

/// The distributor and the Compute pool.
#[derive(Clone, Debug)]
pub struct Rewards {
    first_day: Day,
    /// MOR wei in the pool.
    pub pool: u128,
    /// MOR wei that may still be taken of it; none: without limit.
    pub allowance: Option<u128>,
    /// Whether settling is refused.
    pub settling_paused: bool,
    /// Whether claiming is refused.
    pub claiming_paused: bool,
    calculators: Vec<(u32, Weight)>,
    voided: Vec<(u32, u32)>,
    days: BTreeMap<Subnet, Days>,
    drawn: BTreeMap<Account, Drawn>,
}

impl Rewards {
    pub(super) fn new(first_day: Day, weight: Weight, pool: u128) -> Self {
        Self {
            first_day,
            pool,
            allowance: None,
            settling_paused: false,
            claiming_paused: false,
            calculators: vec![(0, weight)],
            voided: Vec::new(),
            days: BTreeMap::new(),
            drawn: BTreeMap::new(),
        }
    }

    /// Schedules a calculator of `weight`, dropping those of that day and later.
    ///
    /// # Errors
    /// [`Refusal::NoticeTooShort`].
    pub fn schedule_calculator(&mut self, weight: Weight, from_day: Day, now: u64) -> Result<(), Refusal> {
        let earliest = Day(Day::of(now).0.saturating_add(NOTICE_DAYS));
        if from_day.0 < earliest.0 {
            return Err(Refusal::NoticeTooShort(from_day, earliest));
        }
        self.calculators.retain(|(day, _)| *day < from_day.0);
        self.calculators.push((from_day.0, weight));
        Ok(())
    }

    /// Lets the days `[from, to)` that are not settled pay nothing.
    ///
    /// # Errors
    /// [`Refusal::DayRangeInvalid`].
    pub fn void(&mut self, from: Day, to: Day) -> Result<(), Refusal> {
        if from.0 >= to.0 || to.0 > END_OF_DAYS.0 {
            return Err(Refusal::DayRangeInvalid(from, to));
        }
        self.voided.push((from.0, to.0));
        Ok(())
    }

    /// What a day is counted in.
    #[must_use]
    pub fn weight_of(&self, day: Day) -> Weight {
        let of_day = self.calculators.iter().rev().find(|(from, _)| *from <= day.0);
        of_day.map_or(Weight::Seconds, |(_, weight)| *weight)
    }

    pub(super) fn is_voided(&self, day: Day) -> bool {
        self.voided.iter().any(|(from, to)| (*from..*to).contains(&day.0))
    }

    /// The first day of `subnet` that is not settled.
    #[must_use]
    pub fn next_day(&self, subnet: Subnet, registered: Day) -> Day {
        let settled = self.days.get(&subnet).map(Days::next);
        settled.unwrap_or(Day(registered.0.max(self.first_day.0)))
    }

    pub(super) const fn may_settle(&self, max_days: u32) -> Result<(), Refusal> {
        match (self.settling_paused, max_days) {
            (true, _) => Err(Refusal::SettlingIsPaused),
            (false, 0) => Err(Refusal::ZeroDays),
            _ => Ok(()),
        }
    }

    pub(super) const fn may_claim(&self) -> Result<(), Refusal> {
        if self.claiming_paused { Err(Refusal::ClaimingIsPaused) } else { Ok(()) }
    }

    /// Credits the next day of `subnet`; what it pays, MOR wei.
    pub(super) fn settle_day(
        &mut self,
        subnet: Subnet,
        day: Day,
        reward: &RewardBreakdown,
        fee: u128,
        stake_seconds: u128,
    ) -> u128 {
        let payable = if self.is_voided(day) { 0 } else { reward.payable };
        let parts = split(payable, fee);
        let days = self.days.entry(subnet).or_insert(Days { first: day, sums: Vec::new() });
        let (operator, grown) = days.sums.last().copied().unwrap_or_default();
        days.sums.push((operator + parts.operator, grown + increment(parts.stakers, stake_seconds)));
        payable
    }

    /// What a claim would find due, MOR wei, and up to which day it draws: one that has more days with a change before it
    /// than it may walk ends with the last that it walks.
    pub(super) fn due(&self, account: Account, kept: &Stakes, max_changes: u32) -> (u128, Day) {
        let drawn = self.drawn.get(&account).copied().unwrap_or_default();
        let (Account::Operator(subnet) | Account::Staker(subnet, _)) = account;
        let Some(days) = self.days.get(&subnet) else { return (drawn.debt, Day(drawn.until)) };
        let from = Day(drawn.until.max(days.first.0));
        let Account::Staker(_, staker) = account else {
            return (drawn.debt + (days.before(days.next()).0 - days.before(from).0), days.next());
        };
        let mut walked = kept.changed_days(subnet, staker, Day(drawn.until), days.next());
        let most = usize::try_from(max_changes).unwrap_or(usize::MAX);
        let end = if walked.len() > most {
            walked.truncate(most);
            walked.last().map_or(Day(drawn.until), |last| last.next())
        } else {
            days.next()
        };
        // Between two changes the stake-seconds of a day are the same.
        let (mut accrued, mut at) = (Accrual::ZERO, from);
        for stop in walked.into_iter().filter(|day| day.0 >= from.0).flat_map(|day| [day, day.next()]).chain([end]) {
            if stop.0 > at.0 {
                let own = kept.stake_seconds_of_staker(subnet, staker, at);
                accrued = accrued.plus(days.before(stop).1 - days.before(at).1, own);
                at = stop;
            }
        }
        (drawn.debt + accrued.to_wei_down(), end)
    }

    /// Pays `due` as far as the pool has and allows.
    pub(super) fn pay(&mut self, account: Account, due: u128, end: Day) -> Paid {
        let paid = due.min(self.pool).min(self.allowance.unwrap_or(u128::MAX));
        self.pool -= paid;
        self.allowance = self.allowance.map(|allowance| allowance - paid);
        let drawn = self.drawn.entry(account).or_default();
        *drawn = Drawn { until: drawn.until.max(end.0), paid: drawn.paid + paid, debt: due - paid };
        Paid { paid, owed: drawn.debt }
    }

    /// What `account` was paid so far, MOR wei.
    #[must_use]
    pub fn paid(&self, account: Account) -> u128 {
        self.drawn.get(&account).map_or(0, |drawn| drawn.paid)
    }
}

impl Days {
    fn next(&self) -> Day {
        Day(self.first.0.saturating_add(u32::try_from(self.sums.len()).unwrap_or(u32::MAX)))
    }

    /// The sums before `day`, which is settled or the next.
    fn before(&self, day: Day) -> (u128, u128) {
        let passed = day.0.saturating_sub(self.first.0) as usize;
        passed.checked_sub(1).and_then(|last| self.sums.get(last)).copied().unwrap_or_default()
    }
}
