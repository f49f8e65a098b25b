//! The ERC-20 token (MOR), spoken to defensively: a token that answers nothing is taken at its word, one that answers
//! anything but `true` has failed.

use alloy_primitives::{Address, U256};
use alloy_sol_types::sol;

use crate::{
    call::{ask, tell, ALL_GAS},
    wire::word,
    words::{Words, WORD},
    CallFailed,
};

sol! {
    /// The part of ERC-20 that the suite uses.
    interface IErc20 {
        /// Balance in wei.
        function balanceOf(address account) external view returns (uint256);
        /// What `spender` may still take from `owner`, in wei.
        function allowance(address owner, address spender) external view returns (uint256);
        /// Moves the caller's tokens.
        function transfer(address to, uint256 value) external returns (bool);
        /// Moves tokens on the allowance that `from` gave the caller.
        function transferFrom(address from, address to, uint256 value) external returns (bool);
    }
}

/// Asks for the balance of `account` in wei.
///
/// # Errors
/// [`CallFailed`] if the token reverts or answers less than a word.
pub fn balance_of(token: Address, account: Address) -> Result<U256, CallFailed> {
    let answer = ask::<IErc20::balanceOfCall>(token, &[word(account)], ALL_GAS, WORD)?;
    Words::new(&answer).u256(0)
}

/// Asks what `spender` may still take from `owner`, in wei.
///
/// # Errors
/// [`CallFailed`] if the token reverts or answers less than a word.
pub fn allowance(token: Address, owner: Address, spender: Address) -> Result<U256, CallFailed> {
    let answer = ask::<IErc20::allowanceCall>(token, &[word(owner), word(spender)], ALL_GAS, WORD)?;
    Words::new(&answer).u256(0)
}

/// Sends `value` wei of the caller's own tokens to `to`. The token may call back: effects come before this.
///
/// # Errors
/// [`CallFailed`] if the token reverts or answers anything but nothing or `true`.
pub fn transfer(token: Address, to: Address, value: U256) -> Result<(), CallFailed> {
    accepted(&tell::<IErc20::transferCall>(token, &[word(to), word(value)], WORD)?)
}

/// Takes `value` wei from `from` to `to` on the caller's allowance. The token may call back: effects come before this.
///
/// # Errors
/// [`CallFailed`] if the token reverts or answers anything but nothing or `true`.
pub fn transfer_from(token: Address, from: Address, to: Address, value: U256) -> Result<(), CallFailed> {
    accepted(&tell::<IErc20::transferFromCall>(token, &[word(from), word(to), word(value)], WORD)?)
}

/// An empty answer counts as success, as in OpenZeppelin's `SafeERC20`; that the token has code is checked once, when
/// the contract that holds its address is constructed.
fn accepted(answer: &[u8]) -> Result<(), CallFailed> {
    if answer.is_empty() || Words::new(answer).bool(0)? {
        Ok(())
    } else {
        Err(CallFailed)
    }
}
