//! The model as one machine: operations one at a time, and every number that a view of the contracts answers.

use num_bigint::BigUint;
use num_traits::Zero;

use crate::op::{Op, Pausable, Weight};
use crate::refusal::Refusal;
use crate::report::SettledDay;
use crate::reward::{Reward, reward};
use crate::scenario::Scenario;
use crate::sessions::{Sessions, Usage};
use crate::settlement::{Account, Settlement};
use crate::stakes::{Level, Stakes};
use crate::time::{Day, day_of};

/// What a carried out operation answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing but that it was done.
    Done,
    /// `record`: the seconds that now count.
    Booked {
        /// Seconds booked by this call.
        seconds: u64,
    },
    /// `record_many`: the seconds that now count, and what was left out.
    BookedMany {
        /// Seconds booked by this call.
        seconds: u64,
        /// The sessions that were skipped, in order, with what `record` would have refused them for.
        skipped: Vec<(String, Refusal)>,
    },
    /// `settle`: how far it came.
    Settled {
        /// Days settled by this call.
        days: u32,
        /// MOR wei they pay together.
        credited_wei: BigUint,
    },
    /// `claim`, `claim_stake`.
    Paid {
        /// MOR wei paid by this call.
        paid_wei: BigUint,
        /// MOR wei kept as debt.
        owed_wei: BigUint,
    },
}

/// The Diamond and the four contracts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    now: u64,
    sessions: Sessions,
    stakes: Stakes,
    settlement: Settlement,
    days: Vec<SettledDay>,
}

