//! Which seconds count, without a contract around it: the vectors, and the edges of validity and of the cut.

use alloy_primitives::B256;
use mrc53_interfaces::source::Session;
use mrc53_maths::Day;
use serde_json::Value;

use super::{DAY, HOUR, MIDNIGHT, SECONDS_PER_DAY};
use crate::window::{first_open_day, is_over, served, split, Span};

const OPENED: u64 = MIDNIGHT;
const ENDS: u64 = MIDNIGHT + HOUR;

fn session(opened_at: u64, ends_at: u64, closed_at: u64) -> Session {
    Session { bid_id: B256::ZERO, opened_at: opened_at.into(), ends_at: ends_at.into(), closed_at: closed_at.into() }
}

fn span(from: u64, to: u64) -> Span {
    Span { from, to }
}

#[test]
fn served_time_falls_on_the_days_that_the_vectors_say() {
    let vectors: Value = serde_json::from_str(include_str!("../../../../tests/vectors/settlement.json")).unwrap();
    let splits = vectors["splits"].as_array().unwrap();

    for vector in splits {
        let time = |name: &str| vector[name].as_u64().unwrap();
        let session = session(time("openedAt"), time("endsAt"), time("closedAt"));
        let served = served(&session, MIDNIGHT + 30 * SECONDS_PER_DAY).unwrap();

        let days = vector["days"].as_object().unwrap();
        for day in DAY - 1..DAY + 10 {
            let expected = days.get(&day.to_string()).map_or(0, |seconds| seconds.as_u64().unwrap());
            assert_eq!(Day(day).seconds_of(served.from, served.to), expected, "{}, day {day}", vector["name"]);
        }
        assert_eq!(served.seconds(), time("total"), "{}", vector["name"]);
    }
    assert_eq!(splits.len(), 9);
}

#[test]
fn an_opening_is_at_most_now() {
    let opened_at = |opened_at| served(&session(opened_at, u64::MAX, 0), OPENED);

    assert_eq!(opened_at(OPENED - 1), Some(span(OPENED - 1, OPENED)));
    assert_eq!(opened_at(OPENED), Some(span(OPENED, OPENED)));
    assert_eq!(opened_at(OPENED + 1), None);
    assert_eq!(opened_at(0), None);
}

#[test]
fn a_session_is_over_once_it_is_closed_or_its_agreed_end_is_reached() {
    let open_at = |now| is_over(&session(OPENED, ENDS, 0), now);

    assert_eq!([open_at(ENDS - 1), open_at(ENDS), open_at(ENDS + 1)], [false, true, true]);
    assert!(is_over(&session(OPENED, ENDS, OPENED + 1), OPENED + 1));
    assert!(!is_over(&Session { ends_at: u128::MAX, ..session(OPENED, 0, 0) }, u64::MAX));
}

#[test]
fn an_end_is_at_least_the_opening() {
    let ends_at = |ends_at| served(&session(OPENED, ends_at, 0), OPENED + HOUR);

    assert_eq!(ends_at(OPENED - 1), None);
    assert_eq!(ends_at(OPENED), Some(span(OPENED, OPENED)));
    assert_eq!(ends_at(OPENED + 1), Some(span(OPENED, OPENED + 1)));
}

#[test]
fn a_closing_lies_between_the_opening_and_now() {
    let now = ENDS + HOUR;
    let closed_at = |closed_at| served(&session(OPENED, ENDS, closed_at), now);

    assert_eq!(closed_at(OPENED - 1), None);
    assert_eq!(closed_at(OPENED), Some(span(OPENED, OPENED)));
    assert_eq!(closed_at(OPENED + 1), Some(span(OPENED, OPENED + 1)));
    assert_eq!(closed_at(now - 1), Some(span(OPENED, ENDS)));
    assert_eq!(closed_at(now), Some(span(OPENED, ENDS)));
    assert_eq!(closed_at(now + 1), None);
}

#[test]
fn served_time_stops_at_the_end_the_closing_or_now_whichever_comes_first() {
    let to = |closed_at, now| served(&session(OPENED, ENDS, closed_at), now).unwrap().to;

    for (ends_minus, now) in [(1, ENDS - 1), (0, ENDS), (0, ENDS + 1)] {
        assert_eq!(to(0, now), ENDS - ends_minus);
    }
    for (closed_at, expected) in [(ENDS - 1, ENDS - 1), (ENDS, ENDS), (ENDS + 1, ENDS)] {
        assert_eq!(to(closed_at, ENDS + HOUR), expected);
    }
}

#[test]
fn new_seconds_are_cut_at_the_midnight_of_the_first_open_day() {
    let served = span(MIDNIGHT - 10, MIDNIGHT + 10);

    let cut_at = |day| split(served, 0, Day(day));

    assert_eq!(cut_at(DAY - 1), (span(MIDNIGHT - 10, MIDNIGHT - 10), served));
    assert_eq!(cut_at(DAY), (span(MIDNIGHT - 10, MIDNIGHT), span(MIDNIGHT, MIDNIGHT + 10)));
    assert_eq!(cut_at(DAY + 1), (served, span(MIDNIGHT + 10, MIDNIGHT + 10)));
}

#[test]
fn nothing_is_new_before_what_is_booked() {
    let served = span(MIDNIGHT, MIDNIGHT + 10);

    for (booked_until, new_seconds) in
        [(MIDNIGHT - 1, 10), (MIDNIGHT, 10), (MIDNIGHT + 1, 9), (MIDNIGHT + 10, 0), (u64::MAX, 0)]
    {
        for first_open_day in [0, DAY, DAY + 1] {
            let (dropped, booked) = split(served, booked_until, Day(first_open_day));
            assert_eq!(dropped.seconds() + booked.seconds(), new_seconds);
        }
    }
}

#[test]
fn a_day_is_final_the_grace_after_its_end() {
    let final_at = MIDNIGHT + 4 * SECONDS_PER_DAY;

    assert_eq!(first_open_day(final_at - 1, 3), Day(DAY));
    assert_eq!(first_open_day(final_at, 3), Day(DAY + 1));
    assert_eq!(first_open_day(0, 3), Day(0));
}

#[test]
fn a_span_that_ends_at_midnight_does_not_touch_the_day_that_begins() {
    let last_day = |to| span(MIDNIGHT - 10, to).days().1;

    assert_eq!(last_day(MIDNIGHT - 1), Day(DAY - 1));
    assert_eq!(last_day(MIDNIGHT), Day(DAY - 1));
    assert_eq!(last_day(MIDNIGHT + 1), Day(DAY));
}
