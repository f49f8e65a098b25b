//! The views of the buckets.

use super::{id, open, World, ANYONE, DAY, GRACE_DAYS, HOUR, MIDNIGHT, OTHER_SUBNET, SECONDS_PER_DAY, SUBNET};
use mrc53_interfaces::recorder::DayUsage;
use mrc53_testing::clock;

const NOTHING: DayUsage = DayUsage { subnetSeconds: 0, totalSeconds: 0, subnetSessions: 0, totalSessions: 0 };

fn final_usage_at(world: &World, now: u64, from_day: u32, to_day: u32) -> Vec<DayUsage> {
    clock::set(now);
    world.recorder.sender(ANYONE).final_usage(SUBNET, from_day, to_day)
}

/// The second in which `day` becomes final.
fn final_at(day: u32) -> u64 {
    u64::from(day + 1 + GRACE_DAYS) * SECONDS_PER_DAY
}

/// A world in which hour after hour of six days is booked for [`SUBNET`]: one hour on [`DAY`], two on the next, and
/// so on.
fn a_week_of_usage() -> World {
    let world = World::new();
    for day in 0..6 {
        let midnight = MIDNIGHT + day * SECONDS_PER_DAY;
        world.host(id(day), open(midnight, midnight + (day + 1) * HOUR));
        world.record_at(midnight + SECONDS_PER_DAY, id(day)).unwrap();
    }
    world
}

#[test]
fn final_usage_is_what_usage_of_says_day_by_day() {
    let world = a_week_of_usage();

    for (from_day, to_day) in [(DAY, DAY + 6), (DAY + 1, DAY + 6), (DAY - 2, DAY + 5), (DAY + 3, DAY + 4)] {
        let expected: Vec<_> = (from_day..to_day).map(|day| world.usage(SUBNET, day)).collect();
        assert_eq!(final_usage_at(&world, final_at(DAY + 6), from_day, to_day), expected);
    }
    assert_eq!(world.usage(SUBNET, DAY + 5).subnetSeconds, 6 * HOUR);
}

#[test]
fn final_usage_ends_before_the_first_day_that_is_not_final() {
    let world = a_week_of_usage();

    for (now, days) in [(final_at(DAY) - 1, 0), (final_at(DAY), 1), (final_at(DAY) + 1, 1), (final_at(DAY + 1), 2)] {
        assert_eq!(final_usage_at(&world, now, DAY, DAY + 6).len(), days);
    }
}

#[test]
fn an_empty_reversed_or_future_range_is_answered_with_nothing() {
    let world = a_week_of_usage();

    for (from_day, to_day) in [(DAY, DAY), (DAY + 1, DAY), (u32::MAX, 0), (u32::MAX - 1, u32::MAX)] {
        assert_eq!(final_usage_at(&world, final_at(DAY + 6), from_day, to_day), []);
    }
}

#[test]
fn a_range_without_an_end_is_cut_to_the_final_days() {
    let world = a_week_of_usage();

    assert_eq!(final_usage_at(&world, final_at(DAY + 6), DAY + 5, u32::MAX).len(), 2);
}

#[test]
fn a_day_without_sessions_has_no_usage() {
    let world = a_week_of_usage();

    assert_eq!(world.usage(SUBNET, DAY - 1), NOTHING);
    assert_eq!(world.usage(SUBNET, u32::MAX), NOTHING);
}

#[test]
fn a_subnet_without_sessions_sees_the_total() {
    let world = a_week_of_usage();

    assert_eq!(world.usage(OTHER_SUBNET, DAY), DayUsage { totalSeconds: HOUR, totalSessions: 1, ..NOTHING });
}

#[test]
fn a_session_that_was_never_booked_is_answered_with_zeros() {
    let world = World::new();

    assert_eq!(world.session(id(1)), (alloy_primitives::Address::ZERO, 0));
}
