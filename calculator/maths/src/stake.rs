//! The stake side of the formula, asked from its other ends: how much stake a reward needs, what stake can earn at
//! most, and its annual rate.

use crate::{
    day::SECONDS_PER_DAY,
    mul_div::{mul_div_down, share_down, U256},
};

const SECONDS_PER_DAY_WIDE: u128 = SECONDS_PER_DAY as u128;

/// Scale of [`apr`]: this much is 100 % a year.
pub const APR_PRECISION: u128 = 10_u128.pow(18);

/// `max(C · 86400, Σ)`, in MOR wei · s: what stake-seconds are measured against. Exact for `C` < 2^111.
pub(crate) const fn stake_denominator(emitted: u128, total_stake_seconds: u128) -> u128 {
    let emitted_seconds = emitted.saturating_mul(SECONDS_PER_DAY_WIDE);
    if emitted_seconds > total_stake_seconds {
        emitted_seconds
    } else {
        total_stake_seconds
    }
}

/// The least stake, in MOR wei held for a whole day, with which the stake side reaches `target` on that day.
///
/// `emission` and `emitted` are `E(d)` and `C(d)` in MOR wei; `others_stake_seconds` is what all other subnets stake on
/// that day. The subnet's own stake raises the total it is measured against, which is accounted for: the result is the
/// least `x` with `floor(E · x·86400 / max(C·86400, others + x·86400)) ≥ target`.
///
/// `None` if no stake reaches it: `target` is above the emission, or equal to it while others stake. 0 for a target of
/// 0. Rounded up, for it is a requirement. Widths: `target · C` and `target · others` are products of two `u128`.
#[must_use]
pub fn required_stake(target: u128, emission: u128, emitted: u128, others_stake_seconds: u128) -> Option<U256> {
    if target == 0 {
        return Some(U256::ZERO);
    }
    let headroom = emission.checked_sub(target)?;
    // Against everything emitted: x · E ≥ target · C. The emission is at least the target, so it is not 0.
    let against_emitted = mul_div_up(target, emitted, U256::from(emission));
    if others_stake_seconds == 0 {
        // Against its own stake alone any stake has a share of 1; but it takes at least one wei.
        return Some(against_emitted.max(U256::from(1)));
    }
    if headroom == 0 {
        return None;
    }
    // Against everything staked: x · 86400 · (E − target) ≥ target · others.
    let against_staked = mul_div_up(target, others_stake_seconds, U256::from(headroom) * U256::from(SECONDS_PER_DAY));
    Some(against_emitted.max(against_staked))
}

/// `ceil(a · b / denominator)` for a denominator that is not 0.
fn mul_div_up(a: u128, b: u128, denominator: U256) -> U256 {
    let (quotient, remainder) = (U256::from(a) * U256::from(b)).div_rem(denominator);
    // At most 2^256 / denominator, and with a remainder the denominator is at least 2: one more fits.
    quotient + U256::from(u8::from(remainder != U256::ZERO))
}

/// The most, in MOR wei, that a subnet with these stake-seconds can be owed for a day, whatever was used or staked
/// elsewhere: `min(E, floor(E · σ / (C · 86400)))`.
///
/// [`crate::reward()`] never pays more. It bounds what a faulty calculator could have credited, and with it the stakers'
/// accumulator. 0 while nothing has been emitted.
#[must_use]
pub fn credit_bound(emission: u128, emitted: u128, subnet_stake_seconds: u128) -> u128 {
    share_down(emission, subnet_stake_seconds, stake_denominator(emitted, 0))
}

/// The simple annual rate of stake on a day on which the stake side binds, [`APR_PRECISION`] being 100 %, rounded down:
/// 365 times a day's `E / max(C, Σ / 86400)`.
///
/// Before the fee, and not compounded. 0 while nothing has been emitted or staked; saturates at 2^128 − 1.
/// Widths: `E · 365 · 86400 · 1e18` < 2^72 · 2^85.
#[must_use]
pub fn apr(emission: u128, emitted: u128, total_stake_seconds: u128) -> u128 {
    const YEAR: u128 = 365 * SECONDS_PER_DAY_WIDE * APR_PRECISION;
    match stake_denominator(emitted, total_stake_seconds) {
        0 => 0,
        denominator => mul_div_down(emission, YEAR, denominator).unwrap_or(u128::MAX),
    }
}
