//! Paying from the Compute pool: as much as it has and allows, the rest stays owed.

use alloy_primitives::{Address, U256};
use mrc53_interfaces::token;
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

impl Payment {
    /// What the caller of a claim is told: paid, and still owed.
    pub(crate) fn answer(self) -> (U256, U256) {
        (U256::from(self.paid), U256::from(self.rest))
    }
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
        let (token, pool) = (self.token.get(), self.compute_pool.get());
        let available = self.available(token, pool)?.min(self.totals().unpaid());
        let paid = owed.min(available);
        Ok(Payment { paid, rest: owed - paid })
    }

    /// The smaller of the pool's balance and allowance in MOR wei; saturates at 2^128 − 1.
    pub(crate) fn available(&self, token: Address, pool: Address) -> Result<u128, Error> {
        let failed = |_| Error::TokenCallFailed(TokenCallFailed { token });
        let balance = token::balance_of(token, pool).map_err(failed)?;
        let allowance = token::allowance(token, pool, self.vm().contract_address()).map_err(failed)?;
        Ok(u128::try_from(balance.min(allowance)).unwrap_or(u128::MAX))
    }

    /// Books and makes a payment whose debt the caller has already written off: totals and events first, the transfer
    /// last. The token may call back; it finds everything written.
    pub(crate) fn pay<Paid: alloy_sol_types::SolEvent>(
        &mut self,
        subnet: Address,
        to: Address,
        payment: Payment,
        event: Paid,
    ) -> Result<(), Error> {
        if payment.rest > 0 {
            log(self.vm(), DebtKept { subnet, account: to, owed: U256::from(payment.rest) });
        }
        if payment.paid == 0 {
            return Ok(());
        }
        let totals = self.totals();
        // At most `credited`, see `payment_of`.
        self.set_totals(TotalsWord { paid: totals.paid.saturating_add(payment.paid), ..totals });
        log(self.vm(), event);
        let token = self.token.get();
        token::transfer_from(token, self.compute_pool.get(), to, U256::from(payment.paid))
            .map_err(|_| Error::TokenTransferFailed(TokenTransferFailed { token }))
    }
}
