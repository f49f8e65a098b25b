//! Since when days are covered, and when they become final, by the contract's own rule.

use mrc53_maths::{Day, SECONDS_PER_DAY};
use serde::Serialize;

/// How much later than the opening of a day's first root the header of another root must be for the day to become final.
const LATER_SECONDS: u64 = SECONDS_PER_DAY / 2;

/// How far coverage had come, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The first day that was not covered.
    pub first_day_not_covered: u32,
    /// When the root that covered the day before it was opened, unix seconds.
    pub opened_at: u64,
}

/// The contract's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Terms {
    /// Days after its end during which a day can still be booked on Base.
    pub grace_days: u32,
    /// Days for which a covered day can be proven, at least.
    pub window_days: u32,
}

/// When a day becomes final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Finality {
    /// No root covers it.
    NotCovered,
    /// Not before this, and only once another root was opened for a day whose header is late enough.
    NotBefore {
        /// Unix seconds.
        final_from: u64,
        /// The earliest time of that header, unix seconds.
        needs_header_from: u64,
    },
    /// From this second on.
    At {
        /// Unix seconds.
        final_from: u64,
    },
}

impl Finality {
    /// The first second at which the day may be final, unix seconds; none of a day that is not covered.
    #[must_use]
    pub const fn earliest(self) -> Option<u64> {
        match self {
            Self::NotCovered => None,
            Self::NotBefore { final_from, .. } | Self::At { final_from } => Some(final_from),
        }
    }
}

impl Terms {
    /// The first day that a root whose header is of `timestamp` does not cover.
    #[must_use]
    pub fn first_day_not_covered(self, timestamp: u64) -> u32 {
        Day::of(timestamp).0.saturating_sub(self.grace_days)
    }

    /// The earliest header that covers `day`, unix seconds.
    #[must_use]
    pub fn covers_from(self, day: u32) -> u64 {
        Day(day.saturating_add(1).saturating_add(self.grace_days)).start()
    }

    /// When `day` becomes final, by `entries`, the oldest first.
    #[must_use]
    pub fn finality(self, entries: &[Entry], day: u32) -> Finality {
        let Some(first) = entries.iter().find(|entry| entry.first_day_not_covered > day) else {
            return Finality::NotCovered;
        };
        let window_ends = first.opened_at.saturating_add(u64::from(self.window_days) * SECONDS_PER_DAY);
        let needs_header_from = first.opened_at.saturating_add(LATER_SECONDS);
        let header = |entry: &Entry| Day(entry.first_day_not_covered.saturating_add(self.grace_days)).start();
        match entries.iter().find(|entry| header(entry) >= needs_header_from) {
            Some(later) => {
                Finality::At { final_from: window_ends.max(later.opened_at.saturating_add(SECONDS_PER_DAY)) }
            }
            None => Finality::NotBefore { final_from: window_ends, needs_header_from },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMS: Terms = Terms { grace_days: 3, window_days: 7 };

    /// Coverage up to `day`, that one not, since the second `second` of the UTC day `since`.
    fn entry(day: u32, since: u32, second: u64) -> Entry {
        Entry { first_day_not_covered: day, opened_at: Day(since).start() + second }
    }

    #[test]
    fn a_root_covers_a_day_from_the_midnight_on_at_which_its_grace_has_ended() {
        let from = TERMS.covers_from(100);
        assert_eq!(from, 104 * SECONDS_PER_DAY);
        assert_eq!([from - 1, from, from + 1].map(|time| TERMS.first_day_not_covered(time)), [100, 101, 101]);
    }

    #[test]
    fn a_day_is_final_a_window_after_it_was_covered_if_a_later_root_was_opened_for_a_day_by_then() {
        let entries = [entry(100, 105, 7), entry(101, 106, 7), entry(105, 110, 7)];

        // The last covers by a header of day 108, later than half a day after the opening of both others.
        assert_eq!(TERMS.finality(&entries, 99), Finality::At { final_from: Day(112).start() + 7 });
        assert_eq!(TERMS.finality(&entries, 100), Finality::At { final_from: Day(113).start() + 7 });
        let waits = Finality::NotBefore {
            final_from: Day(117).start() + 7,
            needs_header_from: Day(110).start() + 7 + LATER_SECONDS,
        };
        assert_eq!(TERMS.finality(&entries, 101), waits);
        assert_eq!(TERMS.finality(&entries, 105), Finality::NotCovered);
        assert_eq!(TERMS.finality(&[], 0), Finality::NotCovered);
    }

    #[test]
    fn where_the_later_root_comes_late_the_day_is_final_a_day_after_its_opening() {
        let entries = [entry(100, 105, 0), entry(120, 130, 9)];

        assert_eq!(TERMS.finality(&entries, 50), Finality::At { final_from: Day(131).start() + 9 });
    }

    #[test]
    fn a_header_counts_from_half_a_day_after_the_opening_on() {
        // The second entry is of a header at day 106 or later: 106 · 86400.
        for (opened, is_enough) in [(43_199, true), (43_200, true), (43_201, false)] {
            let entries = [entry(100, 105, opened), entry(103, 107, 0)];
            let finality = TERMS.finality(&entries, 99);
            assert_eq!(matches!(finality, Finality::At { .. }), is_enough, "{opened}: {finality:?}");
        }
    }
}
