//! The recorder's own rule, so that nothing is sent that it would book nothing for: which seconds of a session are
//! served, not yet booked and on days that count, and which of them come too late. Pure: times in, seconds out.
//!
//! Lost are seconds on final days that counted for the subnet and on which something could be earned. On other days
//! nothing could ever be booked, or nothing is paid for it, so nothing is lost with them.

use mrc53_abi::Diamond;

use super::eligible::{DAY_SECONDS, EligibleDays, PassedOver};

/// When a session opened, ends by agreement and was closed: Unix seconds. `closed_at` 0: not closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// When it opened; 0 for a session that does not exist.
    pub opened_at: u64,
    /// The agreed end.
    pub ends_at: u64,
    /// When it was closed.
    pub closed_at: u64,
}

impl From<&Diamond::Session> for Times {
    /// Times beyond 64 bits become the latest one there is: later than any clock, either way.
    fn from(session: &Diamond::Session) -> Self {
        let seconds = |time: u128| u64::try_from(time).unwrap_or(u64::MAX);
        Self {
            opened_at: seconds(session.openedAt),
            ends_at: seconds(session.endsAt),
            closed_at: seconds(session.closedAt),
        }
    }
}

/// The chain's clock, and the first day that is not final by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Unix seconds.
    pub now: u64,
    /// UTC day.
    pub first_open_day: u32,
}

impl Moment {
    /// The same `seconds` later.
    #[must_use]
    pub fn later(self, seconds: u64) -> Self {
        let now = self.now.saturating_add(seconds);
        let days = u32::try_from(now / DAY_SECONDS - self.now / DAY_SECONDS).unwrap_or(u32::MAX);
        Self { now, first_open_day: self.first_open_day.saturating_add(days) }
    }

    /// The moment, Unix seconds, from which on no second of `day` can be booked any more.
    #[must_use]
    pub fn end_of(self, day: u32) -> u64 {
        let days_ahead = u64::from(day) + 1 - u64::from(self.first_open_day.min(day));
        (self.now / DAY_SECONDS + days_ahead) * DAY_SECONDS
    }

    fn first_open_second(self) -> u64 {
        u64::from(self.first_open_day) * DAY_SECONDS
    }
}

/// What is to be done with a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Record it.
    Record {
        /// Served seconds on days that count, at least 1.
        new_seconds: u64,
        /// Seconds that come too late, on final days that counted and earned.
        lost_seconds: u64,
    },
    /// It is running, has fewer new seconds than are asked for, and none of them is about to be too late.
    Leave {
        /// Served seconds on days that count.
        new_seconds: u64,
    },
    /// None of the open days on which it served what is new counts for its subnet.
    NotEligible,
    /// All that it has served and is not booked lies on final days, and some of them counted.
    TooLate {
        /// How much lies on those, at least 1.
        lost_seconds: u64,
    },
    /// Some of what it has served and is not booked lies on final days that counted, and none of the open days does: the
    /// recorder refuses it, and drops what is lost once a later day counts or all its days are final.
    LostAndNotEligible {
        /// How much is lost, at least 1.
        lost_seconds: u64,
    },
    /// All that it has served and is not booked lies on final days that did not count or earned nothing.
    NeverCounted,
    /// All that it has served is booked or was reported as dropped.
    NothingNew,
    /// The recorder refuses its times: not opened or opened after now, ending before its opening, closed before its
    /// opening or after now.
    Contradiction,
}

