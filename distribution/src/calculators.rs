//! Which calculator counts for which day.
//!
//! The schedule is a list of (calculator, first day) in strictly ascending order of days, and each entry counts until
//! the next one's first day. New entries begin at least [`NOTICE_DAYS`] after the day they are made on, so the
//! calculator of a day is fixed a week before the day begins, and settled days cannot change.

use alloy_primitives::{Address, B256};
use mrc53_ledger::schedule::CalculatorWord;
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
        for index in (0..self.calculators.len()).rev() {
            let Some(word) = self.calculators.get(index) else { break };
            let entry = CalculatorWord::from_bytes(word.0);
            if entry.from_day <= day {
                return Term { calculator: Address::new(entry.calculator), until };
            }
            until = entry.from_day;
        }
        Term { calculator: Address::ZERO, until }
    }

    /// Puts the constructor's calculator in force for all days.
    pub(crate) fn begin_schedule(&mut self, calculator: Address) {
        self.calculators.push(entry(calculator, 0));
    }

    /// Lets `calculator` count from `from_day` on, in the place of whatever was scheduled from that day or later.
    pub(crate) fn schedule(&mut self, calculator: Address, from_day: u32) -> Result<(), Error> {
        let earliest = self.today().saturating_add(NOTICE_DAYS);
        if from_day < earliest {
            return Err(Error::NoticeTooShort(NoticeTooShort { fromDay: from_day, earliest }));
        }
        // The entry of day 0 began before any notice can end, so the list keeps its first entry.
        while self.last_scheduled_day().is_some_and(|last| last >= from_day) {
            self.calculators.pop();
        }
        self.calculators.push(entry(calculator, from_day));
        log(self.vm(), CalculatorScheduled { calculator, fromDay: from_day });
        Ok(())
    }

    fn last_scheduled_day(&self) -> Option<u32> {
        let last = self.calculators.len().checked_sub(1)?;
        self.calculators.get(last).map(|word| CalculatorWord::from_bytes(word.0).from_day)
    }
}

fn entry(calculator: Address, from_day: u32) -> B256 {
    B256::new(CalculatorWord { calculator: calculator.into_array(), from_day }.to_bytes())
}
