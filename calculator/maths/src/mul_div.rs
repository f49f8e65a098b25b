//! One exact product, one floored division.

/// The 256-bit unsigned integer of the contracts and of the tools.
pub use ruint::aliases::U256;

/// `floor(a · b / denominator)`, the product taken exactly.
///
/// `None` if the denominator is 0 or the quotient is 2^128 or more. The product of two `u128` is below 2^256, so it
/// cannot overflow.
#[must_use]
pub fn mul_div_down(a: u128, b: u128, denominator: u128) -> Option<u128> {
    div_down(U256::from(a) * U256::from(b), denominator)
}

/// `floor(numerator / denominator)`; `None` if the denominator is 0 or the quotient is 2^128 or more.
///
/// Bit by bit, as on paper: 128 rounds, about 140 gas on chain. It is our own for one measured reason: `ruint`'s
/// division, made for operands of any width, is 4.3 KB of a contract's code, of which 16 KB may be on chain.
pub(crate) fn div_down(numerator: U256, denominator: u128) -> Option<u128> {
    let [low, mid_low, mid_high, high] = numerator.into_limbs().map(u128::from);
    let mut rest = high << 64 | mid_high;
    // The bits of the numerator that are still to come, then, from the right, those of the quotient.
    let mut bits = mid_low << 64 | low;
    if rest >= denominator {
        return None;
    }
    for _ in 0..u128::BITS {
        let carry = rest >> 127;
        rest = rest << 1 | bits >> 127;
        bits <<= 1;
        if carry == 1 || rest >= denominator {
            // With a carry the rest is 2^128 more than it says, which the wrapping takes back.
            rest = rest.wrapping_sub(denominator);
            bits |= 1;
        }
    }
    Some(bits)
}

/// `floor(amount · part / whole)`, never more than `amount`: what a holder of `part` of `whole` gets of `amount`.
///
/// 0 where `whole` is 0; all of `amount` where `part` is `whole` or, which consistent books never say, above it.
/// Shares of parts that add up to `whole` add up to at most `amount`.
#[must_use]
pub fn share_down(amount: u128, part: u128, whole: u128) -> u128 {
    if whole == 0 {
        return 0;
    }
    if part >= whole {
        return amount;
    }
    // The part is less than the whole, so the quotient exists and is at most `amount`.
    mul_div_down(amount, part, whole).unwrap_or(amount)
}
