//! A token of the kind that moves the money and returns nothing, as some early tokens do.

use alloc::vec::Vec;

use alloy_primitives::{Address, U256};
use openzeppelin_stylus::token::erc20::{self, Erc20, IErc20};
use stylus_sdk::prelude::*;

/// An ERC-20 whose `transfer` and `transferFrom` have no return value.
#[storage]
pub struct SilentToken {
    erc20: Erc20,
}

#[allow(unsafe_code)]
// SAFETY: tests deploy it as a contract of its own, never as a field of another.
unsafe impl TopLevelStorage for SilentToken {}

#[public]
impl SilentToken {
    /// Creates `value` wei for `account`.
    ///
    /// # Errors
    /// As OpenZeppelin's `_mint`.
    pub fn mint(&mut self, account: Address, value: U256) -> Result<(), erc20::Error> {
        self.erc20._mint(account, value)
    }

    /// Balance in wei.
    #[must_use]
    pub fn balance_of(&self, account: Address) -> U256 {
        self.erc20.balance_of(account)
    }

    /// What `spender` may still take from `owner`, in wei.
    #[must_use]
    pub fn allowance(&self, owner: Address, spender: Address) -> U256 {
        self.erc20.allowance(owner, spender)
    }

    /// Lets `spender` take `value` wei from the caller.
    ///
    /// # Errors
    /// As OpenZeppelin's `approve`.
    pub fn approve(&mut self, spender: Address, value: U256) -> Result<bool, erc20::Error> {
        self.erc20.approve(spender, value)
    }

    /// Moves the caller's tokens.
    ///
    /// # Errors
    /// As OpenZeppelin's `transfer`.
    pub fn transfer(&mut self, to: Address, value: U256) -> Result<(), erc20::Error> {
        self.erc20.transfer(to, value).map(|_| ())
    }

    /// Moves tokens on an allowance.
    ///
    /// # Errors
    /// As OpenZeppelin's `transfer_from`.
    pub fn transfer_from(&mut self, from: Address, to: Address, value: U256) -> Result<(), erc20::Error> {
        self.erc20.transfer_from(from, to, value).map(|_| ())
    }
}
