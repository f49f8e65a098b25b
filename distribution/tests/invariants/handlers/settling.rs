//! Settling: which days, and what each credits.

use alloy_primitives::U256;
use motsu::prelude::*;
use mrc53_interfaces::alignment::DayStake;
use mrc53_maths::{compute, credit_bound, reward, split, Day, RewardInputs};
use reward_distributor::{
    CalculatorCallFailed, DayNotFinal, Error, SettlingIsPaused, SubnetNotRegistered, ZeroDays, END_OF_DAYS,
};

use super::agree;
use crate::{
    actors::calculator,
    ghost::FRACTION,
    names::{Who, STAKERS},
    tally::Outcome,
    world::{today, World},
};

/// What a settlement does.
pub(crate) struct Settlement {
    from: u32,
    to: u32,
    /// Days with a credit: the day, the credit in wei, the subnet's stake-seconds.
    credits: Vec<(u32, u128, u128)>,
}

impl Settlement {
    /// What `settle` returns.
    pub(crate) fn answer(&self) -> (u32, U256) {
        (self.to - self.from, U256::from(self.credits.iter().map(|(_, wei, _)| wei).sum::<u128>()))
    }
}

impl World {
    pub(crate) fn settle(&mut self, subnet: Who, days: u32) -> Outcome {
        let expected = self.expect_settle(subnet, days);
        let found = self.distributor.sender(Who::Stranger.address()).settle(subnet.address(), days).motsu_res();
        let (settlement, expected) = match expected {
            Ok(settlement) => {
                let answer = settlement.answer();
                (Some(settlement), Ok(answer))
            }
            Err(error) => (None, Err(error)),
        };
        let worthless = matches!(&found, Ok((_, U256::ZERO))).then_some("worth nothing");
        let outcome = agree(&found, &expected).but(worthless);
        if let Some(settlement) = settlement {
            self.settled(subnet, &settlement);
        }
        outcome
    }

    pub(crate) fn expect_settle(&self, subnet: Who, days: u32) -> Result<Settlement, Error> {
        let rewards = &self.ghost.rewards;
        if rewards.settling_paused {
            return Err(SettlingIsPaused {}.into());
        }
        if days == 0 {
            return Err(ZeroDays {}.into());
        }
        let registration = self.ghost.stakes.registrations.get(&subnet);
        let registration = registration.ok_or(SubnetNotRegistered { subnet: subnet.address() })?;
        let from = registration.day.max(rewards.next.get(&subnet).copied().unwrap_or(0));
        let to = self.settled_until(from, from.saturating_add(days).min(today()).min(END_OF_DAYS))?;
        if to <= from {
            return Err(DayNotFinal { day: from }.into());
        }
        Ok(Settlement { from, to, credits: self.credits_of(subnet, from, to) })
    }

    /// The first day of `[from, end)`, whose days are over, that is not voided and that its calculator does not call
    /// final.
    fn settled_until(&self, from: u32, end: u32) -> Result<u32, Error> {
        let first_open = today().saturating_sub(self.ghost.sessions.grace_days);
        for day in (from..end).filter(|day| !self.ghost.rewards.is_voided(*day)) {
            let calculator = self.ghost.rewards.calculator_of(day);
            if calculator != Who::LyingCalculator {
                if day >= first_open {
                    return Ok(day);
                }
                continue;
            }
            match calculator::manner() {
                calculator::Manner::NoDay => return Ok(day),
                manner if manner.asks(day).is_none() => {
                    return Err(CalculatorCallFailed { calculator: calculator.address() }.into());
                }
                _ => {}
            }
        }
        Ok(end)
    }

    /// What each day of `[from, to)` credits: what its calculator asks for, within what the day's stake can earn and
    /// what is left of the emission.
    fn credits_of(&self, subnet: Who, from: u32, to: u32) -> Vec<(u32, u128, u128)> {
        let view = self.alignment.sender(Who::Stranger.address());
        let stakes = view.stake_seconds(subnet.address(), from, to).expect("a range of days");
        let mut left = compute::emission_of_days(Day(0), Day(today())) - self.ghost.rewards.credited;
        let mut credits = Vec::new();
        for (day, stake) in (from..to).zip(stakes) {
            let asked = self.asked(subnet, day, &stake);
            if asked == 0 || self.ghost.rewards.is_voided(day) {
                continue;
            }
            let (emission, emitted) = (compute::emission_of(Day(day)), compute::emitted_by_end_of(Day(day)));
            let credit = asked.min(credit_bound(emission, emitted, stake.subnetStakeSeconds)).min(left);
            if credit > 0 {
                credits.push((day, credit, stake.subnetStakeSeconds));
                left -= credit;
            }
        }
        credits
    }

    /// What the calculator of the day asks for. Invariant 6, for an honest one.
    fn asked(&self, subnet: Who, day: u32, stake: &DayStake) -> u128 {
        let (seconds, sessions) = self.ghost.sessions.usage_of(subnet.address(), day);
        let calculator = self.ghost.rewards.calculator_of(day);
        if calculator == Who::LyingCalculator {
            return calculator::manner().asks(day).unwrap_or(0);
        }
        if seconds == 0 {
            return 0;
        }
        let (all_seconds, all_sessions) = self.ghost.sessions.usage_on(day);
        let (subnet_weight, total_weight) =
            if calculator == Who::BySeconds { (seconds, all_seconds) } else { (sessions.into(), all_sessions.into()) };
        let breakdown = reward(&RewardInputs {
            emission: compute::emission_of(Day(day)),
            emitted: compute::emitted_by_end_of(Day(day)),
            subnet_weight,
            total_weight,
            subnet_stake_seconds: stake.subnetStakeSeconds,
            total_stake_seconds: stake.totalStakeSeconds,
        });
        assert!(breakdown.payable <= breakdown.usage_reward.min(breakdown.stake_reward), "invariant 6: a side");
        breakdown.payable
    }

    /// Tells the ghost of a settlement.
    pub(crate) fn settled(&mut self, subnet: Who, settlement: &Settlement) {
        let fee = self.ghost.stakes.registrations[&subnet].fee;
        let rewards = &mut self.ghost.rewards;
        // Taken once: the host copies its whole state whenever a contract is addressed.
        let call = self.alignment.sender(Who::Stranger.address());
        let alignment = &*call;
        for (day, credit, stake_seconds) in &settlement.credits {
            assert_eq!(rewards.credits.insert((subnet, *day), *credit), None, "invariant 25: day {day} settled again");
            *rewards.days.entry(*day).or_default() += credit;
            rewards.credited += credit;
            let parts = split(*credit, fee);
            *rewards.operators.entry(subnet).or_default() += parts.operator;
            for staker in STAKERS {
                let own = alignment.staker_stake_seconds(subnet.address(), staker.address(), *day);
                if own > 0 {
                    let earned = rewards.stakers.entry((subnet, staker)).or_default();
                    // Below 2^72 · 2^64 · 2^104.
                    let pot = U256::from(parts.stakers) << FRACTION;
                    earned.exact += pot * U256::from(own) / U256::from(*stake_seconds);
                    earned.days += 1;
                }
            }
        }
        rewards.next.insert(subnet, settlement.to);
    }
}
