//! What every call to the distributor reads: the stake contract, the first day, the pauses.

/// The terms of `RewardDistributor` in one word.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 0–19 | `alignment`: the `StakeAlignment`; fixed at construction | a contract |
/// | 20–23 | `first_day`: the first day that can be settled; fixed at construction | UTC day |
/// | 24–27 | `calculators`: entries of the calculators' schedule | at least 1 |
/// | 28 | `settling_paused` | 0 or 1 |
/// | 29 | `claiming_paused` | 0 or 1 |
/// | 30–31 | zero | |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The `StakeAlignment`.
    pub alignment: [u8; 20],
    /// The first UTC day that can be settled.
    pub first_day: u32,
    /// Entries of the calculators' schedule.
    pub calculators: u32,
    /// Whether settling is refused.
    pub settling_paused: bool,
    /// Whether claiming is refused.
    pub claiming_paused: bool,
}

impl Terms {
    /// Reads the word as stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let [alignment @ .., d0, d1, d2, d3, c0, c1, c2, c3, settling, claiming, _, _] = bytes;
        Self {
            alignment,
            first_day: u32::from_be_bytes([d0, d1, d2, d3]),
            calculators: u32::from_be_bytes([c0, c1, c2, c3]),
            settling_paused: settling != 0,
            claiming_paused: claiming != 0,
        }
    }

    /// The word to store.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..20].copy_from_slice(&self.alignment);
        bytes[20..24].copy_from_slice(&self.first_day.to_be_bytes());
        bytes[24..28].copy_from_slice(&self.calculators.to_be_bytes());
        bytes[28] = u8::from(self.settling_paused);
        bytes[29] = u8::from(self.claiming_paused);
        bytes
    }
}

#[cfg(test)]
mod tests;
