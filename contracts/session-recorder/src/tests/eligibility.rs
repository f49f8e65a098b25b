//! A day counts for a subnet only if the subnet was eligible on that day.

use super::{
    booked_event, dropped_event, id, open, passed_over_event, World, DAY, GRACE_DAYS, HOUR, MIDNIGHT, OTHER_SUBNET,
    SECONDS_PER_DAY, SUBNET,
};
use crate::{AlignmentCallFailed, Error, SubnetNotEligible};

const NOT_ELIGIBLE: Error = Error::SubnetNotEligible(SubnetNotEligible { subnet: SUBNET });
/// First second of the day after [`DAY`], and of the one after that.
const NEXT: u64 = MIDNIGHT + SECONDS_PER_DAY;
const AFTER_NEXT: u64 = NEXT + SECONDS_PER_DAY;
/// From this second on, [`DAY`] is final.
const FINAL_AT: u64 = MIDNIGHT + (1 + GRACE_DAYS as u64) * SECONDS_PER_DAY;

/// A session of [`SUBNET`], which is eligible on `days` only.
fn hosting(opened_at: u64, ends_at: u64, days: &[u32]) -> World {
    let world = World::new();
    world.host(id(1), open(opened_at, ends_at));
    world.set_eligible_days(days);
    world
}

#[test]
fn a_session_of_a_subnet_that_is_not_eligible_is_refused() {
    let world = hosting(MIDNIGHT, MIDNIGHT + HOUR, &[DAY - 1, DAY + 1]);

    assert_eq!(world.record_at(MIDNIGHT + HOUR, id(1)), Err(NOT_ELIGIBLE));
    assert_eq!(world.record_at(AFTER_NEXT, id(1)), Err(NOT_ELIGIBLE));
    world.assert_untouched(id(1), DAY);
}

#[test]
fn a_refused_session_is_booked_whole_once_its_day_is_eligible() {
    let world = hosting(MIDNIGHT, MIDNIGHT + HOUR, &[]);
    world.record_at(MIDNIGHT + HOUR, id(1)).unwrap_err();

    world.set_eligible_days(&[DAY]);

    assert_eq!(world.record_at(NEXT, id(1)), Ok(HOUR));
    assert_eq!(world.booked(DAY), (HOUR, 1));
}

#[test]
fn invariant_14_eligibility_that_comes_later_makes_no_earlier_day_count() {
    let world = hosting(MIDNIGHT, FINAL_AT, &[DAY + 3]);

    assert_eq!(world.record_at(FINAL_AT - 1, id(1)), Ok(SECONDS_PER_DAY - 1));

    assert!((DAY..DAY + 3).all(|day| world.usage(SUBNET, day).totalSeconds == 0));
    assert_eq!(world.booked(DAY + 3), (SECONDS_PER_DAY - 1, 0));
    let (from, to) = (FINAL_AT - SECONDS_PER_DAY, FINAL_AT - 1);
    assert_eq!(world.events(), [passed_over_event(id(1), DAY, DAY + 3), booked_event(id(1), from, to, false)]);
}

#[test]
fn days_that_count_are_booked_run_by_run_and_the_gaps_between_are_passed_over() {
    let world = hosting(MIDNIGHT + HOUR, AFTER_NEXT + HOUR, &[DAY, DAY + 2]);

    assert_eq!(world.record_at(AFTER_NEXT + HOUR, id(1)), Ok(24 * HOUR));

    assert_eq!([DAY, DAY + 1, DAY + 2].map(|day| world.booked(day)), [(23 * HOUR, 1), (0, 0), (HOUR, 0)]);
    let expected = [
        booked_event(id(1), MIDNIGHT + HOUR, NEXT, true),
        passed_over_event(id(1), DAY + 1, DAY + 2),
        booked_event(id(1), AFTER_NEXT, AFTER_NEXT + HOUR, false),
    ];
    assert_eq!(world.events(), expected);
}

