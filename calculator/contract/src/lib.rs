//! `RewardCalculator`: what each UTC day owes each compute subnet. Views only; it holds no money and no history.
//!
//! It joins three things: the usage that `SessionRecorder` booked, the stake-seconds that `StakeAlignment` integrated,
//! and the Compute pool's emission, which is compiled in (`mrc53-maths`, where the formula and its rounding are
//! specified). It has no owner and nothing in it can be changed: another rule is another contract, which
//! `RewardDistributor`'s owner schedules from a future day.
//!
//! Every amount is MOR wei rounded down, every day is a UTC day number. A day's figures move while sessions are booked
//! or stake changes, and stand still once the recorder calls the day final and the day is over.

extern crate alloc;

use alloc::vec::Vec;

use alloy_primitives::{Address, U256, U8};
use mrc53_interfaces::{
    alignment::{self, DayStake},
    calculator::RewardBreakdown,
    recorder::{self, DayUsage},
};
use mrc53_maths::{compute, Day, RewardInputs, Weight};
use stylus_sdk::prelude::*;

mod errors;
// The entrypoint macro adds public functions that nothing in Rust can reach, and that have no documentation.
#[allow(unreachable_pub)]
#[cfg_attr(feature = "export-abi", allow(missing_docs))]
mod state;
#[cfg(test)]
mod tests;

pub use errors::{AlignmentCallFailed, Error, RecorderCallFailed, TargetAboveEmission, UnknownWeight, ZeroAddress};
#[cfg(feature = "export-abi")]
pub use state::print_from_args;
pub use state::RewardCalculator;

/// Days of one answer of [`RewardCalculator::rewards`]: what `StakeAlignment` answers at once, and more than the
/// emission lasts.
pub const MAX_DAYS: u32 = 8_192;

#[public]
impl RewardCalculator {
    /// Fixes for good whom the calculator asks and what it counts.
    ///
    /// `weight` is 0 for session-seconds (MRC-53 version 2) or 1 for sessions (version 1).
    ///
    /// # Errors
    /// [`ZeroAddress`] if either address is zero, [`UnknownWeight`] for any other weight.
    #[constructor]
    pub fn constructor(&mut self, recorder: Address, alignment: Address, weight: u8) -> Result<(), Error> {
        if recorder.is_zero() || alignment.is_zero() {
            return Err(ZeroAddress {}.into());
        }
        let weight = Weight::try_from(weight).map_err(|weight| UnknownWeight { weight })?;
        self.alignment.set(alignment);
        self.weight.set(U8::from(weight as u8));
        self.recorder.set(recorder);
        Ok(())
    }

    /// The reward of `subnet` on `day`, from what is booked and staked by now, whether the day is final or not.
    ///
    /// All zeros on a day without emission (before 2024-02-08, after 2040-01-28); then nothing is asked.
    ///
    /// # Errors
    /// [`RecorderCallFailed`] or [`AlignmentCallFailed`] if one of the two does not answer.
    pub fn reward(&self, subnet: Address, day: u32) -> Result<RewardBreakdown, Error> {
        if compute::emission_of(Day(day)) == 0 {
            return Ok(RewardBreakdown::default());
        }
        let usage = self.usage_of(subnet, day)?;
        let stake = self.stake_of(subnet, day)?;
        Ok(to_abi(&reward_of(day, self.counted(), &usage, &stake)))
    }

    /// The reward of `subnet` on the running day as it stands: the usage booked so far against the stake as it would
    /// be held until midnight.
    ///
    /// # Errors
    /// As [`Self::reward`].
    pub fn preview(&self, subnet: Address) -> Result<RewardBreakdown, Error> {
        self.reward(subnet, self.today().0)
    }

    /// What `subnet` is owed for each of the days `[from_day, to_day)` that are final: one amount a day from
    /// `from_day` on, ending before the first day that the recorder does not call final.
    ///
    /// Empty if no day of the range is final, or the range is empty or reversed; cut after [`MAX_DAYS`] days. The work
    /// grows with the number of final days in the range and with nothing else.
    ///
    /// # Errors
    /// [`RecorderCallFailed`] or [`AlignmentCallFailed`] if one of the two does not answer, or answers with more days
    /// than it was asked for.
    pub fn rewards(&self, subnet: Address, from_day: u32, to_day: u32) -> Result<Vec<u128>, Error> {
        if from_day >= to_day {
            return Ok(Vec::new());
        }
        let to_day = to_day.min(from_day.saturating_add(MAX_DAYS));
        let recorder = self.recorder.get();
        let failed = || RecorderCallFailed { recorder };
        let usage = recorder::final_usage(recorder, subnet, from_day, to_day).map_err(|_| failed())?;
        if usage.is_empty() {
            return Ok(Vec::new());
        }
        let last = u32::try_from(usage.len()).ok().and_then(|days| from_day.checked_add(days));
        let last = last.filter(|last| *last <= to_day).ok_or_else(failed)?;
        let stake = self.stakes_of(subnet, from_day, last)?;
        let weight = self.counted();
        Ok((from_day..last)
            .zip(usage.iter().zip(&stake))
            .map(|(day, (usage, stake))| reward_of(day, weight, usage, stake).payable)
            .collect())
    }

