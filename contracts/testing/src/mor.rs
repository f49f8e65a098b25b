//! The MOR token of unit tests: OpenZeppelin's ERC-20, and a mint that anybody may call.

use alloc::vec::Vec;

use alloy_primitives::{Address, U256};
use openzeppelin_stylus::token::erc20::{self, Erc20, IErc20};
use stylus_sdk::prelude::*;

/// A plain ERC-20.
#[storage]
pub struct Mor {
    erc20: Erc20,
}

#[allow(unsafe_code)]
// SAFETY: tests deploy it as a contract of its own, never as a field of another.
unsafe impl TopLevelStorage for Mor {}

#[public]
#[implements(IErc20<Error = erc20::Error>)]
impl Mor {
    /// Creates `value` wei for `account`.
    ///
    /// # Errors
    /// As OpenZeppelin's `_mint`: the zero account, or a supply above 2^256 − 1.
    pub fn mint(&mut self, account: Address, value: U256) -> Result<(), erc20::Error> {
        self.erc20._mint(account, value)
    }
}

#[public]
impl IErc20 for Mor {
    type Error = erc20::Error;

    fn total_supply(&self) -> U256 {
        self.erc20.total_supply()
    }

    fn balance_of(&self, account: Address) -> U256 {
        self.erc20.balance_of(account)
    }

    fn transfer(&mut self, to: Address, value: U256) -> Result<bool, Self::Error> {
        self.erc20.transfer(to, value)
    }

    fn allowance(&self, owner: Address, spender: Address) -> U256 {
        self.erc20.allowance(owner, spender)
    }

    fn approve(&mut self, spender: Address, value: U256) -> Result<bool, Self::Error> {
        self.erc20.approve(spender, value)
    }

    fn transfer_from(&mut self, from: Address, to: Address, value: U256) -> Result<bool, Self::Error> {
        self.erc20.transfer_from(from, to, value)
    }
}
