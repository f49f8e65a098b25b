//! `StakeAlignment`: MOR staked toward compute subnets, counted by time (MRC-53 step 3, "Builder-type staking").
//!
//! Three levels always sum: what a staker has toward a subnet, what the subnet has, and all of it. Each has a balance
//! and, per UTC day, **stake-seconds**: the balance integrated over the day, so a stake held for a minute counts for a
//! minute. A change of Δ with `s` seconds left of the day moves that day's stake-seconds by Δ · s and every later
//! day's by Δ · 86400. One checkpoint per level and day of change says it all; days in between follow from it.
//!
//! The contract calls nothing but the token, and once the `owner()` of a subnet contract when somebody manages the
//! subnet on its behalf. Taking stake back depends on the token and on nothing else: it cannot be paused, and neither
//! the owner, an operator, a minimum nor any other contract has a say in it.
//!
//! | who | may |
//! |---|---|
//! | a staker | `stake`, and `withdraw` from `lockSeconds` after its own last deposit toward that subnet on |
//! | the subnet, or its contract's `owner()` | register it once, set its receiver, lower its fee |
//! | the owner | announce another minimum, pause and resume new stakes, hand ownership over in two steps |
//!
//! Not supported: a token that takes a fee on transfer (MOR takes none), and renouncing ownership, after which a pause
//! could never be lifted. All stake is bounded by 2^87 − 1 wei, far above the token's supply: every number in here has
//! a stated width (see `mrc53-ledger`).
//!
//! A token that calls back during a transfer finds the books already changed, so it can neither take twice nor count
//! twice; on chain the SDK also refuses to be entered again.
//!
//! The pause is one byte of a word that every stake reads anyway: OpenZeppelin's `Pausable` would cost 1,352 bytes of
//! code and a slot. Ownership is [`mrc53_interfaces::ownership`], which says why it is not OpenZeppelin's either.

extern crate alloc;

use alloc::vec::Vec;

use alloy_primitives::{Address, U256};
use mrc53_interfaces::alignment::{DayStake, StakeChange};
use stylus_sdk::prelude::*;

mod admin;
mod errors;
mod events;
pub mod ledger;
mod registry;
mod staking;
#[allow(missing_docs, unreachable_pub, reason = "the entrypoint macro adds a public function without a word")]
pub mod state;
#[cfg(test)]
mod tests;

pub use admin::{MAX_LOCK_SECONDS, MIN_LOCK_SECONDS};
pub use errors::*;
pub use events::*;
pub use mrc53_interfaces::ownership::{OwnableUnauthorizedAccount, OwnershipTransferStarted, OwnershipTransferred};
#[cfg(feature = "export-abi")]
pub use state::print_from_args;
pub use state::StakeAlignment;

#[public]
impl StakeAlignment {
    /// Fixes for good the token that is staked and the lock, and sets the first owner and minimum.
    ///
    /// `lock_seconds` is from [`MIN_LOCK_SECONDS`] to [`MAX_LOCK_SECONDS`]; `min_subnet_stake` is MOR wei, in force at
    /// once.
    ///
    /// # Errors
    /// [`ZeroAddress`] if `token` or `owner` is zero, [`TokenTransferFailed`] if `token` has no code, [`LockTooShort`],
    /// [`LockTooLong`],
    /// [`MinimumTooHigh`] if nobody could ever stake that much.
    ///
    /// # Events
    /// [`MinSubnetStakeScheduled`] from today on, `OwnershipTransferred`.
    #[constructor]
    pub fn constructor(
        &mut self,
        token: Address,
        owner: Address,
        lock_seconds: u64,
        min_subnet_stake: U256,
    ) -> Result<(), Error> {
        self.set_up(token, owner, lock_seconds, min_subnet_stake)
    }

    /// Registers `subnet`, once. Rewards count from today on. `fee` is the operator's part of them, 1e25 = 100 %, and
    /// can only fall from here; `receiver` is paid that part.
    ///
    /// # Errors
    /// [`NotSubnetOperator`] unless the caller is the subnet or its contract's `owner()`,
    /// [`SubnetAlreadyRegistered`], [`FeeTooHigh`] above 100 %, [`ZeroReceiver`].
    ///
    /// # Events
    /// [`SubnetRegistered`].
    pub fn register_subnet(&mut self, subnet: Address, receiver: Address, fee: U256) -> Result<(), Error> {
        self.register(subnet, receiver, fee)
    }

