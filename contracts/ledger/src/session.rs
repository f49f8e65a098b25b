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
mod tests {
    use super::SessionWord;

    #[test]
    fn the_layout_of_a_session_word_is_the_documented_one() {
        let word = SessionWord { subnet: [0xab; 20], booked_until: 0x0102_0304_0506_0708, is_complete: true };
        let bytes = word.to_bytes();

        assert_eq!(bytes[..20], [0xab; 20]);
        assert_eq!(bytes[20..28], [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(bytes[28..], [1, 0, 0, 0]);
    }

    #[test]
    fn the_zero_word_is_a_session_that_was_never_booked() {
        assert_eq!(SessionWord::default().to_bytes(), [0; 32]);
        assert!(!SessionWord::from_bytes([0; 32]).is_booked());
        assert!(SessionWord { booked_until: 1, ..SessionWord::default() }.is_booked());
    }
}
