//! An operator's fee as people write it: in percent, with the sign. A bare number is refused: it could be percent, a
//! part of one or the contract's own parts of 1e25, and a fee that is too low can never be raised again.

use std::fmt;

use alloy::primitives::U256;
use mrc53_console::amounts::{self, NoAmount};
use mrc53_maths::FEE_PRECISION;

/// The fee from which on none is asked back: 0.01 %, in parts of 1e25.
const LEAST_USUAL: u128 = FEE_PRECISION / 10_000;

/// The operator's part of a subnet's rewards: 0 to 100 %, kept in parts of 1e25. Shown in percent, to the last part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fee(u128);

/// Why a text is no fee.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFee {
    /// It has no percent sign.
    #[error("`{0}` has no percent sign: a fifth is written `20%`")]
    NoSign(String),
    /// It is above 100 %.
    #[error("`{0}` is more than all: a fee is at most 100%")]
    AboveAll(String),
    /// What stands before the sign is no number.
    #[error(transparent)]
    NoAmount(#[from] NoAmount),
}

impl Fee {
    /// The fee of `parts` of 1e25; none above 100 %.
    #[must_use]
    pub fn of_parts(parts: U256) -> Option<Self> {
        u128::try_from(parts).ok().filter(|parts| *parts <= FEE_PRECISION).map(Self)
    }

    /// In parts of 1e25.
    #[must_use]
    pub fn parts(self) -> U256 {
        U256::from(self.0)
    }

    /// Whether it leaves the operator nothing.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether it leaves stakers nothing.
    #[must_use]
    pub fn is_all(self) -> bool {
        self.0 == FEE_PRECISION
    }

    /// Whether it is so small that it looks like a mistake of units: above 0 and below 0.01 %.
    #[must_use]
    pub fn is_tiny(self) -> bool {
        (1..LEAST_USUAL).contains(&self.0)
    }
}

impl fmt::Display for Fee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = FEE_PRECISION / 100;
        let text = format!("{}.{:023}", self.0 / percent, self.0 % percent);
        write!(f, "{} %", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// The fee that `text` is: `20%` or `20 %`, at most 23 decimals.
///
/// # Errors
/// [`NoFee`] with the text.
pub fn read(text: &str) -> Result<Fee, NoFee> {
    let Some(number) = text.strip_suffix('%') else { return Err(NoFee::NoSign(text.to_owned())) };
    let parts = amounts::percent(number.strip_suffix(' ').unwrap_or(number))?;
    Fee::of_parts(parts).ok_or_else(|| NoFee::AboveAll(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fee_is_read_in_percent_and_shown_so() {
        for (text, parts, shown) in [
            ("0%", 0, "0 %"),
            ("20%", FEE_PRECISION / 5, "20 %"),
            ("20 %", FEE_PRECISION / 5, "20 %"),
            ("12.50%", FEE_PRECISION / 8, "12.5 %"),
            ("0.00000000000000000000001%", 1, "0.00000000000000000000001 %"),
            ("100%", FEE_PRECISION, "100 %"),
        ] {
            let fee = read(text).unwrap();
            assert_eq!((fee.parts(), fee.to_string()), (U256::from(parts), shown.to_owned()));
        }
    }

    #[test]
    fn a_number_without_its_sign_is_refused_whatever_it_may_mean() {
        for text in ["20", "0.2", "2000000000000000000000000", "", "20p"] {
            assert_eq!(read(text), Err(NoFee::NoSign(text.into())));
        }
    }

    #[test]
    fn all_is_a_fee_and_anything_above_is_none() {
        for text in ["100.00000000000000000000001%", "101%", "2000000000000000000000000%"] {
            assert_eq!(read(text), Err(NoFee::AboveAll(text.into())));
        }
    }

    #[test]
    fn what_is_no_number_before_the_sign_is_refused() {
        for text in ["%", " %", "-5%", "1_0%", "20  %", "5.%", "1e1%", "0.000000000000000000000001%"] {
            assert!(matches!(read(text), Err(NoFee::NoAmount(_))), "{text}");
        }
    }

    #[test]
    fn tiny_is_above_nothing_and_below_a_hundredth_of_a_percent() {
        let tiny = |text| read(text).unwrap().is_tiny();
        assert_eq!(
            ["0%", "0.00000000000000000000001%", "0.00999%", "0.01%", "20%"].map(tiny),
            [false, true, true, false, false]
        );
    }
}
