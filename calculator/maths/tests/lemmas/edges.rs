//! Every function of the crate on every combination of the values at which widths and ranges end: none overflows or
//! panics, and each is what integers without a width say.

use mrc53_maths::{
    apr, compute, credit_bound, increment, mul_div_down, required_stake, reward, share_down, split, Accrual, Binds,
    RewardInputs, FEE_PRECISION, U256,
};
use num_bigint::BigUint;

use crate::exact::{part_down, share, Rational};

const MAX: u128 = u128::MAX;
/// The most that can be staked in total, held for a day: the ledger's bound, 2^87 − 1 wei.
const MOST_STAKE_SECONDS: u128 = ((1 << 87) - 1) * 86_400;
/// The largest `C` for which `C · 86400` is exact.
const LAST_EXACT: u128 = MAX / 86_400;

const EMISSIONS: [u128; 9] =
    [0, 1, 2, (1 << 64) - 1, 1 << 64, (1 << 64) + 1, compute::COMPUTE.initial, (1 << 72) - 1, MAX];
const EMITTED: [u128; 7] = [0, 1, compute::TOTAL, (1 << 84) - 1, LAST_EXACT, LAST_EXACT + 1, MAX];
const WEIGHTS: [u64; 7] = [0, 1, 1 << 32, (1 << 40) - 1, 1 << 40, u64::MAX - 1, u64::MAX];
const STAKES: [u128; 10] = [
    0,
    1,
    86_400,
    compute::TOTAL * 86_400 - 1,
    compute::TOTAL * 86_400,
    compute::TOTAL * 86_400 + 1,
    MOST_STAKE_SECONDS,
    1 << 104,
    1 << 127,
    MAX,
];

/// 0 and, for every width that the crate names and the machine has, the last value inside, the first outside, and the
/// next.
fn edges() -> Vec<u128> {
    let widths = [1, 17, 40, 63, 64, 65, 72, 84, 87, 101, 104, 115, 126, 127];
    let inside = widths.iter().flat_map(|width| [(1 << width) - 1, 1 << width, (1 << width) + 1]);
    let mut edges: Vec<u128> = inside.chain([0, FEE_PRECISION, MAX - 1, MAX]).collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

fn triples(edges: &[u128]) -> impl Iterator<Item = (u128, u128, u128)> + '_ {
    let pairs = edges.iter().flat_map(move |a| edges.iter().map(move |b| (*a, *b)));
    pairs.flat_map(move |(a, b)| edges.iter().map(move |c| (a, b, *c)))
}

fn product(a: u128, b: u128) -> BigUint {
    BigUint::from(a) * b
}

fn quotient(dividend: BigUint, divisor: u128) -> Option<BigUint> {
    (divisor != 0).then(|| dividend / divisor)
}

fn wide(number: U256) -> BigUint {
    BigUint::from_bytes_le(&number.to_le_bytes::<32>())
}

/// `C · 86400`, which stands still above 2^128.
fn emitted_seconds(emitted: u128) -> u128 {
    product(emitted, 86_400).try_into().unwrap_or(MAX)
}

#[test]
fn a_reward_is_that_of_the_exact_formula() {
    for emission in EMISSIONS {
        let usage: Vec<(u64, u64, u128)> = WEIGHTS
            .iter()
            .flat_map(|w| WEIGHTS.iter().map(|of| (*w, *of, part_down(emission, &share(*w, *of)))))
            .collect();
        for (emitted, (stake, of)) in
            EMITTED.iter().flat_map(|c| STAKES.iter().flat_map(move |s| STAKES.map(|of| (*c, (*s, of)))))
        {
            let stake_side = part_down(emission, &share(stake, emitted_seconds(emitted).max(of)));
            for (weight, total_weight, usage_side) in &usage {
                let told = reward(&RewardInputs {
                    emission,
                    emitted,
                    subnet_weight: *weight,
                    total_weight: *total_weight,
                    subnet_stake_seconds: stake,
                    total_stake_seconds: of,
                });
                assert_eq!((told.usage_reward, told.stake_reward), (*usage_side, stake_side));
                assert_eq!(told.payable, stake_side.min(*usage_side));
                assert_eq!(told.binds == Binds::None, stake_side == *usage_side);
            }
        }
    }
}

