//! What one call books: what was served by now and is not yet booked, split by day.

use super::artifacts::{DiamondHarness, Refusal, SessionRecorder};
use super::world::{PROVIDER, World, booked_event, id, open};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, TODAY};

const NOON: u64 = MIDNIGHT + 12 * HOUR;

#[test]
fn a_running_session_is_booked_up_to_now_and_a_provider_without_code_is_its_own_account() {
    let mut world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));

    assert_eq!(world.record_at(NOON + 60, id(1)), Ok(60));
    assert_eq!(world.booked(TODAY), (60, 1));
    assert_eq!(world.session(id(1)), (PROVIDER, NOON + 60));
}

#[test]
fn a_session_that_was_never_closed_is_booked_up_to_its_agreed_end() {
    let mut world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));

    for (now, seconds) in [(NOON + HOUR - 1, HOUR - 1), (NOON + HOUR, 1), (NOON + HOUR + 1, 0)] {
        assert_eq!(world.record_at(now, id(1)), Ok(seconds));
    }
    assert_eq!(world.booked(TODAY), (HOUR, 1));
}

#[test]
fn a_closed_session_is_booked_up_to_its_closing_or_its_agreed_end_whichever_comes_first() {
    for (closed_after, seconds) in [(HOUR - 1, HOUR - 1), (HOUR, HOUR), (HOUR + 1, HOUR), (2 * HOUR, HOUR)] {
        let mut world = World::new();
        world.host(id(1), open(NOON, NOON + HOUR).closed(NOON + closed_after));

        assert_eq!(world.record_at(NOON + 3 * HOUR, id(1)), Ok(seconds));
    }
}

#[test]
fn a_session_closed_in_the_second_of_its_opening_earns_nothing() {
    let mut world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR).closed(NOON));

    assert_eq!(world.record_at(NOON + HOUR, id(1)), Ok(0));
    world.assert_untouched(id(1), TODAY);
}

#[test]
fn nothing_is_booked_in_the_second_of_opening_and_one_second_after_it() {
    let mut world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));

    assert_eq!(world.record_at(NOON, id(1)), Ok(0));
    world.assert_untouched(id(1), TODAY);
    assert_eq!(world.record_at(NOON + 1, id(1)), Ok(1));
}

#[test]
fn a_session_across_midnight_is_split_between_its_days() {
    let midnight = MIDNIGHT + DAY;
    for (end, first, second) in [(midnight - 1, 59, 0), (midnight, 60, 0), (midnight + 1, 60, 1)] {
        let mut world = World::new();
        world.host(id(1), open(midnight - 60, end));

        assert_eq!(world.record_at(midnight + HOUR, id(1)), Ok(first + second));
        assert_eq!((world.booked(TODAY), world.booked(TODAY + 1)), ((first, 1), (second, 0)));
    }
}

#[test]
fn the_second_of_midnight_belongs_to_the_day_that_begins() {
    for (opened_at, yesterday, today) in [(MIDNIGHT - 1, 1, 9), (MIDNIGHT, 0, 10), (MIDNIGHT + 1, 0, 10)] {
        let mut world = World::new();
        world.host(id(1), open(opened_at, opened_at + 10));

        world.record_at(MIDNIGHT + HOUR, id(1)).unwrap();
        assert_eq!((world.booked(TODAY - 1).0, world.booked(TODAY).0), (yesterday, today));
    }
}

#[test]
fn a_session_of_seven_days_fills_eight_days_in_two_words_or_three() {
    for later in 0..4 {
        let mut world = World::with_grace(8);
        let opened_at = NOON + u64::from(later) * DAY;
        world.host(id(1), open(opened_at, opened_at + 7 * DAY));

        assert_eq!(world.record_at(opened_at + 8 * DAY, id(1)), Ok(7 * DAY));
        let first = TODAY + later;
        let days: Vec<u64> = (first..first + 8).map(|day| world.booked(day).0).collect();
        assert_eq!(days, [43_200, 86_400, 86_400, 86_400, 86_400, 86_400, 86_400, 43_200]);
        assert_eq!((world.booked(first - 1), world.booked(first + 8)), ((0, 0), (0, 0)));
    }
}