    /// Sets who is paid the operator's part from now on, also of days before.
    ///
    /// # Errors
    /// [`SubnetNotRegistered`], [`NotSubnetOperator`], [`ZeroReceiver`].
    ///
    /// # Events
    /// [`ReceiverSet`].
    pub fn set_receiver(&mut self, subnet: Address, receiver: Address) -> Result<(), Error> {
        self.change_receiver(subnet, receiver)
    }

    /// Lowers the operator's fee, 1e25 = 100 %. It applies to every day that is not settled yet.
    ///
    /// # Errors
    /// [`SubnetNotRegistered`], [`NotSubnetOperator`], [`FeeNotLower`] unless strictly below the current fee.
    ///
    /// # Events
    /// [`FeeSet`].
    pub fn set_fee(&mut self, subnet: Address, fee: U256) -> Result<(), Error> {
        self.lower_fee(subnet, fee)
    }

    /// Stakes `amount` MOR wei of the caller's toward `subnet`, on an allowance given to this contract. All of the
    /// caller's stake toward the subnet is locked anew.
    ///
    /// # Errors
    /// [`StakingIsPaused`], [`SubnetNotRegistered`], [`ZeroAmount`], [`StakeTooLarge`] above what the bound on all
    /// stake leaves, [`TokenTransferFailed`].
    ///
    /// # Events
    /// [`Staked`].
    pub fn stake(&mut self, subnet: Address, amount: U256) -> Result<(), Error> {
        self.deposit(subnet, amount)
    }

    /// Pays `amount` MOR wei of the caller's stake toward `subnet` back to the caller. Any rest may stay.
    ///
    /// # Errors
    /// [`ZeroAmount`], [`InsufficientStake`], [`StakeLocked`] before the end of the lock (at its end it is free),
    /// [`TokenTransferFailed`]. Nothing else can refuse it.
    ///
    /// # Events
    /// [`Withdrawn`].
    pub fn withdraw(&mut self, subnet: Address, amount: U256) -> Result<(), Error> {
        self.pay_back(subnet, amount)
    }

    /// Whether `subnet` would be eligible on a day that begins now, for people: its stake is at least the minimum in
    /// force today, and above zero. Which days count is what [`Self::eligible_days`] answers.
    #[must_use]
    pub fn is_eligible(&self, subnet: Address) -> bool {
        let level = self.level(ledger::subnet_level(subnet));
        level.checkpoint.balance >= self.minimum_word().on(self.today()).max(1)
    }

    /// On which UTC days of `[from_day, to_day)` sessions of `subnet` count: bit i (of value 2^i) for day `from_day` + i.
    ///
    /// A day counts if the subnet's stake-seconds of that day are at least `max(1, minimum · 86400)`, by the minimum
    /// that was in force on it. The answer for a day that is over never changes; a day that is not is answered as if
    /// nothing changed any more.
    ///
    /// # Errors
    /// [`DayRangeInvalid`] if the range runs backwards or has more than [`ledger::MAX_ELIGIBLE_DAYS`] days.
    pub fn eligible_days(&self, subnet: Address, from_day: u32, to_day: u32) -> Result<U256, Error> {
        self.eligible_on(subnet, from_day, to_day)
    }

    /// Who is paid the operator's part, the fee (1e25 = 100 %), and the UTC day of registration.
    ///
    /// # Errors
    /// [`SubnetNotRegistered`].
    pub fn subnet(&self, subnet: Address) -> Result<(Address, U256, u32), Error> {
        let registration = self.registration(subnet)?;
        let registered_day = self.level(ledger::subnet_level(subnet)).mark;
        Ok((Address::new(registration.receiver), U256::from(registration.fee), registered_day))
    }

    /// What `staker` has toward `subnet`, MOR wei, and the unix second from which it is free (0: never staked).
    #[must_use]
    pub fn stake_of(&self, subnet: Address, staker: Address) -> (u128, u64) {
        let level = self.level(self.staker_level(subnet, staker));
        (level.checkpoint.balance, staking::unlock_at(self.settings(), level))
    }

    /// What all have toward `subnet`, MOR wei.
    #[must_use]
    pub fn subnet_stake(&self, subnet: Address) -> u128 {
        self.level(ledger::subnet_level(subnet)).checkpoint.balance
    }

    /// What all have toward all subnets, MOR wei.
    #[must_use]
    pub fn total_stake(&self) -> u128 {
        self.level(ledger::TOTAL).checkpoint.balance
    }

