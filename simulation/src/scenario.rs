//! A scenario file played on the [`mrc53_books::ledger`]: the same report as the contracts give, to the wei.
//!
//! Format and report are `mrc53-model`'s; not a line of its rules is used here. Who is paid for a subnet makes no
//! difference to what an account is paid, so receivers are checked and forgotten.

use mrc53_maths::{Binds, Day, Weight};
use mrc53_model::op::{self, Op, Pausable};
use mrc53_model::report::{Amounts, EventResult, Report, SettledDay};
use mrc53_model::{BigUint, Event, Refusal as Said, Scenario, reward};

use mrc53_books::ledger::refusal::Refusal;
use mrc53_books::ledger::rewards::{Account, Settled};
use mrc53_books::ledger::{Ledger, Settings};

/// Plays every event in order; a refused one is reported and the play goes on.
#[must_use]
pub fn play(scenario: &Scenario) -> Report {
    let mut play = Play::new(scenario);
    let events = scenario.events.iter().enumerate().map(|(index, event)| {
        let error = play.event(event).err().map(|said| said.to_string());
        EventResult { index, ok: error.is_none(), error }
    });
    let events = events.collect();
    let paid = |account| play.ledger.rewards.paid(account);
    Report {
        credited: play.amounts(|account| paid(account) + play.ledger.owed(account)),
        paid: play.amounts(paid),
        events,
        days: play.days,
    }
}

struct Play {
    ledger: Ledger,
    now: u64,
    accounts: Names,
    sessions: Names,
    /// In order of registration.
    subnets: Vec<u32>,
    /// Subnet and staker, in order of their first deposits.
    pairs: Vec<(u32, u32)>,
    days: Vec<SettledDay>,
}

/// Numbers of names, in order of appearance.
#[derive(Default)]
struct Names(Vec<String>);

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        let known = self.0.iter().position(|known| known == name);
        let place = known.unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    fn name(&self, number: u32) -> String {
        self.0.get(number as usize).cloned().unwrap_or_default()
    }
}

impl Play {
    fn new(scenario: &Scenario) -> Self {
        let settings = Settings {
            grace_days: scenario.grace_days,
            lock_seconds: scenario.lock_seconds,
            min_subnet_stake: narrow(&scenario.min_subnet_stake),
            weight: weight(scenario.weight),
            first_day: Day::of(scenario.start),
            pool: narrow(&scenario.pool),
        };
        Self {
            ledger: Ledger::new(&settings, scenario.start),
            now: scenario.start,
            accounts: Names::default(),
            sessions: Names::default(),
            subnets: Vec::new(),
            pairs: Vec::new(),
            days: Vec::new(),
        }
    }

    fn event(&mut self, event: &Event) -> Result<(), Said> {
        if event.at < self.now {
            return Err(Said::TimeRunsBackwards(event.at, self.now));
        }
        self.now = event.at;
        self.apply(&event.op).map_err(|refusal| self.said(refusal, &event.op))
    }

    fn apply(&mut self, op: &Op) -> Result<(), Refusal> {
        let now = self.now;
        match op {
            Op::Register { subnet, fee } => {
                let number = self.accounts.number(subnet);
                self.ledger.stakes.register(number, narrow(fee), now)?;
                self.subnets.push(number);
                Ok(())
            }
            Op::SetReceiver { subnet, .. } => self.ledger.stakes.registration(self.accounts.number(subnet)).map(drop),
            Op::SetFee { subnet, fee } => self.ledger.stakes.set_fee(self.accounts.number(subnet), narrow(fee)),
            Op::Stake { subnet, staker, amount } => {
                let pair = (self.accounts.number(subnet), self.accounts.number(staker));
                self.ledger.stakes.stake(pair.0, pair.1, narrow(amount), now)?;
                if !self.pairs.contains(&pair) {
                    self.pairs.push(pair);
                }
                Ok(())
            }
            Op::Withdraw { subnet, staker, amount } => {
                let (subnet, staker) = (self.accounts.number(subnet), self.accounts.number(staker));
                self.ledger.stakes.withdraw(subnet, staker, narrow(amount), now)
            }
            Op::Open { session, subnet, ends_at } => {
                let (session, subnet) = (self.sessions.number(session), self.accounts.number(subnet));
                self.ledger.sessions.open(session, subnet, now, *ends_at)
            }
            Op::Close { session } => self.ledger.sessions.close(self.sessions.number(session), now),
            Op::Record { session } => self.ledger.record(self.sessions.number(session), now).map(drop),
            Op::RecordMany { sessions } => {
                for session in sessions {
                    // What cannot be recorded is skipped.
                    let _ = self.ledger.record(self.sessions.number(session), now);
                }
                Ok(())
            }
            Op::Settle { subnet, max_days } => self.settle(subnet, *max_days),
            Op::Claim { subnet } => {
                self.ledger.claim(Account::Operator(self.accounts.number(subnet)), u32::MAX).map(drop)
            }
            Op::ClaimStake { subnet, staker, max_changes } => {
                let account = Account::Staker(self.accounts.number(subnet), self.accounts.number(staker));
                self.ledger.claim(account, *max_changes).map(drop)
            }
            owners => self.owners(owners),
        }
    }

