//! UTC days and half-open stretches of seconds.

/// Seconds of a UTC day.
pub const DAY_SECONDS: u64 = 86_400;

/// A UTC day number, floor(unix / 86400).
pub type Day = u32;

/// The UTC day of a Unix time below 2^32 days.
///
/// # Panics
/// For a later time, which a checked scenario does not hold.
#[must_use]
pub fn day_of(unix: u64) -> Day {
    Day::try_from(unix / DAY_SECONDS).expect("a Unix time below 2^32 days")
}

/// A half-open stretch of Unix seconds, [from, to).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First second inside.
    pub from: u64,
    /// First second after; not before `from` unless the span is empty.
    pub to: u64,
}

impl Span {
    /// The seconds of a UTC day.
    #[must_use]
    pub fn of_day(day: Day) -> Self {
        let from = u64::from(day) * DAY_SECONDS;
        Self { from, to: from + DAY_SECONDS }
    }

    /// How many seconds lie inside; 0 when `to` is not after `from`.
    #[must_use]
    pub fn seconds(self) -> u64 {
        self.to.saturating_sub(self.from)
    }

    /// What two spans have in common, empty when they do not touch.
    #[must_use]
    pub fn overlap(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }
    }
}
