//! UTC days as people write them, read by one parser wherever a day is typed: `2025-02-21`, or the number `20140`, which
//! is unix / 86400 and what contracts and JSON have. A TOML file may have the date without quotes.

use std::fmt;

use jiff::civil::Date;
use mrc53_maths::compute::{LAST_DAY, LAUNCH_DAY};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use toml_datetime::Datetime;

use crate::amounts::{self, NoAmount};
use crate::show::named_day;

/// The last day that the contracts can count: days have 16 bits in their words.
pub const LAST_COUNTED_DAY: u32 = u16::MAX as u32;

/// Why a text is no day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoDay {
    /// It is neither a date nor a number.
    #[error("`{0}` is no UTC day: write it as 2025-02-21, or as its number, 20140 (unix / 86400)")]
    Malformed(String),
    /// There is no such date.
    #[error("`{0}` is no date of the calendar")]
    NoDate(String),
    /// The contracts do not count so far.
    #[error(
        "day {text} is beyond day {}, the last that contracts count: a number is unix / 86400",
        named_day(LAST_COUNTED_DAY)
    )]
    TooLate {
        /// The text.
        text: String,
    },
    /// It comes before 1970.
    #[error("`{0}` comes before 1970-01-01, day 0")]
    TooEarly(String),
}

/// The day number of `text`: a date of ten characters, or a whole number.
///
/// # Errors
/// [`NoDay`] with the text.
pub fn parse(text: &str) -> Result<u32, NoDay> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number(text) {
        return match amounts::whole::<u32>(text) {
            Ok(day) if day <= LAST_COUNTED_DAY => Ok(day),
            Ok(_) | Err(NoAmount::TooLarge(_)) => Err(NoDay::TooLate { text: text.to_owned() }),
            Err(_) => Err(NoDay::Malformed(text.to_owned())),
        };
    }
    parse_date(text)
}

/// The day number of `text`, a date of ten characters.
///
/// # Errors
/// [`NoDay`] with the text.
pub fn parse_date(text: &str) -> Result<u32, NoDay> {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    if parts.len() != 3
        || parts.iter().map(|part| part.len()).ne([4, 2, 2])
        || !parts.iter().all(|part| is_digits(part))
    {
        return Err(NoDay::Malformed(text.to_owned()));
    }
    let date: Date = text.parse().map_err(|_| NoDay::NoDate(text.to_owned()))?;
    let since_epoch = date.duration_since(Date::constant(1970, 1, 1));
    if since_epoch.is_negative() {
        return Err(NoDay::TooEarly(text.to_owned()));
    }
    let day = u32::try_from(since_epoch.as_hours() / 24).ok().filter(|day| *day <= LAST_COUNTED_DAY);
    day.ok_or_else(|| NoDay::TooLate { text: text.to_owned() })
}

/// Why nothing is emitted on `day`, in words that follow the day's name; none if something is.
#[must_use]
pub fn outside_emission(day: u32) -> Option<String> {
    let (first, last) = (LAUNCH_DAY.0, LAST_DAY.0);
    if day < first {
        Some(format!("comes before the emission, which begins on day {}", named_day(first)))
    } else if day > last {
        Some(format!("comes after the emission, which ends on day {}", named_day(last)))
    } else {
        None
    }
}

/// Reads a day of a file, by its date or by its number, where one may be missing.
///
/// # Errors
/// The file's, with [`NoDay`].
pub fn deserialize_some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Ok(Some(FileDay::deserialize(deserializer)?.0))
}

/// A day as a file has it.
struct FileDay(u32);

impl<'de> Deserialize<'de> for FileDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DateOrNumber)
    }
}

struct DateOrNumber;

impl<'de> Visitor<'de> for DateOrNumber {
    type Value = FileDay;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a UTC day, as 2025-02-21 or 20140")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<FileDay, E> {
        parse(text).map(FileDay).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<FileDay, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<FileDay, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<FileDay, M::Error> {
        // What a reader of TOML makes of a date.
        self.visit_str(&Datetime::deserialize(MapAccessDeserializer::new(map))?.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_by_its_date_and_by_its_number() {
        for (text, day) in [
            ("1970-01-01", 0),
            ("1970-01-02", 1),
            ("2025-02-21", 20_140),
            ("20140", 20_140),
            ("2024-02-29", 19_782),
            ("2149-06-06", LAST_COUNTED_DAY),
            ("65535", LAST_COUNTED_DAY),
        ] {
            assert_eq!(parse(text), Ok(day), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_refused_with_its_text() {
        let malformed = [
            "",
            " ",
            "2025-2-21",
            "21.02.2025",
            "2025/02/21",
            "2025-02-21T00:00:00Z",
            "+20140",
            "-1",
            "20_140",
            "020140",
            "today",
        ];
        for text in malformed {
            assert_eq!(parse(text), Err(NoDay::Malformed(text.into())));
        }
        for text in ["2025-02-29", "2025-13-01", "2025-00-10", "2025-04-31"] {
            assert_eq!(parse(text), Err(NoDay::NoDate(text.into())));
        }
        assert_eq!(parse("1969-12-31"), Err(NoDay::TooEarly("1969-12-31".into())));
    }

    #[test]
    fn a_day_that_the_contracts_cannot_count_is_refused_whatever_was_meant() {
        // Beyond the last by one, a date without hyphens, unix seconds, more than any number holds.
        for text in ["65536", "2149-06-07", "9999-12-31", "20250221", "1740096000", &"9".repeat(80)] {
            let refusal = parse(text).unwrap_err();
            assert_eq!(refusal, NoDay::TooLate { text: text.into() });
            assert!(refusal.to_string().contains("65535 (2149-06-06)"), "{refusal}");
        }
    }

    #[test]
    fn a_file_has_a_day_by_its_number_and_by_its_date_with_quotes_or_without() {
        #[derive(Debug, Deserialize)]
        struct File {
            #[serde(deserialize_with = "deserialize_some")]
            day: Option<u32>,
        }
        let day = |value: &str| toml::from_str::<File>(&format!("day = {value}")).map(|file| file.day);
        for value in ["20140", "\"20140\"", "2025-02-21", "\"2025-02-21\""] {
            assert_eq!(day(value).unwrap(), Some(20_140), "{value}");
        }
        for value in ["2025-02-21T00:00:00Z", "2025-02-21T00:00:00", "00:00:00", "2149-06-07", "-1", "20140.0", "true"]
        {
            assert!(day(value).is_err(), "{value}");
        }
    }

    #[test]
    fn the_first_and_the_last_day_of_the_emission_have_one() {
        let (first, last) = (LAUNCH_DAY.0, LAST_DAY.0);
        assert_eq!([first, last].map(outside_emission), [None, None]);
        assert!(outside_emission(first - 1).is_some_and(|words| words.contains("begins on day 19761 (2024-02-08)")));
        assert!(outside_emission(last + 1).is_some_and(|words| words.contains("ends on day 25594 (2040-01-28)")));
    }
}
