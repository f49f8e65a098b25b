//! A place: one session after the other, from the beginning of each day for so many seconds of it.
//!
//! A place that is open all day long goes on over midnight, so that its sessions can be longer than a day. Where a place
//! closes, its last session is closed with it.

use mrc53_maths::{Day, SECONDS_PER_DAY};

use super::marketplace::{DayLock, LEAST_SESSION_SECONDS, Marketplace, Served};
use super::refusal::Refusal;

/// A place, and for how long its sessions are opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Seconds of each day that it serves, from midnight on: at most 86,400.
    pub open_seconds: u64,
    /// Seconds for which a session is opened: 300 to seven days.
    pub session_seconds: u64,
}

/// What keeping places open came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Sessions that were opened, and closed.
    pub sessions: u64,
    /// Bookings that sessions need beside their first, so that no day is final before.
    pub more_records: u64,
    /// MOR wei that the consumer must have: in sessions and locked, the most of each place added up.
    pub at_hand: u128,
    /// MOR wei · s in sessions and locked.
    pub wei_seconds: u128,
}

impl Kept {
    /// So many places alike.
    #[must_use]
    pub fn times(self, places: u64) -> Self {
        Self {
            sessions: self.sessions.saturating_mul(places),
            more_records: self.more_records.saturating_mul(places),
            at_hand: self.at_hand.saturating_mul(places.into()),
            wei_seconds: self.wei_seconds.saturating_mul(places.into()),
        }
    }

    /// These places and others.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            sessions: self.sessions.saturating_add(other.sessions),
            more_records: self.more_records.saturating_add(other.more_records),
            at_hand: self.at_hand.saturating_add(other.at_hand),
            wei_seconds: self.wei_seconds.saturating_add(other.wei_seconds),
        }
    }
}

impl Place {
    /// Keeps it in the UTC days `[from, to)`; a day stays open to records for `grace_days`.
    ///
    /// # Errors
    /// [`Refusal::NoBalance`], [`Refusal::TooDear`].
    pub fn keep(
        &self,
        marketplace: &Marketplace,
        lock: DayLock,
        grace_days: u32,
        [from, to]: [Day; 2],
    ) -> Result<Kept, Refusal> {
        let mut kept = Kept::default();
        let windows = if self.open_seconds >= SECONDS_PER_DAY {
            vec![[from.start(), to.start()]]
        } else {
            (from.0..to.0).map(|day| [Day(day).start(), Day(day).start() + self.open_seconds]).collect()
        };
        // The running day's rates, and what is locked until its end.
        let (mut rates, mut locked) = (marketplace.on(from)?, 0);
        for [start, end] in windows {
            let mut opened_at = start;
            while opened_at < end {
                if Day::of(opened_at) != rates.day() {
                    (rates, locked) = (marketplace.on(Day::of(opened_at))?, 0);
                }
                let seconds = self.session_seconds.min(end - opened_at).max(LEAST_SESSION_SECONDS);
                let ends_at = opened_at + seconds;
                let closed_at = ends_at.min(end);
                let stake = rates.stake_for(seconds)?;
                kept.sessions += 1;
                kept.more_records += u64::from(Day::of(closed_at - 1).0 - rates.day().0) / (u64::from(grace_days) + 1);
                kept.at_hand = kept.at_hand.max(locked + stake);
                kept.wei_seconds += stake * u128::from(closed_at - opened_at);
                if Day::of(closed_at) != rates.day() {
                    (rates, locked) = (marketplace.on(Day::of(closed_at))?, 0);
                }
                let held = rates.held(&Served { stake, opened_at, ends_at, closed_at }, lock);
                kept.wei_seconds += held * u128::from(rates.day().end() - closed_at);
                locked += held;
                opened_at = closed_at;
            }
        }
        // What is locked in the end is no more than it was with the last session's stake.
        Ok(kept)
    }
}
