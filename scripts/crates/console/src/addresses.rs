//! Addresses as people write them, read strictly wherever they come from: an argument, the environment, a network file,
//! a scenario, a book.
//!
//! What is taken is 40 hex digits, with `0x` before them or without: all letters small, all letters capital, or the mixed
//! case of EIP-55, which is a checksum of the digits. Another mixed case is refused. An address that is typed wrong is
//! nobody's, and what is sent, staked or handed over to it is lost.

use alloy_primitives::Address;
use serde::{Deserialize, Deserializer, de::Error};

/// Hex digits of an address.
const DIGITS: usize = 40;

/// Why a text is no address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAddress {
    /// There is no text.
    #[error("it is empty: an address has 0x and 40 hex digits")]
    Empty,
    /// It has something else than hex digits.
    #[error("`{text}` is no address: {letter:?} is no hex digit")]
    Malformed {
        /// The text.
        text: String,
        /// The first letter that is none.
        letter: char,
    },
    /// It has too few digits, or too many.
    #[error("`{text}` is no address: it has {found} hex digits, not {DIGITS}")]
    Length {
        /// The text.
        text: String,
        /// How many digits it has.
        found: usize,
    },
    /// Its letters are in mixed case, and not in that of its digits.
    #[error(
        "`{text}` fails its checksum (EIP-55) in {wrong} of {letters} letters, first at digit {digit}, which would be \
         `{right}` if only capitals were wrong; a mistyped digit shows just so: copy the address once more from its source"
    )]
    Checksum {
        /// The text.
        text: String,
        /// How many letters are in the wrong case.
        wrong: usize,
        /// How many letters there are among the digits.
        letters: usize,
        /// Which digit is the first of the wrong ones, counted from 1.
        digit: usize,
        /// The same letter in the other case.
        right: char,
    },
}

/// The address that `text` is.
///
/// # Errors
/// [`NoAddress`] with the text.
pub fn read(text: &str) -> Result<Address, NoAddress> {
    if text.is_empty() {
        return Err(NoAddress::Empty);
    }
    let digits = text.strip_prefix("0x").unwrap_or(text);
    if let Some(letter) = digits.chars().find(|letter| !letter.is_ascii_hexdigit()) {
        return Err(NoAddress::Malformed { text: text.to_owned(), letter });
    }
    let length = |found| NoAddress::Length { text: text.to_owned(), found };
    let address: Address = digits.parse().map_err(|_| length(digits.len()))?;
    let is_mixed =
        digits.contains(|c: char| c.is_ascii_lowercase()) && digits.contains(|c: char| c.is_ascii_uppercase());
    let right = address.to_checksum(None);
    let pairs = || (1..).zip(digits.chars().zip(right.chars().skip(2)));
    let mut wrong = pairs().filter(|(_, (found, right))| found != right);
    match wrong.next().filter(|_| is_mixed) {
        None => Ok(address),
        Some((digit, (_, right))) => Err(NoAddress::Checksum {
            text: text.to_owned(),
            wrong: 1 + wrong.count(),
            letters: digits.chars().filter(char::is_ascii_alphabetic).count(),
            digit,
            right,
        }),
    }
}

/// Passes `text` unless it has the form of an address, `0x` and 40 hex digits, and is none.
///
/// # Errors
/// [`NoAddress`] with the text.
pub fn check(text: &str) -> Result<(), NoAddress> {
    let digits = text.strip_prefix("0x").unwrap_or_default();
    let is_one = digits.len() == DIGITS && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if is_one { read(text).map(drop) } else { Ok(()) }
}

/// Reads an address from a text in a file.
///
/// # Errors
/// The file's, with [`NoAddress`].
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Address, D::Error> {
    read(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// Reads an address from a field of a file that may be left out; together with `#[serde(default)]`.
///
/// # Errors
/// As [`deserialize`].
pub fn deserialize_option<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Address>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| read(&text)).transpose().map_err(D::Error::custom)
}

/// Reads a text of a file that may be an address: then it is one.
///
/// # Errors
/// As [`deserialize`].
pub fn deserialize_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    check(&text).map_err(D::Error::custom)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first four are those of EIP-55.
    const RIGHT: [&str; 6] = [
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        "0x3f1Eae7D46d88F08fc2F8ed27FCb2AB183EB2d0E",
        "0x0000000000000000000000000000000000000001",
    ];

    #[test]
    fn one_case_and_the_right_mixed_case_are_read_with_and_without_0x() {
        for text in RIGHT {
            let (address, digits) = (text.parse().unwrap(), &text[2..]);
            for digits in [digits.to_owned(), digits.to_lowercase(), digits.to_uppercase()] {
                assert_eq!(read(&format!("0x{digits}")), Ok(address));
                assert_eq!(read(&digits), Ok(address));
            }
        }
    }

    #[test]
    fn every_single_letter_in_the_wrong_case_is_refused_by_its_number() {
        for text in RIGHT {
            for (at, letter) in text.char_indices().skip(2).filter(|(_, letter)| letter.is_ascii_alphabetic()) {
                let other =
                    if letter.is_ascii_lowercase() { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() };
                let wrong = format!("{}{other}{}", &text[..at], &text[at + 1..]);
                let refusal = read(&wrong).unwrap_err();
                let NoAddress::Checksum { wrong: 1, digit, right, .. } = refusal else { panic!("{refusal}") };
                assert_eq!((digit, right), (at - 1, letter));
                assert!(refusal.to_string().starts_with(&format!("`{wrong}` fails its checksum")), "{refusal}");
            }
        }
    }

    #[test]
    fn a_mistyped_digit_is_refused_and_no_spelling_of_it_offered() {
        let text = "0x3f1Eae7D46d88F08fc2F8ed27FCb2AB183EB2d0F";
        let offered = text.to_lowercase().parse::<Address>().unwrap().to_string();
        for refusal in [read(text).unwrap_err(), read(&text[2..]).unwrap_err(), check(text).unwrap_err()] {
            assert!(matches!(refusal, NoAddress::Checksum { wrong: 2.., .. }), "{refusal}");
            assert!(!refusal.to_string().contains(&offered), "{refusal}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused_with_its_text() {
        let right = RIGHT[0];
        for text in [
            &right[..41],
            &format!("{right}0"),
            &format!(" {right}"),
            &format!("{right}\n"),
            "0x",
            "0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "atlas.eth",
            "\u{ff15}",
        ] {
            let refusal = read(text).unwrap_err().to_string();
            assert!(refusal.starts_with(&format!("`{text}` is no address: ")), "{refusal}");
        }
        assert_eq!(read(""), Err(NoAddress::Empty));
    }

    #[test]
    fn a_text_that_does_not_look_like_an_address_may_be_anything() {
        for text in ["", "atlas", "604800", "0xAb", &RIGHT[0][..41], &format!("{}0", RIGHT[0]), RIGHT[0]] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }
}
