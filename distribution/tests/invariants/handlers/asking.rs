//! Views, asked with arguments that nobody sensible would choose. They answer or refuse by name, and never panic.

use motsu::prelude::*;
use stake_alignment::{ledger::MAX_DAYS, DayRangeInvalid};

use super::agree;
use crate::{
    calls::Question,
    names::Who,
    tally::Outcome,
    world::{today, World},
};

impl World {
    pub(crate) fn ask(&mut self, question: Question) -> Outcome {
        let (subnet, staker, by) = (Who::North.address(), Who::Alice.address(), Who::Stranger.address());
        match question {
            Question::StakeSeconds(from, to) => {
                let found = self.alignment.sender(by).stake_seconds(subnet, from, to).motsu_res();
                let valid = from <= to && to - from <= MAX_DAYS;
                let refusal = || DayRangeInvalid { fromDay: from, toDay: to }.into();
                let days = if valid { Ok((to - from) as usize) } else { Err(refusal()) };
                agree(&found.map(|days| days.len()), &days)
            }
            Question::StakerChanges(from, max) => {
                let found = self.alignment.sender(by).staker_changes(subnet, staker, from, max);
                assert!(found.len() <= max as usize, "more changes than asked for");
                Outcome::success()
            }
            Question::FinalUsage(from, to) => {
                let found = self.recorder.sender(by).final_usage(subnet, from, to).len();
                let first_open = today().saturating_sub(self.ghost.sessions.grace_days);
                assert_eq!(found, to.min(first_open).saturating_sub(from) as usize, "final days of [{from}, {to})");
                Outcome::success()
            }
            Question::Rewards(from, to) => {
                let found = self.by_seconds.sender(by).rewards(subnet, from, to).motsu_res();
                assert!(found.is_ok(), "the calculator's own contracts answer: {found:?}");
                Outcome::success()
            }
            Question::Reward(day) => {
                let found = self.by_seconds.sender(by).reward(subnet, day).motsu_unwrap();
                assert!(found.payableWei <= found.usageReward.min(found.stakeReward), "invariant 6: a side");
                assert!(found.usageReward.max(found.stakeReward) <= found.emission, "invariant 6: the emission");
                Outcome::success()
            }
            Question::RequiredStake(amount) => {
                let target = self.wei(amount, 2_000 * crate::world::MOR);
                let found = self.by_seconds.sender(by).required_stake(subnet, target).motsu_res();
                assert!(matches!(found, Ok(_) | Err(reward_calculator::Error::TargetAboveEmission(_))), "{found:?}");
                Outcome::of(&found)
            }
            Question::CalculatorOf(day) => {
                let found = self.distributor.sender(by).calculator_of(day);
                assert_eq!(found, self.ghost.rewards.calculator_of(day).address(), "calculator of day {day}");
                Outcome::success()
            }
            Question::StakerOwed(changes) => {
                let found = self.distributor.sender(by).staker_owed(subnet, staker, changes).motsu_res();
                assert!(found.is_ok(), "an honest alignment answers: {found:?}");
                Outcome::success()
            }
        }
    }
}