#[test]
fn a_quotient_is_the_exact_one_rounded_down_and_refused_only_where_it_does_not_fit() {
    for (a, b, divisor) in triples(&edges()) {
        let exact = quotient(product(a, b), divisor).and_then(|quotient| u128::try_from(quotient).ok());
        assert_eq!(mul_div_down(a, b, divisor), exact, "{a} * {b} / {divisor}");
    }
}

#[test]
fn a_share_is_the_exact_one_rounded_down() {
    for (amount, part, of) in triples(&edges()) {
        assert_eq!(share_down(amount, part, of), part_down(amount, &share(part, of)), "{amount} * {part} / {of}");
    }
}

#[test]
fn the_parts_of_a_split_are_exact_and_add_up() {
    for reward in edges() {
        for fee in edges() {
            let parts = split(reward, fee);
            let left = share(FEE_PRECISION.saturating_sub(fee), FEE_PRECISION);
            assert_eq!((parts.stakers, parts.operator + parts.stakers), (part_down(reward, &left), reward));
        }
    }
}

#[test]
fn an_increment_is_the_exact_one_rounded_down_and_stands_still_above_its_width() {
    for pot in edges() {
        for stake_seconds in edges() {
            let exact = quotient(BigUint::from(pot) << 128_u32, stake_seconds).unwrap_or_default();
            assert_eq!(increment(pot, stake_seconds), exact.try_into().unwrap_or(MAX), "{pot} / {stake_seconds}");
        }
    }
}

#[test]
fn an_accrual_is_the_exact_sum_of_products_and_stands_still_above_256_bits() {
    let most = (BigUint::from(1_u8) << 256_u32) - 1_u8;
    for (a, b, c) in triples(&edges()) {
        let exact = (product(a, b) + product(c, b)).min(most.clone()) >> 128_u32;
        let found = Accrual::ZERO.plus(a, b).plus(c, b).to_wei_down();
        assert_eq!(BigUint::from(found), exact, "({a} + {c}) * {b}");
    }
}

#[test]
fn the_bound_of_a_credit_is_exact() {
    for (emission, emitted, stake_seconds) in triples(&edges()) {
        let exact = part_down(emission, &share(stake_seconds, emitted_seconds(emitted)));
        assert_eq!(credit_bound(emission, emitted, stake_seconds), exact);
    }
}

#[test]
fn the_annual_rate_is_exact_and_stands_still_above_its_width() {
    for (emission, emitted, total) in triples(&edges()) {
        let year = product(emission, 365 * 86_400) * 10_u128.pow(18);
        let exact = quotient(year, emitted_seconds(emitted).max(total)).unwrap_or_default();
        assert_eq!(apr(emission, emitted, total), exact.try_into().unwrap_or(MAX));
    }
}

#[test]
fn the_required_stake_is_the_least_that_reaches_its_target() {
    let edges: Vec<u128> = edges().into_iter().filter(|edge| !(2..1 << 40).contains(edge)).collect();
    for (target, emission, emitted) in triples(&edges) {
        for others in [0, 1, MOST_STAKE_SECONDS, MAX] {
            // What a stake of `x` wei, held all day, earns; every number is as wide as it needs to be.
            let reaches = |stake: &BigUint| {
                let own = stake * 86_400_u32;
                let of = (&own + others).max(product(emitted, 86_400));
                of != BigUint::ZERO && (Rational::new(own, of) * BigUint::from(emission)).to_integer() >= target.into()
            };
            match required_stake(target, emission, emitted, others).map(wide) {
                Some(least) if least == BigUint::ZERO => assert_eq!(target, 0),
                Some(least) => {
                    assert!(reaches(&least) && !reaches(&(least - 1_u8)), "{target} {emission} {emitted} {others}");
                }
                None => assert!(target > emission || target == emission && others > 0),
            }
        }
    }
}
