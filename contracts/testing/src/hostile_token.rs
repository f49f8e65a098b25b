//! A token that misbehaves on demand, for tests of everything that touches MOR.
//!
//! It starts as a plain ERC-20 ([`Mood::Honest`]); `set_mood` decides what its next transfers do. A re-entering token
//! is armed with `reenter(target, calldata)`: its next transfer moves the money, then calls `target` once and keeps
//! what came back for the test to look at.

use alloc::vec::Vec;

use alloy_primitives::{Address, U256, U8};
use openzeppelin_stylus::token::erc20::{self, Erc20, IErc20};
use stylus_sdk::{
    call::RawCall,
    prelude::*,
    storage::{StorageAddress, StorageBool, StorageBytes, StorageU8},
};

/// What `transfer` and `transferFrom` of a [`HostileToken`] do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Mood {
    /// Move the money and answer `true`.
    Honest = 0,
    /// Revert with no data.
    Revert = 1,
    /// Move nothing and answer `false`.
    AnswerFalse = 2,
    /// Move the money and answer the number 2, which is no `bool`.
    AnswerNonsense = 3,
    /// Move nothing and answer `true`.
    Lie = 4,
    /// Move the money, then call what `reenter` armed, once, and answer `true`.
    Reenter = 5,
    /// Revert when asked for a balance or an allowance; transfers are honest.
    RevertViews = 6,
    /// Answer the largest number when asked for a balance or an allowance; transfers are honest.
    Boast = 7,
    /// Answer zero when asked for a balance or an allowance; transfers are honest.
    Deny = 8,
}

/// An ERC-20 with moods.
#[storage]
pub struct HostileToken {
    erc20: Erc20,
    mood: StorageU8,
    target: StorageAddress,
    calldata: StorageBytes,
    reentered: StorageBool,
    reentry_succeeded: StorageBool,
    reentry_answer: StorageBytes,
}

#[allow(unsafe_code)]
// SAFETY: tests deploy it as a contract of its own, never as a field of another.
unsafe impl TopLevelStorage for HostileToken {}

impl HostileToken {
    /// Sets what the next transfers do.
    pub fn set_mood(&mut self, mood: Mood) {
        self.mood.set(U8::from(mood as u8));
    }

    /// Arms one call to `target` with `calldata` during the next transfer.
    pub fn reenter(&mut self, target: Address, calldata: &[u8]) {
        self.set_mood(Mood::Reenter);
        self.target.set(target);
        self.calldata.set_bytes(calldata);
    }

    /// The balance of `account` in wei, whatever the mood.
    #[must_use]
    pub fn true_balance(&self, account: Address) -> U256 {
        self.erc20.balance_of(account)
    }

    /// What the armed call came to: `None` if it was not made, else `Ok` or `Err` (a revert) with the data returned.
    #[must_use]
    pub fn reentry(&self) -> Option<Result<Vec<u8>, Vec<u8>>> {
        let answer = self.reentry_answer.get_bytes();
        self.reentered.get().then_some(if self.reentry_succeeded.get() { Ok(answer) } else { Err(answer) })
    }

    fn is(&self, mood: Mood) -> bool {
        self.mood.get() == U8::from(mood as u8)
    }

    /// Answers a view by the mood; `truth` is what an honest token would answer.
    fn view(&self, truth: U256) -> Result<U256, Vec<u8>> {
        match self.mood.get().to::<u8>() {
            mood if mood == Mood::RevertViews as u8 => Err(Vec::new()),
            mood if mood == Mood::Boast as u8 => Ok(U256::MAX),
            mood if mood == Mood::Deny as u8 => Ok(U256::ZERO),
            _ => Ok(truth),
        }
    }

    /// Behaves by the mood; `movement` is what an honest token would do.
    fn behave(&mut self, movement: impl FnOnce(&mut Self) -> Result<bool, erc20::Error>) -> Result<U256, Vec<u8>> {
        if self.is(Mood::Revert) {
            return Err(Vec::new());
        }
        if self.is(Mood::AnswerFalse) {
            return Ok(U256::ZERO);
        }
        if !self.is(Mood::Lie) {
            movement(self)?;
        }
        if self.is(Mood::Reenter) {
            self.set_mood(Mood::Honest);
            self.call_back();
        }
        Ok(if self.is(Mood::AnswerNonsense) { U256::from(2) } else { U256::from(1) })
    }

    #[allow(unsafe_code)]
    fn call_back(&mut self) {
        let calldata = self.calldata.get_bytes();
        // SAFETY: the storage cache is written back and dropped before the call, and no storage guard is alive.
        let outcome = unsafe { RawCall::new().clear_storage_cache().call(self.target.get(), &calldata) };
        self.reentered.set(true);
        self.reentry_succeeded.set(outcome.is_ok());
        self.reentry_answer.set_bytes(outcome.unwrap_or_else(|revert| revert));
    }
}

#[public]
impl HostileToken {
    /// Creates `value` wei for `account`.
    ///
    /// # Errors
    /// As OpenZeppelin's `_mint`.
    pub fn mint(&mut self, account: Address, value: U256) -> Result<(), erc20::Error> {
        self.erc20._mint(account, value)
    }

    /// Balance in wei.
    ///
    /// # Errors
    /// Reverts with no data in [`Mood::RevertViews`].
    pub fn balance_of(&self, account: Address) -> Result<U256, Vec<u8>> {
        self.view(self.erc20.balance_of(account))
    }

    /// What `spender` may still take from `owner`, in wei.
    ///
    /// # Errors
    /// Reverts with no data in [`Mood::RevertViews`].
    pub fn allowance(&self, owner: Address, spender: Address) -> Result<U256, Vec<u8>> {
        self.view(self.erc20.allowance(owner, spender))
    }

    /// Lets `spender` take `value` wei from the caller.
    ///
    /// # Errors
    /// As OpenZeppelin's `approve`.
    pub fn approve(&mut self, spender: Address, value: U256) -> Result<bool, erc20::Error> {
        self.erc20.approve(spender, value)
    }

    /// Moves the caller's tokens, or not, by the mood. The answer is a raw word, so that it can be nonsense.
    ///
    /// # Errors
    /// As OpenZeppelin's `transfer`; no data in [`Mood::Revert`].
    pub fn transfer(&mut self, to: Address, value: U256) -> Result<U256, Vec<u8>> {
        self.behave(|token| token.erc20.transfer(to, value))
    }

    /// Moves tokens on an allowance, or not, by the mood.
    ///
    /// # Errors
    /// As OpenZeppelin's `transfer_from`; no data in [`Mood::Revert`].
    pub fn transfer_from(&mut self, from: Address, to: Address, value: U256) -> Result<U256, Vec<u8>> {
        self.behave(|token| token.erc20.transfer_from(from, to, value))
    }
}
