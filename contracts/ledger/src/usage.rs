//! Session-seconds and session counts of four consecutive days.

/// Days that share one word.
pub const DAYS_PER_WORD: u32 = 4;
/// Bytes of a word that one day takes.
const DAY_BYTES: usize = 8;
/// Bytes of a day that hold its session count.
const SESSIONS_BYTES: usize = 3;
/// Most sessions that one day can count.
pub const MAX_SESSIONS: u32 = (1 << (8 * SESSIONS_BYTES)) - 1;
/// Most session-seconds that one day can hold.
pub const MAX_SECONDS: u64 = (1 << (8 * (DAY_BYTES - SESSIONS_BYTES))) - 1;

/// Usage of one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Session-seconds; concurrent sessions add up. At most [`MAX_SECONDS`].
    pub seconds: u64,
    /// Sessions, counted on the day of their opening. At most [`MAX_SESSIONS`].
    pub sessions: u32,
}

/// Usage of the days `4·i`, `4·i + 1`, `4·i + 2` and `4·i + 3` in one word, where `i` is [`UsageWord::index_of`] a day.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 8·k – 8·k+4 | session-seconds of day `4·i + k` | below 2^40 |
/// | 8·k+5 – 8·k+7 | sessions of day `4·i + k` | below 2^24 |
///
/// Neither field fills up on Arbitrum. Opening a session in the Diamond takes 433,829 gas, the chain runs at most
/// 7 M gas a second, and a session lasts at most 7 days. So a day sees at most 1.4 M openings (2^24 is 16.8 M), and at
/// most 9.8 M sessions are open at once, which is 8.5e11 session-seconds a day (2^40 is 1.1e12, or 12.7 M sessions
/// open for all of the day). A chain that outgrows this, or a source that lies, meets [`Overflow`], never a wrap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UsageWord([u8; 32]);

/// A day's bucket cannot hold that much more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow;

impl UsageWord {
    /// Which word of a subnet holds `day`.
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

    /// The usage of `day`, which must be one of the word's four; only its place among them is looked at.
    #[must_use]
    pub fn day(self, day: u32) -> Usage {
        let mut bytes = [0; DAY_BYTES];
        bytes.copy_from_slice(&self.0[Self::place_of(day)]);
        let packed = u64::from_be_bytes(bytes);
        Usage { seconds: packed >> (8 * SESSIONS_BYTES), sessions: packed as u32 & MAX_SESSIONS }
    }

    /// The word with `more` added to `day`.
    ///
    /// # Errors
    /// [`Overflow`] if either sum is above its field's range.
    pub fn with_added(mut self, day: u32, more: Usage) -> Result<Self, Overflow> {
        let old = self.day(day);
        let seconds = old.seconds.checked_add(more.seconds).filter(|sum| *sum <= MAX_SECONDS).ok_or(Overflow)?;
        let sessions = old.sessions.checked_add(more.sessions).filter(|sum| *sum <= MAX_SESSIONS).ok_or(Overflow)?;
        let packed = seconds << (8 * SESSIONS_BYTES) | u64::from(sessions);
        self.0[Self::place_of(day)].copy_from_slice(&packed.to_be_bytes());
        Ok(self)
    }

    const fn place_of(day: u32) -> core::ops::Range<usize> {
        let start = (day % DAYS_PER_WORD) as usize * DAY_BYTES;
        start..start + DAY_BYTES
    }
}

#[cfg(test)]
mod tests;
