//! What one call books: what was served by now and is not yet booked, split by day.

use super::{booked_event, id, open, World, DAY, HOUR, MIDNIGHT, SECONDS_PER_DAY, SUBNET};
use crate::{Error, SessionUnknown};
use mrc53_interfaces::recorder::DayUsage;
use mrc53_testing::diamond;

const NOON: u64 = MIDNIGHT + 12 * HOUR;

#[test]
fn a_running_session_is_booked_up_to_now() {
    let world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));

    assert_eq!(world.record_at(NOON + 60, id(1)), Ok(60));
    assert_eq!(world.booked(DAY), (60, 1));
    assert_eq!(world.session(id(1)), (SUBNET, NOON + 60));
}

#[test]
fn a_session_that_was_never_closed_is_booked_up_to_its_agreed_end() {
    let world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));

    for (now, seconds) in [(NOON + HOUR - 1, HOUR - 1), (NOON + HOUR, 1), (NOON + HOUR + 1, 0)] {
        assert_eq!(world.record_at(now, id(1)), Ok(seconds));
    }
    assert_eq!(world.booked(DAY), (HOUR, 1));
}

#[test]
fn a_session_closed_early_is_booked_up_to_its_closing() {
    let world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR).closed(NOON + 600));

    assert_eq!(world.record_at(NOON + HOUR, id(1)), Ok(600));
}

#[test]
fn a_session_closed_late_is_booked_up_to_its_agreed_end() {
    let world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR).closed(NOON + 2 * HOUR));

    assert_eq!(world.record_at(NOON + 3 * HOUR, id(1)), Ok(HOUR));
}

#[test]
fn a_session_closed_in_the_second_of_its_opening_earns_nothing() {
    let world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR).closed(NOON));

    assert_eq!(world.record_at(NOON + HOUR, id(1)), Ok(0));
    world.assert_untouched(id(1), DAY);
}

#[test]
fn nothing_is_booked_in_the_second_of_opening_and_one_second_after_it() {
    let world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));

    assert_eq!(world.record_at(NOON, id(1)), Ok(0));
    world.assert_untouched(id(1), DAY);
    assert_eq!(world.record_at(NOON + 1, id(1)), Ok(1));
}

#[test]
fn a_session_across_midnight_is_split_between_its_days() {
    let midnight = MIDNIGHT + SECONDS_PER_DAY;
    for (end, first, second) in [(midnight - 1, 59, 0), (midnight, 60, 0), (midnight + 1, 60, 1)] {
        let world = World::new();
        world.host(id(1), open(midnight - 60, end));

        assert_eq!(world.record_at(midnight + HOUR, id(1)), Ok(first + second));
        assert_eq!((world.booked(DAY), world.booked(DAY + 1)), ((first, 1), (second, 0)));
    }
}

#[test]
fn the_second_of_midnight_belongs_to_the_day_that_begins() {
    for (opened_at, yesterday, today) in [(MIDNIGHT - 1, 1, 9), (MIDNIGHT, 0, 10), (MIDNIGHT + 1, 0, 10)] {
        let world = World::new();
        world.host(id(1), open(opened_at, opened_at + 10));

        world.record_at(MIDNIGHT + HOUR, id(1)).unwrap();
        assert_eq!((world.booked(DAY - 1).0, world.booked(DAY).0), (yesterday, today));
    }
}

#[test]
fn a_session_of_seven_days_fills_eight_days_in_three_words() {
    let world = World::with_grace(8);
    world.host(id(1), open(NOON, NOON + 7 * SECONDS_PER_DAY));

    assert_eq!(world.record_at(NOON + 8 * SECONDS_PER_DAY, id(1)), Ok(7 * SECONDS_PER_DAY));
    let days: Vec<u64> = (DAY..DAY + 8).map(|day| world.booked(day).0).collect();
    assert_eq!(days, [43_200, 86_400, 86_400, 86_400, 86_400, 86_400, 86_400, 43_200]);
}

#[test]
fn invariant_4_recording_twice_is_recording_once() {
    let world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));
    world.record_at(NOON + 600, id(1)).unwrap();
    let (usage, session, events) = (world.booked(DAY), world.session(id(1)), world.events());

    assert_eq!(world.record_at(NOON + 600, id(1)), Ok(0));
    assert_eq!((world.booked(DAY), world.session(id(1)), world.events()), (usage, session, events));
}

