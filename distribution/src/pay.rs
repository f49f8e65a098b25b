//! Paying from the Compute pool: as much as it has and allows, the rest stays owed.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolEvent;
use mrc53_interfaces::{
    token,
    wire::{emit, word},
};
use mrc53_ledger::totals::TotalsWord;
use stylus_sdk::prelude::*;

use crate::{
    errors::{Error, TokenCallFailed, TokenTransferFailed},
    events::DebtKept,
    RewardDistributor,
};

/// What of a debt can be paid now. MOR wei; `paid + rest` is what was owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Payment {
    /// What is to be transferred.
    pub(crate) paid: u128,
    /// What remains owed.
    pub(crate) rest: u128,
}

impl RewardDistributor {
    /// How much of `owed` can be paid: at most what the pool holds, what it allows this contract, and what is
    /// credited and unpaid in all. The last never binds while `StakeAlignment` is consistent; it holds in any case.
    ///
    /// The token is not asked when nothing is owed.
    pub(crate) fn payment_of(&self, owed: u128) -> Result<Payment, Error> {
        if owed == 0 {
            return Ok(Payment { paid: 0, rest: 0 });
        }
        let (token, pool) = self.token_and_pool();
        let available = self.available(token, pool)?.min(self.totals().unpaid());
        let paid = owed.min(available);
        Ok(Payment { paid, rest: owed - paid })
    }

    /// The smaller of the pool's balance and allowance in MOR wei; saturates at 2^128 − 1.
    pub(crate) fn available(&self, token: Address, pool: Address) -> Result<u128, Error> {
        let failed = |_| TokenCallFailed { token };
        let balance = token::balance_of(token, pool).map_err(failed)?;
        let allowance = token::allowance(token, pool, self.vm().contract_address()).map_err(failed)?;
        Ok(u128::try_from(balance.min(allowance)).unwrap_or(u128::MAX))
    }

    /// Books and makes a payment whose debt the caller has already written off, and reports it as `Paid`: totals and
    /// events first, the transfer last. The token may call back; it finds everything written.
    pub(crate) fn pay<Paid: SolEvent>(
        &mut self,
        subnet: Address,
        to: Address,
        payment: Payment,
    ) -> Result<(U256, U256), Error> {
        let Payment { paid, rest } = payment;
        if rest > 0 {
            emit::<DebtKept>(self.vm(), &[word(subnet), word(to)], &[word(rest)]);
        }
        if paid > 0 {
            let totals = self.totals();
            // At most `credited`, see `payment_of`.
            self.set_totals(TotalsWord { paid: totals.paid.saturating_add(paid), ..totals });
            emit::<Paid>(self.vm(), &[word(subnet), word(to)], &[word(paid)]);
            let (token, pool) = self.token_and_pool();
            token::transfer_from(token, pool, to, U256::from(paid)).map_err(|_| TokenTransferFailed { token })?;
        }
        Ok((U256::from(paid), U256::from(rest)))
    }
}
