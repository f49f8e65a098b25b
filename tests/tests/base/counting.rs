//! A session counts once, on the day of its opening, with its first booked second, if that day is not final then.

use super::world::{World, id, open};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, TODAY};

#[test]
fn a_session_is_counted_by_its_first_booking_only() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));

    for now in [MIDNIGHT + 1, MIDNIGHT + 2, MIDNIGHT + HOUR] {
        world.record_at(now, id(1)).unwrap();
        assert_eq!(world.booked(TODAY).1, 1);
    }
}

#[test]
fn a_session_across_midnight_is_counted_on_its_opening_day() {
    for (opened_at, yesterday, today) in [(MIDNIGHT - 1, 1, 0), (MIDNIGHT, 0, 1), (MIDNIGHT + 1, 0, 1)] {
        let mut world = World::new();
        world.host(id(1), open(opened_at, MIDNIGHT + HOUR));

        world.record_at(MIDNIGHT + HOUR, id(1)).unwrap();

        assert_eq!((world.booked(TODAY - 1).1, world.booked(TODAY).1), (yesterday, today));
    }
}

#[test]
fn a_session_first_recorded_days_later_is_still_counted_on_its_opening_day() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));

    world.record_at(MIDNIGHT + 2 * DAY, id(1)).unwrap();

    assert_eq!(world.booked(TODAY), (HOUR, 1));
}

#[test]
fn a_session_whose_opening_day_is_final_is_never_counted() {
    let mut world = World::with_grace(0);
    world.host(id(1), open(MIDNIGHT - 1, MIDNIGHT + HOUR));

    world.record_at(MIDNIGHT + 600, id(1)).unwrap();
    world.record_at(MIDNIGHT + HOUR, id(1)).unwrap();

    assert_eq!((world.booked(TODAY - 1), world.booked(TODAY)), ((0, 0), (HOUR, 0)));
}

#[test]
fn a_session_without_a_served_second_is_not_counted_until_it_has_one() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR));

    world.record_at(MIDNIGHT + HOUR, id(1)).unwrap();
    assert_eq!(world.booked(TODAY), (0, 0));
    world.record_at(MIDNIGHT + HOUR + 1, id(1)).unwrap();
    assert_eq!(world.booked(TODAY), (1, 1));
}