/// What is to be done at `moment` with a session that is booked until `booked_until` (0: never), whose subnet's open
/// days count as in `eligible`.
///
/// Served is `[opened_at, min(ends_at, closed_at if closed, now))`. New is what of it comes after `booked_until`; the
/// part before the first open day is too late, and lost as far as its days counted; of the rest, the days that count can
/// be booked. A session that is left has fewer than `min_seconds` new ones, is running, and has none on the first open
/// day: that day becomes final within 24 hours.
#[must_use]
pub fn judge(times: Times, booked_until: u64, moment: Moment, eligible: EligibleDays, min_seconds: u64) -> Judgement {
    let Some(Unbooked { from, cut, to }) = Unbooked::of(times, booked_until, moment) else {
        return Judgement::Contradiction;
    };
    let lost_seconds = eligible.that_earn().seconds_of(from, cut);
    let new_seconds = eligible.seconds_of(cut, to);

    let is_running = times.closed_at == 0 && moment.now < times.ends_at;
    let is_pressing = cut < moment.first_open_second() + DAY_SECONDS;
    match (to - cut, cut - from) {
        (0, 0) => Judgement::NothingNew,
        (0, _) if lost_seconds == 0 => Judgement::NeverCounted,
        (0, _) => Judgement::TooLate { lost_seconds },
        _ if new_seconds == 0 && lost_seconds > 0 => Judgement::LostAndNotEligible { lost_seconds },
        _ if new_seconds == 0 => Judgement::NotEligible,
        _ if new_seconds < min_seconds && is_running && !is_pressing => Judgement::Leave { new_seconds },
        _ => Judgement::Record { new_seconds, lost_seconds },
    }
}

/// The days that booking a session passes over; see [`judge`].
#[must_use]
pub fn passed_over(times: Times, booked_until: u64, moment: Moment, eligible: EligibleDays) -> Vec<PassedOver> {
    let unbooked = Unbooked::of(times, booked_until, moment);
    unbooked.map(|Unbooked { cut, to, .. }| eligible.passed_over(cut, to)).unwrap_or_default()
}

/// Seconds of a session on days that count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    /// Those that nobody can book any more.
    pub lost_seconds: u64,
    /// Those that nobody can book any more at the horizon.
    pub ending_seconds: u64,
    /// The first day on which the latter are.
    pub ending_day: Option<u32>,
}

/// What a session has lost at `moment`, and what of that which it has served by then is lost at `horizon` if nobody books
/// it.
#[must_use]
pub fn lost_by(times: Times, booked_until: u64, moment: Moment, eligible: EligibleDays, horizon: Moment) -> Losses {
    let Some(Unbooked { from, cut, to }) = Unbooked::of(times, booked_until, moment) else { return Losses::default() };
    let later = horizon.first_open_second().clamp(cut, to);
    let days = eligible.that_earn();
    Losses {
        lost_seconds: days.seconds_of(from, cut),
        ending_seconds: days.seconds_of(cut, later),
        ending_day: days.first_of(cut, later),
    }
}

/// What a session has served and nobody has booked or dropped, Unix seconds: `[from, cut)` on final days, `[cut, to)` on
/// open ones.
#[derive(Clone, Copy)]
struct Unbooked {
    from: u64,
    cut: u64,
    to: u64,
}

impl Unbooked {
    /// `None` if the times contradict each other or the clock.
    fn of(times: Times, booked_until: u64, moment: Moment) -> Option<Self> {
        let Times { opened_at, ends_at, closed_at } = times;
        let now = moment.now;
        let closing_is_odd = closed_at != 0 && !(opened_at..=now).contains(&closed_at);
        if opened_at == 0 || opened_at > now || ends_at < opened_at || closing_is_odd {
            return None;
        }
        let from = opened_at.max(booked_until);
        let to = ends_at.min(if closed_at == 0 { now } else { closed_at }).max(from);
        Some(Self { from, cut: moment.first_open_second().clamp(from, to), to })
    }
}

/// Whether no session that opened at `opened_at` and lasts at most `max_session_seconds` can gain anything any more.
#[must_use]
pub fn is_past(opened_at: u64, moment: Moment, max_session_seconds: u64) -> bool {
    opened_at.saturating_add(max_session_seconds) <= moment.first_open_second()
}

#[cfg(test)]
mod tests {
    use alloy::primitives::U256;

    use super::*;

