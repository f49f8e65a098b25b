//! What every stake and withdrawal reads: the token, the lock, the pause.

/// The settings of `StakeAlignment` in one word.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 0–19 | `token`: the ERC-20 that is staked; fixed at construction | a contract |
/// | 20–23 | `lock_seconds`: how long a deposit locks; fixed at construction | seconds, up to a year |
/// | 24 | `staking_paused`: whether new stakes are refused | 0 or 1 |
/// | 25–31 | zero | |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The ERC-20 that is staked.
    pub token: [u8; 20],
    /// Seconds from a staker's last deposit until its stake is free.
    pub lock_seconds: u32,
    /// Whether new stakes are refused.
    pub staking_paused: bool,
}

impl Settings {
    /// Reads the word as stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let [token @ .., l0, l1, l2, l3, paused, _, _, _, _, _, _, _] = bytes;
        Self { token, lock_seconds: u32::from_be_bytes([l0, l1, l2, l3]), staking_paused: paused != 0 }
    }

    /// The word to store.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..20].copy_from_slice(&self.token);
        bytes[20..24].copy_from_slice(&self.lock_seconds.to_be_bytes());
        bytes[24] = u8::from(self.staking_paused);
        bytes
    }
}

#[cfg(test)]
mod tests;
