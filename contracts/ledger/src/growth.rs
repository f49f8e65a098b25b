//! How a subnet's accumulator grew on a day on which its stake changed.

use crate::bytes::{put_uint, uint};

/// One settled day of a subnet in one word, kept only for days on which the subnet's stake changed: on all other days
/// every staker's balance was constant, and only the sum of their increments matters.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 0–15 | `before`: the accumulator at the beginning of the day, 2^-128 wei per wei · s | below 2^115 |
/// | 16–31 | `increment`: what the day added to it | below 2^115 |
///
/// The zero word is a day before anything accrued: nothing before it, nothing on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GrowthWord {
    /// The accumulator at the beginning of the day.
    pub before: u128,
    /// What the day added.
    pub increment: u128,
}

impl GrowthWord {
    /// Reads the word as stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self { before: uint(&bytes[..16]), increment: uint(&bytes[16..]) }
    }

    /// The word to store.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        put_uint(&mut bytes[..16], self.before);
        put_uint(&mut bytes[16..], self.increment);
        bytes
    }

    /// The accumulator at the end of the day. Exact within the fields' ranges; saturates above 2^128.
    #[must_use]
    pub const fn after(self) -> u128 {
        self.before.saturating_add(self.increment)
    }
}

#[cfg(test)]
mod tests;
