//! What the recorder remembers of one session.

/// A booked session in one word. The zero word is a session that was never booked.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 0–19 | `subnet`: the provider of the session's bid, as answered at the first booking | any address |
/// | 20–27 | `booked_until`: everything served before it is booked or dropped | unix seconds, above 0 once booked |
/// | 28 | `is_complete`: no second can follow, so the source need not be asked again | 0 or 1 |
/// | 29–31 | zero | |
///
/// The provider of a bid never changes, so a later booking of the session needs no second look at the bid. A session
/// that is closed or past its agreed end never runs again, so once it is booked up to there it needs none at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionWord {
    /// The subnet that hosts the session.
    pub subnet: [u8; 20],
    /// Unix seconds; exclusive end of what is accounted for.
    pub booked_until: u64,
    /// Whether the session was over when `booked_until` was written.
    pub is_complete: bool,
}

impl SessionWord {
    /// Reads the word as stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let [subnet @ .., u0, u1, u2, u3, u4, u5, u6, u7, complete, _, _, _] = bytes;
        Self { subnet, booked_until: u64::from_be_bytes([u0, u1, u2, u3, u4, u5, u6, u7]), is_complete: complete != 0 }
    }

    /// The word to store.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..20].copy_from_slice(&self.subnet);
        bytes[20..28].copy_from_slice(&self.booked_until.to_be_bytes());
        bytes[28] = u8::from(self.is_complete);
        bytes
    }

    /// Whether anything of the session was ever booked or dropped.
    #[must_use]
    pub const fn is_booked(self) -> bool {
        self.booked_until != 0
    }
}

#[cfg(test)]
mod tests;
