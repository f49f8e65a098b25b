//! What the owner may do: schedule, void, redirect, pause. None of it changes a settled day or takes what is owed.

use alloy_primitives::{Address, U32};
use stylus_sdk::prelude::*;

use crate::{
    errors::{DayRangeInvalid, Error, ZeroAddress},
    events::{ClaimingPausedSet, ComputePoolSet, SettlingPausedSet},
    RewardDistributor, END_OF_DAYS,
};

impl RewardDistributor {
    /// Refuses anybody but the owner.
    pub(crate) fn only_owner(&self) -> Result<(), Error> {
        Ok(self.ownable.ownable.only_owner()?)
    }

    /// Fixes the constructor's parameters.
    pub(crate) fn construct(
        &mut self,
        token: Address,
        alignment: Address,
        calculator: Address,
        compute_pool: Address,
        first_day: u32,
    ) -> Result<(), Error> {
        not_zero(&[token, alignment, calculator, compute_pool])?;
        if first_day >= END_OF_DAYS {
            return Err(Error::DayRangeInvalid(DayRangeInvalid { fromDay: first_day, toDay: END_OF_DAYS }));
        }
        // An answer proves that there is a token to pay with.
        self.available(token, compute_pool)?;
        self.token.set(token);
        self.alignment.set(alignment);
        self.first_day.set(U32::from(first_day));
        self.compute_pool.set(compute_pool);
        self.begin_schedule(calculator);
        Ok(())
    }

    pub(crate) fn store_pool(&mut self, pool: Address) -> Result<(), Error> {
        not_zero(&[pool])?;
        self.compute_pool.set(pool);
        log(self.vm(), ComputePoolSet { pool });
        Ok(())
    }

    pub(crate) fn store_settling_paused(&mut self, paused: bool) {
        self.settling_paused.set(paused);
        log(self.vm(), SettlingPausedSet { paused });
    }

    pub(crate) fn store_claiming_paused(&mut self, paused: bool) {
        self.claiming_paused.set(paused);
        log(self.vm(), ClaimingPausedSet { paused });
    }
}

/// Refuses the zero address.
pub(crate) fn not_zero(addresses: &[Address]) -> Result<(), Error> {
    if addresses.iter().any(|address| address.is_zero()) {
        return Err(Error::ZeroAddress(ZeroAddress {}));
    }
    Ok(())
}
