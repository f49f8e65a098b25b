//! The stakers' accumulator.

use mrc53_maths::{
    compute::{emission_of, emitted_by_end_of, LAST_DAY, LAUNCH_DAY},
    credit_bound, increment, Accrual, Day,
};
use proptest::prelude::*;

use crate::{held_all_day, MOR};

#[test]
fn a_day_without_stake_adds_nothing() {
    assert_eq!(increment(0, 0), 0);
    assert_eq!(increment(1_000, 0), 0);
}

#[test]
fn a_sole_staker_gets_the_pot_but_for_the_rounding_of_one_wei() {
    let stake_seconds = held_all_day(120_000);
    let growth = increment(305 * MOR, stake_seconds);
    let accrued = Accrual::ZERO.plus(growth, stake_seconds).to_wei_down();
    assert_eq!(accrued, 305 * MOR - 1);
}

#[test]
fn a_pot_that_divides_exactly_is_paid_exactly() {
    let growth = increment(1 << 20, 1 << 30);
    assert_eq!(growth, 1 << 118);
    assert_eq!(Accrual::ZERO.plus(growth, 1 << 30).to_wei_down(), 1 << 20);
}

#[test]
fn fractions_of_a_wei_are_kept_until_the_claim() {
    let half_a_wei = Accrual::ZERO.plus(1 << 127, 1);
    assert_eq!(half_a_wei.to_wei_down(), 0);
    assert_eq!(half_a_wei.plus(1 << 127, 1).to_wei_down(), 1);
}

#[test]
fn one_span_over_unchanged_days_equals_day_by_day() {
    let (first, second) = (increment(305 * MOR, held_all_day(9)), increment(7, held_all_day(9)));
    let day_by_day = Accrual::ZERO.plus(first, held_all_day(3)).plus(second, held_all_day(3));
    assert_eq!(Accrual::ZERO.plus(first + second, held_all_day(3)), day_by_day);
}

#[test]
fn saturated_arguments_do_not_panic() {
    assert_eq!(increment(u128::MAX, 1), u128::MAX);
    let most = Accrual::ZERO.plus(u128::MAX, u128::MAX);
    assert_eq!(most.to_wei_down(), u128::MAX - 1);
    assert_eq!(most.plus(u128::MAX, u128::MAX).to_wei_down(), u128::MAX);
}

#[test]
fn the_accumulator_of_the_best_paid_stake_stays_below_2_to_the_115() {
    for stake_seconds in [1, held_all_day(1), held_all_day(10_000_000)] {
        let accumulator: u128 = (LAUNCH_DAY.0..=LAST_DAY.0)
            .map(Day)
            .map(|day| credit_bound(emission_of(day), emitted_by_end_of(day), stake_seconds))
            .map(|pot| increment(pot, stake_seconds))
            .sum();
        assert!(accumulator < 1 << 115);
    }
}

proptest! {
    #[test]
    fn stakers_together_never_get_more_than_the_pots_and_lose_less_than_two_wei_each(
        pots in prop::collection::vec(0..1_u128 << 72, 1..20),
        stakes in prop::collection::vec(1..1_u128 << 100, 1..10),
    ) {
        let all: u128 = stakes.iter().sum();
        let growths: Vec<u128> = pots.iter().map(|&pot| increment(pot, all)).collect();
        prop_assume!(growths.iter().all(|&growth| growth < 1 << 115));

        let paid: u128 = stakes
            .iter()
            .map(|&own| {
                growths.iter().fold(Accrual::ZERO, |sum, &growth| sum.plus(growth, own)).to_wei_down()
            })
            .sum();

        let credited: u128 = pots.iter().sum();
        prop_assert!(paid <= credited);
        prop_assert!(credited - paid < 2 * stakes.len() as u128);
    }
}
