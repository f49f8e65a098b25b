//! The recorder's own rule, so that nothing is sent that it would book nothing for: which seconds of a session are
//! served, not yet booked and on days that count, and which of them come too late. Pure: times in, seconds out.

use alloy::primitives::U256;

use crate::chain::abi::Diamond;

/// Seconds of a UTC day.
const DAY_SECONDS: u64 = 86_400;

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
    fn first_open_second(self) -> u64 {
        u64::from(self.first_open_day) * DAY_SECONDS
    }
}

/// On which days sessions of a subnet count, as `StakeAlignment.eligibleDays` answers. Other days do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EligibleDays {
    first: u32,
    bits: U256,
}

impl EligibleDays {
    /// Bit i of `bits` for day `first` + i.
    #[must_use]
    pub const fn new(first: u32, bits: U256) -> Self {
        Self { first, bits }
    }

    /// Whether any day counts.
    #[must_use]
    pub fn any(self) -> bool {
        !self.bits.is_zero()
    }

    /// How many seconds of `[from, to)` lie on days that count. Only the 256 days that were asked for can.
    fn seconds_of(self, from: u64, to: u64) -> u64 {
        let days = (0..256_u32).filter(|bit| self.bits.bit(*bit as usize)).map(|bit| u64::from(self.first + bit));
        days.map(|day| to.min((day + 1) * DAY_SECONDS).saturating_sub(from.max(day * DAY_SECONDS))).sum()
    }
}

/// What is to be done with a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Record it.
    Record {
        /// Served seconds on days that count, at least 1.
        new_seconds: u64,
        /// Served seconds before them that come too late.
        lost_seconds: u64,
    },
    /// It is running, has fewer new seconds than are asked for, and none of them is about to be too late.
    Leave {
        /// Served seconds on days that count.
        new_seconds: u64,
    },
    /// None of the open days on which it served what is new counts for its subnet.
    NotEligible,
    /// All that it has served and is not booked lies on final days.
    TooLate {
        /// How much that is, at least 1.
        lost_seconds: u64,
    },
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
/// part before the first open day is lost; of the rest, the days that count can be booked. A session that is left has fewer than `min_seconds` new ones, is running,
/// and has none on the first open day: that day becomes final within 24 hours.
#[must_use]
pub fn judge(times: Times, booked_until: u64, moment: Moment, eligible: EligibleDays, min_seconds: u64) -> Judgement {
    let Times { opened_at, ends_at, closed_at } = times;
    let now = moment.now;
    let closing_is_odd = closed_at != 0 && !(opened_at..=now).contains(&closed_at);
    if opened_at == 0 || opened_at > now || ends_at < opened_at || closing_is_odd {
        return Judgement::Contradiction;
    }
    let stopped_at = if closed_at == 0 { now } else { closed_at };
    let to = ends_at.min(stopped_at);
    let from = opened_at.max(booked_until);
    let cut = moment.first_open_second().clamp(from, to.max(from));
    let (lost_seconds, open_seconds) = (cut - from, to.saturating_sub(cut));
    let new_seconds = eligible.seconds_of(cut, to);

    let is_running = closed_at == 0 && now < ends_at;
    let is_pressing = cut < moment.first_open_second() + DAY_SECONDS;
    match (open_seconds, lost_seconds) {
        (0, 0) => Judgement::NothingNew,
        (0, lost_seconds) => Judgement::TooLate { lost_seconds },
        _ if new_seconds == 0 => Judgement::NotEligible,
        _ if new_seconds < min_seconds && is_running && !is_pressing => Judgement::Leave { new_seconds },
        _ => Judgement::Record { new_seconds, lost_seconds },
    }
}

/// Whether no session that opened at `opened_at` and lasts at most `max_session_seconds` can gain anything any more.
#[must_use]
pub fn is_past(opened_at: u64, moment: Moment, max_session_seconds: u64) -> bool {
    opened_at.saturating_add(max_session_seconds) <= moment.first_open_second()
}

#[cfg(test)]
mod tests {
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

    const ALWAYS: EligibleDays = EligibleDays::new(OPEN_DAY, U256::MAX);

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
    fn what_lies_on_final_days_alone_is_too_late_whether_they_counted_or_not() {
        let never = EligibleDays::new(OPEN_DAY, U256::ZERO);
        let late = judge(times(OPEN - HOUR, OPEN, 0), 0, moment(), never, 0);
        assert_eq!(late, Judgement::TooLate { lost_seconds: HOUR });
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