    /// The least stake, in MOR wei held toward `subnet` for all of the running day, with which the stake side reaches
    /// `target` MOR wei today, given what others stake. Rounded up; 0 for a target of 0.
    ///
    /// It says what the whole day takes: stake that arrives during the day counts only from then on.
    ///
    /// # Errors
    /// [`TargetAboveEmission`] if no stake reaches the target, [`AlignmentCallFailed`] if the stake cannot be read.
    pub fn required_stake(&self, subnet: Address, target: U256) -> Result<U256, Error> {
        let today = self.today();
        let emission = compute::emission_of(today);
        let stake = self.stake_of(subnet, today.0)?;
        let others = stake.totalStakeSeconds.saturating_sub(stake.subnetStakeSeconds);
        u128::try_from(target)
            .ok()
            .and_then(|target| mrc53_maths::required_stake(target, emission, compute::emitted_by_end_of(today), others))
            .ok_or_else(|| TargetAboveEmission { target, emission: U256::from(emission) }.into())
    }

    /// `E(d)`: what the Compute pool emits inside the UTC day, in MOR wei.
    #[must_use]
    pub fn emission(day: u32) -> u128 {
        compute::emission_of(Day(day))
    }

    /// `C(d)`: what the Compute pool has emitted from its launch to the end of the UTC day, in MOR wei.
    #[must_use]
    pub fn emitted(day: u32) -> u128 {
        compute::emitted_by_end_of(Day(day))
    }

    /// What of a session counts: 0 its seconds (MRC-53 version 2), 1 the session (version 1).
    #[must_use]
    pub fn weight(&self) -> u8 {
        self.weight.get().to()
    }

    /// The `SessionRecorder` that is asked for usage.
    #[must_use]
    pub fn recorder(&self) -> Address {
        self.recorder.get()
    }

    /// The `StakeAlignment` that is asked for stake-seconds.
    #[must_use]
    pub fn alignment(&self) -> Address {
        self.alignment.get()
    }
}

impl RewardCalculator {
    fn today(&self) -> Day {
        Day::of(self.vm().block_timestamp())
    }

    /// The constructor stores nothing else than a weight.
    fn counted(&self) -> Weight {
        Weight::try_from(self.weight()).unwrap_or_default()
    }

    fn usage_of(&self, subnet: Address, day: u32) -> Result<DayUsage, Error> {
        let recorder = self.recorder.get();
        recorder::usage_of(recorder, subnet, day).map_err(|_| RecorderCallFailed { recorder }.into())
    }

    fn stake_of(&self, subnet: Address, day: u32) -> Result<DayStake, Error> {
        let one = self.stakes_of(subnet, day, day.saturating_add(1))?.pop();
        one.ok_or_else(|| AlignmentCallFailed { alignment: self.alignment.get() }.into())
    }

    fn stakes_of(&self, subnet: Address, from_day: u32, to_day: u32) -> Result<Vec<DayStake>, Error> {
        let alignment = self.alignment.get();
        alignment::stake_seconds(alignment, subnet, from_day, to_day)
            .map_err(|_| AlignmentCallFailed { alignment }.into())
    }
}

/// The formula on one day's figures.
fn reward_of(day: u32, weight: Weight, usage: &DayUsage, stake: &DayStake) -> mrc53_maths::RewardBreakdown {
    mrc53_maths::reward(&RewardInputs {
        emission: compute::emission_of(Day(day)),
        emitted: compute::emitted_by_end_of(Day(day)),
        subnet_weight: weight.of(usage.subnetSeconds, usage.subnetSessions),
        total_weight: weight.of(usage.totalSeconds, usage.totalSessions),
        subnet_stake_seconds: stake.subnetStakeSeconds,
        total_stake_seconds: stake.totalStakeSeconds,
    })
}

fn to_abi(breakdown: &mrc53_maths::RewardBreakdown) -> RewardBreakdown {
    RewardBreakdown {
        emission: breakdown.emission,
        usageReward: breakdown.usage_reward,
        stakeReward: breakdown.stake_reward,
        payableWei: breakdown.payable,
        binds: breakdown.binds as u8,
    }
}
