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