    const HOUR: u64 = 3_600;
    const WEEK: u64 = 7 * DAY_SECONDS;
    /// The first open day of all tests, and its first second.
    const OPEN_DAY: u32 = 20_140;
    const OPEN: u64 = OPEN_DAY as u64 * DAY_SECONDS;
    /// Now: three days later.
    const NOW: u64 = OPEN + 3 * DAY_SECONDS + 12 * HOUR;

    fn moment() -> Moment {
        Moment { now: NOW, first_open_day: OPEN_DAY }
    }

    fn times(opened_at: u64, ends_at: u64, closed_at: u64) -> Times {
        Times { opened_at, ends_at, closed_at }
    }

    const ALWAYS: EligibleDays = EligibleDays::new(OPEN_DAY - 100, U256::MAX);

    fn judged(times: Times, booked_until: u64) -> Judgement {
        judge(times, booked_until, moment(), ALWAYS, 0)
    }

    fn record(new_seconds: u64, lost_seconds: u64) -> Judgement {
        Judgement::Record { new_seconds, lost_seconds }
    }

    #[test]
    fn an_open_session_has_served_until_now_or_its_agreed_end_whichever_is_earlier() {
        for (ends_at, new_seconds) in [(NOW - 1, HOUR - 1), (NOW, HOUR), (NOW + 1, HOUR)] {
            assert_eq!(judged(times(NOW - HOUR, ends_at, 0), 0), record(new_seconds, 0), "until {ends_at}");
        }
    }

    #[test]
    fn a_closed_session_has_served_until_its_closing_or_its_agreed_end_whichever_is_earlier() {
        let (opened_at, ends_at) = (NOW - 2 * HOUR, NOW - HOUR);
        for (closed_at, new_seconds) in [(ends_at - 1, HOUR - 1), (ends_at, HOUR), (ends_at + 1, HOUR), (NOW, HOUR)] {
            assert_eq!(judged(times(opened_at, ends_at, closed_at), 0), record(new_seconds, 0), "closed {closed_at}");
        }
    }

    #[test]
    fn what_is_booked_is_not_new() {
        let session = times(NOW - HOUR, NOW - 10, 0);
        assert_eq!(judged(session, NOW - 11), record(1, 0));
        assert_eq!(judged(session, NOW - 10), Judgement::NothingNew);
        assert_eq!(judged(session, NOW - 9), Judgement::NothingNew);
    }

    #[test]
    fn a_session_that_opens_now_has_nothing_new() {
        assert_eq!(judged(times(NOW - 1, NOW + HOUR, 0), 0), record(1, 0));
        assert_eq!(judged(times(NOW, NOW + HOUR, 0), 0), Judgement::NothingNew);
    }

    #[test]
    fn what_lies_before_the_first_open_day_is_lost() {
        let opened_at = OPEN - HOUR;
        assert_eq!(judged(times(opened_at, OPEN - 1, 0), 0), Judgement::TooLate { lost_seconds: HOUR - 1 });
        assert_eq!(judged(times(opened_at, OPEN, 0), 0), Judgement::TooLate { lost_seconds: HOUR });
        assert_eq!(judged(times(opened_at, OPEN + 1, 0), 0), record(1, HOUR));
    }

    #[test]
    fn nothing_is_lost_that_was_booked_in_time() {
        assert_eq!(judged(times(OPEN - HOUR, OPEN + HOUR, 0), OPEN - 1), record(HOUR, 1));
        assert_eq!(judged(times(OPEN - HOUR, OPEN + HOUR, 0), OPEN), record(HOUR, 0));
        assert_eq!(judged(times(OPEN - HOUR, OPEN + HOUR, 0), OPEN + 1), record(HOUR - 1, 0));
    }

