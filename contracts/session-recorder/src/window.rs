//! Which seconds of a session a booking is about. Pure: times in, spans out.

use mrc53_interfaces::source::Session;
use mrc53_maths::Day;

/// The half-open span `[from, to)` of unix seconds; empty if `to` is not above `from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: u64,
    pub(crate) to: u64,
}

impl Span {
    pub(crate) const fn seconds(self) -> u64 {
        self.to.saturating_sub(self.from)
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.from >= self.to
    }

    /// First and last day that a span with at least one second touches.
    pub(crate) const fn days(self) -> (Day, Day) {
        (Day::of(self.from), Day::of(self.to.saturating_sub(1)))
    }
}

/// A session's served seconds: from its opening to the earliest of its agreed end, its closing and `now`.
///
/// `None` if the times contradict each other or the clock: not opened or opened after `now`, ending before the
/// opening, closed before the opening or after `now`. A session may close in the second of its opening, and long after
/// its agreed end; `closed_at` 0 means that it is not closed.
pub(crate) fn served(session: &Session, now: u64) -> Option<Span> {
    let opened_at = u64::try_from(session.opened_at).ok().filter(|opened_at| (1..=now).contains(opened_at))?;
    if session.ends_at < session.opened_at {
        return None;
    }
    let stopped_at = match session.closed_at {
        0 => now,
        closed_at => u64::try_from(closed_at).ok().filter(|closed_at| (opened_at..=now).contains(closed_at))?,
    };
    // An end beyond 64 bits is later than any `stopped_at`.
    let to = u64::try_from(session.ends_at).map_or(stopped_at, |ends_at| ends_at.min(stopped_at));
    Some(Span { from: opened_at, to })
}

/// Whether no second after `now` can be served any more: the session is closed or past its agreed end, neither of which
/// is ever taken back.
pub(crate) fn is_over(session: &Session, now: u64) -> bool {
    session.closed_at != 0 || session.ends_at <= u128::from(now)
}

/// What is new in `served` after `booked_until`, cut at midnight of the first day that is not final: the part before
/// it comes too late and is dropped, the part from it on can be booked. Either may be empty; both are if nothing is new.
pub(crate) fn split(served: Span, booked_until: u64, first_open_day: Day) -> (Span, Span) {
    let from = served.from.max(booked_until);
    let cut = first_open_day.start().clamp(from, served.to.max(from));
    (Span { from, to: cut }, Span { from: cut, to: served.to })
}

/// First day that is not final at `now` with a grace of `grace_days`; day `d` is final if and only if
/// `now ≥ (d + 1 + grace_days) · 86400`.
pub(crate) const fn first_open_day(now: u64, grace_days: u32) -> Day {
    Day(Day::of(now).0.saturating_sub(grace_days))
}
