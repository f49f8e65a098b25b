//! Settling: walking a subnet's days in order, each once, and crediting what they pay.
//!
//! A day can be passed once what it pays cannot change any more. Of most days their calculator says when that is. A
//! voided day pays nothing, for good, so nobody is asked about it: it can be passed as soon as it is over, when the
//! stakes of the day, which claims read, stand still too. So a calculator that is dead, silent or hostile holds nothing
//! up but days that are not voided.

use alloc::{vec, vec::Vec};

use alloy_primitives::{Address, U256};
use mrc53_interfaces::{
    alignment::{self, DayStake, Subnet},
    calculator,
    wire::{emit, word},
};
use mrc53_ledger::{account::AccountWord, growth::GrowthWord, totals::TotalsWord};
use mrc53_maths::{compute, credit_bound, increment, split, Day};
use stylus_sdk::prelude::*;

use crate::{
    errors::{CalculatorCallFailed, DayNotFinal, Error, SettlingIsPaused, SubnetNotRegistered, ZeroDays},
    events::{CreditClamped, DaySettled, Settled},
    RewardDistributor, END_OF_DAYS,
};

/// Most days that are asked for in one call to the others. It bounds the memory, not the number of days settled.
const CHUNK_DAYS: u32 = 64;

/// A subnet's books while its days are walked; written once, at the end, but for what a day with a stake change leaves.
struct Books {
    subnet: Address,
    /// The operator's part, 1e25 = 100 %.
    fee: u128,
    /// All that the Compute pool emitted from the first day of the contract to the last midnight, in MOR wei.
    emission_so_far: u128,
    account: AccountWord,
    totals: TotalsWord,
}

impl RewardDistributor {
    /// Settles at most `max_days` days of `subnet` and returns how many, and the MOR wei credited for them.
    pub(crate) fn settle_days(&mut self, subnet: Address, max_days: u32) -> Result<(u32, U256), Error> {
        let terms = self.terms();
        if terms.settling_paused {
            return Err(SettlingIsPaused {}.into());
        }
        if max_days == 0 {
            return Err(ZeroDays {}.into());
        }
        let registration = self.registration(subnet)?;
        let account = self.subnet_account(subnet);
        let from = self.first_unsettled_day(registration.registered_day, account);
        // A day that is not over is final for nobody, whatever a calculator answers.
        let end = from.saturating_add(max_days).min(self.today()).min(END_OF_DAYS);
        let totals = self.totals();
        let mut books = Books {
            subnet,
            fee: u128::try_from(registration.fee).unwrap_or(u128::MAX),
            emission_so_far: compute::emission_of_days(Day(terms.first_day), Day(self.today())),
            account,
            totals,
        };

        let to = self.walk(&mut books, from, end)?;
        if to == from {
            return Err(DayNotFinal { day: from }.into());
        }
        // At most END_OF_DAYS, which is the field's range.
        books.account.next = u16::try_from(to).unwrap_or(u16::MAX);
        self.set_subnet_account(subnet, books.account);
        self.set_totals(books.totals);
        emit::<Settled>(self.vm(), &[word(subnet)], &[word(from), word(to)]);
        Ok((to - from, U256::from(books.totals.credited.saturating_sub(totals.credited))))
    }

    /// The first day of `subnet` that is not settled.
    pub(crate) fn first_unsettled_day(&self, registered_day: u32, account: AccountWord) -> u32 {
        registered_day.max(self.terms().first_day).max(account.next.into())
    }

    /// The registration of `subnet` as it stands.
    pub(crate) fn registration(&self, subnet: Address) -> Result<Subnet, Error> {
        alignment::subnet(self.alignment_contract(), subnet).map_err(|_| SubnetNotRegistered { subnet }.into())
    }

    /// Credits the days of `[from, end)`, which are over, in order and returns the first day that was not: `end`, or the
    /// first that is neither voided nor final.
    fn walk(&mut self, books: &mut Books, from: u32, end: u32) -> Result<u32, Error> {
        let mut day = from;
        while day < end {
            let run = self.run_from(day, end.min(day.saturating_add(CHUNK_DAYS)));
            let (asked_to, payables) = if run.is_voided {
                (run.until, vec![0; (run.until - day) as usize])
            } else {
                let term = self.term_of(day);
                let asked_to = run.until.min(term.until);
                (asked_to, payables(term.calculator, books.subnet, day, asked_to)?)
            };
            // All days of a voided run, or as many as the calculator answered: at most CHUNK_DAYS.
            let final_to = day + payables.len() as u32;
            if final_to > day {
                let stakes = alignment::stake_seconds(self.alignment_contract(), books.subnet, day, final_to)
                    .map_err(|_| self.alignment_failed())?;
                for ((day, asked), stake) in (day..).zip(payables).zip(&stakes) {
                    self.credit(books, day, asked, stake);
                }
            }
            day = final_to;
            if final_to < asked_to {
                break;
            }
        }
        Ok(day)
    }

    /// Credits one day: the operator's part to the account, the stakers' to the accumulator.
    fn credit(&mut self, books: &mut Books, day: u32, asked: u128, stake: &DayStake) {
        let credited = self.credit_of(books, day, asked, stake.subnetStakeSeconds);
        let parts = split(credited, books.fee);
        let growth = GrowthWord {
            before: books.account.accumulator,
            increment: increment(parts.stakers, stake.subnetStakeSeconds),
        };
        if stake.subnetChanged {
            self.set_growth_on(books.subnet, day, growth);
        }
        if credited > 0 {
            // Below 2^115 and below 2^84: each credit is within the day's bound, all of them within the emission.
            books.account.accumulator = growth.after();
            books.account.owed = books.account.owed.saturating_add(parts.operator);
            books.totals.credited = books.totals.credited.saturating_add(credited);
            let topics = [word(books.subnet), word(day)];
            emit::<DaySettled>(self.vm(), &topics, &[word(credited), word(parts.stakers)]);
        }
    }

    /// What of `asked` is credited for the day: at most what the subnet's stake can earn on that day and what is left of
    /// the emission. Without stake that is nothing.
    fn credit_of(&self, books: &Books, day: u32, asked: u128, stake_seconds: u128) -> u128 {
        let day_bound =
            credit_bound(compute::emission_of(Day(day)), compute::emitted_by_end_of(Day(day)), stake_seconds);
        let bound = day_bound.min(books.emission_so_far.saturating_sub(books.totals.credited));
        if asked <= bound {
            return asked;
        }
        emit::<CreditClamped>(self.vm(), &[word(books.subnet), word(day)], &[word(asked), word(bound)]);
        bound
    }
}

/// What the days of `[from, to)` that are final pay, in MOR wei.
fn payables(calculator: Address, subnet: Address, from: u32, to: u32) -> Result<Vec<u128>, CalculatorCallFailed> {
    calculator::rewards(calculator, subnet, from, to).map_err(|_| CalculatorCallFailed { calculator })
}