    /// What the pool's keeper and the owner do.
    fn owners(&mut self, op: &Op) -> Result<(), Refusal> {
        let Ledger { stakes, rewards, .. } = &mut self.ledger;
        match op {
            Op::Fund { amount } => rewards.pool = rewards.pool.saturating_add(narrow(amount)),
            Op::Allow { amount } => {
                rewards.allowance = (amount.bits() < 256 || amount.count_ones() < 256).then(|| narrow(amount));
            }
            Op::Pause { what } | Op::Unpause { what } => {
                let paused = matches!(op, Op::Pause { .. });
                match what {
                    Pausable::Stake => stakes.paused = paused,
                    Pausable::Settle => rewards.settling_paused = paused,
                    Pausable::Claim => rewards.claiming_paused = paused,
                }
            }
            Op::SetMinSubnetStake { amount } => stakes.set_minimum(narrow(amount), self.now)?,
            Op::ScheduleCalculator { weight: of, from_day } => {
                rewards.schedule_calculator(weight(*of), Day(*from_day), self.now)?;
            }
            Op::Void { from_day, to_day } => rewards.void(Day(*from_day), Day(*to_day))?,
            _ => {}
        }
        Ok(())
    }

    fn settle(&mut self, subnet: &str, max_days: u32) -> Result<(), Refusal> {
        let number = self.accounts.number(subnet);
        for settled in self.ledger.settle(number, max_days, self.now)? {
            let (own, all) = (self.ledger.sessions.usage(number, settled.day), self.ledger.sessions.total(settled.day));
            let Settled { day, inputs, reward, payable } = settled;
            self.days.push(SettledDay {
                day: day.0,
                subnet: subnet.to_owned(),
                seconds: own.seconds,
                total_seconds: all.seconds,
                sessions: own.sessions,
                stake_seconds: inputs.subnet_stake_seconds.into(),
                total_stake_seconds: inputs.total_stake_seconds.into(),
                emission: inputs.emission.into(),
                emitted: inputs.emitted.into(),
                usage_reward: reward.usage_reward.into(),
                stake_reward: reward.stake_reward.into(),
                payable: payable.into(),
                binds: match reward.binds {
                    Binds::None => reward::Binds::None,
                    Binds::Usage => reward::Binds::Usage,
                    Binds::Stake => reward::Binds::Stake,
                },
            });
        }
        Ok(())
    }

    fn amounts(&self, wei: impl Fn(Account) -> u128) -> Amounts {
        let operator = |number: &u32| (self.accounts.name(*number), wei(Account::Operator(*number)).into());
        let staker = |(subnet, staker): &(u32, u32)| {
            let name = format!("{}/{}", self.accounts.name(*subnet), self.accounts.name(*staker));
            (name, wei(Account::Staker(*subnet, *staker)).into())
        };
        Amounts {
            operators: self.subnets.iter().map(operator).collect(),
            stakers: self.pairs.iter().map(staker).collect(),
        }
    }

    /// A refusal in a report's words: accounts and sessions by their names, the amount of `op` as it was written.
    fn said(&self, refusal: Refusal, op: &Op) -> Said {
        let asked = || match op {
            Op::Register { fee, .. } | Op::SetFee { fee, .. } => fee.clone(),
            Op::Stake { amount, .. } | Op::Withdraw { amount, .. } | Op::SetMinSubnetStake { amount } => amount.clone(),
            _ => BigUint::default(),
        };
        let (account, session) = (|number| self.accounts.name(number), |number| self.sessions.name(number));
        match refusal {
            Refusal::SubnetAlreadyRegistered(subnet) => Said::SubnetAlreadyRegistered(account(subnet)),
            Refusal::SubnetNotRegistered(subnet) => Said::SubnetNotRegistered(account(subnet)),
            Refusal::FeeTooHigh(_, most) => Said::FeeTooHigh(asked(), most.into()),
            Refusal::FeeNotLower(_, now) => Said::FeeNotLower(asked(), now.into()),
            Refusal::ZeroAmount => Said::ZeroAmount,
            Refusal::StakeTooLarge(_, available) => Said::StakeTooLarge(asked(), available.into()),
            Refusal::InsufficientStake(_, balance) => Said::InsufficientStake(asked(), balance.into()),
            Refusal::StakeLocked(until) => Said::StakeLocked(until),
            Refusal::StakingIsPaused => Said::StakingIsPaused,
            Refusal::MinimumTooHigh(_, most) => Said::MinimumTooHigh(asked(), most.into()),
            Refusal::SessionUnknown(number) => Said::SessionUnknown(session(number)),
            Refusal::SubnetNotEligible(subnet) => Said::SubnetNotEligible(account(subnet)),
            Refusal::SettlingIsPaused => Said::SettlingIsPaused,
            Refusal::ClaimingIsPaused => Said::ClaimingIsPaused,
            Refusal::ZeroDays => Said::ZeroDays,
            Refusal::DayNotFinal(day) => Said::DayNotFinal(day.0),
            Refusal::NoticeTooShort(day, earliest) => Said::NoticeTooShort(day.0, earliest.0),
            Refusal::DayRangeInvalid(from, to) => Said::DayRangeInvalid(from.0, to.0),
            Refusal::SessionAlreadyOpened(number) => Said::SessionAlreadyOpened(session(number)),
            Refusal::SessionNotOpened(number) => Said::SessionNotOpened(session(number)),
            Refusal::SessionAlreadyClosed(number) => Said::SessionAlreadyClosed(session(number)),
            Refusal::EndsBeforeOpening(ends_at, now) => Said::EndsBeforeOpening(ends_at, now),
        }
    }
}

/// An amount in 128 bits, at most the largest: above every bound of the suite.
fn narrow(amount: &BigUint) -> u128 {
    u128::try_from(amount).unwrap_or(u128::MAX)
}

const fn weight(of: op::Weight) -> Weight {
    match of {
        op::Weight::Seconds => Weight::Seconds,
        op::Weight::Sessions => Weight::Sessions,
    }
}
