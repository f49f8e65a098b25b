//! E(d) and C(d), every day (invariant 8).

use mrc53_maths::{
    compute::{emission_of, emission_of_days, emitted_by_end_of, LAST_DAY, LAUNCH_DAY, TOTAL},
    Day, COMPUTE, U256,
};

use crate::vectors;

#[test]
fn e_of_every_recorded_day_is_equal_to_the_wei() {
    let days = vectors::emission_days();
    assert!(days.iter().map(|(day, _)| *day).eq(LAUNCH_DAY.0..=LAST_DAY.0));
    for (day, wei) in days {
        assert_eq!(emission_of(Day(day)), wei, "day {day}");
    }
}

#[test]
fn e_and_c_of_every_recorded_point_are_equal_to_the_wei() {
    for point in vectors::emission().points {
        let day = Day::of(point.timestamp);
        assert_eq!(day.start(), point.utc_day_start, "{}", point.name);
        assert_eq!(emission_of(day), point.utc_day_emission_wei, "{}", point.name);
        assert_eq!(emitted_by_end_of(day), point.cumulative_at_utc_day_end_wei, "{}", point.name);
    }
}

#[test]
fn the_closed_forms_equal_the_schedule_on_every_day_and_100_days_around() {
    for day in (LAUNCH_DAY.0 - 100..LAST_DAY.0 + 101).map(Day) {
        assert_eq!(U256::from(emission_of(day)), COMPUTE.period_reward(day.start(), day.end()));
        assert_eq!(U256::from(emitted_by_end_of(day)), COMPUTE.period_reward(0, day.end()));
    }
}

#[test]
fn invariant_8_c_grows_by_e_every_day() {
    // Every day that words of the suite can hold, until 2149, and the ends of wider numbers.
    let wider = (16..32).flat_map(|bits| [(1 << bits) - 1, 1 << bits, (1 << bits) + 1]).chain([u32::MAX]);
    for day in (1..1 << 16).chain(wider) {
        let growth = emitted_by_end_of(Day(day)) - emitted_by_end_of(Day(day - 1));
        assert_eq!(growth, emission_of(Day(day)), "day {day}");
    }
}

#[test]
fn invariant_8_the_emissions_of_all_days_add_up_to_the_total() {
    let sum: u128 = (LAUNCH_DAY.0..=LAST_DAY.0).map(|day| emission_of(Day(day))).sum();
    assert_eq!(sum, TOTAL);
    assert_eq!(TOTAL, 10_079_999_999_721_449_280_000_000);
}

#[test]
fn invariant_8_nothing_is_emitted_before_the_launch_or_after_the_end() {
    for day in [Day(0), Day(LAUNCH_DAY.0 - 1)] {
        assert_eq!((emission_of(day), emitted_by_end_of(day)), (0, 0));
    }
    for day in [LAST_DAY.next(), Day(u32::MAX)] {
        assert_eq!((emission_of(day), emitted_by_end_of(day)), (0, TOTAL));
    }
}

#[test]
fn a_range_of_days_emits_what_its_days_emit() {
    let (from, to) = (Day(20_140), Day(20_147));
    let sum: u128 = (from.0..to.0).map(|day| emission_of(Day(day))).sum();
    assert_eq!(emission_of_days(from, to), sum);
    assert_eq!(emission_of_days(Day(0), Day(u32::MAX)), TOTAL);
}

#[test]
fn an_empty_or_reversed_range_emits_nothing() {
    assert_eq!(emission_of_days(Day(20_140), Day(20_140)), 0);
    assert_eq!(emission_of_days(Day(20_141), Day(20_140)), 0);
    assert_eq!(emission_of_days(Day(0), Day(0)), 0);
}