#[test]
fn a_session_that_is_over_and_booked_to_its_end_is_not_asked_about_again() {
    let over = [
        open(NOON, NOON + HOUR),
        open(NOON, NOON + HOUR).closed(NOON + 600),
        open(NOON, NOON + 600).closed(NOON + HOUR),
        open(MIDNIGHT - 30 * SECONDS_PER_DAY, NOON).closed(MIDNIGHT - 29 * SECONDS_PER_DAY),
    ];
    for hosted in over {
        let world = World::new();
        world.host(id(1), hosted);
        world.record_at(NOON + HOUR, id(1)).unwrap();
        let (usage, session, events) = (world.booked(DAY), world.session(id(1)), world.events());
        world.source_reverts(&diamond::get_session(id(1)));

        assert_eq!(world.record_at(NOON + HOUR, id(1)), Ok(0), "{hosted:?}");
        assert_eq!((world.booked(DAY), world.session(id(1)), world.events()), (usage, session, events));
    }
}

#[test]
fn a_session_that_may_still_serve_is_asked_about_again() {
    let world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));
    world.record_at(NOON + HOUR - 1, id(1)).unwrap();
    world.source_reverts(&diamond::get_session(id(1)));

    assert!(matches!(world.record_at(NOON + HOUR, id(1)), Err(Error::SourceCallFailed(_))));
}

#[test]
fn invariant_4_recording_along_the_way_books_what_recording_at_the_end_books() {
    let step_by_step = World::new();
    let at_once = World::new();
    for world in [&step_by_step, &at_once] {
        world.host(id(1), open(MIDNIGHT + 23 * HOUR, MIDNIGHT + 26 * HOUR));
    }

    let steps = [23 * HOUR + 1, 24 * HOUR - 1, 24 * HOUR, 24 * HOUR + 1, 25 * HOUR, 26 * HOUR, 27 * HOUR];
    let sum: u64 = steps.iter().map(|step| step_by_step.record_at(MIDNIGHT + step, id(1)).unwrap()).sum();

    assert_eq!(at_once.record_at(MIDNIGHT + 27 * HOUR, id(1)), Ok(sum));
    for day in [DAY, DAY + 1] {
        assert_eq!(step_by_step.booked(day), at_once.booked(day));
    }
}

#[test]
fn concurrent_sessions_add_up() {
    let world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));
    world.host(id(2), open(NOON, NOON + HOUR));

    world.record_at(NOON + HOUR, id(1)).unwrap();
    world.record_at(NOON + HOUR, id(2)).unwrap();
    assert_eq!(world.booked(DAY), (2 * HOUR, 2));
}

#[test]
fn invariant_1_the_total_is_the_sum_of_the_subnets() {
    let world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));
    world.host(id(2), open(NOON, NOON + 600).by(super::OTHER_SUBNET));

    world.record_at(NOON + HOUR, id(1)).unwrap();
    world.record_at(NOON + HOUR, id(2)).unwrap();

    let (ours, theirs) = (world.usage(SUBNET, DAY), world.usage(super::OTHER_SUBNET, DAY));
    let total = DayUsage { subnetSeconds: HOUR, totalSeconds: HOUR + 600, subnetSessions: 1, totalSessions: 2 };
    assert_eq!(ours, total);
    assert_eq!(theirs, DayUsage { subnetSeconds: 600, ..total });
}

#[test]
fn a_booking_is_reported_with_its_span() {
    let world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));

    world.record_at(NOON + 60, id(1)).unwrap();
    world.record_at(NOON + 90, id(1)).unwrap();

    let expected = [booked_event(id(1), NOON, NOON + 60, true), booked_event(id(1), NOON + 60, NOON + 90, false)];
    assert_eq!(world.events(), expected);
}

#[test]
fn a_session_that_the_source_does_not_know_is_refused() {
    let world = World::new();
    world.source_answers(&diamond::get_session(id(9)), &diamond::session(id(0), 0, 0, 0));

    let refusal = world.record_at(NOON, id(9)).unwrap_err();

    assert_eq!(refusal, Error::SessionUnknown(SessionUnknown { sessionId: id(9) }));
    world.assert_untouched(id(9), DAY);
}
