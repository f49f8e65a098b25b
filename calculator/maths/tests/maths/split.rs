//! Operator and stakers.

use mrc53_maths::{split, Split, FEE_PRECISION};
use proptest::prelude::*;

#[test]
fn no_fee_leaves_all_to_the_stakers() {
    assert_eq!(split(1_001, 0), Split { operator: 0, stakers: 1_001 });
}

#[test]
fn a_fee_of_100_percent_or_more_leaves_all_to_the_operator() {
    for fee in [FEE_PRECISION, FEE_PRECISION + 1, u128::MAX] {
        assert_eq!(split(1_001, fee), Split { operator: 1_001, stakers: 0 });
    }
}

#[test]
fn the_stakers_part_is_rounded_down_and_the_operator_gets_the_rest() {
    let a_fifth = FEE_PRECISION / 5;
    assert_eq!(split(1_001, a_fifth), Split { operator: 201, stakers: 800 });
    assert_eq!(split(1, 1), Split { operator: 1, stakers: 0 });
}

proptest! {
    #[test]
    fn the_parts_add_up_to_the_reward(reward: u128, fee in 0..=FEE_PRECISION) {
        let parts = split(reward, fee);
        prop_assert_eq!(parts.operator + parts.stakers, reward);
    }

    #[test]
    fn a_lower_fee_never_gives_the_stakers_less(
        reward: u128, fee in 0..=FEE_PRECISION, cut in 0..=FEE_PRECISION,
    ) {
        let lower = fee.saturating_sub(cut);
        prop_assert!(split(reward, lower).stakers >= split(reward, fee).stakers);
    }
}
