//! What the owner may do: schedule, void, redirect, pause. None of it changes a settled day or takes what is owed.

use alloy_primitives::Address;
use mrc53_interfaces::wire::{emit, word};
use mrc53_ledger::terms::Terms;
use stylus_sdk::prelude::*;

use crate::{
    errors::{DayRangeInvalid, Error, ZeroAddress},
    events::{CalculatorScheduled, ClaimingPausedSet, ComputePoolSet, SettlingPausedSet},
    RewardDistributor, END_OF_DAYS,
};

impl RewardDistributor {
    /// Sets everything that is fixed for good, the first calculator, pool and owner.
    pub(crate) fn set_up(
        &mut self,
        token: Address,
        alignment: Address,
        calculator: Address,
        compute_pool: Address,
        owner: Address,
        first_day: u32,
    ) -> Result<(), Error> {
        not_zero(&[token, alignment, calculator, compute_pool, owner])?;
        if first_day >= END_OF_DAYS {
            return Err(DayRangeInvalid { fromDay: first_day, toDay: END_OF_DAYS }.into());
        }
        // An answer proves that there is a token to pay with.
        self.available(token, compute_pool)?;
        self.token.set(word(token));
        let alignment = alignment.into_array();
        self.set_terms(Terms { alignment, first_day, calculators: 1, ..Terms::default() });
        self.set_entry(0, calculator, 0);
        emit::<CalculatorScheduled>(self.vm(), &[word(calculator)], &[word(0_u32)]);
        self.store_pool(compute_pool);
        self.ownership.set_up(owner);
        Ok(())
    }

    pub(crate) fn replace_calculator(&mut self, calculator: Address, from_day: u32) -> Result<(), Error> {
        self.ownership.only_owner()?;
        not_zero(&[calculator])?;
        self.schedule(calculator, from_day)
    }

    pub(crate) fn brake(&mut self, from_day: u32, to_day: u32) -> Result<(), Error> {
        self.ownership.only_owner()?;
        self.void(from_day, to_day)
    }

    pub(crate) fn replace_pool(&mut self, pool: Address) -> Result<(), Error> {
        self.ownership.only_owner()?;
        not_zero(&[pool])?;
        self.store_pool(pool);
        Ok(())
    }

    pub(crate) fn pause_settling(&mut self, paused: bool) -> Result<(), Error> {
        self.ownership.only_owner()?;
        self.set_terms(Terms { settling_paused: paused, ..self.terms() });
        emit::<SettlingPausedSet>(self.vm(), &[], &[word(paused)]);
        Ok(())
    }

    pub(crate) fn pause_claiming(&mut self, paused: bool) -> Result<(), Error> {
        self.ownership.only_owner()?;
        self.set_terms(Terms { claiming_paused: paused, ..self.terms() });
        emit::<ClaimingPausedSet>(self.vm(), &[], &[word(paused)]);
        Ok(())
    }

    fn store_pool(&mut self, pool: Address) {
        self.compute_pool.set(word(pool));
        emit::<ComputePoolSet>(self.vm(), &[word(pool)], &[]);
    }
}

/// Refuses the zero address.
fn not_zero(addresses: &[Address]) -> Result<(), ZeroAddress> {
    if addresses.iter().any(|address| address.is_zero()) {
        return Err(ZeroAddress {});
    }
    Ok(())
}
