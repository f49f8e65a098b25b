//! Claiming, for operators and for stakers.

use alloy_primitives::U256;
use motsu::prelude::*;
use reward_distributor::{ClaimingIsPaused, Error, SubnetNotRegistered, TokenCallFailed, TokenTransferFailed};

use super::agree;
use crate::{names::Who, tally::Outcome, world::World};

/// What a claim pays and what remains owed, in wei.
pub(crate) type Payment = (u128, u128);

impl World {
    pub(crate) fn claim(&mut self, subnet: Who) -> Outcome {
        let expected = self.expect_claim(subnet);
        let found = self.distributor.sender(Who::Stranger.address()).claim(subnet.address()).motsu_res();
        let found = found.map(in_wei);
        let outcome = agree(&found, &expected).but(short_of(&found));
        if let Ok(payment) = found {
            self.operator_paid(subnet, payment);
            self.spring();
        }
        outcome
    }

    pub(crate) fn claim_stake(&mut self, subnet: Who, staker: Who, changes: u32) -> Outcome {
        let (to, of) = (subnet.address(), staker.address());
        let view = self.distributor.sender(Who::Stranger.address()).staker_owed(to, of, changes).motsu_unwrap();
        let expected = self.expect_claim_stake(view.0.to());
        let found = self.distributor.sender(Who::Stranger.address()).claim_stake(to, of, changes).motsu_res();
        let found = found.map(in_wei);
        let outcome = agree(&found, &expected).but(short_of(&found));
        if let Ok(payment) = found {
            self.staker_paid(subnet, staker, payment);
            self.spring();
        }
        outcome
    }

    pub(crate) fn expect_claim(&self, subnet: Who) -> Result<Payment, Error> {
        if self.ghost.rewards.claiming_paused {
            return Err(ClaimingIsPaused {}.into());
        }
        if !self.ghost.stakes.registrations.contains_key(&subnet) {
            return Err(SubnetNotRegistered { subnet: subnet.address() }.into());
        }
        self.expect_payment(self.ghost.rewards.operator(subnet))
    }

    pub(crate) fn expect_claim_stake(&self, owed: u128) -> Result<Payment, Error> {
        if self.ghost.rewards.claiming_paused {
            return Err(ClaimingIsPaused {}.into());
        }
        self.expect_payment(owed)
    }

    /// As much of `owed` as the pool has, allows, and as is credited and unpaid.
    fn expect_payment(&self, owed: u128) -> Result<Payment, Error> {
        if owed == 0 {
            return Ok((0, 0));
        }
        let (rewards, tokens, token) = (&self.ghost.rewards, &self.ghost.tokens, Who::Token.address());
        let available = tokens.claimed(rewards.pool, Who::Distributor).ok_or(TokenCallFailed { token })?;
        let paid = owed.min(available).min(rewards.credited - rewards.paid);
        if paid > 0 && !tokens.passes(rewards.pool, Some(Who::Distributor), paid) {
            return Err(TokenTransferFailed { token }.into());
        }
        Ok((paid, owed - paid))
    }

    /// Tells the ghost of a claim of an operator.
    pub(crate) fn operator_paid(&mut self, subnet: Who, (paid, rest): Payment) {
        let receiver = self.ghost.stakes.registrations[&subnet].receiver;
        self.ghost.rewards.operators.insert(subnet, rest);
        self.paid(receiver, paid);
    }

    /// Tells the ghost of a claim of a staker.
    pub(crate) fn staker_paid(&mut self, subnet: Who, staker: Who, (paid, _): Payment) {
        let earned = self.ghost.rewards.stakers.entry((subnet, staker)).or_default();
        earned.claims += 1;
        earned.paid += paid;
        self.paid(staker, paid);
    }

    fn paid(&mut self, to: Who, amount: u128) {
        if amount > 0 {
            self.ghost.rewards.paid += amount;
            self.ghost.tokens.passed(self.ghost.rewards.pool, Some(Who::Distributor), to, amount);
        }
    }
}

/// How a claim that succeeded paid less than all of something.
pub(crate) fn short_of(found: &Result<Payment, Error>) -> Option<&'static str> {
    match found {
        Ok((0, 0)) => Some("nothing owed"),
        Ok((0, _)) => Some("pool empty"),
        Ok((_, 1..)) => Some("pool short"),
        _ => None,
    }
}

/// What the contract returns, in numbers of the ghost's width.
pub(crate) fn in_wei((paid, rest): (U256, U256)) -> Payment {
    (paid.to(), rest.to())
}
