//! The ABI: every function that can be called, specified. What each does is in the module of its subject.

use alloc::vec::Vec;

use alloy_primitives::{Address, U256};
use stylus_sdk::prelude::*;

#[cfg(doc)]
use crate::{
    AlignmentCallFailed, CalculatorCallFailed, CalculatorScheduled, ClaimingIsPaused, ClaimingPausedSet,
    ComputePoolSet, CreditClamped, DayNotFinal, DayRangeInvalid, DaySettled, DaysVoided, DebtKept, NoticeTooShort,
    OperatorPaid, OwnableUnauthorizedAccount, OwnershipTransferred, Settled, SettlingIsPaused, SettlingPausedSet,
    StakerPaid, SubnetNotRegistered, TokenCallFailed, TokenTransferFailed, ZeroAddress, ZeroDays, EMPTY_ANSWER_GAS,
    END_OF_DAYS, NOTICE_DAYS,
};
use crate::{Error, RewardDistributor};

#[public]
impl RewardDistributor {
    /// Fixes the token, the `StakeAlignment` and the first day for good, and sets what the owner may change: the
    /// calculator of all days (until another is scheduled), the Compute pool's account and the owner.
    ///
    /// No other contract of the suite is asked, so that all four can be priced and signed before one of them stands:
    /// whoever relies on the suite looks at the first calculator. One that does not answer can be replaced like any
    /// other, and its days voided.
    ///
    /// `first_day` is the first day that can be settled: 0 for no limit but each subnet's registration, the first day
    /// voided in the predecessor for a contract that replaces one.
    ///
    /// # Events
    /// [`CalculatorScheduled`] from day 0, [`ComputePoolSet`], [`OwnershipTransferred`].
    ///
    /// # Errors
    /// [`ZeroAddress`] if an address is zero; [`DayRangeInvalid`] for a first day of [`END_OF_DAYS`] or later;
    /// [`TokenCallFailed`] if the token does not answer what the pool holds and allows.
    #[constructor]
    pub fn constructor(
        &mut self,
        token: Address,
        alignment: Address,
        calculator: Address,
        compute_pool: Address,
        owner: Address,
        first_day: u32,
    ) -> Result<(), Error> {
        self.set_up(token, alignment, calculator, compute_pool, owner, first_day)
    }

    /// Settles the next final days of `subnet`, at most `max_days`, and returns how many it settled and the MOR wei
    /// credited for them to operator and stakers together.
    ///
    /// It begins at the latest of the subnet's registration day, [`Self::first_day`] and the day after the last
    /// settled one, and ends before the running day, or before the first day that is neither voided nor called final by
    /// its calculator. The fee is the one in force now. Of a day's payable the stakers' pot is
    /// `floor(payable · (1e25 − fee) / 1e25)`, the operator gets the rest. A voided day is settled with nothing as soon
    /// as it is over, and its calculator is not asked.
    ///
    /// Permissionless; settling in one or many calls comes to the same. The gas grows with the number of days settled
    /// and with nothing else.
    ///
    /// # Events
    /// [`CreditClamped`] and [`DaySettled`] for each day that has something to pay, then one [`Settled`].
    ///
    /// # Errors
    /// In this order: [`SettlingIsPaused`], [`ZeroDays`], [`SubnetNotRegistered`], [`CalculatorCallFailed`],
    /// [`AlignmentCallFailed`], [`DayNotFinal`] with the first unsettled day if there is nothing to settle. A
    /// calculator that fails for a later day does not stand in the way of settling fewer days, and voiding its days
    /// takes it out of the way of those after them.
    pub fn settle(&mut self, subnet: Address, max_days: u32) -> Result<(u32, U256), Error> {
        self.settle_days(subnet, max_days)
    }

