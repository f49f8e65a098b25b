//! The views of the contracts, each held against the model.

use core::ops::Range;

use motsu::prelude::*;
use mrc53_model::reward::Binds;
use mrc53_model::settlement::Account;
use mrc53_model::stakes::Level;
use openzeppelin_stylus::token::erc20::IErc20;
use reward_calculator::RewardCalculator;
use stake_alignment::ledger::MAX_ELIGIBLE_DAYS;

use super::player::{number_of, Player, MOR_EACH};
use super::suite_support::{ANYONE, POOL};
use super::*;

impl Player {
    /// Who is paid, the fee and the registration; what the operator is owed, and the accumulator of its stakers.
    pub(super) fn compare_subnet(&self, name: &str) -> Compared {
        let (subnet, known) = (address(name), self.model.stakes().subnet(name).ok());
        let model = known.map(|known| (address(&known.receiver), word(&known.fee), known.registered_day));
        let contracts = self.suite.alignment.sender(ANYONE).subnet(subnet).motsu_res().ok();
        same(|| format!("the registration of {name}"), model, contracts)?;

        let model = known.map(|known| {
            let next_day = self.model.settlement().next_day(name, known.registered_day);
            (next_day, word(&self.model.owed(&Account::Operator(name.to_owned()))))
        });
        let contracts = self.suite.distributor.sender(ANYONE).operator_account(subnet).motsu_res().ok();
        same(|| format!("the operator of {name}"), model, contracts)?;

        let model = word(&self.model.settlement().accumulator(name));
        let contracts = U256::from(self.suite.distributor.sender(ANYONE).accumulator(subnet));
        same(|| format!("the accumulator of {name}"), model, contracts)
    }

    /// Balances of the three levels, the lock, and whether the subnet is eligible.
    pub(super) fn compare_stake(&self, subnet: &str, staker: &str) -> Compared {
        let (of_model, alignment) = (self.model.stakes(), &self.suite.alignment);
        let levels = [Level::Staker(subnet, staker), Level::Subnet(subnet), Level::Total];
        let model = (levels.map(|level| word(&of_model.balance(level))), of_model.unlock_at(subnet, staker));
        let (own, unlock_at) = alignment.sender(ANYONE).stake_of(address(subnet), address(staker));
        let of_subnet = alignment.sender(ANYONE).subnet_stake(address(subnet));
        let total = alignment.sender(ANYONE).total_stake();
        let contracts = ([own, of_subnet, total].map(U256::from), unlock_at);
        same(|| format!("stake of {staker} toward {subnet}"), model, contracts)?;

        let model = of_model.is_eligible(subnet, self.model.now());
        let contracts = alignment.sender(ANYONE).is_eligible(address(subnet));
        same(|| format!("eligibility of {subnet}"), model, contracts)
    }

    /// On which days a subnet's sessions count.
    pub(super) fn compare_eligible_days(&self, subnet: &str, days: &Range<u32>) -> Compared {
        for from in days.clone().step_by(MAX_ELIGIBLE_DAYS as usize) {
            let to = days.end.min(from + MAX_ELIGIBLE_DAYS);
            let bits = self.suite.alignment.sender(ANYONE).eligible_days(address(subnet), from, to).motsu_unwrap();
            let contracts: Vec<_> = (from..to).filter(|day| bits.bit((day - from) as usize)).collect();
            let model = (from..to).filter(|day| self.model.stakes().is_eligible_on(subnet, *day)).collect();
            same(|| format!("days of {from}..{to} that count for {subnet}"), model, contracts)?;
        }
        Ok(())
    }

    /// Stake-seconds of the three levels on a day.
    pub(super) fn compare_stake_seconds(&self, subnet: &str, staker: &str, day: u32) -> Compared {
        let levels = [Level::Staker(subnet, staker), Level::Subnet(subnet), Level::Total];
        let model = levels.map(|level| word(&self.model.stakes().stake_seconds(level, day)));
        let alignment = &self.suite.alignment;
        let own = alignment.sender(ANYONE).staker_stake_seconds(address(subnet), address(staker), day);
        let days = alignment.sender(ANYONE).stake_seconds(address(subnet), day, day + 1).motsu_unwrap();
        let contracts = [own, days[0].subnetStakeSeconds, days[0].totalStakeSeconds].map(U256::from);
        same(|| format!("stake-seconds of {staker} toward {subnet} on day {day}"), model, contracts)
    }

    /// What is remembered of a session.
    pub(super) fn compare_session(&self, name: &str) -> Compared {
        let sessions = self.model.sessions();
        let booked = sessions.booked_until(name).zip(sessions.session(name));
        let model = booked.map_or_else(Default::default, |(until, session)| (address(&session.subnet), until));
        let contracts = self.suite.recorder.sender(ANYONE).session(session_id(name));
        same(|| format!("session {name}"), model, contracts)
    }

    /// Usage of a day, of the subnet and of all.
    pub(super) fn compare_usage(&self, subnet: &str, day: u32) -> Compared {
        let usage = self.model.usage(subnet, day);
        let model = [usage.subnet_seconds, usage.total_seconds, usage.subnet_sessions, usage.total_sessions];
        let usage = self.suite.recorder.sender(ANYONE).usage_of(address(subnet), day);
        let sessions = [usage.subnetSessions, usage.totalSessions].map(u64::from);
        let contracts = [usage.subnetSeconds, usage.totalSeconds, sessions[0], sessions[1]];
        same(|| format!("usage of {subnet} on day {day}"), model, contracts)
    }

