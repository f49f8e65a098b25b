//! What the distributor owes a subnet's operator or a staker, and how far it has counted.

use crate::bytes::{put_uint, uint};

/// Most that [`AccountWord::owed`] can hold, in MOR wei. All that the Compute pool ever emits is below 2^84.
pub const MAX_OWED_WEI: u128 = (1 << 88) - 1;

/// An account with the distributor in one word; the same layout for a subnet's operator and for a staker.
///
/// | bytes | field | of a subnet | of a staker |
/// |---|---|---|---|
/// | 0–15 | `accumulator` | wei per wei · s earned by its stake so far, times 2^128 | how much of the subnet's is credited |
/// | 16–26 | `owed` | the operator's unpaid part, MOR wei | credited and unpaid, MOR wei |
/// | 27–28 | `next` | first unsettled day; 0 before the first settlement | number of the next stake change to walk |
/// | 29–31 | zero | | |
///
/// The zero word is an account that nothing happened to. A day number fits until 2149. A staker has at most one stake
/// change a day, so the number of changes fits as long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccountWord {
    /// See the table; below 2^115 (the bound is proved in `mrc53-maths`).
    pub accumulator: u128,
    /// MOR wei, at most [`MAX_OWED_WEI`].
    pub owed: u128,
    /// See the table.
    pub next: u16,
}

impl AccountWord {
    /// Reads the word as stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self {
            accumulator: uint(&bytes[..16]),
            owed: uint(&bytes[16..27]),
            next: u16::from_be_bytes([bytes[27], bytes[28]]),
        }
    }

    /// The word to store. An `owed` above its range is stored as [`MAX_OWED_WEI`]; [`Self::with_more_owed`] refuses
    /// to make one.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        put_uint(&mut bytes[..16], self.accumulator);
        put_uint(&mut bytes[16..27], self.owed.min(MAX_OWED_WEI));
        bytes[27..29].copy_from_slice(&self.next.to_be_bytes());
        bytes
    }

    /// The account with `more` MOR wei owed, or `None` if the sum is above [`MAX_OWED_WEI`].
    #[must_use]
    pub fn with_more_owed(self, more: u128) -> Option<Self> {
        let owed = self.owed.checked_add(more).filter(|sum| *sum <= MAX_OWED_WEI)?;
        Some(Self { owed, ..self })
    }
}

#[cfg(test)]
mod tests;
