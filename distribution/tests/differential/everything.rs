//! Everything that can be read, asked of both sides.

use core::ops::Range;

use motsu::prelude::*;
use mrc53_model::stakes::Level;

use super::player::Player;
use super::suite_support::ANYONE;
use super::*;

/// Days that are compared while a history is being played: the running one and some before.
const RECENT_DAYS: u32 = 5;

impl Player {
    /// Compares everything that is not of one day, and the days around now.
    pub(super) fn compare_recent_days(&self) -> Compared {
        let today = self.today();
        self.compare_everything(today.saturating_sub(RECENT_DAYS).max(self.first_day)..today + 2)
    }

    /// Compares everything, of every day since the start.
    pub(super) fn compare_all_days(&self) -> Compared {
        self.compare_everything(self.first_day.saturating_sub(1)..self.today() + 2)
    }

    fn compare_everything(&self, days: Range<u32>) -> Compared {
        for subnet in &self.accounts {
            self.compare_subnet(subnet)?;
        }
        for (subnet, staker) in self.model.stakes().pairs() {
            self.compare_stake(&subnet, &staker)?;
            self.compare_owed(&subnet, &staker)?;
            self.compare_changes(&subnet, &staker)?;
            days.clone().try_for_each(|day| self.compare_stake_seconds(&subnet, &staker, day))?;
        }
        for subnet in self.model.stakes().subnets() {
            days.clone().try_for_each(|day| self.compare_usage(&subnet.name, day))?;
            days.clone().try_for_each(|day| self.compare_reward(&subnet.name, day))?;
            self.compare_ranges(&subnet.name, &days)?;
            self.compare_eligible_days(&subnet.name, &days)?;
        }
        for session in &self.sessions {
            self.compare_session(session)?;
        }
        for account in &self.accounts {
            self.compare_tokens(account)?;
        }
        days.clone().try_for_each(|day| self.compare_weight(day))?;
        days.clone().try_for_each(|day| self.compare_voided(day))?;
        self.compare_money()?;
        self.compare_pauses()?;
        self.compare_minimum()
    }

    /// The days on which a staker's stake changed, and its stake-seconds of them.
    fn compare_changes(&self, subnet: &str, staker: &str) -> Compared {
        let of_model = self.model.stakes();
        let seconds_of = |day| (day, word(&of_model.stake_seconds(Level::Staker(subnet, staker), day)));
        let model: Vec<_> = of_model.changed_days(subnet, staker, u32::MAX).into_iter().map(seconds_of).collect();
        let alignment = self.suite.alignment.sender(ANYONE);
        let changes = alignment.staker_changes(address(subnet), address(staker), 0, u32::MAX);
        let contracts = changes.iter().map(|change| (change.day, U256::from(change.stakeSeconds))).collect();
        same(|| format!("changes of {staker} toward {subnet}"), model, contracts)
    }

    /// The answers that hold several days: they are those of the days, as far as these are final where that matters.
    fn compare_ranges(&self, name: &str, days: &Range<u32>) -> Compared {
        let (subnet, Range { start: from, end: to }) = (address(name), days.clone());
        let held = self.suite.alignment.sender(ANYONE).stake_seconds(subnet, from, to).motsu_unwrap();
        let held: Vec<_> =
            held.iter().map(|day| [day.subnetStakeSeconds, day.totalStakeSeconds].map(U256::from)).collect();
        let stakes = self.model.stakes();
        let levels = [Level::Subnet(name), Level::Total];
        let model: Vec<_> =
            days.clone().map(|day| levels.map(|level| word(&stakes.stake_seconds(level, day)))).collect();
        same(|| format!("stake-seconds of {name} on days {days:?}"), model, held)?;

        let final_days = from..to.min(self.model.first_open_day()).max(from);
        let used = self.suite.recorder.sender(ANYONE).final_usage(subnet, from, to);
        let used: Vec<_> = used.iter().map(|day| [day.subnetSeconds, day.totalSeconds]).collect();
        let model = final_days.clone().map(|day| self.model.usage(name, day));
        let model: Vec<_> = model.map(|usage| [usage.subnet_seconds, usage.total_seconds]).collect();
        same(|| format!("final usage of {name} on days {days:?}"), model, used)?;

        // One calculator answers for all of them, whichever days it counts for.
        let weight = self.model.settlement().weight_of(to);
        let rewards = self.calculator_of(to).sender(ANYONE).rewards(subnet, from, to).motsu_unwrap();
        let rewards: Vec<_> = rewards.into_iter().map(U256::from).collect();
        let model: Vec<_> = final_days.map(|day| word(&self.model.reward_by(weight, name, day).payable)).collect();
        same(|| format!("rewards of {name} on days {days:?}"), model, rewards)
    }
}
