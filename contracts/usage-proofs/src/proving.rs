//! Proving: words of Base's storage become buckets here, day by day.

use alloc::vec::Vec;

use alloy_primitives::{Address, B256, U256};
use mrc53_interfaces::{
    alignment,
    wire::{emit, word},
};
use mrc53_ledger::usage::{Usage, UsageWord, DAYS_PER_WORD};
use mrc53_trie::Walk;
use stylus_sdk::prelude::*;

use crate::{
    arguments::{malformed, Arguments},
    coverage::first_day_not_covered,
    errors::{AlignmentCallFailed, Error, LengthsDiffer, RootNotOpen, WordOutOfRange},
    events::{DayPassedOver, PassedOver, WordProven},
    slots, UsageProofs,
};

/// The number of the last word.
const LAST_WORD: u32 = UsageWord::index_of(u32::MAX);

/// What a batch reads once, and the totals until they are written.
struct Batch {
    root: B256,
    alignment: Address,
    /// The days before it are covered by the root.
    first_day_not_covered: u32,
    /// The days before it are final.
    first_open_day: u32,
    /// The totals' words that were read, by their numbers. There are few: a batch proves what is new.
    totals: Vec<(u32, UsageWord)>,
    days_added: u32,
}

impl UsageProofs {
    /// Adds what the `arguments` of `prove` prove and returns the number of days added; see [`UsageProofs::prove`].
    pub(crate) fn prove_encoded(&mut self, arguments: Arguments<'_>) -> Result<u32, Error> {
        let root = arguments.word(0)?;
        let (subnets, count) = arguments.array(1)?;
        let (numbers, number_count) = arguments.array(2)?;
        let nodes = arguments.bytes(3)?;
        if count != number_count {
            return Err(LengthsDiffer { subnets: count as u32, words: number_count as u32 }.into());
        }
        let timestamp = self.root_word(root).timestamp.ok_or(RootNotOpen { root })?;
        let storage_root = self.storage_roots.get(root);
        let settings = self.settings();
        let mut batch = Batch {
            root,
            alignment: Address::new(settings.alignment),
            first_day_not_covered: first_day_not_covered(timestamp, settings.grace_days),
            first_open_day: self.first_open(settings),
            totals: Vec::new(),
            days_added: 0,
        };
        let mut walk = Walk::new(&storage_root.0, nodes, slots::keccak256);
        for position in 0..count {
            let subnet = subnets.address(position).map_err(malformed)?;
            let number = numbers.u32(position).map_err(malformed)?;
            if number > LAST_WORD {
                return Err(WordOutOfRange { position: position as u32, word: number }.into());
            }
            let proven = walk.word(&slots::path_of_word(subnet, number).0)?;
            self.add(&mut batch, subnet, number, UsageWord::from_bytes(proven))?;
        }
        walk.end()?;
        for (number, total) in batch.totals {
            self.total_usage.insert(U256::from(number), B256::new(total.to_bytes()));
        }
        Ok(batch.days_added)
    }

    /// Adds the days of `proven`, word number `number` of `subnet` on Base, that can be added, and says of the others why
    /// not. Of a day on which nothing was hosted there is nothing to add, and nothing to say.
    fn add(&mut self, batch: &mut Batch, subnet: Address, number: u32, proven: UsageWord) -> Result<(), Error> {
        let (first, before) = (number * DAYS_PER_WORD, self.subnet_word(subnet, number));
        let days = || (first..=first + (DAYS_PER_WORD - 1)).filter(|day| proven.day(*day) != Usage::default());
        let mut open = days().filter(|day| batch.against(*day, before).is_none());
        let eligible = match (open.next(), open.next_back()) {
            (None, _) => U256::ZERO,
            (Some(from), last) => {
                let to = last.unwrap_or(from).saturating_add(1);
                let days = alignment::eligible_days(batch.alignment, subnet, from, to)
                    .map_err(|_| AlignmentCallFailed { alignment: batch.alignment })?;
                days << (from - first)
            }
        };
        let mut after = before;
        for day in days() {
            let passed_over = match batch.against(day, before) {
                None if !eligible.bit((day - first) as usize) => Some(PassedOver::NotEligible),
                None => self.add_day(batch, number, &mut after, day, proven.day(day)),
                reason => reason,
            };
            if let Some(reason) = passed_over {
                emit::<DayPassedOver>(self.vm(), &[word(subnet), word(day)], &[word(reason as u8)]);
            }
        }
        if after != before {
            let [before, after] = [before, after].map(|word| B256::new(word.to_bytes()));
            self.subnet_usage.setter(subnet).insert(U256::from(number), after);
            emit::<WordProven>(self.vm(), &[word(subnet), word(number)], &[batch.root, before ^ after]);
        }
        Ok(())
    }

    /// Adds what was hosted on `day` to the subnet's word and to the total's, or says why not.
    fn add_day(
        &self,
        batch: &mut Batch,
        number: u32,
        own: &mut UsageWord,
        day: u32,
        hosted: Usage,
    ) -> Option<PassedOver> {
        let place = batch.totals.iter().position(|(known, _)| *known == number).unwrap_or_else(|| {
            batch.totals.push((number, self.total_word(number)));
            batch.totals.len() - 1
        });
        let total = &mut batch.totals[place].1;
        let (Ok(own_sum), Ok(total_sum)) = (own.with_added(day, hosted), total.with_added(day, hosted)) else {
            return Some(PassedOver::Overflow);
        };
        (*own, *total) = (own_sum, total_sum);
        batch.days_added += 1;
        None
    }
}

impl Batch {
    /// Why `day` cannot be added, whether the subnet was eligible or not; `own` is what was proven before.
    fn against(&self, day: u32, own: UsageWord) -> Option<PassedOver> {
        if day >= self.first_day_not_covered {
            Some(PassedOver::NotCovered)
        } else if day < self.first_open_day {
            Some(PassedOver::Final)
        } else if own.day(day) != Usage::default() {
            Some(PassedOver::Proven)
        } else {
            None
        }
    }
}
