//! What the distributor has credited and paid in all.

use crate::bytes::{put_uint, uint};

/// Both totals in one word.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 0–15 | `credited`: MOR wei credited to operators and stakers together | below 2^84: the emission |
/// | 16–31 | `paid`: MOR wei that left the Compute pool | at most `credited` |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TotalsWord {
    /// MOR wei credited so far.
    pub credited: u128,
    /// MOR wei paid so far.
    pub paid: u128,
}

impl TotalsWord {
    /// Reads the word as stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self { credited: uint(&bytes[..16]), paid: uint(&bytes[16..]) }
    }

    /// The word to store.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        put_uint(&mut bytes[..16], self.credited);
        put_uint(&mut bytes[16..], self.paid);
        bytes
    }

    /// MOR wei credited and not yet paid: the most that may still leave the pool.
    #[must_use]
    pub const fn unpaid(self) -> u128 {
        self.credited.saturating_sub(self.paid)
    }
}

#[cfg(test)]
mod tests;