    /// The reward of a day and where it comes from, by the calculator of that day.
    pub(super) fn compare_reward(&self, subnet: &str, day: u32) -> Compared {
        let reward = self.model.reward(subnet, day);
        let binds = match reward.binds {
            Binds::None => 0,
            Binds::Usage => 1,
            Binds::Stake => 2,
        };
        let amounts = [reward.emission, reward.usage_reward, reward.stake_reward, reward.payable];
        let model = (amounts.map(|wei| word(&wei)), binds);
        let found = self.calculator_of(day).sender(ANYONE).reward(address(subnet), day).motsu_unwrap();
        let amounts = [found.emission, found.usageReward, found.stakeReward, found.payableWei];
        same(|| format!("reward of {subnet} on day {day}"), model, (amounts.map(U256::from), found.binds))
    }

    /// What a staker could claim: everything, and with few changes walked.
    pub(super) fn compare_owed(&self, subnet: &str, staker: &str) -> Compared {
        for max_changes in [u32::MAX, 0, 1, 2] {
            let (wei, is_all) = self.model.owed_within(&Self::staker(subnet, staker), max_changes);
            let distributor = self.suite.distributor.sender(ANYONE);
            let contracts = distributor.staker_owed(address(subnet), address(staker), max_changes).motsu_unwrap();
            let what = || format!("owed to {staker} by {subnet} within {max_changes} changes");
            same(what, (word(&wei), is_all), contracts)?;
        }
        Ok(())
    }

    /// Credited and paid in all, what the pool has and allows, and the principal that `StakeAlignment` holds.
    pub(super) fn compare_money(&self) -> Compared {
        let settlement = self.model.settlement();
        let credited: BigUint = self.model.days().iter().map(|settled| &settled.payable).sum();
        let model = [
            word(&credited),
            word(&settlement.total_paid_wei()),
            word(settlement.pool_wei()),
            settlement.allowance_wei().map_or(U256::MAX, word),
            word(&self.model.stakes().balance(Level::Total)),
        ];
        let (mor, distributor) = (&self.suite.mor, &self.suite.distributor);
        let contracts = [
            distributor.sender(ANYONE).total_credited(),
            distributor.sender(ANYONE).total_paid(),
            mor.sender(ANYONE).balance_of(POOL),
            mor.sender(ANYONE).allowance(POOL, distributor.address()),
            mor.sender(ANYONE).balance_of(self.suite.alignment.address()),
        ];
        same(|| "credited, paid, pool, allowance, principal".to_owned(), model, contracts)
    }

    /// The MOR in an account's hands.
    pub(super) fn compare_tokens(&self, name: &str) -> Compared {
        let stakes = self.model.stakes();
        let subnets = stakes.subnets().iter();
        let principal: BigUint = subnets.map(|subnet| stakes.balance(Level::Staker(&subnet.name, name))).sum();
        let model = MOR_EACH + word(&self.model.settlement().received_wei(name)) - word(&principal);
        let contracts = self.suite.mor.sender(ANYONE).balance_of(address(name));
        same(|| format!("MOR of {name}"), model, contracts)
    }

    /// The three pauses.
    pub(super) fn compare_pauses(&self) -> Compared {
        let settlement = self.model.settlement();
        let paused = (settlement.is_settling_paused(), settlement.is_claiming_paused());
        let model = (self.model.stakes().is_paused(), paused);
        let distributor = &self.suite.distributor;
        let paused = (distributor.sender(ANYONE).settling_paused(), distributor.sender(ANYONE).claiming_paused());
        let contracts = (self.suite.alignment.sender(ANYONE).staking_paused(), paused);
        same(|| "pauses of staking, settling, claiming".to_owned(), model, contracts)
    }

    /// The minimum subnet stake now, and the one that is announced.
    pub(super) fn compare_minimum(&self) -> Compared {
        let (stakes, now) = (self.model.stakes(), self.model.now());
        let announced = stakes.announced_minimum(now).map_or_else(Default::default, |(wei, day)| (word(&wei), day));
        let alignment = &self.suite.alignment;
        let contracts =
            (alignment.sender(ANYONE).min_subnet_stake(), alignment.sender(ANYONE).scheduled_min_subnet_stake());
        same(|| "the minimum subnet stake".to_owned(), (word(&stakes.minimum(now)), announced), contracts)
    }

    /// What counts on a day, by its calculator.
    pub(super) fn compare_weight(&self, day: u32) -> Compared {
        let model = number_of(self.model.settlement().weight_of(day));
        same(|| format!("the weight of day {day}"), model, self.calculator_of(day).sender(ANYONE).weight())
    }

    /// Whether a day settles at zero.
    pub(super) fn compare_voided(&self, day: u32) -> Compared {
        let contracts = self.suite.distributor.sender(ANYONE).is_voided(day);
        same(|| format!("whether day {day} is voided"), self.model.settlement().is_voided(day), contracts)
    }

    /// The calculator that the distributor asks about a day.
    pub(super) fn calculator_of(&self, day: u32) -> &Contract<RewardCalculator> {
        let found = self.suite.distributor.sender(ANYONE).calculator_of(day);
        let scheduled = self.calculators.iter().find(|calculator| calculator.address() == found);
        scheduled.unwrap_or(&self.suite.calculator)
    }
}
