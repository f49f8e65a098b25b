//! Many shares of one amount in one whole: what `mrc53_maths::share_down` gives, in a few multiplications each.
//!
//! A day divides one emission by two denominators, ten thousand times each. The quotient of the whole is taken once, with
//! 128 bits behind its point: `amount / whole = times + r / 2^128`, up to less than `2^-128`. A part times that is below
//! the share that is not yet rounded by less than `part / 2^128`, so its floor is the share unless what lies behind its
//! point is that close to 1. Then the remainder says: `amount · part − share · whole` lies in `[0, 2 · whole)`, below
//! 2^128, and is exact though its terms are taken modulo 2^128.

use mrc53_maths::{U256, share_down};

/// One amount, to be shared in one whole.
#[derive(Clone, Copy, Debug)]
pub struct Shares {
    amount: u128,
    whole: u128,
    /// How often the whole goes into the amount, and `floor(rest · 2^128 / whole)`; none where the bound does not hold.
    quotient: Option<(u128, u128)>,
}

impl Shares {
    /// `amount` MOR wei in `whole` of anything, below 2^127 for speed.
    #[must_use]
    pub fn of(amount: u128, whole: u128) -> Self {
        let is_bounded = whole > 0 && whole < 1 << 127;
        let quotient = is_bounded.then(|| (amount / whole, (U256::from(amount % whole) << 128) / U256::from(whole)));
        let quotient = quotient.and_then(|(times, rest)| Some((times, u128::try_from(rest).ok()?)));
        Self { amount, whole, quotient }
    }

    /// `floor(amount · part / whole)`, never more than the amount.
    #[must_use]
    pub fn share(&self, part: u128) -> u128 {
        let Some((times, quotient)) = self.quotient.filter(|_| part < self.whole) else {
            return share_down(self.amount, part, self.whole);
        };
        let (share, behind) = product(part, quotient);
        // No more than the amount, as the part is less than the whole.
        let share = if times == 0 { share } else { times * part + share };
        if behind.checked_add(part).is_some() {
            return share;
        }
        let rest = self.amount.wrapping_mul(part).wrapping_sub(share.wrapping_mul(self.whole));
        if rest < self.whole { share } else { share + 1 }
    }
}

/// `a · b`, its upper half and its lower.
const fn product(a: u128, b: u128) -> (u128, u128) {
    const HALF: u128 = (1 << 64) - 1;
    let (a_high, a_low, b_high, b_low) = (a >> 64, a & HALF, b >> 64, b & HALF);
    let (low, high) = (a_low * b_low, a_high * b_high);
    let (one, other) = (a_high * b_low, a_low * b_high);
    // Three halves: below 3 · 2^64.
    let middle = (low >> 64) + (one & HALF) + (other & HALF);
    (high + (one >> 64) + (other >> 64) + (middle >> 64), middle << 64 | low & HALF)
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
        fn a_share_is_the_one_of_the_contracts_arithmetic(amount in below(72), whole in below(127), part in below(127)) {
            prop_assert_eq!(Shares::of(amount, whole).share(part), share_down(amount, part, whole));
        }

        #[test]
        fn so_it_is_beside_every_whole_quotient(amount in below(72), whole in below(127), times in below(72)) {
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
