//! The packed words of the contract: 32 bytes, big-endian, most significant field first.

/// What is fixed at construction and read by every proof, and how far coverage has come.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 0–19 | `alignment`: the `StakeAlignment` | any address but zero |
/// | 20–23 | `grace_days` on Base | ≤ 90 |
/// | 24–27 | `window_days` | 3 to 30 |
/// | 28–31 | `entries` of coverage | |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) alignment: [u8; 20],
    pub(crate) grace_days: u32,
    pub(crate) window_days: u32,
    pub(crate) entries: u32,
}

impl Settings {
    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        let [alignment @ .., g0, g1, g2, g3, w0, w1, w2, w3, e0, e1, e2, e3] = bytes;
        Self {
            alignment,
            grace_days: u32::from_be_bytes([g0, g1, g2, g3]),
            window_days: u32::from_be_bytes([w0, w1, w2, w3]),
            entries: u32::from_be_bytes([e0, e1, e2, e3]),
        }
    }

    pub(crate) fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..20].copy_from_slice(&self.alignment);
        bytes[20..24].copy_from_slice(&self.grace_days.to_be_bytes());
        bytes[24..28].copy_from_slice(&self.window_days.to_be_bytes());
        bytes[28..].copy_from_slice(&self.entries.to_be_bytes());
        bytes
    }
}

/// What is known of a root. The zero word is a root that the relay has not sent.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 0 | `is_accepted` | 0 or 1 |
/// | 1 | whether it is opened | 0 or 1 |
/// | 2–23 | zero | |
/// | 24–31 | `timestamp` of its header, if it is opened | unix seconds |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RootWord {
    pub(crate) is_accepted: bool,
    /// The time of its header, unix seconds; none before it is opened.
    pub(crate) timestamp: Option<u64>,
}

impl RootWord {
    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        let [is_accepted, is_open, .., t0, t1, t2, t3, t4, t5, t6, t7] = bytes;
        let timestamp = (is_open != 0).then(|| u64::from_be_bytes([t0, t1, t2, t3, t4, t5, t6, t7]));
        Self { is_accepted: is_accepted != 0, timestamp }
    }

    pub(crate) fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[0] = u8::from(self.is_accepted);
        if let Some(timestamp) = self.timestamp {
            bytes[1] = 1;
            bytes[24..].copy_from_slice(&timestamp.to_be_bytes());
        }
        bytes
    }
}

#[cfg(test)]
mod tests;
