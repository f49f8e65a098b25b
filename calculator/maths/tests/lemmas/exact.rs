//! The formula once more, in rationals over integers without a width.

use num_bigint::BigUint;
use num_rational::Ratio;

pub(crate) type Rational = Ratio<BigUint>;

/// A whole number.
pub(crate) fn whole(number: impl Into<BigUint>) -> Rational {
    Rational::from_integer(number.into())
}

/// `part / of`, at most 1; 0 where there is nothing to have a part of.
pub(crate) fn share(part: impl Into<BigUint>, of: impl Into<BigUint>) -> Rational {
    let (part, of) = (part.into(), of.into());
    if of == BigUint::ZERO {
        return whole(0_u8);
    }
    Rational::new(part.min(of.clone()), of)
}

/// The share by stake: `σ / max(C · 86400, Σ)`.
pub(crate) fn stake_share(stake_seconds: u128, emitted: u128, total_stake_seconds: u128) -> Rational {
    share(stake_seconds, (BigUint::from(emitted) * 86_400_u32).max(total_stake_seconds.into()))
}

/// The part of `amount` that `share` is, rounded down.
pub(crate) fn part_down(amount: u128, share: &Rational) -> u128 {
    // SAFETY: a share is at most 1, so the part is at most the amount.
    (share * BigUint::from(amount)).to_integer().try_into().expect("at most the amount")
}
