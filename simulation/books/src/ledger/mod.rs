//! The suite's books in memory: what the four contracts and the Diamond keep, and what they refuse.
//!
//! Stakes, minima, rewards, splits and accruals are the contracts' own types; subnets, stakers and sessions are numbers,
//! given by whoever keeps the names. A refusal changes nothing. Times are Unix seconds and must not run backwards.
//!
//! | module | what lives there |
//! |---|---|
//! | [`stakes`] | subnets, fees, stake by second, the minimum |
//! | [`usage`] | sessions, and what of them is booked on which day |
//! | [`rewards`] | settled days, what is owed and paid |
//! | [`refusal`] | what is refused, with its values |

mod ids;
mod past;
pub mod refusal;
pub mod rewards;
pub mod stakes;
pub mod usage;

use mrc53_maths::{Day, RewardBreakdown, RewardInputs, Weight, compute, reward};

pub use ids::{Session, Staker, Subnet};
use refusal::Refusal;
use rewards::{Account, Paid, Rewards, Settled};
use stakes::Stakes;
use usage::{Sessions, Usage};

/// What the suite is constructed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Days for which a day stays open to records.
    pub grace_days: u32,
    /// How long a deposit locks, in seconds.
    pub lock_seconds: u64,
    /// Stake from which a day counts, MOR wei, at most 2^87 − 1.
    pub min_subnet_stake: u128,
    /// What the first calculator counts.
    pub weight: Weight,
    /// The first UTC day that is settled.
    pub first_day: Day,
    /// MOR wei in the Compute pool.
    pub pool: u128,
}

/// The suite.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// Subnets and stakes.
    pub stakes: Stakes,
    /// Sessions and bookings.
    pub sessions: Sessions,
    /// Settlement and payment.
    pub rewards: Rewards,
}

impl Ledger {
    /// The suite as deployed at `now`; a minimum above 2^87 − 1 counts as that.
    #[must_use]
    pub fn new(settings: &Settings, now: u64) -> Self {
        Self {
            stakes: Stakes::new(settings.lock_seconds, settings.min_subnet_stake, now),
            sessions: Sessions::new(settings.grace_days),
            rewards: Rewards::new(settings.first_day, settings.weight, settings.pool),
        }
    }

    /// Books what `session` has served by `now` on days that count; the seconds booked.
    ///
    /// # Errors
    /// [`Refusal::SessionUnknown`], [`Refusal::SubnetNotEligible`].
    pub fn record(&mut self, session: Session, now: u64) -> Result<u64, Refusal> {
        let stakes = &self.stakes;
        self.sessions.record(session, now, |subnet, day| stakes.is_eligible_on(subnet, day))
    }

    /// The reward of a day as it stands, by that day's calculator, and what it rests on.
    #[must_use]
    pub fn reward(&self, subnet: Subnet, day: Day) -> (RewardInputs, RewardBreakdown) {
        let (own, all) = (self.sessions.usage(subnet, day), self.sessions.total(day));
        let weigh = |usage: Usage| match self.rewards.weight_of(day) {
            Weight::Seconds => usage.seconds,
            Weight::Sessions => usage.sessions,
        };
        let inputs = RewardInputs {
            emission: compute::emission_of(day),
            emitted: compute::emitted_by_end_of(day),
            subnet_weight: weigh(own),
            total_weight: weigh(all),
            subnet_stake_seconds: self.stakes.stake_seconds_of(subnet, day),
            total_stake_seconds: self.stakes.total_stake_seconds(day),
        };
        (inputs, reward(&inputs))
    }

    /// Settles at most `max_days` final days of `subnet`, the oldest first.
    ///
    /// # Errors
    /// [`Refusal::SettlingIsPaused`], [`Refusal::ZeroDays`], [`Refusal::SubnetNotRegistered`], [`Refusal::DayNotFinal`].
    pub fn settle(&mut self, subnet: Subnet, max_days: u32, now: u64) -> Result<Vec<Settled>, Refusal> {
        self.rewards.may_settle(max_days)?;
        let registration = self.stakes.registration(subnet)?;
        let first = self.rewards.next_day(subnet, registration.day);
        let (first_open, today) = (self.sessions.first_open_day(now), Day::of(now));
        // A voided day pays nothing whatever is booked of it: that it is over is enough.
        let is_open = |day: &Day| first_open.0 <= day.0 && (today.0 <= day.0 || !self.rewards.is_voided(*day));
        let most = first.0.saturating_add(max_days);
        let end = (first.0..most).map(Day).find(is_open).map_or(most, |day| day.0);
        if end <= first.0 {
            return Err(Refusal::DayNotFinal(first));
        }
        let mut settled = Vec::new();
        for day in (first.0..end).map(Day) {
            let (inputs, reward) = self.reward(subnet, day);
            let payable = self.rewards.settle_day(subnet, day, &reward, registration.fee, inputs.subnet_stake_seconds);
            settled.push(Settled { day, inputs, reward, payable });
        }
        Ok(settled)
    }

    /// Pays what `account` is owed, as far as the pool has and allows; a staker's at most `max_changes` days with a change
    /// of stake are walked.
    ///
    /// # Errors
    /// [`Refusal::ClaimingIsPaused`]; [`Refusal::SubnetNotRegistered`] for an operator.
    pub fn claim(&mut self, account: Account, max_changes: u32) -> Result<Paid, Refusal> {
        self.rewards.may_claim()?;
        if let Account::Operator(subnet) = account {
            self.stakes.registration(subnet)?;
        }
        let (due, end) = self.rewards.due(account, &self.stakes, max_changes);
        Ok(self.rewards.pay(account, due, end))
    }

    /// What a claim of everything would find due now, MOR wei.
    #[must_use]
    pub fn owed(&self, account: Account) -> u128 {
        self.rewards.due(account, &self.stakes, u32::MAX).0
    }
}
