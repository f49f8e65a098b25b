//! What operators and stakers are owed, and paying it.

use alloc::vec::Vec;

use alloy_primitives::{Address, U256};
use mrc53_interfaces::alignment::{self, StakeChange};
use mrc53_ledger::account::AccountWord;

use crate::{
    accrual::Position,
    errors::{AlignmentCallFailed, ClaimingIsPaused, Error},
    events::{OperatorPaid, StakerPaid},
    RewardDistributor,
};

/// A staker's account brought up to date, as far as the number of changes allowed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// The account as it would be stored.
    pub(crate) account: AccountWord,
    /// Whether all changes on settled days are walked, so that nothing more is due.
    pub(crate) complete: bool,
}

impl RewardDistributor {
    /// Pays the operator's receiver what it is owed, as far as the pool goes.
    pub(crate) fn pay_operator(&mut self, subnet: Address) -> Result<(U256, U256), Error> {
        self.require_claiming()?;
        let receiver = self.registration(subnet)?.receiver;
        let account = self.subnet_account(subnet);
        let payment = self.payment_of(account.owed)?;
        if payment.paid > 0 {
            self.set_subnet_account(subnet, AccountWord { owed: payment.rest, ..account });
        }
        self.pay::<OperatorPaid>(subnet, receiver, payment)
    }

    /// Brings a staker's account up to date and pays it, as far as the pool goes.
    pub(crate) fn pay_staker(
        &mut self,
        subnet: Address,
        staker: Address,
        max_changes: u32,
    ) -> Result<(U256, U256), Error> {
        self.require_claiming()?;
        let account = self.due(subnet, staker, max_changes)?.account;
        let payment = self.payment_of(account.owed)?;
        self.set_staker_account(subnet, staker, AccountWord { owed: payment.rest, ..account });
        self.pay::<StakerPaid>(subnet, staker, payment)
    }

    /// A staker's account after walking at most `max_changes` further stake changes on settled days, and, if that was
    /// all of them, after holding the last balance until now. The accrual is floored once.
    pub(crate) fn due(&self, subnet: Address, staker: Address, max_changes: u32) -> Result<Due, Error> {
        let of_subnet = self.subnet_account(subnet);
        let known = self.staker_account(subnet, staker);
        // The change before the next one says which balance is in force; one more than allowed says whether any is left.
        let in_force = known.next.min(1);
        let from_index = u32::from(known.next - in_force);
        let wanted = max_changes.saturating_add(1).saturating_add(u32::from(in_force));
        let mut changes = self.changes_of(subnet, staker, from_index, wanted)?.into_iter();
        let balance = match in_force {
            0 => 0,
            _ => changes.next().ok_or_else(|| self.alignment_failed())?.balance,
        };

        let settled: Vec<_> = changes.take_while(|change| change.day < u32::from(of_subnet.next)).collect();
        let walked = settled.len().min(max_changes as usize);
        let complete = walked == settled.len();
        let mut position = Position::new(known.accumulator, balance);
        for change in settled.iter().take(walked) {
            position = position.changed(self.growth_on(subnet, change.day), change);
        }
        if complete {
            position = position.held_until(of_subnet.accumulator);
        }

        let (accumulator, earned_wei) = position.floored();
        let next = u16::try_from(walked).ok().and_then(|walked| known.next.checked_add(walked));
        next.and_then(|next| AccountWord { accumulator, owed: known.owed, next }.with_more_owed(earned_wei))
            .map(|account| Due { account, complete })
            .ok_or_else(|| self.alignment_failed())
    }

    fn changes_of(&self, subnet: Address, staker: Address, from: u32, max: u32) -> Result<Vec<StakeChange>, Error> {
        alignment::staker_changes(self.alignment_contract(), subnet, staker, from, max)
            .map_err(|_| self.alignment_failed())
    }

    pub(crate) fn alignment_failed(&self) -> Error {
        AlignmentCallFailed { alignment: self.alignment_contract() }.into()
    }

    fn require_claiming(&self) -> Result<(), Error> {
        if self.terms().claiming_paused {
            return Err(ClaimingIsPaused {}.into());
        }
        Ok(())
    }
}
