//! Which days are voided: one bit a day.

/// Days that share one word.
pub const DAYS_PER_WORD: u32 = 256;

/// The days `256·i … 256·i + 255` in one word, where `i` is [`VoidedDays::index_of`] a day.
///
/// Day `256·i + k` is bit `k` of the word seen as a 256-bit number, the lowest bit being 0: bit `k % 8` of byte
/// `31 − k / 8`. A bit that is set stays set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VoidedDays([u8; 32]);

impl VoidedDays {
    /// Which word holds `day`.
    #[must_use]
    pub const fn index_of(day: u32) -> u32 {
        day / DAYS_PER_WORD
    }

    /// Reads the word as stored.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The word to store.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 32] {
        self.0
    }

    /// Whether `day`, which must be one of the word's, is voided; only its place among them is looked at.
    #[must_use]
    pub const fn contains(self, day: u32) -> bool {
        let (byte, bit) = Self::place_of(day);
        self.0[byte] & bit != 0
    }

    /// The word with `day`, which must be one of the word's, voided.
    #[must_use]
    pub const fn with(mut self, day: u32) -> Self {
        let (byte, bit) = Self::place_of(day);
        self.0[byte] |= bit;
        self
    }

    const fn place_of(day: u32) -> (usize, u8) {
        let place = day % DAYS_PER_WORD;
        (31 - (place / 8) as usize, 1 << (place % 8))
    }
}

#[cfg(test)]
mod tests;
