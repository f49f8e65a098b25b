//! Days and the parts of a session that fall into them.

use mrc53_maths::{Day, SECONDS_PER_DAY};

use crate::vectors;

const MIDNIGHT: u64 = 20_140 * SECONDS_PER_DAY;

#[test]
fn midnight_belongs_to_the_day_it_begins() {
    assert_eq!(Day::of(MIDNIGHT - 1), Day(20_139));
    assert_eq!(Day::of(MIDNIGHT), Day(20_140));
    assert_eq!(Day::of(MIDNIGHT + 1), Day(20_140));
}

#[test]
fn a_day_is_a_half_open_interval() {
    assert_eq!(Day(20_140).start(), MIDNIGHT);
    assert_eq!(Day(20_140).end(), Day(20_140).next().start());
}

#[test]
fn the_seconds_left_count_the_running_one() {
    assert_eq!(Day::seconds_left(MIDNIGHT - 1), 1);
    assert_eq!(Day::seconds_left(MIDNIGHT), 86_400);
    assert_eq!(Day::seconds_left(MIDNIGHT + 1), 86_399);
    assert_eq!(Day::seconds_into(MIDNIGHT - 1), 86_399);
}

#[test]
fn the_last_day_number_saturates_and_still_has_an_end() {
    let last = Day(u32::MAX);
    assert_eq!(Day::of(last.start() - 1), Day(u32::MAX - 1));
    assert_eq!(Day::of(last.end()), last);
    assert_eq!(Day::of(u64::MAX), last);
    assert_eq!(last.next(), last);
    assert_eq!(last.end() - last.start(), SECONDS_PER_DAY);
}

#[test]
fn an_empty_or_reversed_span_has_no_seconds() {
    let day = Day(20_140);
    assert_eq!(day.seconds_of(MIDNIGHT + 5, MIDNIGHT + 5), 0);
    assert_eq!(day.seconds_of(MIDNIGHT + 6, MIDNIGHT + 5), 0);
    assert_eq!(day.seconds_of(0, MIDNIGHT), 0);
    assert_eq!(day.seconds_of(day.end(), u64::MAX), 0);
    assert_eq!(day.seconds_of(0, u64::MAX), 86_400);
}

#[test]
fn every_recorded_session_splits_into_the_recorded_days() {
    for session in vectors::settlement().splits {
        let closed_at = if session.closed_at == 0 { u64::MAX } else { session.closed_at };
        let served_end = session.ends_at.min(closed_at);

        let days: std::collections::BTreeMap<u32, u64> = (Day::of(session.opened_at).0..=Day::of(served_end).0)
            .map(|day| (day, Day(day).seconds_of(session.opened_at, served_end)))
            .filter(|&(_, seconds)| seconds > 0)
            .collect();

        assert_eq!(days, session.days, "{}", session.name);
        assert_eq!(days.values().sum::<u64>(), session.total, "{}", session.name);
    }
}
