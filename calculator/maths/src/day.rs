//! UTC days: the unit in which everything is counted, settled and paid.

/// Seconds of a UTC day. Unix time has no leap seconds, so every day has this many.
pub const SECONDS_PER_DAY: u64 = 86_400;

/// A UTC day by its number: day `d` is the half-open interval `[d·86400, (d+1)·86400)` of Unix time.
///
/// The Diamond counts days in the same way (`t − t % 86400`). 2025-02-21 is day 20140. The number lasts for
/// 11 million years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub u32);

impl Day {
    /// The day that `timestamp` (Unix seconds) falls in; midnight belongs to the day it begins.
    ///
    /// Saturates at day 2^32 − 1 for timestamps of 2^32 days and more.
    #[must_use]
    pub const fn of(timestamp: u64) -> Self {
        let day = timestamp / SECONDS_PER_DAY;
        if day > u32::MAX as u64 {
            Self(u32::MAX)
        } else {
            Self(day as u32)
        }
    }

    /// First second of the day, in Unix seconds. Exact: 2^32 · 86400 < 2^49.
    #[must_use]
    pub const fn start(self) -> u64 {
        self.0 as u64 * SECONDS_PER_DAY
    }

    /// First second after the day, in Unix seconds. Exact, also for the last day number.
    #[must_use]
    pub const fn end(self) -> u64 {
        self.start() + SECONDS_PER_DAY
    }

    /// The following day; the last day number is its own successor.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// Seconds of `timestamp`'s day that have passed at it: 0 at midnight, at most 86399.
    #[must_use]
    pub const fn seconds_into(timestamp: u64) -> u64 {
        timestamp % SECONDS_PER_DAY
    }

    /// Seconds of `timestamp`'s day that are left at it: 86400 at midnight, at least 1.
    ///
    /// A stake of `Δ` wei that arrives at `timestamp` earns `Δ · seconds_left` stake-seconds on that day.
    #[must_use]
    pub const fn seconds_left(timestamp: u64) -> u64 {
        SECONDS_PER_DAY - Self::seconds_into(timestamp)
    }

    /// Seconds of the half-open span `[from, to)` (Unix seconds) that lie in this day: 0 to 86400; 0 for an empty or
    /// reversed span.
    ///
    /// The parts of a span over all days add up to its length: a session across midnight is split, never counted
    /// twice.
    #[must_use]
    pub const fn seconds_of(self, from: u64, to: u64) -> u64 {
        let from = if from > self.start() { from } else { self.start() };
        let to = if to < self.end() { to } else { self.end() };
        to.saturating_sub(from)
    }
}
