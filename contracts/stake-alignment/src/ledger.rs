//! Levels and their history in storage, and what is read from them.
//!
//! A level is named by one word:
//!
//! | level | name |
//! |---|---|
//! | all stake | 32 bytes 0xff, which is no padded address |
//! | a subnet | the subnet's address, left-padded with zeros |
//! | a staker in a subnet | keccak256(subnet ‖ staker), each left-padded |

use alloc::vec::Vec;

use alloy_primitives::{aliases::U32, Address, B256, U256};
use mrc53_interfaces::alignment::{DayStake, StakeChange};
use mrc53_ledger::{
    checkpoint::Checkpoint,
    history::{self, Cursor},
    level::{Level, Step},
    minimum::{DatedMinimum, Minimum},
};
use mrc53_maths::Day;
use stylus_sdk::prelude::*;

use crate::{DayRangeInvalid, Error, StakeAlignment};

/// The most days one answer of `stakeSeconds` holds; the whole emission has 5,834.
pub const MAX_DAYS: u32 = 8_192;
/// The most days one answer of `eligibleDays` holds: a bit of a word each.
pub const MAX_ELIGIBLE_DAYS: u32 = 256;

/// The level of all stake.
pub(crate) const TOTAL: B256 = B256::repeat_byte(0xff);

/// The level of a subnet.
pub(crate) fn subnet_level(subnet: Address) -> B256 {
    subnet.into_word()
}

impl StakeAlignment {
    /// The level of a staker's stake toward a subnet.
    pub(crate) fn staker_level(&self, subnet: Address, staker: Address) -> B256 {
        let mut pair = [0; 64];
        pair[12..32].copy_from_slice(subnet.as_slice());
        pair[44..].copy_from_slice(staker.as_slice());
        self.vm().native_keccak256(&pair)
    }

    /// Reads the present of a level.
    pub(crate) fn level(&self, name: B256) -> Level {
        Level::from_bytes(self.levels.get(name).0)
    }

    /// Writes the present of a level without a change of balance.
    pub(crate) fn set_level(&mut self, name: B256, level: Level) {
        self.levels.insert(name, B256::new(level.to_bytes()));
    }

    /// Writes a change of a level: one word, and one more when it opened a new day.
    pub(crate) fn apply(&mut self, name: B256, step: Step) {
        if let Some(past) = step.pushed {
            let number = u32::from(step.level.history_len).saturating_sub(1);
            self.history.setter(name).insert(U32::from(number), B256::new(past.to_bytes()));
        }
        self.set_level(name, step.level);
    }

    /// A reader of a level's checkpoints by number.
    fn checkpoints(&self, name: B256, level: Level) -> impl Fn(u32) -> Checkpoint + '_ {
        let numbers = self.history.getter(name);
        let read = move |number| Checkpoint::from_bytes(&numbers.get(U32::from(number)).0);
        move |number| history::checkpoint(level, number, &read)
    }

    /// Unix seconds of the block.
    pub(crate) fn now(&self) -> u64 {
        self.vm().block_timestamp()
    }

    /// The running UTC day.
    pub(crate) fn today(&self) -> u32 {
        Day::of(self.now()).0
    }

    /// Every day of `[from_day, to_day)`, oldest first: two searches, then one read for each change that is passed.
    pub(crate) fn days_of(&self, subnet: Address, from_day: u32, to_day: u32) -> Result<Vec<DayStake>, Error> {
        let length = length_of(from_day, to_day, MAX_DAYS)?;
        let subnet = subnet_level(subnet);
        let (subnet_level, total_level) = (self.level(subnet), self.level(TOTAL));
        let (in_subnet, in_total) = (self.checkpoints(subnet, subnet_level), self.checkpoints(TOTAL, total_level));
        let mut of_subnet = Cursor::at(history::count(subnet_level), from_day, &in_subnet);
        let mut of_total = Cursor::at(history::count(total_level), from_day, &in_total);
        let mut days = Vec::with_capacity(length as usize);
        for day in from_day..to_day {
            of_subnet.advance(day, &in_subnet);
            of_total.advance(day, &in_total);
            days.push(DayStake {
                subnetStakeSeconds: of_subnet.stake_seconds(day),
                totalStakeSeconds: of_total.stake_seconds(day),
                subnetChanged: of_subnet.changed(day),
            });
        }
        Ok(days)
    }

    /// Bit i for day `from_day` + i of `[from_day, to_day)`: whether the subnet's stake-seconds reach what the minimum
    /// of that day asks for. Two searches, of which the running day needs none, then one read for each change passed.
    pub(crate) fn eligible_on(&self, subnet: Address, from_day: u32, to_day: u32) -> Result<U256, Error> {
        let length = length_of(from_day, to_day, MAX_ELIGIBLE_DAYS)?;
        let name = subnet_level(subnet);
        let level = self.level(name);
        let (checkpoints, minimum) = (self.checkpoints(name, level), self.minimum_word());
        let minima = |number| minimum.numbered(number, |number| self.past_minimum(number));
        let mut stake = Cursor::at(history::count(level), from_day, &checkpoints);
        let mut asked = Cursor::at(minimum.count(), from_day, minima);
        let mut bits = U256::ZERO;
        for (bit, day) in (0..length as usize).zip(from_day..) {
            stake.advance(day, &checkpoints);
            asked.advance(day, minima);
            let required = asked.current().unwrap_or_default().required_stake_seconds();
            bits.set_bit(bit, stake.stake_seconds(day) >= required);
        }
        Ok(bits)
    }

    /// The minimum and its change.
    pub(crate) fn minimum_word(&self) -> Minimum {
        Minimum::from_bytes(self.minimum.get().0)
    }

    fn past_minimum(&self, number: u32) -> DatedMinimum {
        DatedMinimum::from_bytes(self.minima.get(U32::from(number)).0)
    }

    /// A staker's stake-seconds of one day.
    pub(crate) fn staker_day(&self, subnet: Address, staker: Address, day: u32) -> u128 {
        let name = self.staker_level(subnet, staker);
        let level = self.level(name);
        Cursor::at(history::count(level), day, self.checkpoints(name, level)).stake_seconds(day)
    }

    /// A staker's changes by number, those of `[from_index, from_index + max_changes)` that exist.
    pub(crate) fn changes_of(
        &self,
        subnet: Address,
        staker: Address,
        from_index: u32,
        max_changes: u32,
    ) -> Vec<StakeChange> {
        let name = self.staker_level(subnet, staker);
        let level = self.level(name);
        let checkpoints = self.checkpoints(name, level);
        let end = from_index.saturating_add(max_changes).min(history::count(level));
        (from_index..end)
            .map(|number| {
                let checkpoint = checkpoints(number);
                StakeChange {
                    day: u32::from(checkpoint.day),
                    balance: checkpoint.balance,
                    stakeSeconds: checkpoint.stake_seconds,
                }
            })
            .collect()
    }
}

/// How many days `[from_day, to_day)` has, at most `most`.
fn length_of(from_day: u32, to_day: u32, most: u32) -> Result<u32, DayRangeInvalid> {
    let length = to_day.checked_sub(from_day).filter(|days| *days <= most);
    length.ok_or(DayRangeInvalid { fromDay: from_day, toDay: to_day })
}
