//! The crate's own division, 128 rounds, on every dividend and divisor of nine bits, wherever in the width they lie.

use mrc53_maths::mul_div_down;

/// Bits of the dividends and divisors.
const BITS: u32 = 9;

#[test]
fn every_small_dividend_by_every_small_divisor_is_what_the_machine_divides() {
    for (dividend, divisor) in pairs() {
        assert_eq!(mul_div_down(dividend, 1, divisor), dividend.checked_div(divisor), "{dividend} / {divisor}");
    }
}

#[test]
fn the_same_at_the_top_of_the_width_where_the_remainder_carries() {
    // `dividend · 2^119 · 2^127` over `divisor · 2^119`: the machine can divide what is left of it.
    for (dividend, divisor) in pairs() {
        let exact = (dividend << (119 - BITS)).checked_div(divisor);
        let found = mul_div_down(dividend << 119, 1 << (119 - BITS), divisor << 119);
        assert_eq!(found, exact, "{dividend} / {divisor}");
    }
}

#[test]
fn a_quotient_of_129_bits_or_more_is_refused_and_one_of_128_is_not() {
    // `dividend · 2^128` over `divisor`, which is below 2^128 exactly where the dividend is below the divisor.
    for (dividend, divisor) in pairs() {
        let found = mul_div_down(dividend << 119, 1 << BITS, divisor);
        assert_eq!(found.is_some(), dividend < divisor, "{dividend} / {divisor}");
    }
}

fn pairs() -> impl Iterator<Item = (u128, u128)> {
    (0..1 << BITS).flat_map(|dividend| (0..1 << BITS).map(move |divisor| (dividend, divisor)))
}
