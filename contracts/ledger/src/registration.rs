//! What a subnet's operator has set: who is paid, and how much of the reward.

use crate::bytes::{put_uint, uint};

/// A registered subnet in one word. The zero word is a subnet that was never registered.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 0–19 | `receiver` of the operator's part | any address but zero |
/// | 20–30 | `fee` | ≤ 1e25 = 100 %, < 2^84 |
/// | 31 | zero | |
///
/// The day of registration is the `mark` of the subnet's [`crate::level::Level`]: what asks whether a subnet is
/// registered reads its stake anyway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Registration {
    /// Who is paid the operator's part.
    pub receiver: [u8; 20],
    /// The operator's part, 1e25 = 100 %.
    pub fee: u128,
}

impl Registration {
    /// Reads the word as stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let [receiver @ .., _, _, _, _, _, _, _, _, _, _, _, _] = bytes;
        Self { receiver, fee: uint(&bytes[20..31]) }
    }

    /// The word to store.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..20].copy_from_slice(&self.receiver);
        put_uint(&mut bytes[20..31], self.fee);
        bytes
    }
}

#[cfg(test)]
mod tests;