#[test]
fn adjacent_days_that_count_are_one_booking() {
    let world = hosting(MIDNIGHT + HOUR, AFTER_NEXT + HOUR, &[DAY, DAY + 1, DAY + 2]);

    world.record_at(AFTER_NEXT + HOUR, id(1)).unwrap();

    assert_eq!(world.events(), [booked_event(id(1), MIDNIGHT + HOUR, AFTER_NEXT + HOUR, true)]);
}

#[test]
fn what_follows_the_last_day_that_counts_stays_for_a_later_call() {
    let world = hosting(MIDNIGHT, AFTER_NEXT + HOUR, &[DAY]);

    assert_eq!(world.record_at(AFTER_NEXT + HOUR, id(1)), Ok(SECONDS_PER_DAY));
    assert_eq!(world.session(id(1)), (SUBNET, NEXT));
    assert_eq!(world.record_at(AFTER_NEXT + 2 * HOUR, id(1)), Err(NOT_ELIGIBLE));
    assert_eq!(world.session(id(1)), (SUBNET, NEXT));

    world.set_eligible_days(&[DAY, DAY + 2]);
    assert_eq!(world.record_at(AFTER_NEXT + 2 * HOUR, id(1)), Ok(HOUR));
    world.assert_last_events(&[
        passed_over_event(id(1), DAY + 1, DAY + 2),
        booked_event(id(1), AFTER_NEXT, AFTER_NEXT + HOUR, false),
    ]);
}

#[test]
fn a_session_is_complete_only_when_all_that_it_served_is_accounted_for() {
    let world = hosting(MIDNIGHT, NEXT + HOUR, &[DAY]);
    world.record_at(AFTER_NEXT, id(1)).unwrap();

    world.set_eligible_days(&[DAY, DAY + 1]);

    assert_eq!(world.record_at(AFTER_NEXT, id(1)), Ok(HOUR));
    assert_eq!(world.booked(DAY + 1), (HOUR, 0));
}

#[test]
fn what_is_left_of_a_session_is_dropped_once_its_days_are_final() {
    let world = hosting(MIDNIGHT, NEXT + HOUR, &[DAY]);
    world.record_at(AFTER_NEXT, id(1)).unwrap();

    for (now, expected) in [
        (FINAL_AT + SECONDS_PER_DAY - 1, Err(NOT_ELIGIBLE)),
        (FINAL_AT + SECONDS_PER_DAY, Ok(0)),
        (FINAL_AT + SECONDS_PER_DAY + 1, Ok(0)),
    ] {
        assert_eq!(world.record_at(now, id(1)), expected, "at {now}");
    }
    world.assert_last_events(&[dropped_event(id(1), HOUR, NEXT + HOUR)]);
    assert_eq!(world.events().len(), 2);
}

#[test]
fn final_days_are_dropped_whether_they_count_or_not_and_nobody_is_asked() {
    for days in [&[DAY][..], &[]] {
        let world = hosting(MIDNIGHT, MIDNIGHT + HOUR, days);
        world.alignment_falls_silent();

        assert_eq!(world.record_at(FINAL_AT, id(1)), Ok(0));
        assert_eq!(world.events(), [dropped_event(id(1), HOUR, MIDNIGHT + HOUR)]);
        assert_eq!(world.session(id(1)), (SUBNET, MIDNIGHT + HOUR));
    }
}

#[test]
fn what_is_dropped_comes_before_what_is_passed_over_and_booked() {
    let world = hosting(MIDNIGHT, AFTER_NEXT + HOUR, &[DAY, DAY + 2]);

    assert_eq!(world.record_at(FINAL_AT, id(1)), Ok(HOUR));

    let expected = [
        dropped_event(id(1), SECONDS_PER_DAY, NEXT),
        passed_over_event(id(1), DAY + 1, DAY + 2),
        booked_event(id(1), AFTER_NEXT, AFTER_NEXT + HOUR, false),
    ];
    assert_eq!(world.events(), expected);
}