    /// Pays the operator of `subnet` what it is owed, as far as the Compute pool goes, and returns what was paid and
    /// what remains owed, in MOR wei.
    ///
    /// The money goes to the subnet's receiver of this moment, whoever calls. With nothing owed it succeeds and pays 0.
    ///
    /// # Events
    /// [`DebtKept`] if the pool is short, [`OperatorPaid`] if anything is paid.
    ///
    /// # Errors
    /// In this order: [`ClaimingIsPaused`], [`SubnetNotRegistered`], [`TokenCallFailed`], [`TokenTransferFailed`].
    pub fn claim(&mut self, subnet: Address) -> Result<(U256, U256), Error> {
        self.pay_operator(subnet)
    }

    /// Credits `staker` with what its stake toward `subnet` earned on settled days, pays as far as the Compute pool
    /// goes, and returns what was paid and what remains owed of that, in MOR wei.
    ///
    /// At most `max_changes` of the staker's stake changes on settled days are walked; the next call goes on where this
    /// one stops. Once all are walked the balance since the last change counts too. So a staker who has not changed its
    /// stake since the last claim needs none, and with too few the call pays what is due up to the last change walked
    /// and succeeds ([`Self::staker_owed`] says whether that is all). The accrual since the last call is floored once.
    ///
    /// The money goes to the staker, whoever calls. With nothing owed it succeeds and pays 0.
    ///
    /// # Events
    /// [`DebtKept`] if the pool is short, [`StakerPaid`] if anything is paid.
    ///
    /// # Errors
    /// In this order: [`ClaimingIsPaused`], [`AlignmentCallFailed`], [`TokenCallFailed`], [`TokenTransferFailed`].
    pub fn claim_stake(&mut self, subnet: Address, staker: Address, max_changes: u32) -> Result<(U256, U256), Error> {
        self.pay_staker(subnet, staker, max_changes)
    }

    /// The first unsettled day of `subnet`, whether final or not, and what its operator is owed, in MOR wei.
    ///
    /// # Errors
    /// [`SubnetNotRegistered`].
    pub fn operator_account(&self, subnet: Address) -> Result<(u32, U256), Error> {
        let account = self.subnet_account(subnet);
        let registered_day = self.registration(subnet)?.registered_day;
        Ok((self.first_unsettled_day(registered_day, account), U256::from(account.owed)))
    }

    /// What [`Self::claim_stake`] with the same arguments would find owed, in MOR wei, whether or not the pool can pay
    /// it; and whether that is all that the settled days have earned the staker.
    ///
    /// # Errors
    /// [`AlignmentCallFailed`].
    pub fn staker_owed(&self, subnet: Address, staker: Address, max_changes: u32) -> Result<(U256, bool), Error> {
        let due = self.due(subnet, staker, max_changes)?;
        Ok((U256::from(due.account.owed), due.complete))
    }

    /// What a wei · s of stake toward `subnet` has earned on the settled days: MOR wei times 2^128.
    #[must_use]
    pub fn accumulator(&self, subnet: Address) -> u128 {
        self.subnet_account(subnet).accumulator
    }

    /// MOR wei credited so far, to all operators and stakers.
    #[must_use]
    pub fn total_credited(&self) -> U256 {
        U256::from(self.totals().credited)
    }

    /// MOR wei paid so far: what the Diamond's `getComputeBalance` has to subtract.
    #[must_use]
    pub fn total_paid(&self) -> U256 {
        U256::from(self.totals().paid)
    }

    /// The calculator that counts for `day`, as scheduled by now.
    #[must_use]
    pub fn calculator_of(&self, day: u32) -> Address {
        self.term_of(day).calculator
    }

    /// Whether `day` settles at zero for subnets that have not settled it.
    #[must_use]
    pub fn is_voided(&self, day: u32) -> bool {
        self.is_voided_day(day)
    }

    /// The first UTC day that can be settled.
    #[must_use]
    pub fn first_day(&self) -> u32 {
        self.terms().first_day
    }

    /// The MOR token.
    #[must_use]
    pub fn token(&self) -> Address {
        self.token_and_pool().0
    }

    /// The `StakeAlignment`.
    #[must_use]
    pub fn alignment(&self) -> Address {
        self.alignment_contract()
    }

