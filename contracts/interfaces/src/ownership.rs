//! Ownership that is handed over in two steps, shared by the contracts that have an owner.
//!
//! It behaves as OpenZeppelin's `Ownable2Step` does, with its events and its error, and is our own for a measured
//! reason: `openzeppelin-stylus` 0.3.0 switches on alloy's software keccak for the whole program. That alone is 820
//! bytes on chain, and every look-up in a mapping then hashes in wasm instead of asking the host (12 gas). The module
//! itself would be 1,603 bytes, by hand it is 1,224. Renouncing is left out: without an owner a pause would stay.

use alloc::{vec, vec::Vec};

use alloy_primitives::{Address, B256};
use alloy_sol_types::sol;
use stylus_sdk::{prelude::*, storage::StorageB256};

use crate::wire::emit;

sol! {
    /// `newOwner` was offered ownership and has to accept it; zero calls an offer off.
    #[derive(Debug, PartialEq, Eq)]
    event OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner);

    /// The contract has another owner.
    #[derive(Debug, PartialEq, Eq)]
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);

    /// The caller is not the owner, or not the one that ownership was offered to.
    #[derive(Debug, PartialEq, Eq)]
    error OwnableUnauthorizedAccount(address account);
}

/// Owner and pending owner: two slots, an address each, right-aligned as Solidity stores it.
#[storage]
pub struct Ownership {
    owner: StorageB256,
    pending_owner: StorageB256,
}

impl Ownership {
    /// Names the first owner, which the caller has found not to be zero. For constructors.
    ///
    /// # Events
    /// [`OwnershipTransferred`] from zero.
    pub fn set_up(&mut self, owner: Address) {
        self.hand_over(owner);
    }

    /// Who owns the contract.
    #[must_use]
    pub fn owner(&self) -> Address {
        Address::from_word(self.owner.get())
    }

    /// Who may accept ownership; zero if nobody.
    #[must_use]
    pub fn pending_owner(&self) -> Address {
        Address::from_word(self.pending_owner.get())
    }

    /// Passes the owner only.
    ///
    /// # Errors
    /// [`OwnableUnauthorizedAccount`] for anybody else.
    pub fn only_owner(&self) -> Result<(), OwnableUnauthorizedAccount> {
        self.only(self.owner())
    }

    /// Offers ownership to `new_owner`, in place of any earlier offer; zero calls it off. Owner only.
    ///
    /// # Errors
    /// [`OwnableUnauthorizedAccount`].
    ///
    /// # Events
    /// [`OwnershipTransferStarted`].
    pub fn transfer(&mut self, new_owner: Address) -> Result<(), OwnableUnauthorizedAccount> {
        self.only_owner()?;
        self.pending_owner.set(new_owner.into_word());
        emit::<OwnershipTransferStarted>(self.vm(), &[self.owner.get(), new_owner.into_word()], &[]);
        Ok(())
    }

    /// Makes the caller the owner, if it was offered that.
    ///
    /// # Errors
    /// [`OwnableUnauthorizedAccount`] for anybody but the pending owner.
    ///
    /// # Events
    /// [`OwnershipTransferred`].
    pub fn accept(&mut self) -> Result<(), OwnableUnauthorizedAccount> {
        let pending = self.pending_owner();
        self.only(pending)?;
        self.pending_owner.set(B256::ZERO);
        self.hand_over(pending);
        Ok(())
    }

    fn only(&self, account: Address) -> Result<(), OwnableUnauthorizedAccount> {
        let caller = self.vm().msg_sender();
        if caller == account {
            Ok(())
        } else {
            Err(OwnableUnauthorizedAccount { account: caller })
        }
    }

    fn hand_over(&mut self, new_owner: Address) {
        let previous_owner = self.owner.get();
        self.owner.set(new_owner.into_word());
        emit::<OwnershipTransferred>(self.vm(), &[previous_owner, new_owner.into_word()], &[]);
    }
}
