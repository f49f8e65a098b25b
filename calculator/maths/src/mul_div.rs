//! One exact product, one floored division.

/// The 256-bit unsigned integer of the contracts and of the tools.
pub use ruint::aliases::U256;

/// `floor(a · b / denominator)`, the product taken exactly.
///
/// `None` if the denominator is 0 or the quotient is 2^128 or more. The product of two `u128` is below 2^256, so it
/// cannot overflow.
#[must_use]
pub fn mul_div_down(a: u128, b: u128, denominator: u128) -> Option<u128> {
    let quotient = (U256::from(a) * U256::from(b)).checked_div(U256::from(denominator))?;
    u128::try_from(quotient).ok()
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
