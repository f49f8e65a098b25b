//! Which calculator counts for which day.
//!
//! The schedule is a list of (calculator, first day) in strictly ascending order of days, and each entry counts until
//! the next one's first day. New entries begin at least [`NOTICE_DAYS`] after the day they are made on, so the
//! calculator of a day is fixed seven full days before the day begins, who staked before can leave in time, and settled
//! days cannot change.
//!
//! What is scheduled must answer `rewards` for an empty range then, with an empty list. That finds an address without
//! code, another contract, a program that is not active; it cannot find one that will lie or die later. Days of such a
//! one can be voided, and settle then without being asked about.

use alloy_primitives::{Address, B256};
use mrc53_interfaces::{
    calculator,
    wire::{emit, word},
};
use mrc53_ledger::{schedule::CalculatorWord, terms::Terms};
use stylus_sdk::prelude::*;

use crate::{
    errors::{CalculatorCallFailed, Error, NoticeTooShort},
    events::CalculatorScheduled,
    RewardDistributor,
};

/// Days from the one on which a calculator is scheduled to the first one it may count for: seven full days between.
pub const NOTICE_DAYS: u32 = 8;

/// Most gas that a calculator may take to answer for no day when it is scheduled: twenty times what the suite's own
/// takes out of the chain's cache of programs.
pub const EMPTY_ANSWER_GAS: u64 = 500_000;

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
        calculator::empty_answer(calculator, from_day, EMPTY_ANSWER_GAS)
            .map_err(|_| CalculatorCallFailed { calculator })?;
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
