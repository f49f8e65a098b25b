//! What the owner may do: announce another minimum, and stop or resume new stakes. Nothing touches what is staked.

use alloy_primitives::{aliases::U32, Address, B256, U256};
use mrc53_interfaces::wire::{emit, word};
use mrc53_ledger::{
    checkpoint::MAX_TOTAL_STAKE_WEI,
    minimum::{Minimum, Rescheduled},
    settings::Settings,
};
use stylus_sdk::prelude::*;

use crate::{
    Error, LockTooLong, LockTooShort, MinSubnetStakeScheduled, MinimumTooHigh, StakeAlignment, StakingPausedSet,
    TokenTransferFailed, ZeroAddress,
};

/// The shortest lock, in seconds: a day, so that no stake can be moved from subnet to subnet within the day it counts on.
pub const MIN_LOCK_SECONDS: u64 = 86_400;
/// The longest lock, in seconds: 365 days.
pub const MAX_LOCK_SECONDS: u32 = 365 * 86_400;

impl StakeAlignment {
    /// Sets everything that is fixed for good, the first owner and the first minimum.
    pub(crate) fn set_up(
        &mut self,
        token: Address,
        owner: Address,
        lock_seconds: u64,
        minimum: U256,
    ) -> Result<(), Error> {
        if token.is_zero() || owner.is_zero() {
            return Err(ZeroAddress {}.into());
        }
        if !self.has_code(token) {
            return Err(TokenTransferFailed { token }.into());
        }
        if lock_seconds < MIN_LOCK_SECONDS {
            return Err(LockTooShort { lockSeconds: lock_seconds, min: MIN_LOCK_SECONDS }.into());
        }
        let too_long = LockTooLong { lockSeconds: lock_seconds, max: u64::from(MAX_LOCK_SECONDS) };
        let lock = u32::try_from(lock_seconds).ok().filter(|lock| *lock <= MAX_LOCK_SECONDS).ok_or(too_long)?;
        let today = self.today();
        let first = u128::try_from(minimum).ok().and_then(|wei| Minimum::new(wei, today));
        let first = first.ok_or(too_high(minimum))?;
        self.set_settings(Settings { token: token.into_array(), lock_seconds: lock, staking_paused: false });
        self.set_minimum(first);
        emit::<MinSubnetStakeScheduled>(self.vm(), &[], &[word(minimum), word(today)]);
        self.ownership.set_up(owner);
        Ok(())
    }

    /// Announces another minimum.
    pub(crate) fn schedule_minimum(&mut self, amount: U256) -> Result<(), Error> {
        self.ownership.only_owner()?;
        let today = self.today();
        let schedule = |wei| self.minimum_word().schedule(wei, today);
        let Rescheduled { minimum, pushed } = u128::try_from(amount).ok().and_then(schedule).ok_or(too_high(amount))?;
        if let Some(past) = pushed {
            let number = u32::from(minimum.history_len).saturating_sub(1);
            self.minima.insert(U32::from(number), B256::new(past.to_bytes()));
        }
        let (_, from_day) = minimum.pending(today).unwrap_or((0, today));
        self.set_minimum(minimum);
        emit::<MinSubnetStakeScheduled>(self.vm(), &[], &[word(amount), word(from_day)]);
        Ok(())
    }

    /// Refuses new stakes, or takes them again.
    pub(crate) fn set_staking_paused(&mut self, paused: bool) -> Result<(), Error> {
        self.ownership.only_owner()?;
        self.set_settings(Settings { staking_paused: paused, ..self.settings() });
        emit::<StakingPausedSet>(self.vm(), &[], &[word(paused)]);
        Ok(())
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings::from_bytes(self.settings.get().0)
    }

    fn set_settings(&mut self, settings: Settings) {
        self.settings.set(B256::new(settings.to_bytes()));
    }

    fn set_minimum(&mut self, minimum: Minimum) {
        self.minimum.set(B256::new(minimum.to_bytes()));
    }
}

fn too_high(amount: U256) -> MinimumTooHigh {
    MinimumTooHigh { amount, max: U256::from(MAX_TOTAL_STAKE_WEI) }
}
