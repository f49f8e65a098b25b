//! Voided days: the owner's brake. A bit can be set and never cleared.

use alloy_primitives::B256;
use mrc53_interfaces::wire::{emit, word};
use mrc53_ledger::voided::{VoidedDays, DAYS_PER_WORD};
use stylus_sdk::prelude::*;

use crate::{
    errors::{DayRangeInvalid, Error},
    events::DaysVoided,
    RewardDistributor, END_OF_DAYS,
};

/// Days on end that are all voided, or all not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) is_voided: bool,
    /// The first day after them.
    pub(crate) until: u32,
}

impl RewardDistributor {
    /// The days of `[day, end)` from `day` on, itself among them, that are voided or not as it is.
    pub(crate) fn run_from(&self, day: u32, end: u32) -> Run {
        let mut days = self.voided_word(VoidedDays::index_of(day));
        let is_voided = days.contains(day);
        let mut until = day + 1;
        while until < end {
            if until.is_multiple_of(DAYS_PER_WORD) {
                days = self.voided_word(VoidedDays::index_of(until));
            }
            if days.contains(until) != is_voided {
                break;
            }
            until += 1;
        }
        Run { is_voided, until }
    }

    pub(crate) fn is_voided_day(&self, day: u32) -> bool {
        self.voided_word(VoidedDays::index_of(day)).contains(day)
    }

    /// Voids the days `[from_day, to_day)`: at most 256 words, all the days that the contract can count.
    pub(crate) fn void(&mut self, from_day: u32, to_day: u32) -> Result<(), Error> {
        if from_day >= to_day || to_day > END_OF_DAYS {
            return Err(DayRangeInvalid { fromDay: from_day, toDay: to_day }.into());
        }
        for index in VoidedDays::index_of(from_day)..=VoidedDays::index_of(to_day - 1) {
            let first = from_day.max(index * DAYS_PER_WORD);
            let end = to_day.min((index + 1) * DAYS_PER_WORD);
            let days = (first..end).fold(self.voided_word(index), VoidedDays::with);
            self.voided.insert(word(index), B256::new(days.to_bytes()));
        }
        emit::<DaysVoided>(self.vm(), &[], &[word(from_day), word(to_day)]);
        Ok(())
    }

    fn voided_word(&self, index: u32) -> VoidedDays {
        VoidedDays::from_bytes(self.voided.get(word(index)).0)
    }
}
