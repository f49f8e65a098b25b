//! The views of the buckets: those of the recorder.

use super::*;

const NOTHING: DayUsage = DayUsage { subnetSeconds: 0, totalSeconds: 0, subnetSessions: 0, totalSessions: 0 };

/// The second in which the days up to `DAY + 5` are final in [`a_week`].
const FINAL: u64 = covers(DAY + 5) + WINDOW_DAYS as u64 * SECONDS_PER_DAY;

/// A world in which six days are proven: one hour on [`DAY`], two on the next, and so on; roots go on coming through.
fn a_week() -> World {
    let mut base = Base::default();
    for day in 0..6 {
        base.host(SUBNET, DAY + day, HOUR * u64::from(day + 1), 1);
    }
    let (world, block) = World::opened(&base, covers(DAY + 5));
    assert_eq!(world.prove_at(covers(DAY + 5), &block, &base.words()), Ok(6));
    world.accept_and_open(&base.block(covers(DAY + 6)), covers(DAY + 6));
    world
}

fn final_usage_at(world: &World, now: u64, from_day: u32, to_day: u32) -> Vec<DayUsage> {
    clock::set(now);
    world.proofs.sender(ANYONE).final_usage(SUBNET, from_day, to_day)
}

#[test]
fn final_usage_is_what_usage_of_says_day_by_day() {
    let world = a_week();

    for (from_day, to_day) in [(DAY, DAY + 6), (DAY + 1, DAY + 6), (DAY - 2, DAY + 5), (DAY + 3, DAY + 4)] {
        let expected: Vec<_> = (from_day..to_day).map(|day| world.usage(SUBNET, day)).collect();
        assert_eq!(final_usage_at(&world, FINAL, from_day, to_day), expected);
    }
    assert_eq!(world.usage(SUBNET, DAY + 5).subnetSeconds, 6 * HOUR);
}

#[test]
fn final_usage_ends_before_the_first_day_that_is_not_final() {
    let world = a_week();

    for (now, days) in [(FINAL - 1, 0), (FINAL, 6), (FINAL + 1, 6)] {
        assert_eq!(final_usage_at(&world, now, DAY, DAY + 9).len(), days);
        assert_eq!(world.first_open_day_at(now), if days == 0 { 0 } else { DAY + 6 });
    }
}

#[test]
fn an_empty_reversed_or_future_range_is_answered_with_nothing() {
    let world = a_week();

    for (from_day, to_day) in [(DAY, DAY), (DAY + 1, DAY), (u32::MAX, 0), (u32::MAX - 1, u32::MAX)] {
        assert_eq!(final_usage_at(&world, FINAL, from_day, to_day), []);
    }
}

#[test]
fn a_range_without_an_end_is_cut_to_the_final_days() {
    assert_eq!(final_usage_at(&a_week(), FINAL, DAY + 4, u32::MAX).len(), 2);
}

#[test]
fn a_day_or_subnet_of_which_nothing_was_proven_has_no_usage() {
    let world = a_week();

    assert_eq!(world.usage(SUBNET, DAY - 1), NOTHING);
    assert_eq!(world.usage(SUBNET, u32::MAX), NOTHING);
    assert_eq!(world.usage(OTHER_SUBNET, DAY), DayUsage { totalSeconds: HOUR, totalSessions: 1, ..NOTHING });
}
