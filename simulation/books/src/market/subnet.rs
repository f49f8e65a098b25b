//! One subnet of a market: its stake by the contracts' word, what it does on a day, and what it has earned.

use mrc53_ledger::level::{Level, Step};
use mrc53_maths::{Day, SECONDS_PER_DAY, split};

use super::Market;
use super::agent::{Agent, Hosting, Staking};
use super::demand::Asked;

/// What a subnet did and earned so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Earned {
    /// MOR wei that the rule paid.
    pub paid: u128,
    /// MOR wei of it that its operator got, by its fee.
    pub operator: u128,
    /// MOR wei that its share of usage alone would have paid.
    pub usage_side: u128,
    /// MOR wei that its share of stake alone would have paid.
    pub stake_side: u128,
    /// MOR wei · s of its stake.
    pub stake_seconds: u128,
    /// Session-seconds that counted.
    pub seconds: u64,
    /// Sessions that counted.
    pub sessions: u64,
    /// Days on which usage bound.
    pub usage_days: u32,
    /// Days on which stake bound.
    pub stake_days: u32,
    /// Days on which it hosted something that did not count: its stake was below the minimum, or it came too late.
    pub lost_days: u32,
}

impl Earned {
    /// Both together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            paid: self.paid + other.paid,
            operator: self.operator + other.operator,
            usage_side: self.usage_side + other.usage_side,
            stake_side: self.stake_side + other.stake_side,
            stake_seconds: self.stake_seconds + other.stake_seconds,
            seconds: self.seconds.saturating_add(other.seconds),
            sessions: self.sessions.saturating_add(other.sessions),
            usage_days: self.usage_days.saturating_add(other.usage_days),
            stake_days: self.stake_days.saturating_add(other.stake_days),
            lost_days: self.lost_days.saturating_add(other.lost_days),
        }
    }
}

/// A subnet in the course of a run.
#[derive(Clone, Debug)]
pub(super) struct Subnet<'a> {
    agent: &'a Agent,
    level: Level,
    pub(super) earned: Earned,
    pub(super) day: Today,
}

/// A subnet's day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Today {
    pub(super) weight: u64,
    pub(super) stake_seconds: u128,
    /// What it hosted, in both kinds.
    pub(super) hosted: Asked,
    /// Whether that counts.
    pub(super) counts: bool,
}

/// What the rule counts of `hosted`.
pub(super) fn weight_of(market: &Market, hosted: Asked) -> u64 {
    market.weight.of(hosted.seconds, u32::try_from(hosted.sessions).unwrap_or(u32::MAX))
}

/// What a subnet can know at the beginning of a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) day: Day,
    pub(super) asked: Asked,
    /// All shares of the demand.
    pub(super) shares: u64,
    /// Stake-seconds that make a day count.
    pub(super) least_stake_seconds: u128,
    /// Yesterday's simple annual rate of stake, of no stake before the first day; none at the launch.
    pub(super) apr: Option<u128>,
}

impl<'a> Subnet<'a> {
    pub(super) fn new(agent: &'a Agent) -> Self {
        Self { agent, level: Level::default(), earned: Earned::default(), day: Today::default() }
    }

    /// Stakes and hosts on a day.
    pub(super) fn live(&mut self, market: &Market, known: &Known) {
        self.stake(market, known);
        let stake_seconds = self.level.checkpoint.stake_seconds_on(known.day.0);
        let is_eligible = stake_seconds >= known.least_stake_seconds;
        let hosted = match self.agent.hosting {
            Hosting::Demand { share } => known.asked.part(share, known.shares),
            Hosting::Own { sessions, seconds, from, to } if (from.0..to.0).contains(&known.day.0) => {
                Asked { sessions, seconds }
            }
            Hosting::Own { .. } | Hosting::Nothing => Asked::default(),
        };
        let is_in_time = market.recorded_after_days <= market.grace_days;
        let counts = is_eligible && is_in_time;
        let weight = if counts { weight_of(market, hosted) } else { 0 };
        self.day = Today { weight, stake_seconds, hosted, counts };
    }

    /// Books what the day paid.
    pub(super) fn earn(&mut self, day: Day, usage_side: u128, stake_side: u128) {
        let paid = usage_side.min(stake_side);
        let earned = &mut self.earned;
        earned.paid += paid;
        earned.operator += split(paid, self.agent.fee.on(day)).operator;
        earned.usage_side += usage_side;
        earned.stake_side += stake_side;
        earned.stake_seconds += self.day.stake_seconds;
        if self.day.counts {
            earned.seconds += self.day.hosted.seconds;
            earned.sessions += self.day.hosted.sessions;
            earned.usage_days += u32::from(usage_side < stake_side);
            earned.stake_days += u32::from(stake_side < usage_side);
        } else if self.day.hosted != Asked::default() {
            earned.lost_days += 1;
        }
    }

    fn stake(&mut self, market: &Market, known: &Known) {
        let (now, has) = (known.day.start(), self.level.checkpoint.balance);
        match self.agent.staking {
            Staking::Hold { wei, from, second } if known.day == from => {
                self.deposit(wei, now + u64::from(second).min(SECONDS_PER_DAY - 1));
            }
            Staking::Leave { wei, from, .. } if known.day == from => self.deposit(wei, now),
            Staking::Leave { on, .. } if known.day.0 >= on.0 => self.withdraw(has, now, market.lock_seconds),
            Staking::Follow { wei, apr } => {
                let is_worth_it = known.apr.is_none_or(|yesterday| yesterday >= apr);
                match (is_worth_it, has) {
                    (true, 0) => self.deposit(wei, now),
                    (false, 1..) => self.withdraw(has, now, market.lock_seconds),
                    _ => {}
                }
            }
            Staking::Hold { .. } | Staking::Leave { .. } | Staking::Nothing => {}
        }
    }

    fn deposit(&mut self, wei: u128, now: u64) {
        if let Some(Step { mut level, .. }) = self.level.deposit(wei, now).filter(|_| wei > 0) {
            level.mark = u32::try_from(now).unwrap_or(u32::MAX);
            self.level = level;
        }
    }

    /// Takes `wei` back if the lock has ended.
    fn withdraw(&mut self, wei: u128, now: u64, lock_seconds: u64) {
        if wei > 0 && now >= u64::from(self.level.mark) + lock_seconds {
            self.level = self.level.withdraw(wei, now).map_or(self.level, |step| step.level);
        }
    }
}