    /// The account that pays.
    #[must_use]
    pub fn compute_pool(&self) -> Address {
        self.token_and_pool().1
    }

    /// Whether settling is paused.
    #[must_use]
    pub fn settling_paused(&self) -> bool {
        self.terms().settling_paused
    }

    /// Whether claiming is paused.
    #[must_use]
    pub fn claiming_paused(&self) -> bool {
        self.terms().claiming_paused
    }

    /// Owner only: lets `calculator` count from `from_day` on, at least [`NOTICE_DAYS`] after today, so that seven full
    /// days lie between. Whatever was scheduled from that day or later is dropped.
    ///
    /// # Events
    /// [`CalculatorScheduled`].
    ///
    /// # Errors
    /// In this order: [`OwnableUnauthorizedAccount`], [`ZeroAddress`], [`NoticeTooShort`] with the earliest day,
    /// [`CalculatorCallFailed`] if it does not answer `rewards` for an empty range with an empty list within [`EMPTY_ANSWER_GAS`].
    pub fn schedule_calculator(&mut self, calculator: Address, from_day: u32) -> Result<(), Error> {
        self.replace_calculator(calculator, from_day)
    }

    /// Owner only: voids the days `[from_day, to_day)`, past or future, for good. Subnets that have settled them keep
    /// what they have. The others can settle each of them, with nothing, as soon as it is over, whatever its calculator
    /// does.
    ///
    /// # Events
    /// [`DaysVoided`].
    ///
    /// # Errors
    /// [`OwnableUnauthorizedAccount`]; [`DayRangeInvalid`] for an empty or reversed range, or one that ends after
    /// [`END_OF_DAYS`].
    pub fn void_days(&mut self, from_day: u32, to_day: u32) -> Result<(), Error> {
        self.brake(from_day, to_day)
    }

    /// Owner only: lets `pool` pay from now on, also what is already owed. It has to approve this contract.
    ///
    /// # Events
    /// [`ComputePoolSet`].
    ///
    /// # Errors
    /// [`OwnableUnauthorizedAccount`], [`ZeroAddress`].
    pub fn set_compute_pool(&mut self, pool: Address) -> Result<(), Error> {
        self.replace_pool(pool)
    }

    /// Owner only: refuses or allows settling. Days that pass meanwhile can be settled afterwards.
    ///
    /// # Events
    /// [`SettlingPausedSet`], also if nothing changes.
    ///
    /// # Errors
    /// [`OwnableUnauthorizedAccount`].
    pub fn set_settling_paused(&mut self, paused: bool) -> Result<(), Error> {
        self.pause_settling(paused)
    }

    /// Owner only: refuses or allows claiming. What is owed stays owed.
    ///
    /// # Events
    /// [`ClaimingPausedSet`], also if nothing changes.
    ///
    /// # Errors
    /// [`OwnableUnauthorizedAccount`].
    pub fn set_claiming_paused(&mut self, paused: bool) -> Result<(), Error> {
        self.pause_claiming(paused)
    }

    /// The owner.
    #[must_use]
    pub fn owner(&self) -> Address {
        self.ownership.owner()
    }

    /// Who may accept the ownership; zero if it was offered to nobody.
    #[must_use]
    pub fn pending_owner(&self) -> Address {
        self.ownership.pending_owner()
    }

    /// Owner only: offers the ownership to `new_owner`, in the place of an earlier offer; zero withdraws it.
    ///
    /// # Events
    /// `OwnershipTransferStarted`.
    ///
    /// # Errors
    /// [`OwnableUnauthorizedAccount`].
    pub fn transfer_ownership(&mut self, new_owner: Address) -> Result<(), Error> {
        Ok(self.ownership.transfer(new_owner)?)
    }

    /// Pending owner only: takes the ownership. It cannot be renounced.
    ///
    /// # Events
    /// `OwnershipTransferred`.
    ///
    /// # Errors
    /// [`OwnableUnauthorizedAccount`].
    pub fn accept_ownership(&mut self) -> Result<(), Error> {
        Ok(self.ownership.accept()?)
    }
}
