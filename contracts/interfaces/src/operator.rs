//! A subnet that is a contract (a `ProvidersDelegate` proxy, a multi-signature wallet) as the suite sees it: who owns it.

use alloy_primitives::Address;
use alloy_sol_types::sol;

use crate::{
    call::{ask, ALL_GAS},
    words::{Words, WORD},
    CallFailed,
};

sol! {
    /// The view by which a subnet contract says who manages it.
    interface IOwned {
        /// Who manages the contract now.
        function owner() external view returns (address);
    }
}

/// Asks who owns `contract` now. One static call, one word of its answer is read.
///
/// # Errors
/// [`CallFailed`] if it reverts or answers no address; a contract without `owner()` does one or the other.
pub fn owner(contract: Address) -> Result<Address, CallFailed> {
    let answer = ask::<IOwned::ownerCall>(contract, &[], ALL_GAS, WORD)?;
    Words::new(&answer).address(0)
}