    #[test]
    fn only_seconds_on_days_that_count_can_be_booked() {
        let days = |bits: u64| EligibleDays::new(OPEN_DAY, U256::from(bits));
        let by = |bits| judge(times(OPEN + HOUR, NOW + HOUR, 0), 0, moment(), days(bits), 0);

        assert_eq!(by(0b0001), record(23 * HOUR, 0));
        assert_eq!(by(0b1010), record(24 * HOUR + 12 * HOUR, 0));
        assert_eq!(by(0b1_0000), Judgement::NotEligible);
        assert_eq!(by(0), Judgement::NotEligible);
        assert!(!days(0).any() && days(0b1000).any());
    }

    #[test]
    fn what_is_lost_is_said_even_where_no_open_day_counts() {
        let counted = |bits: u64| {
            let days = EligibleDays::new(OPEN_DAY - 1, U256::from(bits));
            judge(times(OPEN - HOUR, OPEN + HOUR, 0), 0, moment(), days, 0)
        };
        assert_eq!(counted(0b01), Judgement::LostAndNotEligible { lost_seconds: HOUR });
        assert_eq!(counted(0b00), Judgement::NotEligible);
        assert_eq!(counted(0b11), record(HOUR, HOUR));
    }

    #[test]
    fn on_final_days_only_what_counted_is_lost() {
        let counted = |bits: u64| {
            let days = EligibleDays::new(OPEN_DAY - 2, U256::from(bits));
            judge(times(OPEN - 25 * HOUR, OPEN, 0), 0, moment(), days, 0)
        };
        assert_eq!(counted(0b01), Judgement::TooLate { lost_seconds: HOUR });
        assert_eq!(counted(0b10), Judgement::TooLate { lost_seconds: 24 * HOUR });
        assert_eq!(counted(0b11), Judgement::TooLate { lost_seconds: 25 * HOUR });
        assert_eq!(counted(0b00), Judgement::NeverCounted);
    }

    #[test]
    fn on_days_that_earn_nothing_nothing_is_lost_and_what_is_open_is_still_booked() {
        let earning = |bits: u64| EligibleDays::new(OPEN_DAY - 2, U256::MAX).earning_on(U256::from(bits));
        let final_days = |bits| judge(times(OPEN - 25 * HOUR, OPEN, 0), 0, moment(), earning(bits), 0);
        assert_eq!(final_days(0b01), Judgement::TooLate { lost_seconds: HOUR });
        assert_eq!(final_days(0b10), Judgement::TooLate { lost_seconds: 24 * HOUR });
        assert_eq!(final_days(0b00), Judgement::NeverCounted);

        let open = times(OPEN, OPEN + HOUR, 0);
        assert_eq!(judge(open, 0, moment(), earning(0), 0), record(HOUR, 0));
        let ending = |bits| lost_by(open, 0, moment(), earning(bits), moment().later(12 * HOUR)).ending_seconds;
        assert_eq!([ending(0b000), ending(0b100)], [0, HOUR]);
    }

    #[test]
    fn days_that_do_not_count_are_passed_over_before_one_that_does() {
        let passed = |bits: u64| {
            let days = EligibleDays::new(OPEN_DAY, U256::from(bits));
            let session = times(OPEN - HOUR, NOW + HOUR, 0);
            passed_over(session, 0, moment(), days).iter().map(|it| (it.from_day, it.to_day)).collect::<Vec<_>>()
        };
        assert_eq!(passed(0b1111), []);
        assert_eq!(passed(0b1000), [(OPEN_DAY, OPEN_DAY + 3)]);
        assert_eq!(passed(0b1010), [(OPEN_DAY, OPEN_DAY + 1), (OPEN_DAY + 2, OPEN_DAY + 3)]);
        assert_eq!(passed(0b0001), []);
    }

