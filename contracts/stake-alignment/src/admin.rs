//! What the owner may do: announce another minimum, and stop or resume new stakes. Nothing touches what is staked.

use alloy_primitives::{aliases::U32, Address, B256, U256};
use mrc53_ledger::{checkpoint::MAX_TOTAL_STAKE_WEI, minimum::Minimum};
use stylus_sdk::prelude::*;

use crate::{
    Error, LockTooLong, MinSubnetStakeScheduled, MinimumTooHigh, StakeAlignment, StakingPausedSet, TokenTransferFailed,
    ZeroAddress,
};

/// The longest lock, in seconds: 365 days.
pub const MAX_LOCK_SECONDS: u64 = 365 * 86_400;

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
        if lock_seconds > MAX_LOCK_SECONDS {
            return Err(LockTooLong { lockSeconds: lock_seconds, max: MAX_LOCK_SECONDS }.into());
        }
        let word = u128::try_from(minimum).ok().and_then(Minimum::new).ok_or(too_high(minimum))?;
        self.token.set(token);
        self.lock_seconds.set(U32::from(lock_seconds));
        self.set_minimum(word);
        log(self.vm(), MinSubnetStakeScheduled { amount: minimum, fromDay: self.today() });
        Ok(self.ownership.constructor(owner)?)
    }

    /// Announces another minimum.
    pub(crate) fn schedule_minimum(&mut self, amount: U256) -> Result<(), Error> {
        self.ownership.ownable.only_owner()?;
        let today = self.today();
        let schedule = |wei| self.minimum_word().schedule(wei, today);
        let word = u128::try_from(amount).ok().and_then(schedule).ok_or(too_high(amount))?;
        let (_, from_day) = word.pending(today).unwrap_or((0, today));
        self.set_minimum(word);
        log(self.vm(), MinSubnetStakeScheduled { amount, fromDay: from_day });
        Ok(())
    }

    /// Refuses new stakes, or takes them again.
    pub(crate) fn set_staking_paused(&mut self, paused: bool) -> Result<(), Error> {
        self.ownership.ownable.only_owner()?;
        self.staking_paused.set(paused);
        log(self.vm(), StakingPausedSet { paused });
        Ok(())
    }

    pub(crate) fn minimum_word(&self) -> Minimum {
        Minimum::from_bytes(self.minimum.get().0)
    }

    fn set_minimum(&mut self, minimum: Minimum) {
        self.minimum.set(B256::new(minimum.to_bytes()));
    }
}

fn too_high(amount: U256) -> MinimumTooHigh {
    MinimumTooHigh { amount, max: U256::from(MAX_TOTAL_STAKE_WEI) }
}