#[test]
fn invariant_4_recording_twice_is_recording_once() {
    let mut world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));
    world.record_at(NOON + 600, id(1)).unwrap();
    let (usage, session, events) = (world.booked(TODAY), world.session(id(1)), world.events.clone());

    assert_eq!(world.record_at(NOON + 600, id(1)), Ok(0));
    assert_eq!((world.booked(TODAY), world.session(id(1)), world.events), (usage, session, events));
}

#[test]
fn a_session_that_is_over_and_accounted_for_to_its_end_is_not_asked_about_again() {
    let over = [
        open(NOON, NOON + HOUR),
        open(NOON, NOON + HOUR).closed(NOON + 600),
        open(NOON, NOON + 600).closed(NOON + HOUR),
        open(MIDNIGHT - 30 * DAY, NOON).closed(MIDNIGHT - 29 * DAY),
    ];
    for serving in over {
        let mut world = World::new();
        world.host(id(1), serving);
        world.record_at(NOON + HOUR, id(1)).unwrap();
        let (usage, session, events) = (world.booked(TODAY), world.session(id(1)), world.events.clone());
        world.source_refuses(&DiamondHarness::getSessionCall { sessionId: id(1) });

        assert_eq!(world.record_at(NOON + HOUR, id(1)), Ok(0), "{serving:?}");
        assert_eq!((world.booked(TODAY), world.session(id(1)), world.events), (usage, session, events));
    }
}

#[test]
fn a_session_that_may_still_serve_is_asked_about_again() {
    let mut world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));
    world.record_at(NOON + HOUR - 1, id(1)).unwrap();
    world.source_refuses(&DiamondHarness::getSessionCall { sessionId: id(1) });

    assert!(matches!(world.record_at(NOON + HOUR, id(1)), Err(Refusal::SourceCallFailed(_))));
}

#[test]
fn invariant_4_recording_along_the_way_books_what_recording_at_the_end_books() {
    let (mut step_by_step, mut at_once) = (World::new(), World::new());
    for world in [&mut step_by_step, &mut at_once] {
        world.host(id(1), open(MIDNIGHT + 23 * HOUR, MIDNIGHT + 26 * HOUR));
    }

    let steps = [23 * HOUR + 1, 24 * HOUR - 1, 24 * HOUR, 24 * HOUR + 1, 25 * HOUR, 26 * HOUR, 27 * HOUR];
    let sum: u64 = steps.iter().map(|step| step_by_step.record_at(MIDNIGHT + step, id(1)).unwrap()).sum();

    assert_eq!(at_once.record_at(MIDNIGHT + 27 * HOUR, id(1)), Ok(sum));
    for day in [TODAY, TODAY + 1] {
        assert_eq!(step_by_step.booked(day), at_once.booked(day));
    }
}

#[test]
fn concurrent_sessions_add_up() {
    let mut world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));
    world.host(id(2), open(NOON, NOON + HOUR));

    world.record_at(NOON + HOUR, id(1)).unwrap();
    world.record_at(NOON + HOUR, id(2)).unwrap();
    assert_eq!(world.booked(TODAY), (2 * HOUR, 2));
}

#[test]
fn a_booking_is_reported_with_its_span() {
    let mut world = World::new();
    world.host(id(1), open(NOON, NOON + HOUR));

    world.record_at(NOON + 60, id(1)).unwrap();
    world.record_at(NOON + 90, id(1)).unwrap();

    let expected = [booked_event(id(1), NOON, NOON + 60, true), booked_event(id(1), NOON + 60, NOON + 90, false)];
    assert_eq!(world.events, expected);
}

#[test]
fn a_session_that_the_source_does_not_know_is_refused() {
    let mut world = World::new();

    let refusal = world.record_at(NOON, id(9)).unwrap_err();

    assert_eq!(refusal, Refusal::SessionUnknown(SessionRecorder::SessionUnknown { sessionId: id(9) }));
    world.assert_untouched(id(9), TODAY);
}
