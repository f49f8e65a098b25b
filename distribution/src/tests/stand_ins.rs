//! Test contracts in the places of `RewardCalculator` and `StakeAlignment`: they answer from books that the test
//! writes, and misbehave on demand. What the real ones answer is tested with the real ones.
#![allow(clippy::unused_self, reason = "what the ABI calls takes the contract, whether it needs it or not")]

use std::{cell::RefCell, collections::BTreeMap};

use alloc::vec::Vec;

use alloy_primitives::{Address, U256};
use mrc53_interfaces::alignment::{DayStake, StakeChange};
use stylus_sdk::{prelude::*, ArbResult};

use super::SECONDS_PER_DAY;

/// How a stand-in answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Manner {
    #[default]
    Honest,
    Reverting,
    OneDayTooMany,
    OneDayTooFew,
}

/// What a calculator knows.
#[derive(Clone, Debug, Default)]
pub(super) struct Rewards {
    /// What it pays on days that `days` does not name, in MOR wei.
    pub(super) usual: u128,
    pub(super) days: BTreeMap<u32, u128>,
    /// Days before this one are final.
    pub(super) first_open_day: u32,
    pub(super) manner: Manner,
}

/// A day on which a staker's stake changed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub(super) day: u32,
    pub(super) balance: u128,
    pub(super) stake_seconds: u128,
}

/// What the alignment knows of the one subnet that there is.
#[derive(Clone, Debug, Default)]
pub(super) struct Stakes {
    pub(super) registered: Option<(Address, Address, u32)>,
    pub(super) fee: U256,
    pub(super) changes: BTreeMap<Address, Vec<Change>>,
    pub(super) manner: Manner,
}

std::thread_local! {
    static REWARDS: RefCell<BTreeMap<Address, Rewards>> = RefCell::default();
    static STAKES: RefCell<Stakes> = RefCell::default();
}

/// Changes what the calculator at `calculator` answers.
pub(super) fn rewards_of(calculator: Address, edit: impl FnOnce(&mut Rewards)) {
    REWARDS.with_borrow_mut(|all| edit(all.entry(calculator).or_default()));
}

/// Changes what the alignment answers.
pub(super) fn stakes(edit: impl FnOnce(&mut Stakes)) {
    STAKES.with_borrow_mut(edit);
}

impl Stakes {
    /// The stake-seconds of `staker` on `day`.
    pub(super) fn of_staker(&self, staker: Address, day: u32) -> u128 {
        let last = self.changes.get(&staker).and_then(|all| all.iter().rev().find(|change| change.day <= day));
        last.map_or(0, |change| {
            if change.day == day {
                change.stake_seconds
            } else {
                change.balance * u128::from(SECONDS_PER_DAY)
            }
        })
    }

    /// The stake-seconds of all stakers on `day`, and whether one of them changed its stake.
    pub(super) fn of_subnet(&self, day: u32) -> (u128, bool) {
        let sum = self.changes.keys().map(|staker| self.of_staker(*staker, day)).sum();
        (sum, self.changes.values().flatten().any(|change| change.day == day))
    }
}

/// Where an answer about `[from, to)` ends.
fn end(manner: Manner, to: u32) -> Result<u32, Vec<u8>> {
    match manner {
        Manner::Reverting => Err(Vec::new()),
        Manner::Honest => Ok(to),
        Manner::OneDayTooMany => Ok(to + 1),
        Manner::OneDayTooFew => Ok(to - 1),
    }
}

/// In the place of `RewardCalculator`.
#[storage]
pub(super) struct CalculatorStandIn {}

#[allow(unsafe_code)]
// SAFETY: deployed as a contract of its own, never a field of another.
unsafe impl TopLevelStorage for CalculatorStandIn {}

#[public]
impl CalculatorStandIn {
    fn rewards(&self, _subnet: Address, from_day: u32, to_day: u32) -> Result<Vec<u128>, Vec<u8>> {
        let this = self.vm().contract_address();
        let rewards = REWARDS.with_borrow(|all| all.get(&this).cloned().unwrap_or_default());
        let to = end(rewards.manner, to_day.min(rewards.first_open_day))?;
        Ok((from_day..to).map(|day| rewards.days.get(&day).copied().unwrap_or(rewards.usual)).collect())
    }
}

/// In the place of `StakeAlignment`.
#[storage]
pub(super) struct AlignmentStandIn {}

#[allow(unsafe_code)]
// SAFETY: deployed as a contract of its own, never a field of another.
unsafe impl TopLevelStorage for AlignmentStandIn {}

#[public]
impl AlignmentStandIn {
    fn subnet(&self, subnet: Address) -> Result<(Address, U256, u32), Vec<u8>> {
        STAKES.with_borrow(|stakes| match stakes.registered {
            Some((registered, receiver, day)) if registered == subnet => Ok((receiver, stakes.fee, day)),
            _ => Err(Vec::new()),
        })
    }

    fn stake_seconds(&self, _subnet: Address, from_day: u32, to_day: u32) -> Result<Vec<DayStake>, Vec<u8>> {
        STAKES.with_borrow(|stakes| {
            let answer = (from_day..end(stakes.manner, to_day)?).map(|day| {
                let (sum, changed) = stakes.of_subnet(day);
                DayStake { subnetStakeSeconds: sum, totalStakeSeconds: sum, subnetChanged: changed }
            });
            Ok(answer.collect())
        })
    }

    fn staker_changes(
        &self,
        _subnet: Address,
        staker: Address,
        from_index: u32,
        max_changes: u32,
    ) -> Result<Vec<StakeChange>, Vec<u8>> {
        STAKES.with_borrow(|stakes| {
            end(stakes.manner, 1)?;
            let all = stakes.changes.get(&staker).into_iter().flatten();
            let asked = all.skip(from_index as usize).take(max_changes as usize);
            let answer = asked.map(|change| StakeChange {
                day: change.day,
                balance: change.balance,
                stakeSeconds: change.stake_seconds,
            });
            Ok(answer.collect())
        })
    }
}

/// Accepts every call and answers with nothing, as an address without code does.
#[storage]
pub(super) struct Mute {}

#[allow(unsafe_code)]
// SAFETY: deployed as a contract of its own, never a field of another.
unsafe impl TopLevelStorage for Mute {}

#[public]
impl Mute {
    #[fallback]
    #[allow(clippy::unnecessary_wraps)]
    fn fallback(&mut self, _calldata: &[u8]) -> ArbResult {
        Ok(Vec::new())
    }
}
