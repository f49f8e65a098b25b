//! Days become final, and what comes later is dropped.

use super::{
    booked_event, dropped_event, id, open, World, ANYONE, DAY, GRACE_DAYS, HOUR, MIDNIGHT, SECONDS_PER_DAY, SUBNET,
};
use mrc53_testing::clock;

/// From this second on, [`DAY`] is final.
const FINAL_AT: u64 = MIDNIGHT + (1 + GRACE_DAYS as u64) * SECONDS_PER_DAY;

fn first_open_day_at(world: &World, now: u64) -> u32 {
    clock::set(now);
    world.recorder.sender(ANYONE).first_open_day()
}

#[test]
fn a_day_is_final_when_the_grace_after_its_end_is_over() {
    let world = World::new();

    assert_eq!(first_open_day_at(&world, FINAL_AT - 1), DAY);
    assert_eq!(first_open_day_at(&world, FINAL_AT), DAY + 1);
    assert_eq!(first_open_day_at(&world, FINAL_AT + 1), DAY + 1);
}

#[test]
fn without_grace_a_day_is_final_at_its_end() {
    let world = World::with_grace(0);

    assert_eq!(first_open_day_at(&world, MIDNIGHT + SECONDS_PER_DAY - 1), DAY);
    assert_eq!(first_open_day_at(&world, MIDNIGHT + SECONDS_PER_DAY), DAY + 1);
}

#[test]
fn no_day_is_final_before_the_clock_has_run_for_the_grace() {
    let world = World::new();

    assert_eq!(first_open_day_at(&world, 2 * SECONDS_PER_DAY), 0);
}

#[test]
fn a_day_takes_bookings_until_the_second_before_it_is_final() {
    for (now, seconds) in [(FINAL_AT - 1, HOUR), (FINAL_AT, 0), (FINAL_AT + 1, 0)] {
        let world = World::new();
        world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));

        assert_eq!(world.record_at(now, id(1)), Ok(seconds));
        assert_eq!(world.booked(DAY), (seconds, u32::from(seconds > 0)));
    }
}

#[test]
fn invariant_5_seconds_that_come_too_late_are_dropped_and_reported() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));

    assert_eq!(world.record_at(FINAL_AT, id(1)), Ok(0));

    assert_eq!(world.booked(DAY), (0, 0));
    assert_eq!(world.session(id(1)), (SUBNET, MIDNIGHT + HOUR));
    assert_eq!(world.events(), [dropped_event(id(1), HOUR, MIDNIGHT + HOUR)]);
}

#[test]
fn a_late_booking_keeps_what_lies_on_days_that_are_still_open() {
    let world = World::new();
    let midnight = MIDNIGHT + SECONDS_PER_DAY;
    world.host(id(1), open(midnight - HOUR, midnight + 600));

    assert_eq!(world.record_at(FINAL_AT, id(1)), Ok(600));

    assert_eq!((world.booked(DAY), world.booked(DAY + 1)), ((0, 0), (600, 0)));
    let expected = [dropped_event(id(1), HOUR, midnight), booked_event(id(1), midnight, midnight + 600, false)];
    assert_eq!(world.events(), expected);
}

#[test]
fn what_was_dropped_is_silent_the_second_time() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.record_at(FINAL_AT, id(1)).unwrap();

    assert_eq!(world.record_at(FINAL_AT + 1, id(1)), Ok(0));
    assert_eq!(world.events().len(), 1);
}

#[test]
fn only_what_was_not_booked_in_time_is_dropped() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.record_at(MIDNIGHT + 600, id(1)).unwrap();

    world.record_at(FINAL_AT, id(1)).unwrap();

    assert_eq!(world.booked(DAY), (600, 1));
    world.assert_last_events(&[dropped_event(id(1), HOUR - 600, MIDNIGHT + HOUR)]);
}

#[test]
fn invariant_5_a_final_day_never_changes() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.host(id(2), open(MIDNIGHT, MIDNIGHT + 30 * HOUR).closed(MIDNIGHT + 30 * HOUR));
    world.record_at(FINAL_AT - 1, id(1)).unwrap();
    let before = world.usage(SUBNET, DAY);

    world.record_at(FINAL_AT, id(2)).unwrap();

    assert_eq!(world.usage(SUBNET, DAY), before);
    assert_eq!(world.booked(DAY + 1), (6 * HOUR, 0));
}

#[test]
fn a_session_longer_than_the_grace_is_kept_whole_by_recording_it_once_within_every_grace() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + 7 * SECONDS_PER_DAY));

    let booked: u64 =
        [3, 6, 9].map(|day| world.record_at(MIDNIGHT + day * SECONDS_PER_DAY, id(1)).unwrap()).iter().sum();

    assert_eq!(booked, 7 * SECONDS_PER_DAY);
    assert!((DAY..DAY + 7).all(|day| world.booked(day).0 == SECONDS_PER_DAY));
}

#[test]
fn the_longest_grace_books_all_of_its_days_at_once() {
    let world = World::with_grace(90);
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + 91 * SECONDS_PER_DAY));

    assert_eq!(world.record_at(MIDNIGHT + 91 * SECONDS_PER_DAY - 1, id(1)), Ok(91 * SECONDS_PER_DAY - 1));
    assert!((DAY..DAY + 90).all(|day| world.booked(day).0 == SECONDS_PER_DAY));
}
