//! Amounts and whole numbers as people write them, read strictly wherever they come from: an argument, the
//! environment, a network file, a scenario, a book.
//!
//! What is taken is digits, with one point and digits on both sides of it where the unit has decimals: `12000`,
//! `0.5`, `12000.50`. Everything else is refused with the text: nothing at all, a sign, spaces, separators (`1_000`,
//! `12,000`), a bare point (`.`, `5.`, `.5`), exponents, hex, leading zeros, more decimals than the unit has. A text that
//! could be read in two ways, or that a shell left empty, must never become a number.

use std::fmt::Display;

use alloy_primitives::U256;
use serde::{Deserialize, Deserializer, Serializer, de::Error};

use crate::failure::BadInput;
use crate::show::{count, trimmed};

/// Decimals of MOR and of ether.
const DECIMALS: usize = 18;
/// Decimals of a percent in parts of 1e25.
const PERCENT_DECIMALS: usize = 23;

/// Why a text is no amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAmount {
    /// There is no text.
    #[error("it is empty")]
    Empty,
    /// It begins with a sign.
    #[error("`{0}` has a sign: amounts and numbers have none")]
    Sign(String),
    /// Digits are separated.
    #[error("`{0}` has a separator: write the digits alone, with a point before decimals")]
    Separator(String),
    /// It has decimals, or more of them than the unit.
    #[error("`{text}` has {}, at most {most} can be", count(*found, "decimal"))]
    Decimals {
        /// The text.
        text: String,
        /// How many decimals it has.
        found: usize,
        /// How many there can be.
        most: usize,
    },
    /// It is no decimal number.
    #[error("`{0}` is no decimal number")]
    Malformed(String),
    /// It is more than can be counted.
    #[error("`{0}` is too large")]
    TooLarge(String),
}

/// MOR as wei: at most 18 decimals, below 2^256 wei.
///
/// # Errors
/// [`NoAmount`] with the text.
pub fn mor(text: &str) -> Result<U256, NoAmount> {
    fixed_point(text, DECIMALS)
}

/// Ether as wei: at most 18 decimals, below 2^256 wei.
///
/// # Errors
/// [`NoAmount`] with the text.
pub fn ether(text: &str) -> Result<U256, NoAmount> {
    fixed_point(text, DECIMALS)
}

/// Percent, without the sign, as parts of 1e25, which are all: at most 23 decimals.
///
/// # Errors
/// [`NoAmount`] with the text.
pub fn percent(text: &str) -> Result<U256, NoAmount> {
    fixed_point(text, PERCENT_DECIMALS)
}

/// Wei, or another amount without decimals, below 2^256.
///
/// # Errors
/// [`NoAmount`] with the text.
pub fn wei(text: &str) -> Result<U256, NoAmount> {
    fixed_point(text, 0)
}

/// A whole number that fits `Number`: days, seconds, how many of something.
///
/// # Errors
/// [`NoAmount`] with the text.
pub fn whole<Number: TryFrom<U256>>(text: &str) -> Result<Number, NoAmount> {
    Number::try_from(wei(text)?).map_err(|_| NoAmount::TooLarge(text.to_owned()))
}

/// Reads an argument that is a [`whole`] number of `least` to `most`.
pub fn within<Number>(
    least: Number,
    most: Number,
) -> impl Fn(&str) -> Result<Number, String> + Clone + Send + Sync + 'static
where
    Number: TryFrom<U256> + PartialOrd + Copy + std::fmt::Display + Send + Sync + 'static,
{
    move |text| {
        let number = whole(text).map_err(|error| error.to_string())?;
        if number < least || number > most {
            return Err(format!("{number} is not within {least} and {most}"));
        }
        Ok(number)
    }
}