    #[test]
    fn what_is_not_booked_is_lost_by_the_horizon_from_the_second_on_in_which_its_day_becomes_final() {
        // A session of the first open day's first hour; that day becomes final with the running day's end.
        let session = times(OPEN, OPEN + HOUR, 0);
        let until_midnight = 12 * HOUR;
        let by = |seconds| lost_by(session, 0, moment(), ALWAYS, moment().later(seconds));
        let ending = Losses { lost_seconds: 0, ending_seconds: HOUR, ending_day: Some(OPEN_DAY) };
        assert_eq!([by(until_midnight - 1), by(until_midnight)], [Losses::default(), ending]);
        assert_eq!(by(until_midnight + 1), ending);
        let booked = lost_by(session, OPEN + HOUR, moment(), ALWAYS, moment().later(until_midnight));
        assert_eq!(booked, Losses::default());
        let late = lost_by(times(OPEN - 1, OPEN + HOUR, 0), 0, moment(), ALWAYS, moment());
        assert_eq!(late, Losses { lost_seconds: 1, ..Losses::default() });
        assert_eq!(moment().end_of(OPEN_DAY), NOW + until_midnight);
        assert_eq!(moment().end_of(OPEN_DAY + 3), NOW + until_midnight + 3 * DAY_SECONDS);
    }

    #[test]
    fn times_that_contradict_each_other_or_the_clock_are_told_apart_from_nothing_new() {
        let odd = [
            times(0, NOW, 0),
            times(NOW + 1, NOW + HOUR, 0),
            times(NOW - HOUR, NOW - HOUR - 1, 0),
            times(NOW - HOUR, NOW, NOW - HOUR - 1),
            times(NOW - HOUR, NOW, NOW + 1),
        ];
        for times in odd {
            assert_eq!(judged(times, 0), Judgement::Contradiction, "{times:?}");
        }
        assert_eq!(judged(times(NOW - HOUR, NOW - HOUR, 0), 0), Judgement::NothingNew);
        assert_eq!(judged(times(NOW - HOUR, NOW, NOW - HOUR), 0), Judgement::NothingNew);
    }

    #[test]
    fn a_running_session_with_fewer_new_seconds_than_asked_for_is_left() {
        for (new_seconds, left) in [(599, true), (600, false), (601, false)] {
            let judgement = judge(times(NOW - new_seconds, NOW + HOUR, 0), 0, moment(), ALWAYS, 600);
            assert_eq!(judgement == Judgement::Leave { new_seconds }, left, "{judgement:?}");
        }
    }

    #[test]
    fn a_session_that_has_ended_is_not_left() {
        let least = |ends_at, closed_at| judge(times(NOW - 10, ends_at, closed_at), 0, moment(), ALWAYS, 600);
        assert_eq!(least(NOW + 1, 0), Judgement::Leave { new_seconds: 10 });
        assert_eq!(least(NOW, 0), record(10, 0));
        assert_eq!(least(NOW + HOUR, NOW - 1), record(9, 0));
    }

    #[test]
    fn a_session_with_new_seconds_on_the_first_open_day_is_not_left() {
        let tomorrow = OPEN + DAY_SECONDS;
        let booked_until = |second| judge(times(OPEN, NOW + HOUR, 0), second, moment(), ALWAYS, u64::MAX);
        assert_eq!(booked_until(tomorrow - 1), record(NOW - tomorrow + 1, 0));
        assert_eq!(booked_until(tomorrow), Judgement::Leave { new_seconds: NOW - tomorrow });
    }

    #[test]
    fn a_session_can_gain_nothing_once_the_longest_one_would_end_by_the_first_open_second() {
        let past = |opened_at| is_past(opened_at, moment(), WEEK);
        assert_eq!([past(OPEN - WEEK - 1), past(OPEN - WEEK), past(OPEN - WEEK + 1)], [true, true, false]);
    }

    #[test]
    fn whatever_can_still_be_recorded_is_not_past() {
        for opened_at in [OPEN - WEEK - 1, OPEN - WEEK, OPEN - WEEK + 1, OPEN - 1, OPEN, NOW - 1] {
            let longest = times(opened_at, opened_at + WEEK, 0);
            let gains = matches!(judged(longest, 0), Judgement::Record { .. });
            assert_eq!(gains, !is_past(opened_at, moment(), WEEK), "opened at {opened_at}");
        }
    }
}