    /// Stake-seconds (MOR wei · s) of `subnet` and of all stake for every UTC day of `[from_day, to_day)`, oldest
    /// first. Days that are not over are answered as if nothing changed any more.
    ///
    /// # Errors
    /// [`DayRangeInvalid`] if the range runs backwards or has more than [`ledger::MAX_DAYS`] days.
    pub fn stake_seconds(&self, subnet: Address, from_day: u32, to_day: u32) -> Result<Vec<DayStake>, Error> {
        self.days_of(subnet, from_day, to_day)
    }

    /// Stake-seconds (MOR wei · s) of `staker` toward `subnet` on one UTC day; a day that is not over as if nothing
    /// changed any more.
    #[must_use]
    pub fn staker_stake_seconds(&self, subnet: Address, staker: Address, day: u32) -> u128 {
        self.staker_day(subnet, staker, day)
    }

    /// The days on which the stake of `staker` toward `subnet` changed, oldest first and numbered from 0: those
    /// numbered `from_index` and later, at most `max_changes`, that exist. The last one's day may still be running.
    #[must_use]
    pub fn staker_changes(
        &self,
        subnet: Address,
        staker: Address,
        from_index: u32,
        max_changes: u32,
    ) -> Vec<StakeChange> {
        self.changes_of(subnet, staker, from_index, max_changes)
    }

    /// The ERC-20 that is staked.
    #[must_use]
    pub fn token(&self) -> Address {
        Address::new(self.settings().token)
    }

    /// How long a deposit locks its staker's stake toward the subnet, seconds.
    #[must_use]
    pub fn lock_seconds(&self) -> u64 {
        u64::from(self.settings().lock_seconds)
    }

    /// The minimum subnet stake in force today, MOR wei.
    #[must_use]
    pub fn min_subnet_stake(&self) -> U256 {
        U256::from(self.minimum_word().on(self.today()))
    }

    /// The minimum that is announced but not in force yet, MOR wei, and its first UTC day; zeros if there is none.
    #[must_use]
    pub fn scheduled_min_subnet_stake(&self) -> (U256, u32) {
        let (amount, from_day) = self.minimum_word().pending(self.today()).unwrap_or_default();
        (U256::from(amount), from_day)
    }

    /// Announces a minimum subnet stake of `amount` MOR wei, in force after 7 full days, replacing what is pending. With
    /// 0 any stake makes a subnet eligible, and none still does not. Owner only.
    ///
    /// # Errors
    /// [`OwnableUnauthorizedAccount`], [`MinimumTooHigh`] if nobody could ever stake that much.
    ///
    /// # Events
    /// [`MinSubnetStakeScheduled`].
    pub fn set_min_subnet_stake(&mut self, amount: U256) -> Result<(), Error> {
        self.schedule_minimum(amount)
    }

    /// Refuses new stakes from now on. Owner only; withdrawing goes on.
    ///
    /// # Errors
    /// [`OwnableUnauthorizedAccount`].
    ///
    /// # Events
    /// [`StakingPausedSet`].
    pub fn pause_staking(&mut self) -> Result<(), Error> {
        self.set_staking_paused(true)
    }

    /// Takes new stakes again. Owner only.
    ///
    /// # Errors
    /// [`OwnableUnauthorizedAccount`].
    ///
    /// # Events
    /// [`StakingPausedSet`].
    pub fn unpause_staking(&mut self) -> Result<(), Error> {
        self.set_staking_paused(false)
    }

    /// Whether new stakes are refused.
    #[must_use]
    pub fn staking_paused(&self) -> bool {
        self.settings().staking_paused
    }

    /// Who owns the contract.
    #[must_use]
    pub fn owner(&self) -> Address {
        self.ownership.owner()
    }

    /// Who may accept ownership; zero if nobody.
    #[must_use]
    pub fn pending_owner(&self) -> Address {
        self.ownership.pending_owner()
    }

    /// Offers ownership to `new_owner`, which must accept it; zero calls an offer off. Owner only.
    ///
    /// # Errors
    /// [`OwnableUnauthorizedAccount`].
    ///
    /// # Events
    /// `OwnershipTransferStarted`.
    pub fn transfer_ownership(&mut self, new_owner: Address) -> Result<(), Error> {
        Ok(self.ownership.transfer(new_owner)?)
    }

    /// Makes the caller the owner, if it was offered that.
    ///
    /// # Errors
    /// [`OwnableUnauthorizedAccount`] for anybody but the pending owner.
    ///
    /// # Events
    /// `OwnershipTransferred`.
    pub fn accept_ownership(&mut self) -> Result<(), Error> {
        Ok(self.ownership.accept()?)
    }
}
