//! The block time of unit tests.
//!
//! motsu answers `block_timestamp` with a constant. This module answers instead of it: the build script of every
//! contract lets its test binary hold the symbol twice, and the linker takes the one it meets first, which is this.
//! Time is kept per thread, as motsu keeps its state, so tests run side by side.

use core::cell::Cell;

// motsu must stay behind this crate in the link order.
use motsu as _;

std::thread_local! {
    static NOW: Cell<u64> = const { Cell::new(0) };
}

/// Moves the test's clock to `timestamp`, unix seconds. It may also go back: a test sets what it needs.
pub fn set(timestamp: u64) {
    NOW.with(|now| now.set(timestamp));
}

/// The test's clock, unix seconds.
#[must_use]
pub fn now() -> u64 {
    NOW.with(Cell::get)
}

#[allow(unsafe_code)]
// SAFETY: the signature is that of Nitro's hostio; motsu defines the same symbol with the same signature.
#[no_mangle]
extern "C" fn block_timestamp() -> u64 {
    now()
}
