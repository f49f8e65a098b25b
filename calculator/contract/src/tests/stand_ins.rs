//! Test contracts in the places of `SessionRecorder` and `StakeAlignment`: they answer from books that the test writes,
//! and misbehave on demand. What the real ones answer is tested with the real ones.

use std::{cell::RefCell, collections::BTreeMap};

use alloc::vec::Vec;

use alloy_primitives::Address;
use mrc53_interfaces::{alignment::DayStake, recorder::DayUsage};
use stylus_sdk::{prelude::*, ArbResult};

/// How a stand-in answers.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Manner {
    #[default]
    Honest,
    Reverting,
    OneDayTooMany,
    OneDayTooFew,
}

/// What both stand-ins know, by subnet and day. What is not written is zero.
#[derive(Default)]
pub(super) struct Books {
    usage: BTreeMap<(Address, u32), DayUsage>,
    stake: BTreeMap<(Address, u32), DayStake>,
    /// Days before this one are final.
    pub(super) first_open_day: u32,
    pub(super) recorder: Manner,
    pub(super) alignment: Manner,
}

std::thread_local! {
    static BOOKS: RefCell<Books> = RefCell::default();
}

impl Books {
    pub(super) fn write(entry: impl FnOnce(&mut Self)) {
        BOOKS.with_borrow_mut(entry);
    }

    /// Writes (subnet, total) seconds and sessions of a day.
    pub(super) fn use_day(subnet: Address, day: u32, seconds: (u64, u64), sessions: (u32, u32)) {
        let usage = DayUsage {
            subnetSeconds: seconds.0,
            totalSeconds: seconds.1,
            subnetSessions: sessions.0,
            totalSessions: sessions.1,
        };
        Self::write(|books| {
            books.usage.insert((subnet, day), usage);
        });
    }

    /// Writes the stake-seconds of a day.
    pub(super) fn stake_day(subnet: Address, day: u32, of_subnet: u128, total: u128) {
        let stake = DayStake { subnetStakeSeconds: of_subnet, totalStakeSeconds: total, subnetChanged: false };
        Self::write(|books| {
            books.stake.insert((subnet, day), stake);
        });
    }

    /// Everybody reverts from now on.
    pub(super) fn silence() {
        Self::write(|books| (books.recorder, books.alignment) = (Manner::Reverting, Manner::Reverting));
    }

    fn usage_of(&self, subnet: Address, day: u32) -> DayUsage {
        self.usage.get(&(subnet, day)).map_or_else(DayUsage::default, |usage| DayUsage { ..*usage })
    }

    fn stake_of(&self, subnet: Address, day: u32) -> DayStake {
        self.stake.get(&(subnet, day)).map_or_else(DayStake::default, |stake| DayStake { ..*stake })
    }
}

/// One answer a day of the range, or as the manner wants it.
fn answer<T>(manner: Manner, from_day: u32, to_day: u32, of_day: impl FnMut(u32) -> T) -> Result<Vec<T>, Vec<u8>> {
    let end = match manner {
        Manner::Reverting => return Err(Vec::new()),
        Manner::Honest => to_day,
        Manner::OneDayTooMany => to_day + 1,
        Manner::OneDayTooFew => to_day - 1,
    };
    Ok((from_day..end).map(of_day).collect())
}

/// In the place of `SessionRecorder`.
#[storage]
pub(super) struct RecorderStandIn {}

#[allow(unsafe_code)]
// SAFETY: deployed as a contract of its own, never a field of another.
unsafe impl TopLevelStorage for RecorderStandIn {}

#[public]
impl RecorderStandIn {
    fn usage_of(subnet: Address, day: u32) -> Result<DayUsage, Vec<u8>> {
        BOOKS.with_borrow(|books| match books.recorder {
            Manner::Reverting => Err(Vec::new()),
            _ => Ok(books.usage_of(subnet, day)),
        })
    }

    fn final_usage(subnet: Address, from_day: u32, to_day: u32) -> Result<Vec<DayUsage>, Vec<u8>> {
        BOOKS.with_borrow(|books| {
            let end = to_day.min(books.first_open_day);
            answer(books.recorder, from_day, end, |day| books.usage_of(subnet, day))
        })
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
    fn stake_seconds(subnet: Address, from_day: u32, to_day: u32) -> Result<Vec<DayStake>, Vec<u8>> {
        BOOKS.with_borrow(|books| answer(books.alignment, from_day, to_day, |day| books.stake_of(subnet, day)))
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
    #[allow(clippy::unnecessary_wraps, clippy::unused_self)]
    fn fallback(&mut self, _calldata: &[u8]) -> ArbResult {
        Ok(Vec::new())
    }
}
