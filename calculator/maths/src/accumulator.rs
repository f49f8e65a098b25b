//! One number per subnet by which any number of stakers accrue their part of the pot.
//!
//! The accumulator is the sum over the settled days of `pot · 2^128 / σ`: what one wei · s of stake has earned, in
//! 128-bit fixed point. A staker who held `σᵢ` stake-seconds while it grew by `Δᵢ` is owed `Σ Δᵢ·σᵢ / 2^128`, floored
//! once. Days on which nothing changed need no entry: their growth times `balance · 86400` is the same sum.
//!
//! **Bound.** A pot is at most [`crate::credit_bound`], so `pot / σ ≤ E / (C · 86400)`. Over the whole emission
//! `Σ E/C ≤ 1 + ln(total / C(launch day)) < 9.7`, since `E(d)/C(d) ≤ ln(C(d)/C(d−1))`. So the accumulator stays below
//! `2^128 · 9.7 / 86400` < 2^115, and a `u128` never overflows. With `σ` < 2^104 each product is below 2^219, and a
//! claim could add up 2^37 of them inside 256 bits.
//!
//! **Rounding.** Each day floors the increment, by less than 2^-128 wei per wei · s; a staker with σ < 2^104 loses less
//! than 2^-24 wei a day by it. The floor at the claim loses less than 1 wei. Never the other way: the stakers of a
//! subnet together are owed at most its pots.

use crate::mul_div::{div_down, U256};

/// `floor(pot · 2^128 / stake_seconds)`: by how much a day's pot (MOR wei) raises the accumulator of a subnet with
/// these stake-seconds (MOR wei · s).
///
/// 0 where nothing was staked (such a day has no pot). Saturates at 2^128 − 1, which no pot within the bound comes near;
/// the product is below 2^256 by type.
#[must_use]
pub fn increment(pot: u128, stake_seconds: u128) -> u128 {
    if stake_seconds == 0 {
        return 0;
    }
    div_down(U256::from(pot) << 128_usize, stake_seconds).unwrap_or(u128::MAX)
}

/// What a staker has accrued, before rounding: a sum of growth × stake-seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accrual(U256);

impl Accrual {
    /// Nothing accrued.
    pub const ZERO: Self = Self(U256::ZERO);

    /// This accrual and what `stake_seconds` (MOR wei · s) earned while the accumulator grew by `growth`.
    ///
    /// One product is exact for any arguments; the sum saturates at 2^256 − 1, see the module's bound.
    #[must_use]
    pub fn plus(self, growth: u128, stake_seconds: u128) -> Self {
        Self(self.0.saturating_add(U256::from(growth) * U256::from(stake_seconds)))
    }

    /// The accrual in MOR wei, rounded down. Exact: 256 bits less the 128 of the fraction.
    #[must_use]
    pub fn to_wei_down(self) -> u128 {
        let [_, _, low, high] = self.0.into_limbs();
        u128::from(high) << 64 | u128::from(low)
    }
}