#[test]
fn nothing_is_dropped_by_a_call_that_is_refused() {
    let world = hosting(MIDNIGHT, NEXT + HOUR, &[DAY]);

    assert_eq!(world.record_at(FINAL_AT, id(1)), Err(NOT_ELIGIBLE));
    world.assert_untouched(id(1), DAY);
}

#[test]
fn a_session_is_counted_only_if_its_opening_day_is_booked_first() {
    let passed_over = hosting(NEXT - 1, NEXT + HOUR, &[DAY + 1]);
    passed_over.record_at(NEXT + HOUR, id(1)).unwrap();
    let booked = hosting(NEXT - 1, NEXT + HOUR, &[DAY, DAY + 1]);
    booked.record_at(NEXT + HOUR, id(1)).unwrap();

    assert_eq!((passed_over.booked(DAY), passed_over.booked(DAY + 1)), ((0, 0), (HOUR, 0)));
    assert_eq!((booked.booked(DAY), booked.booked(DAY + 1)), ((1, 1), (HOUR, 0)));
}

#[test]
fn the_running_day_is_not_passed_by_unless_it_was_booked() {
    let world = hosting(MIDNIGHT, NEXT + HOUR, &[DAY]);

    world.record_at(NEXT + 60, id(1)).unwrap();
    assert_eq!(world.session(id(1)), (SUBNET, NEXT));

    world.set_eligible_days(&[DAY, DAY + 1]);
    assert_eq!(world.record_at(NEXT + 120, id(1)), Ok(120));
}

#[test]
fn a_subnet_that_loses_the_running_day_keeps_what_is_booked_of_it_and_books_no_more() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.record_at(MIDNIGHT + 600, id(1)).unwrap();
    world.set_eligible(SUBNET, false);

    assert_eq!(world.record_at(MIDNIGHT + HOUR, id(1)), Err(NOT_ELIGIBLE));
    assert_eq!(world.booked(DAY), (600, 1));
    assert_eq!(world.session(id(1)), (SUBNET, MIDNIGHT + 600));
}

#[test]
fn the_rest_of_a_day_that_no_longer_counts_is_passed_over_by_a_later_day() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, NEXT + HOUR));
    world.record_at(MIDNIGHT + 600, id(1)).unwrap();
    world.set_eligible_days(&[DAY + 1]);

    assert_eq!(world.record_at(NEXT + HOUR, id(1)), Ok(HOUR));
    assert_eq!(world.booked(DAY), (600, 1));
    world.assert_last_events(&[passed_over_event(id(1), DAY, DAY + 1), booked_event(id(1), NEXT, NEXT + HOUR, false)]);
}

#[test]
fn the_days_of_one_subnet_say_nothing_about_another() {
    let world = hosting(MIDNIGHT, MIDNIGHT + HOUR, &[]);
    world.host(id(2), open(MIDNIGHT, MIDNIGHT + HOUR).by(OTHER_SUBNET));

    assert_eq!(world.record_at(MIDNIGHT + HOUR, id(2)), Ok(HOUR));
    assert_eq!(world.record_at(MIDNIGHT + HOUR, id(1)), Err(NOT_ELIGIBLE));
}

#[test]
fn with_nothing_new_nobody_is_asked_for_eligibility() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.record_at(MIDNIGHT + HOUR, id(1)).unwrap();
    world.alignment_falls_silent();

    assert_eq!(world.record_at(MIDNIGHT + 2 * HOUR, id(1)), Ok(0));
}

#[test]
fn an_alignment_that_does_not_answer_is_named() {
    let world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.alignment_falls_silent();

    let refusal = world.record_at(MIDNIGHT + HOUR, id(1)).unwrap_err();

    let alignment = world.alignment.address();
    assert_eq!(refusal, Error::AlignmentCallFailed(AlignmentCallFailed { alignment }));
    world.assert_untouched(id(1), DAY);
}
