//! Staking and withdrawing.

use alloy_primitives::U256;
use motsu::prelude::*;
use mrc53_testing::clock;
use stake_alignment::{
    Error, InsufficientStake, StakeLocked, StakeTooLarge, StakingIsPaused, SubnetNotRegistered, TokenTransferFailed,
    ZeroAmount,
};

use super::agree;
use crate::{
    calls::Amount,
    names::Who,
    tally::Outcome,
    world::{World, MOST_STAKE},
};

impl World {
    pub(crate) fn stake(&mut self, subnet: Who, by: Who, amount: Amount) -> Outcome {
        let amount = self.wei(amount, self.ghost.tokens.of(by));
        let expected = self.expect_stake(subnet, by, amount);
        let found = self.alignment.sender(by.address()).stake(subnet.address(), amount).motsu_res();
        let outcome = agree(&found, &expected);
        if found.is_ok() {
            self.staked(subnet, by, amount);
            self.spring();
        }
        outcome
    }

    /// Invariant 11: an honest token and a withdrawal within the rules leave no way to refuse it.
    pub(crate) fn withdraw(&mut self, subnet: Who, by: Who, amount: Amount) -> Outcome {
        let amount = self.wei(amount, self.ghost.stakes.of(subnet, by));
        let expected = self.expect_withdraw(subnet, by, amount);
        let found = self.alignment.sender(by.address()).withdraw(subnet.address(), amount).motsu_res();
        let outcome = agree(&found, &expected);
        if found.is_ok() {
            self.withdrawn(subnet, by, amount);
            self.spring();
        }
        outcome
    }

    pub(crate) fn expect_stake(&self, subnet: Who, by: Who, amount: U256) -> Result<(), Error> {
        let stakes = &self.ghost.stakes;
        let available = MOST_STAKE - stakes.total();
        if stakes.paused {
            return Err(StakingIsPaused {}.into());
        }
        if !stakes.registrations.contains_key(&subnet) {
            return Err(SubnetNotRegistered { subnet: subnet.address() }.into());
        }
        if amount.is_zero() {
            return Err(ZeroAmount {}.into());
        }
        if amount > U256::from(available) {
            return Err(StakeTooLarge { amount, available: U256::from(available) }.into());
        }
        self.expect_transfer(by, Some(Who::Alignment), amount.to())
    }

    pub(crate) fn expect_withdraw(&self, subnet: Who, by: Who, amount: U256) -> Result<(), Error> {
        let stakes = &self.ghost.stakes;
        let (balance, unlock_at) = (U256::from(stakes.of(subnet, by)), stakes.unlock_at(subnet, by));
        if amount.is_zero() {
            return Err(ZeroAmount {}.into());
        }
        if amount > balance {
            return Err(InsufficientStake { amount, balance }.into());
        }
        if clock::now() < unlock_at {
            return Err(StakeLocked { unlockAt: unlock_at }.into());
        }
        self.expect_transfer(Who::Alignment, None, amount.to())
    }

    fn expect_transfer(&self, from: Who, spender: Option<Who>, amount: u128) -> Result<(), Error> {
        if self.ghost.tokens.passes(from, spender, amount) {
            return Ok(());
        }
        Err(TokenTransferFailed { token: Who::Token.address() }.into())
    }

    /// Tells the ghost of a stake.
    pub(crate) fn staked(&mut self, subnet: Who, by: Who, amount: U256) {
        let position = self.ghost.stakes.positions.entry((subnet, by)).or_default();
        *position = (position.0 + amount.to::<u128>(), clock::now());
        self.ghost.stakes.changed(subnet, by, clock::now());
        self.ghost.tokens.passed(by, Some(Who::Alignment), Who::Alignment, amount.to());
    }

    /// Tells the ghost of a withdrawal.
    pub(crate) fn withdrawn(&mut self, subnet: Who, by: Who, amount: U256) {
        self.ghost.stakes.positions.entry((subnet, by)).or_default().0 -= amount.to::<u128>();
        self.ghost.stakes.changed(subnet, by, clock::now());
        self.ghost.tokens.passed(Who::Alignment, None, by, amount.to());
    }
}
