//! Taking stake in and giving it back. Effects come before the token is called, in both directions.

use alloy_primitives::{Address, B256, U256};
use mrc53_interfaces::{
    token,
    wire::{emit, word},
};
use mrc53_ledger::{
    checkpoint::MAX_TOTAL_STAKE_WEI,
    level::{Level, Step},
    settings::Settings,
};
use stylus_sdk::prelude::*;

use crate::{
    ledger::{subnet_level, TOTAL},
    Error, InsufficientStake, StakeAlignment, StakeLocked, StakeTooLarge, Staked, StakingIsPaused, SubnetNotRegistered,
    TokenTransferFailed, Withdrawn, ZeroAmount,
};

impl StakeAlignment {
    /// Books a deposit of the caller on all three levels, restarts its lock, then takes the token.
    pub(crate) fn deposit(&mut self, subnet: Address, amount: U256) -> Result<(), Error> {
        let settings = self.settings();
        if settings.staking_paused {
            return Err(StakingIsPaused {}.into());
        }
        let (staker, now) = (self.vm().msg_sender(), self.now());
        let names = self.names(subnet, staker);
        let levels = names.map(|name| self.level(name));
        let [_, subnet_now, total_now] = levels;
        if subnet_now.mark == 0 {
            return Err(SubnetNotRegistered { subnet }.into());
        }
        if amount.is_zero() {
            return Err(ZeroAmount {}.into());
        }
        let available = MAX_TOTAL_STAKE_WEI.saturating_sub(total_now.checkpoint.balance);
        let too_large = || StakeTooLarge { amount, available: U256::from(available) };
        let wei = u128::try_from(amount).map_err(|_| too_large())?;
        // Refuses exactly what is above `available`: the total is the largest of the three.
        let mut steps = each(levels, |level| level.deposit(wei, now)).ok_or_else(too_large)?;
        steps[0].level.mark = u32::try_from(now).unwrap_or(u32::MAX);
        let unlock_at = unlock_at(settings, steps[0].level);
        self.apply_all(names, &steps);

        emit::<Staked>(self.vm(), &[word(subnet), word(staker)], &[word(amount), word(unlock_at)]);
        let token = Address::new(settings.token);
        let this = self.vm().contract_address();
        token::transfer_from(token, staker, this, amount).map_err(|_| TokenTransferFailed { token }.into())
    }

    /// Books a withdrawal of the caller on all three levels, then pays it out.
    pub(crate) fn pay_back(&mut self, subnet: Address, amount: U256) -> Result<(), Error> {
        if amount.is_zero() {
            return Err(ZeroAmount {}.into());
        }
        let (staker, now) = (self.vm().msg_sender(), self.now());
        let names = self.names(subnet, staker);
        let levels = names.map(|name| self.level(name));
        let insufficient = || InsufficientStake { amount, balance: U256::from(levels[0].checkpoint.balance) };
        let wei = u128::try_from(amount).map_err(|_| insufficient())?;
        // Refuses exactly what is above the staker's balance: the two other levels hold at least as much.
        let steps = each(levels, |level| level.withdraw(wei, now)).ok_or_else(insufficient)?;
        let settings = self.settings();
        let unlock_at = unlock_at(settings, levels[0]);
        if now < unlock_at {
            return Err(StakeLocked { unlockAt: unlock_at }.into());
        }
        self.apply_all(names, &steps);

        emit::<Withdrawn>(self.vm(), &[word(subnet), word(staker)], &[word(amount)]);
        let token = Address::new(settings.token);
        token::transfer(token, staker, amount).map_err(|_| TokenTransferFailed { token }.into())
    }

    /// The three levels that a change of a staker's stake moves.
    fn names(&self, subnet: Address, staker: Address) -> [B256; 3] {
        [self.staker_level(subnet, staker), subnet_level(subnet), TOTAL]
    }

    fn apply_all(&mut self, names: [B256; 3], steps: &[Step; 3]) {
        for (name, step) in names.into_iter().zip(steps) {
            self.apply(name, *step);
        }
    }
}

/// When the stake of a staker's level is free: its last deposit plus the lock; 0 if there was none.
pub(crate) fn unlock_at(settings: Settings, staker: Level) -> u64 {
    match staker.mark {
        0 => 0,
        last_deposit => u64::from(last_deposit) + u64::from(settings.lock_seconds),
    }
}

/// The same change on every level, or none if one of them cannot take it.
fn each(levels: [Level; 3], change: impl Fn(Level) -> Option<Step>) -> Option<[Step; 3]> {
    let [staker, subnet, total] = levels;
    Some([change(staker)?, change(subnet)?, change(total)?])
}
