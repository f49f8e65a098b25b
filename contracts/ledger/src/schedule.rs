//! Which calculator counts from which day on.

/// An entry of the calculators' schedule in one word.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 0–19 | `calculator` | any address |
/// | 20–23 | `from_day`: the first UTC day it counts for; it counts until the next entry's | any day |
/// | 24–31 | zero | |
///
/// The entries of a schedule are in strictly ascending order of their days; the first begins at day 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CalculatorWord {
    /// The contract to ask.
    pub calculator: [u8; 20],
    /// The first UTC day it counts for.
    pub from_day: u32,
}

impl CalculatorWord {
    /// Reads the word as stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let [calculator @ .., d0, d1, d2, d3, _, _, _, _, _, _, _, _] = bytes;
        Self { calculator, from_day: u32::from_be_bytes([d0, d1, d2, d3]) }
    }

    /// The word to store.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..20].copy_from_slice(&self.calculator);
        bytes[20..24].copy_from_slice(&self.from_day.to_be_bytes());
        bytes
    }
}

#[cfg(test)]
mod tests;