/// Reads wei from a text in a file.
///
/// # Errors
/// The file's, with [`NoAmount`].
pub fn deserialize_wei<'de, D: Deserializer<'de>>(deserializer: D) -> Result<U256, D::Error> {
    wei(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// Writes a number as a string of digits: readers of JSON round those that are long.
///
/// # Errors
/// The writer's.
pub fn as_string<S: Serializer>(number: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(number)
}

fn fixed_point(text: &str, decimals: usize) -> Result<U256, NoAmount> {
    let malformed = || NoAmount::Malformed(text.to_owned());
    if text.is_empty() {
        return Err(NoAmount::Empty);
    }
    if text.starts_with(['+', '-', '\u{2212}']) {
        return Err(NoAmount::Sign(text.to_owned()));
    }
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if text.contains(['_', ',', '\'', ' ']) && is_digits(&text.replace(['_', ',', '\'', ' ', '.'], "")) {
        return Err(NoAmount::Separator(text.to_owned()));
    }
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if is_digits(fraction) => (whole, fraction),
        Some(_) => return Err(malformed()),
        None => (text, ""),
    };
    if !is_digits(whole) || (whole.len() > 1 && whole.starts_with('0')) {
        return Err(malformed());
    }
    if fraction.len() > decimals {
        return Err(NoAmount::Decimals { text: text.to_owned(), found: fraction.len(), most: decimals });
    }
    let digits = format!("{whole}{fraction:0<decimals$}");
    U256::from_str_radix(&digits, 10).map_err(|_| NoAmount::TooLarge(text.to_owned()))
}

/// Wei of one MOR.
pub const ONE_MOR: u128 = 1_000_000_000_000_000_000;

/// Asks back for an amount of MOR below one, which most often is a mistake of units, unless it `is_meant`. `unit` says
/// what the amount was given in.
///
/// # Errors
/// [`BadInput`] that names the option by which it is meant.
pub fn require_a_mor(wei: U256, is_meant: bool, unit: &str) -> Result<(), BadInput> {
    if is_meant || wei >= U256::from(ONE_MOR) {
        return Ok(());
    }
    let amount = trimmed(wei);
    Err(BadInput::new(format!(
        "{amount} MOR is less than one: {unit}; if it is meant, say so with --yes-below-one-mor"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOR: u128 = 1_000_000_000_000_000_000;

    /// What no unit takes.
    const NEVER: [&str; 24] = [
        "",
        ".",
        "_",
        ",",
        "-",
        "+",
        "-0",
        "-5",
        "+5",
        "\u{2212}5",
        "5.",
        ".5",
        "1_000",
        "12,000",
        "1 000",
        " 5",
        "5 ",
        "1e4",
        "0x10",
        "12000MOR",
        "1.2.3",
        "007",
        "\u{ff15}",
        "5\n",
    ];

    #[test]
    fn mor_is_read_to_the_wei() {
        for (text, amount) in [
            ("0", 0),
            ("0.0", 0),
            ("0.000000000000000001", 1),
            ("12000", 12_000 * MOR),
            ("12000.50", 12_000 * MOR + MOR / 2),
            ("12000.999999999999999999", 12_001 * MOR - 1),
        ] {
            assert_eq!(mor(text), Ok(U256::from(amount)), "{text}");
            assert_eq!(ether(text), Ok(U256::from(amount)), "{text}");
        }
    }

    #[test]
    fn what_is_no_plain_decimal_number_is_refused_with_its_text() {
        for text in NEVER {
            for refusal in [mor(text).unwrap_err(), wei(text).unwrap_err(), whole::<u64>(text).unwrap_err()] {
                assert!(refusal.to_string().contains(text), "{text}: {refusal}");
            }
        }
    }

    #[test]
    fn a_nineteenth_decimal_is_refused_even_if_it_is_zero() {
        for text in ["0.0000000000000000001", "12000.0000000000000000009", "1.0000000000000000000"] {
            assert_eq!(mor(text), Err(NoAmount::Decimals { text: text.into(), found: 19, most: 18 }));
        }
        assert_eq!(wei("0.5"), Err(NoAmount::Decimals { text: "0.5".into(), found: 1, most: 0 }));
    }

    #[test]
    fn the_largest_word_is_an_amount_and_one_more_is_none() {
        let largest = U256::MAX.to_string();
        assert_eq!(wei(&largest), Ok(U256::MAX));
        let more = largest.replace("9935", "9936");
        assert_eq!(wei(&more), Err(NoAmount::TooLarge(more.clone())));
        assert!(matches!(mor(&largest), Err(NoAmount::TooLarge(_))));
    }

    #[test]
    fn a_whole_number_fits_its_type_or_is_refused() {
        assert_eq!(whole::<u32>("4294967295"), Ok(u32::MAX));
        assert_eq!(whole::<u32>("4294967296"), Err(NoAmount::TooLarge("4294967296".into())));
    }

    #[test]
    fn both_ends_of_a_range_are_taken_and_nothing_beyond() {
        let read = within(1_u32, 30);
        assert_eq!((read("1"), read("30")), (Ok(1), Ok(30)));
        assert!(read("0").is_err() && read("31").unwrap_err().contains("31 is not within 1 and 30"));
    }
}
