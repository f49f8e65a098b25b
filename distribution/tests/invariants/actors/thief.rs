//! A contract that stakes and is paid like anybody, and calls the suite back while the token pays it.
//!
//! The token calls it in the middle of a transfer, with everything booked and the transfer not yet answered. On chain
//! the SDK refuses to enter a contract twice; the host of these tests does not, so the books alone must withstand.

use std::cell::{Cell, RefCell};

use alloy_primitives::Address;
use stylus_sdk::{call::RawCall, prelude::*, ArbResult};

/// What a call came to: what it returned, or what it reverted with.
pub(crate) type Outcome = Result<Vec<u8>, Vec<u8>>;

std::thread_local! {
    static DEEDS: RefCell<Vec<(Address, Vec<u8>)>> = RefCell::default();
    static OUTCOMES: RefCell<Vec<Outcome>> = RefCell::default();
    static CALLED: Cell<bool> = const { Cell::new(false) };
}

/// Forgets every plan.
pub(crate) fn reset() {
    plan(Vec::new());
}

/// What it calls, in this order, when it is called next: callees and calldata.
pub(crate) fn plan(deeds: Vec<(Address, Vec<u8>)>) {
    DEEDS.set(deeds);
    forget();
}

/// Forgets what came of the plan, which is what a revert of the transaction does.
pub(crate) fn forget() {
    OUTCOMES.take();
    CALLED.set(false);
}

/// What each deed came to, if it was called since the plan was made.
pub(crate) fn outcomes() -> Option<Vec<Outcome>> {
    CALLED.take().then(|| OUTCOMES.take())
}

/// The contract.
#[storage]
pub(crate) struct Thief {}

#[allow(unsafe_code)]
// SAFETY: deployed as a contract of its own, never a field of another.
unsafe impl TopLevelStorage for Thief {}

#[public]
impl Thief {
    #[fallback]
    fn fallback(&mut self, _calldata: &[u8]) -> ArbResult {
        CALLED.set(true);
        for (callee, calldata) in DEEDS.with_borrow(Clone::clone) {
            #[allow(unsafe_code)]
            // SAFETY: it has no storage of its own that could be stale.
            let outcome = unsafe { RawCall::new().call(callee, &calldata) };
            OUTCOMES.with_borrow_mut(|all| all.push(outcome));
        }
        Ok(Vec::new())
    }
}