impl Model {
    /// The contracts as deployed at the scenario's start; its events are not played.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        Self {
            now: scenario.start,
            sessions: Sessions::new(scenario.grace_days),
            stakes: Stakes::new(scenario.lock_seconds, scenario.min_subnet_stake.clone()),
            settlement: Settlement::new(day_of(scenario.start), scenario.weight, scenario.pool.clone()),
            days: Vec::new(),
        }
    }

    /// Carries out one operation at a Unix time, or refuses it, which changes nothing but the clock.
    ///
    /// # Errors
    /// What the contract would revert with; `TimeRunsBackwards` when `at` is before the last operation.
    pub fn apply(&mut self, at: u64, op: &Op) -> Result<Outcome, Refusal> {
        if at < self.now {
            return Err(Refusal::TimeRunsBackwards(at, self.now));
        }
        self.wait_until(at);
        match op {
            Op::Register { subnet, fee } => self.stakes.register(subnet, fee, at)?,
            Op::SetReceiver { subnet, receiver } => self.stakes.set_receiver(subnet, receiver)?,
            Op::SetFee { subnet, fee } => self.stakes.set_fee(subnet, fee)?,
            Op::Stake { subnet, staker, amount } => self.stakes.stake(subnet, staker, amount, at)?,
            Op::Withdraw { subnet, staker, amount } => self.stakes.withdraw(subnet, staker, amount, at)?,
            Op::Open { session, subnet, ends_at } => self.sessions.open(session, subnet, at, *ends_at)?,
            Op::Close { session } => self.sessions.close(session, at)?,
            Op::Record { session } => return self.record(session, at).map(|seconds| Outcome::Booked { seconds }),
            Op::RecordMany { sessions } => return Ok(self.record_many(sessions, at)),
            Op::Settle { subnet, max_days } => return self.settle(subnet, *max_days),
            Op::Claim { subnet } => return self.claim(&Account::Operator(subnet.clone()), u32::MAX),
            Op::ClaimStake { subnet, staker, max_changes } => {
                return self.claim(&Account::Staker(subnet.clone(), staker.clone()), *max_changes);
            }
            Op::Fund { amount } => self.settlement.fund(amount),
            Op::Allow { amount } => self.settlement.allow(amount),
            Op::Pause { what } => self.set_paused(*what, true),
            Op::Unpause { what } => self.set_paused(*what, false),
            Op::SetMinSubnetStake { amount } => self.stakes.set_minimum(amount, at)?,
            Op::ScheduleCalculator { weight, from_day } => {
                self.settlement.schedule_calculator(*weight, *from_day, at)?;
            }
            Op::Void { from_day, to_day } => self.settlement.void(*from_day, *to_day)?,
        }
        Ok(Outcome::Done)
    }

    /// Lets time pass; an earlier time changes nothing.
    pub fn wait_until(&mut self, unix: u64) {
        self.now = self.now.max(unix);
    }

    /// The clock, Unix seconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.now
    }

    /// Sessions and bookings.
    #[must_use]
    pub fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// Subnets and stakes.
    #[must_use]
    pub fn stakes(&self) -> &Stakes {
        &self.stakes
    }

    /// Payments, calculators, voided days.
    #[must_use]
    pub fn settlement(&self) -> &Settlement {
        &self.settlement
    }

    /// Every settled subnet and day, in order of settling.
    #[must_use]
    pub fn days(&self) -> &[SettledDay] {
        &self.days
    }

    /// The first day that is not final now.
    #[must_use]
    pub fn first_open_day(&self) -> Day {
        self.sessions.first_open_day(self.now)
    }

    /// What is booked of a day by now.
    #[must_use]
    pub fn usage(&self, subnet: &str, day: Day) -> Usage {
        self.sessions.usage(subnet, day)
    }

    /// The reward of a day of what is booked and staked by now, by the calculator of that day.
    #[must_use]
    pub fn reward(&self, subnet: &str, day: Day) -> Reward {
        self.reward_by(self.settlement.weight_of(day), subnet, day)
    }

    /// The reward of a day of what is booked and staked by now, were it counted by that weight.
    #[must_use]
    pub fn reward_by(&self, weight: Weight, subnet: &str, day: Day) -> Reward {
        let own = self.stakes.stake_seconds(Level::Subnet(subnet), day);
        let total = self.stakes.stake_seconds(Level::Total, day);
        reward(day, weight, &self.usage(subnet, day), &own, &total)
    }

    /// What a claim of everything made now would find due, MOR wei.
    #[must_use]
    pub fn owed(&self, account: &Account) -> BigUint {
        self.owed_within(account, u32::MAX).0
    }

    /// What a claim made now that walks at most `max_changes` of a staker's days with a change would find due, MOR
    /// wei, and whether that is all.
    #[must_use]
    pub fn owed_within(&self, account: &Account, max_changes: u32) -> (BigUint, bool) {
        let (end, is_all) = self.end_of_draw(account, max_changes);
        (self.settlement.owed(account, end, |day| own_stake_seconds(&self.stakes, account, day)), is_all)
    }

    /// The first day that a claim leaves undrawn, and whether that is the first unsettled one: a claim that has more
    /// days with a change before it than it may walk ends with the last that it walks.
    fn end_of_draw(&self, account: &Account, max_changes: u32) -> (Day, bool) {
        let (Account::Operator(subnet) | Account::Staker(subnet, _)) = account;
        let settled_until = self.settlement.next_day(subnet, 0);
        let Account::Staker(subnet, staker) = account else { return (settled_until, true) };
        let drawn_until = self.settlement.drawn_until(account);
        let mut changed = self.stakes.changed_days(subnet, staker, settled_until);
        changed.retain(|day| *day >= drawn_until);
        let most = usize::try_from(max_changes).unwrap_or(usize::MAX);
        if changed.len() <= most {
            return (settled_until, true);
        }
        (changed[..most].last().map_or(drawn_until, |day| day + 1), false)
    }

    fn set_paused(&mut self, what: Pausable, paused: bool) {
        match what {
            Pausable::Stake => self.stakes.set_paused(paused),
            Pausable::Settle => self.settlement.set_settling_paused(paused),
            Pausable::Claim => self.settlement.set_claiming_paused(paused),
        }
    }

    fn record(&mut self, session: &str, at: u64) -> Result<u64, Refusal> {
        self.sessions.record(session, at, |subnet, day| self.stakes.is_eligible_on(subnet, day))
    }

    fn record_many(&mut self, sessions: &[String], at: u64) -> Outcome {
        let (mut seconds, mut skipped) = (0, Vec::new());
        for session in sessions {
            match self.record(session, at) {
                Ok(booked) => seconds += booked,
                Err(refusal) => skipped.push((session.clone(), refusal)),
            }
        }
        Outcome::BookedMany { seconds, skipped }
    }

    fn settle(&mut self, name: &str, max_days: u32) -> Result<Outcome, Refusal> {
        self.settlement.may_settle(max_days)?;
        let subnet = self.stakes.subnet(name)?.clone();
        let first = self.settlement.next_day(name, subnet.registered_day);
        // A voided day pays nothing whatever is booked of it, so that it is over is enough.
        let (first_open, today) = (self.first_open_day(), day_of(self.now));
        let ends_at = |day| first_open <= day && (today <= day || !self.settlement.is_voided(day));
        let most = first.saturating_add(max_days);
        let end = (first..most).find(|day| ends_at(*day)).unwrap_or(most);
        if end <= first {
            return Err(Refusal::DayNotFinal(first));
        }
        let mut credited_wei = BigUint::zero();
        for day in first..end {
            let reward = self.reward(name, day);
            let usage = self.usage(name, day);
            let stake_seconds = self.stakes.stake_seconds(Level::Subnet(name), day);
            let payable = self.settlement.settle_day(name, day, &reward, &subnet.fee, &stake_seconds);
            credited_wei += &payable;
            self.days.push(SettledDay {
                day,
                subnet: name.to_owned(),
                seconds: usage.subnet_seconds,
                total_seconds: usage.total_seconds,
                sessions: usage.subnet_sessions,
                stake_seconds,
                total_stake_seconds: self.stakes.stake_seconds(Level::Total, day),
                emission: reward.emission,
                emitted: reward.emitted,
                usage_reward: reward.usage_reward,
                stake_reward: reward.stake_reward,
                payable,
                binds: reward.binds,
            });
        }
        Ok(Outcome::Settled { days: end - first, credited_wei })
    }

    fn claim(&mut self, account: &Account, max_changes: u32) -> Result<Outcome, Refusal> {
        self.settlement.may_claim()?;
        let to = match account {
            Account::Operator(subnet) => self.stakes.subnet(subnet)?.receiver.clone(),
            Account::Staker(_, staker) => staker.clone(),
        };
        let (end, _) = self.end_of_draw(account, max_changes);
        let stakes = &self.stakes;
        let own = |day| own_stake_seconds(stakes, account, day);
        let (paid_wei, owed_wei) = self.settlement.claim(account, &to, end, own);
        Ok(Outcome::Paid { paid_wei, owed_wei })
    }
}

/// The stake-seconds by which an account shares in a day's pot.
fn own_stake_seconds(all: &Stakes, account: &Account, day: Day) -> BigUint {
    match account {
        Account::Operator(_) => BigUint::zero(),
        Account::Staker(subnet, staker) => all.stake_seconds(Level::Staker(subnet, staker), day),
    }
}
