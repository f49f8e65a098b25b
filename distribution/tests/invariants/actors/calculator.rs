//! A calculator that a compromised owner has scheduled: it asks for what it likes.

use std::cell::Cell;

use alloy_primitives::U256;
use mrc53_maths::{compute, Day};
use serde::{Deserialize, Serialize};
use stylus_sdk::{prelude::*, ArbResult};

use super::{encode, word};

/// What it answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Manner {
    /// The largest number for every day it is asked for, final or not.
    #[default]
    Everything,
    /// All of each day's emission, for every subnet.
    Emission,
    /// One wei a day.
    OneWei,
    /// That no day is final.
    NoDay,
    /// One day more than it was asked for.
    OneDayTooMany,
    /// A number that is above 128 bits.
    TooWide,
    /// Words that are no list.
    Nonsense,
    /// Nothing, as an address without code.
    Silence,
    Revert,
}

impl Manner {
    /// What it asks for on `day`, or `None` where its answer is no list of amounts.
    pub(crate) fn asks(self, day: u32) -> Option<u128> {
        match self {
            Self::Everything => Some(u128::MAX),
            Self::Emission => Some(compute::emission_of(Day(day))),
            Self::OneWei => Some(1),
            _ => None,
        }
    }

    /// Whether it answers for no day at all as a calculator does, so that it can be scheduled.
    pub(crate) fn passes_for_a_calculator(self) -> bool {
        !matches!(self, Self::OneDayTooMany | Self::Nonsense | Self::Silence | Self::Revert)
    }
}

std::thread_local! {
    static MANNER: Cell<Manner> = const { Cell::new(Manner::Everything) };
}

/// Changes what it answers from now on.
pub(crate) fn behave(manner: Manner) {
    MANNER.set(manner);
}

/// What it answers now.
pub(crate) fn manner() -> Manner {
    MANNER.get()
}

/// The contract.
#[storage]
pub(crate) struct LyingCalculator {}

#[allow(unsafe_code)]
// SAFETY: deployed as a contract of its own, never a field of another.
unsafe impl TopLevelStorage for LyingCalculator {}

#[public]
impl LyingCalculator {
    #[fallback]
    fn fallback(&mut self, calldata: &[u8]) -> ArbResult {
        let (from, to): (u32, u32) = (word(&calldata[4..], 1).to(), word(&calldata[4..], 2).to());
        let asked = u64::from(to - from);
        let list = |items: Vec<U256>| encode(&[&[U256::from(32), U256::from(items.len())], &items[..]].concat());
        match MANNER.get() {
            Manner::NoDay => Ok(list(Vec::new())),
            Manner::OneDayTooMany => Ok(list(vec![U256::from(1); asked as usize + 1])),
            Manner::TooWide => Ok(list(vec![U256::from(1) << 128; asked as usize])),
            Manner::Nonsense => Ok(encode(&[U256::MAX, U256::from(7)])),
            Manner::Silence => Ok(Vec::new()),
            Manner::Revert => Err(vec![0xfe]),
            manner => Ok(list((from..to).filter_map(|day| manner.asks(day)).map(U256::from).collect())),
        }
    }
}
