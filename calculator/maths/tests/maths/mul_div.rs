//! The one multiplication and the one division.

use mrc53_maths::{mul_div_down, share_down};
use proptest::prelude::*;

#[test]
fn a_zero_denominator_has_no_result() {
    assert_eq!(mul_div_down(1, 1, 0), None);
    assert_eq!(mul_div_down(0, 0, 0), None);
}

#[test]
fn a_quotient_that_does_not_fit_has_no_result() {
    assert_eq!(mul_div_down(1 << 127, 2, 1), None);
    assert_eq!(mul_div_down(1 << 127, 2, 2), Some(1 << 127));
    assert_eq!(mul_div_down(u128::MAX, u128::MAX, u128::MAX), Some(u128::MAX));
}

#[test]
fn the_quotient_is_rounded_down() {
    assert_eq!(mul_div_down(7, 3, 2), Some(10));
    assert_eq!(mul_div_down(u128::MAX, u128::MAX - 1, u128::MAX), Some(u128::MAX - 1));
}

#[test]
fn a_share_of_nothing_is_nothing() {
    assert_eq!(share_down(100, 0, 0), 0);
    assert_eq!(share_down(100, 1, 0), 0);
    assert_eq!(share_down(0, 1, 1), 0);
}

#[test]
fn a_share_is_all_at_the_whole_and_above() {
    assert_eq!(share_down(100, 6, 7), 85);
    assert_eq!(share_down(100, 7, 7), 100);
    assert_eq!(share_down(100, 8, 7), 100);
}

proptest! {
    #[test]
    fn the_quotient_is_that_of_the_library_for_any_numbers(
        a: u128,
        b: u128,
        denominator: u128,
        narrow in (0..128_u32, 0..128_u32, 0..128_u32),
    ) {
        use mrc53_maths::U256;
        let (a, b, denominator) = (a >> narrow.0, b >> narrow.1, denominator >> narrow.2);
        let quotient = (U256::from(a) * U256::from(b)).checked_div(U256::from(denominator));
        prop_assert_eq!(mul_div_down(a, b, denominator), quotient.and_then(|quotient| u128::try_from(quotient).ok()));
    }

    #[test]
    fn a_product_divided_by_a_factor_is_the_other_factor(a: u128, b in 1..=u128::MAX) {
        prop_assert_eq!(mul_div_down(a, b, b), Some(a));
    }

    #[test]
    fn small_numbers_agree_with_native_arithmetic(a: u64, b: u64, denominator in 1..=u128::MAX) {
        let native = u128::from(a) * u128::from(b) / denominator;
        prop_assert_eq!(mul_div_down(a.into(), b.into(), denominator), Some(native));
    }

    #[test]
    fn the_quotient_brackets_the_product(a: u128, b: u64, denominator in 1_u128 << 64..=u128::MAX) {
        use mrc53_maths::U256;
        let quotient = U256::from(mul_div_down(a, b.into(), denominator).unwrap());
        let product = U256::from(a) * U256::from(b);
        prop_assert!(quotient * U256::from(denominator) <= product);
        prop_assert!((quotient + U256::from(1)) * U256::from(denominator) > product);
    }
}
