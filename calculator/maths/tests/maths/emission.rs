//! The closed form against Morpheus' `getPeriodReward`, recorded and restated.

use mrc53_maths::{EmissionSchedule, COMPUTE, U256};
use proptest::prelude::*;

use crate::vectors;

#[test]
fn the_compute_pool_has_the_recorded_constants() {
    let params = vectors::emission().params;
    assert_eq!(COMPUTE.initial, params.initial);
    assert_eq!(COMPUTE.decrease, params.decrease);
    assert_eq!(COMPUTE.payout_start, params.payout_start);
    assert_eq!(COMPUTE.interval, params.interval);
    let length = u64::try_from(COMPUTE.intervals().unwrap()).unwrap() * COMPUTE.interval;
    assert_eq!(COMPUTE.payout_start + length, params.max_end);
}

#[test]
fn every_recorded_point_is_equal_to_the_wei() {
    for point in vectors::emission().points {
        let emitted = COMPUTE.period_reward(0, point.timestamp);
        assert_eq!(emitted, U256::from(point.cumulative_wei), "{}", point.name);
    }
}

#[test]
fn every_recorded_window_is_equal_to_the_wei() {
    for window in vectors::emission().windows {
        let reward = COMPUTE.period_reward(window.start, window.end);
        assert_eq!(reward, U256::from(window.reward_wei), "[{}, {})", window.start, window.end);
    }
}

#[test]
fn the_first_second_pays_and_the_one_before_does_not() {
    let start = COMPUTE.payout_start;
    assert_eq!(COMPUTE.period_reward(start - 1, start), U256::ZERO);
    assert_eq!(COMPUTE.period_reward(start, start + 1), U256::from(COMPUTE.initial / 86_400));
}

#[test]
fn the_last_second_pays_and_the_one_after_does_not() {
    let end = vectors::emission().params.max_end;
    let last_rate = COMPUTE.initial - 5_832 * COMPUTE.decrease;
    assert_eq!(COMPUTE.period_reward(end - 1, end), U256::from(last_rate / 86_400));
    assert_eq!(COMPUTE.period_reward(end, end + 1), U256::ZERO);
    assert_eq!(COMPUTE.period_reward(end - 1, u64::MAX), U256::from(last_rate / 86_400));
}

#[test]
fn an_interval_of_zero_pays_nothing() {
    let schedule = EmissionSchedule { interval: 0, ..COMPUTE };
    assert_eq!(schedule.period_reward(0, u64::MAX), U256::ZERO);
}

#[test]
fn a_decrease_of_zero_pays_for_ever() {
    let schedule = EmissionSchedule { decrease: 0, ..COMPUTE };
    assert_eq!(schedule.intervals(), None);
    let days = 1_000_000;
    let end = COMPUTE.payout_start + days * 86_400;
    assert_eq!(schedule.period_reward(0, end), U256::from(COMPUTE.initial * u128::from(days)));
}

#[test]
fn a_decrease_above_the_initial_reward_pays_one_interval() {
    let schedule = EmissionSchedule { decrease: COMPUTE.initial + 1, ..COMPUTE };
    assert_eq!(schedule.intervals(), Some(1));
    assert_eq!(schedule.period_reward(0, u64::MAX), U256::from(COMPUTE.initial));
}

#[test]
fn an_initial_reward_of_zero_pays_nothing() {
    let schedule = EmissionSchedule { initial: 0, ..COMPUTE };
    assert_eq!(schedule.period_reward(0, u64::MAX), U256::ZERO);
    let endless = EmissionSchedule { decrease: 0, ..schedule };
    assert_eq!(endless.period_reward(0, u64::MAX), U256::ZERO);
}

#[test]
fn the_widest_parameters_do_not_overflow() {
    let widest = EmissionSchedule { initial: u128::MAX, decrease: 0, payout_start: 0, interval: 1 };
    let all = U256::from(u128::MAX) * U256::from(u64::MAX);
    assert_eq!(widest.period_reward(0, u64::MAX), all);
    let slow = EmissionSchedule { decrease: 1, interval: u64::MAX, ..widest };
    assert_eq!(slow.period_reward(0, u64::MAX), U256::from(u128::MAX));
}

/// What the rule says, interval by interval: each in proportion to its covered seconds, floored; whole ones as they are.
fn by_summation(schedule: &EmissionSchedule, start: u64, end: u64) -> U256 {
    let mut sum = U256::ZERO;
    let mut rate = schedule.initial;
    let mut from = schedule.payout_start;
    while rate > 0 && from < end {
        let to = from + schedule.interval;
        let covered = end.min(to).saturating_sub(start.max(from));
        sum += U256::from(rate) * U256::from(covered) / U256::from(schedule.interval);
        rate = rate.saturating_sub(schedule.decrease);
        from = to;
    }
    sum
}

proptest! {
    #[test]
    fn the_closed_form_equals_the_sum_over_the_intervals(
        initial in 0..1_u128 << 100,
        intervals in 1..200_u128,
        remainder in any::<prop::sample::Index>(),
        payout_start in 0..5_000_u64,
        interval in 1..100_u64,
        start in 0..25_000_u64,
        length in 0..25_000_u64,
    ) {
        let decrease = initial / intervals + remainder.index(3) as u128;
        let schedule = EmissionSchedule { initial, decrease, payout_start, interval };
        prop_assert_eq!(
            schedule.period_reward(start, start + length),
            by_summation(&schedule, start, start + length)
        );
    }

    #[test]
    fn no_parameters_and_no_window_panic(
        initial: u128, decrease: u128, payout_start: u64, interval: u64, start: u64, end: u64,
    ) {
        let schedule = EmissionSchedule { initial, decrease, payout_start, interval };
        let reward = schedule.period_reward(start, end);
        let widest = U256::from(initial) * U256::from(u64::MAX);
        prop_assert!(reward <= widest);
    }
}
