//! Many shares of one amount in one whole: what `mrc53_maths::share_down` gives, in a few multiplications each.
//!
//! A day divides one emission by two denominators, ten thousand times each. The quotient of the whole is taken once, with
//! more bits than a part has; a part times that is the share or one less, and the remainder says which.
//!
//! With `r = floor(amount · 2^k / whole)` and a part below `2^k`: `part · r / 2^k` is below the share by less than 1, so
//! its floor by at most 1. The remainder `amount · part − share · whole` lies in `[0, 2 · whole)` then, below 2^128, and
//! is exact though its terms are taken modulo 2^128.

use mrc53_maths::{U256, share_down};

/// One amount, to be shared in one whole.
#[derive(Clone, Copy, Debug)]
pub struct Shares {
    amount: u128,
    whole: u128,
    /// `floor(amount · 2^k / whole)` and `k`; none where the bounds do not hold.
    quotient: Option<(u128, u32)>,
}

impl Shares {
    /// `amount` MOR wei, below 2^72 for speed, in `whole` of anything, below 2^104 for speed.
    #[must_use]
    pub fn of(amount: u128, whole: u128) -> Self {
        let bits = u128::BITS - whole.leading_zeros();
        let is_bounded = whole > 0 && amount < 1 << 72 && bits <= 104;
        let quotient = is_bounded.then(|| (U256::from(amount) << bits as usize) / U256::from(whole));
        let quotient = quotient.and_then(|quotient| u128::try_from(quotient).ok()).map(|quotient| (quotient, bits));
        Self { amount, whole, quotient }
    }

    /// `floor(amount · part / whole)`, never more than the amount.
    #[must_use]
    pub fn share(&self, part: u128) -> u128 {
        let Some((quotient, bits)) = self.quotient.filter(|_| part < self.whole) else {
            return share_down(self.amount, part, self.whole);
        };
        let share = product_above(part, quotient, bits);
        let rest = self.amount.wrapping_mul(part).wrapping_sub(share.wrapping_mul(self.whole));
        if rest < self.whole { share } else { share + 1 }
    }
}

/// `a · b / 2^bits`, rounded down, for a quotient below 2^128 and `0 < bits < 128`.
const fn product_above(a: u128, b: u128, bits: u32) -> u128 {
    const HALF: u128 = (1 << 64) - 1;
    let (a_high, a_low, b_high, b_low) = (a >> 64, a & HALF, b >> 64, b & HALF);
    let (low, high) = (a_low * b_low, a_high * b_high);
    let (one, other) = (a_high * b_low, a_low * b_high);
    // Three halves: below 3 · 2^64.
    let middle = (low >> 64) + (one & HALF) + (other & HALF);
    let high = high + (one >> 64) + (other >> 64) + (middle >> 64);
    let low = middle << 64 | low & HALF;
    high << (128 - bits) | low >> bits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Numbers of every width below 2^bits.
    fn below(bits: u32) -> impl Strategy<Value = u128> {
        (0..=bits, any::<u128>()).prop_map(|(width, value)| if width == 0 { 0 } else { value >> (128 - width) })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn a_share_is_the_one_of_the_contracts_arithmetic(amount in below(72), whole in below(104), part in below(104)) {
            prop_assert_eq!(Shares::of(amount, whole).share(part), share_down(amount, part, whole));
        }

        #[test]
        fn so_it_is_beside_every_whole_quotient(amount in below(72), whole in below(104), times in below(72)) {
            prop_assume!(amount > 0 && whole > 0);
            // The least part whose share is `times`, and its neighbours.
            let times = times % amount;
            let part = (U256::from(times) * U256::from(whole)).div_ceil(U256::from(amount));
            let part: u128 = part.try_into().unwrap();
            for part in [part.saturating_sub(1), part, part + 1] {
                prop_assert_eq!(Shares::of(amount, whole).share(part), share_down(amount, part, whole));
            }
        }

        #[test]
        fn outside_its_bounds_it_is_slower_and_no_other(amount: u128, whole: u128, part: u128) {
            prop_assert_eq!(Shares::of(amount, whole).share(part), share_down(amount, part, whole));
        }
    }

    #[test]
    fn a_whole_of_nothing_or_one_is_shared_as_well() {
        for whole in [0, 1, 2, 255, 256, 257] {
            for part in 0..=whole + 1 {
                let amount = (1 << 72) - 1;
                assert_eq!(Shares::of(amount, whole).share(part), share_down(amount, part, whole), "{part} of {whole}");
            }
        }
    }
}
