//! A balance as it stood at the end of a day, and what it was worth on that day.

use mrc53_maths::SECONDS_PER_DAY;

use crate::bytes::{put_uint, uint};

/// The most that can be staked in total, in MOR wei: 2^87 − 1. The token's whole supply, 42,000,000 MOR, is below 2^86.
pub const MAX_TOTAL_STAKE_WEI: u128 = (1 << 87) - 1;

/// The last day number a checkpoint can hold, in 2149; the emission ends in 2040.
pub const LAST_DAY: u16 = u16::MAX;

const DAY_SECONDS: u128 = SECONDS_PER_DAY as u128;

// The most that can be staked, and staked for a day, fit their fields.
const _: () = assert!(MAX_TOTAL_STAKE_WEI < 1 << 88 && MAX_TOTAL_STAKE_WEI * DAY_SECONDS < 1 << 104);

/// One day on which a balance changed, in one word. The zero word is no checkpoint.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 0–10 | `balance` after the day's last change | MOR wei, ≤ [`MAX_TOTAL_STAKE_WEI`] |
/// | 11–23 | `stake_seconds` of that very day | MOR wei · s, < 2^104 = 2^87 · 2^17 |
/// | 24–25 | `day` of the change | UTC day number, above 0 |
/// | 26–31 | zero in history; used by [`crate::level::Level`] | |
///
/// `stake_seconds` assumes that the balance holds until midnight, so it is right at any time: a change of Δ with `s`
/// seconds left of the day moves it by Δ · s. It is never below `balance` · `s`, which is why a withdrawal cannot
/// take it below zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checkpoint {
    /// MOR wei after the day's last change; holds until the next checkpoint.
    pub balance: u128,
    /// The day's own stake-seconds, MOR wei · s.
    pub stake_seconds: u128,
    /// UTC day number.
    pub day: u16,
}

impl Checkpoint {
    /// Reads the word as stored; the last six bytes are not looked at.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self {
            balance: uint(&bytes[..11]),
            stake_seconds: uint(&bytes[11..24]),
            day: u16::from_be_bytes([bytes[24], bytes[25]]),
        }
    }

    /// The word to store, the last six bytes zero. Exact within the ranges above; every function here keeps to them.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        put_uint(&mut bytes[..11], self.balance);
        put_uint(&mut bytes[11..24], self.stake_seconds);
        bytes[24..26].copy_from_slice(&self.day.to_be_bytes());
        bytes
    }

    /// Whether this is the zero word: nothing ever changed. Day 0 is in 1970, before any chain.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.day == 0
    }

    /// Stake-seconds of `day`, which must not be before the checkpoint's own and must be before the next one's: its
    /// own on its own day, on a later one a whole day of the balance. Widths: 2^87 · 2^17 = 2^104.
    #[must_use]
    pub const fn stake_seconds_on(self, day: u32) -> u128 {
        if day == self.day as u32 {
            self.stake_seconds
        } else {
            self.balance.saturating_mul(DAY_SECONDS)
        }
    }
}

#[cfg(test)]
mod tests;
