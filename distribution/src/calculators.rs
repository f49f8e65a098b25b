//! Which calculator counts for which day.
//!
//! The schedule is a list of (calculator, first day) in strictly ascending order of days, and each entry counts until
//! the next one's first day. New entries begin at least [`NOTICE_DAYS`] after the day they are made on, so the
//! calculator of a day is fixed a week before the day begins, and settled days cannot change.

use alloy_primitives::{Address, B256};
use mrc53_interfaces::wire::{emit, word};
use mrc53_ledger::{schedule::CalculatorWord, terms::Terms};
use stylus_sdk::prelude::*;

use crate::{
    errors::{Error, NoticeTooShort},
    events::CalculatorScheduled,
    RewardDistributor,
};

/// Days from the one on which a calculator is scheduled to the first one it may count for.
pub const NOTICE_DAYS: u32 = 7;

/// A calculator and the day on which it stops counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// The contract to ask.
    pub(crate) calculator: Address,
    /// The first day it no longer counts for; 2^32 − 1 for the last of the schedule.
    pub(crate) until: u32,
}

impl RewardDistributor {
    /// The calculator that counts for `day`, looked up from the end of the schedule: what is settled is recent.
    pub(crate) fn term_of(&self, day: u32) -> Term {
        let mut until = u32::MAX;
        for index in (0..self.terms().calculators).rev() {
            let entry = self.entry(index);
            if entry.from_day <= day {
                return Term { calculator: Address::new(entry.calculator), until };
            }
            until = entry.from_day;
        }
        Term { calculator: Address::ZERO, until }
    }

    /// Lets `calculator` count from `from_day` on, in the place of whatever was scheduled from that day or later.
    pub(crate) fn schedule(&mut self, calculator: Address, from_day: u32) -> Result<(), Error> {
        let earliest = self.today().saturating_add(NOTICE_DAYS);
        if from_day < earliest {
            return Err(NoticeTooShort { fromDay: from_day, earliest }.into());
        }
        let terms = self.terms();
        let mut kept = terms.calculators;
        // The first entry began on day 0, before any notice can end: it always stays.
        while kept > 0 && self.entry(kept - 1).from_day >= from_day {
            kept -= 1;
        }
        self.set_terms(Terms { calculators: kept + 1, ..terms });
        self.set_entry(kept, calculator, from_day);
        emit::<CalculatorScheduled>(self.vm(), &[word(calculator)], &[word(from_day)]);
        Ok(())
    }

    /// Writes entry number `index` of the schedule.
    pub(crate) fn set_entry(&mut self, index: u32, calculator: Address, from_day: u32) {
        let entry = CalculatorWord { calculator: calculator.into_array(), from_day };
        self.calculators.insert(word(index), B256::new(entry.to_bytes()));
    }

    fn entry(&self, index: u32) -> CalculatorWord {
        CalculatorWord::from_bytes(self.calculators.get(word(index)).0)
    }
}
