//! When a day is final: its window is over, and a root from half a day after its opening has been open for a day.

use super::*;

const WINDOW: u64 = WINDOW_DAYS as u64 * SECONDS_PER_DAY;

/// A world in which roots were opened: the time of the header of each, and when.
fn opened(roots: &[(u64, u64)]) -> World {
    let world = World::new();
    for (timestamp, now) in roots {
        world.accept_and_open(&Base::default().block(*timestamp), *now);
    }
    world
}

#[test]
fn before_the_first_root_no_day_is_final() {
    assert_eq!(World::new().first_open_day_at(covers(DAY)), 0);
}

#[test]
fn a_day_is_final_once_its_window_is_over() {
    // Roots come through every day, one and a half days old.
    let opened_at = |day| covers(day) + 36 * HOUR;
    let roots: Vec<_> = (DAY..DAY + 10).map(|day| (covers(day), opened_at(day))).collect();
    let world = opened(&roots);

    for (now, first_open_day) in [
        (opened_at(DAY) + WINDOW - 1, 0),
        (opened_at(DAY) + WINDOW, DAY + 1),
        (opened_at(DAY + 1) + WINDOW - 1, DAY + 1),
        (opened_at(DAY + 1) + WINDOW, DAY + 2),
    ] {
        assert_eq!(world.first_open_day_at(now), first_open_day);
    }
}

#[test]
fn while_no_root_comes_through_no_day_becomes_final() {
    let world = opened(&[(covers(DAY), covers(DAY) + HOUR)]);

    assert_eq!(world.first_open_day_at(covers(DAY) + 400 * SECONDS_PER_DAY), 0);
}

#[test]
fn the_root_that_ends_a_silence_leaves_a_day_to_prove() {
    let first = covers(DAY) + HOUR;
    let silence_ends = covers(DAY) + 20 * SECONDS_PER_DAY + HOUR;
    let world = opened(&[(covers(DAY), first), (covers(DAY + 15), silence_ends)]);

    for (after, first_open_day) in
        [(SECONDS_PER_DAY - 1, 0), (SECONDS_PER_DAY, DAY + 1), (SECONDS_PER_DAY + 1, DAY + 1)]
    {
        assert_eq!(world.first_open_day_at(silence_ends + after), first_open_day);
    }
    assert_eq!(world.first_open_day_at(silence_ends + WINDOW + SECONDS_PER_DAY), DAY + 1);
}

#[test]
fn a_root_from_before_the_opening_does_not_count_however_late_it_comes() {
    let first = covers(DAY) + 30 * HOUR;
    let later = first + 9 * SECONDS_PER_DAY;
    // Of the day after, but from before the opening: the second day's midnight lies behind it.
    for (timestamp, first_open_day) in [(covers(DAY + 1), 0), (covers(DAY + 2), DAY + 1)] {
        let world = opened(&[(covers(DAY), first), (timestamp, later)]);

        assert_eq!(world.first_open_day_at(later + SECONDS_PER_DAY), first_open_day);
    }
}

#[test]
fn a_root_counts_from_half_a_day_behind_the_opening_on() {
    // The next root's header is of the midnight after.
    let half_a_day_before = covers(DAY + 1) - 12 * HOUR;
    let later = covers(DAY) + 9 * SECONDS_PER_DAY;
    for (first, first_open_day) in
        [(half_a_day_before - 1, DAY + 1), (half_a_day_before, DAY + 1), (half_a_day_before + 1, 0)]
    {
        let world = opened(&[(covers(DAY), first), (covers(DAY + 1), later)]);

        assert_eq!(world.first_open_day_at(later + SECONDS_PER_DAY), first_open_day);
    }
}

#[test]
fn a_root_that_is_opened_in_its_own_second_does_not_follow_itself() {
    let world = opened(&[(covers(DAY), covers(DAY))]);

    assert_eq!(world.first_open_day_at(covers(DAY) + WINDOW), 0);
}

#[test]
fn law_3_a_day_that_is_final_stays_so_whatever_is_opened_later() {
    let world = opened(&[(covers(DAY), covers(DAY)), (covers(DAY + 1), covers(DAY + 1))]);
    let last = covers(DAY) + WINDOW;
    assert_eq!(world.first_open_day_at(last), DAY + 1);

    for (timestamp, now) in [(covers(DAY - 9), last), (covers(DAY) + 1, last + 1), (last, last + 2)] {
        world.accept_and_open(&Base::default().block(timestamp), now);
        assert_eq!(world.first_open_day_at(now), DAY + 1);
    }
}
