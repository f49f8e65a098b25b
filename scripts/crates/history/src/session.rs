//! A session as it is kept, and the event that says that there is one.

use std::ops::Range;

use alloy::primitives::{Address, B256};
use mrc53_abi::Diamond;
use mrc53_maths::Day;
use serde::{Deserialize, Serialize};

/// Which session an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The session.
    pub id: B256,
    /// Its provider.
    pub provider: Address,
    /// The event's block.
    pub block: u64,
}

/// A session as `getSession` answered it; Unix seconds. On disk it is a line that `cargo mrc53 replay FILE` reads too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its id.
    pub id: B256,
    /// Its provider.
    pub provider: Address,
    /// When it opened.
    pub opened_at: u64,
    /// When it ends.
    pub ends_at: u64,
    /// When it was closed; 0 if it was not.
    pub closed_at: u64,
    /// The time of the block at which it was read.
    pub read_at: u64,
}

impl Session {
    /// The session of `event` as the Diamond had it at a block of the time `read_at`. Times that no number of seconds
    /// holds become the greatest.
    #[must_use]
    pub fn new(event: Event, told: &Diamond::Session, read_at: u64) -> Self {
        let seconds = |time: u128| u64::try_from(time).unwrap_or(u64::MAX);
        Self {
            id: event.id,
            provider: event.provider,
            opened_at: seconds(told.openedAt),
            ends_at: seconds(told.endsAt),
            closed_at: seconds(told.closedAt),
            read_at,
        }
    }

    /// Whether nothing that happens can change any more what it has served.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.closed_at != 0 || self.ends_at <= self.read_at
    }

    /// Why it cannot have been so at the block at which it was read, if it cannot. Times after 2106 are none of the
    /// marketplace's.
    #[must_use]
    pub fn impossible(&self) -> Option<&'static str> {
        let Self { opened_at, ends_at, closed_at, read_at, .. } = *self;
        if [opened_at, ends_at, closed_at].iter().any(|time| *time > u64::from(u32::MAX)) {
            Some("no such time")
        } else if opened_at == 0 {
            Some("it never opened")
        } else if ends_at < opened_at {
            Some("it ends before it opens")
        } else if closed_at != 0 && closed_at < opened_at {
            Some("it is closed before it opens")
        } else if opened_at.max(closed_at) > read_at {
            Some("that was still to come as it was read")
        } else {
            None
        }
    }

    /// Whether it opened or served on one of the UTC days `days`.
    #[must_use]
    pub fn touches(&self, days: &Range<Day>) -> bool {
        let ended_at = if self.closed_at == 0 { self.ends_at } else { self.ends_at.min(self.closed_at) };
        self.opened_at < days.end.start() && (self.opened_at >= days.start.start() || ended_at > days.start.start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = 86_400;

    fn session(opened_at: u64, ends_at: u64, closed_at: u64, read_at: u64) -> Session {
        Session { id: B256::ZERO, provider: Address::ZERO, opened_at, ends_at, closed_at, read_at }
    }

    #[test]
    fn a_session_is_over_from_its_end_or_its_closing_on() {
        for (closed_at, read_at, is_over) in [(0, 19, false), (0, 20, true), (0, 21, true), (12, 12, true)] {
            assert_eq!(session(10, 20, closed_at, read_at).is_over(), is_over, "{closed_at} {read_at}");
        }
    }

    #[test]
    fn times_that_cannot_have_been_are_said() {
        const LAST: u64 = u32::MAX as u64;
        for (times, why) in [
            ([10, 10, 10, 10], None),
            ([10, 20, 0, 10], None),
            ([10, LAST, 0, 11], None),
            ([10, LAST + 1, 0, 11], Some("no such time")),
            ([10, 20, u64::MAX, 11], Some("no such time")),
            ([0, 20, 0, 11], Some("it never opened")),
            ([10, 9, 0, 11], Some("it ends before it opens")),
            ([10, 20, 9, 11], Some("it is closed before it opens")),
            ([10, 20, 0, 9], Some("that was still to come as it was read")),
            ([10, 20, 12, 11], Some("that was still to come as it was read")),
        ] {
            let [opened_at, ends_at, closed_at, read_at] = times;
            assert_eq!(session(opened_at, ends_at, closed_at, read_at).impossible(), why, "{times:?}");
        }
    }

    #[test]
    fn a_session_touches_the_days_that_it_opens_or_serves_on() {
        let days = Day(10)..Day(11);
        for (opened_at, ends_at, closed_at, touches) in [
            (9 * DAY, 10 * DAY, 0, false),
            (9 * DAY, 10 * DAY + 1, 0, true),
            (9 * DAY, 11 * DAY, 10 * DAY, false),
            (10 * DAY, 10 * DAY, 0, true),
            (11 * DAY - 1, 12 * DAY, 0, true),
            (11 * DAY, 12 * DAY, 0, false),
        ] {
            assert_eq!(session(opened_at, ends_at, closed_at, 0).touches(&days), touches, "{opened_at} {ends_at}");
        }
    }
}
