//! Days become final, and what comes later is dropped.

use super::artifacts::SessionRecorder;
use super::world::{GRACE_DAYS, PROVIDER, World, booked_event, dropped_event, id, open};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, TODAY};

/// From this second on, [`TODAY`] is final.
const FINAL_AT: u64 = MIDNIGHT + (1 + GRACE_DAYS as u64) * DAY;

#[test]
fn a_day_is_final_when_the_grace_after_its_end_is_over() {
    for grace_days in [0, 1, GRACE_DAYS, 90] {
        let mut world = World::with_grace(grace_days);
        let final_at = MIDNIGHT + u64::from(1 + grace_days) * DAY;

        for (now, first_open) in [(final_at - 1, TODAY), (final_at, TODAY + 1), (final_at + 1, TODAY + 1)] {
            assert_eq!(world.view_at(now, &SessionRecorder::firstOpenDayCall {}), first_open);
        }
    }
}

#[test]
fn a_day_takes_bookings_until_the_second_before_it_is_final() {
    for (now, seconds) in [(FINAL_AT - 1, HOUR), (FINAL_AT, 0), (FINAL_AT + 1, 0)] {
        let mut world = World::new();
        world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));

        assert_eq!(world.record_at(now, id(1)), Ok(seconds));
        assert_eq!(world.booked(TODAY), (seconds, u32::from(seconds > 0)));
    }
}

#[test]
fn invariant_5_seconds_that_come_too_late_are_dropped_and_reported() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));

    assert_eq!(world.record_at(FINAL_AT, id(1)), Ok(0));

    assert_eq!(world.booked(TODAY), (0, 0));
    assert_eq!(world.session(id(1)), (PROVIDER, MIDNIGHT + HOUR));
    assert_eq!(world.events, [dropped_event(id(1), HOUR, MIDNIGHT + HOUR)]);
}

#[test]
fn a_late_booking_keeps_what_lies_on_days_that_are_still_open() {
    let mut world = World::new();
    let midnight = MIDNIGHT + DAY;
    world.host(id(1), open(midnight - HOUR, midnight + 600));

    assert_eq!(world.record_at(FINAL_AT, id(1)), Ok(600));

    assert_eq!((world.booked(TODAY), world.booked(TODAY + 1)), ((0, 0), (600, 0)));
    let expected = [dropped_event(id(1), HOUR, midnight), booked_event(id(1), midnight, midnight + 600, false)];
    assert_eq!(world.events, expected);
}

#[test]
fn what_was_dropped_is_silent_the_second_time() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.record_at(FINAL_AT, id(1)).unwrap();

    assert_eq!(world.record_at(FINAL_AT + 1, id(1)), Ok(0));
    assert_eq!(world.events.len(), 1);
}

#[test]
fn only_what_was_not_booked_in_time_is_dropped() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.record_at(MIDNIGHT + 600, id(1)).unwrap();

    world.record_at(FINAL_AT, id(1)).unwrap();

    assert_eq!(world.booked(TODAY), (600, 1));
    world.assert_last_events(&[dropped_event(id(1), HOUR - 600, MIDNIGHT + HOUR)]);
}

#[test]
fn invariant_5_a_final_day_never_changes() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.host(id(2), open(MIDNIGHT, MIDNIGHT + 30 * HOUR).closed(MIDNIGHT + 30 * HOUR));
    world.record_at(FINAL_AT - 1, id(1)).unwrap();
    let before = world.booked(TODAY);

    world.record_at(FINAL_AT, id(2)).unwrap();

    assert_eq!(world.booked(TODAY), before);
    assert_eq!(world.booked(TODAY + 1), (6 * HOUR, 0));
}

#[test]
fn a_session_longer_than_the_grace_is_kept_whole_by_recording_it_once_within_every_grace() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + 7 * DAY));

    let booked: u64 = [3, 6, 9].map(|day| world.record_at(MIDNIGHT + day * DAY, id(1)).unwrap()).iter().sum();

    assert_eq!(booked, 7 * DAY);
    assert!((TODAY..TODAY + 7).all(|day| world.booked(day).0 == DAY));
}

#[test]
fn the_longest_grace_books_all_of_its_days_at_once() {
    let mut world = World::with_grace(90);
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + 91 * DAY));

    assert_eq!(world.record_at(MIDNIGHT + 91 * DAY - 1, id(1)), Ok(91 * DAY - 1));
    assert!((TODAY..TODAY + 90).all(|day| world.booked(day).0 == DAY));
}
