//! UTC days and half-open stretches of seconds.

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

/// Seconds of a UTC day.
pub const DAY_SECONDS: u64 = 86_400;

/// A UTC day number, floor(unix / 86400).
pub type Day = u32;

/// The UTC day of a Unix time below 2^32 days.
///
/// # Panics
/// For a later time, which a checked scenario does not hold.
#[must_use]
pub fn day_of(unix: u64) -> Day {
    Day::try_from(unix / DAY_SECONDS).expect("a Unix time below 2^32 days")
}

/// Reads a day: its number, or its date as `"2025-02-21"`.
pub(crate) fn read_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let day = match &value {
        Value::String(date) => day_of_date(date),
        number => number.as_u64().and_then(|number| Day::try_from(number).ok()),
    };
    day.ok_or_else(|| Error::custom(format!("{value} is no UTC day: its number, or its date as \"2025-02-21\"")))
}

/// The day of a date from 1970-01-01 to 2149-06-06, the last that fits the contracts' words.
fn day_of_date(text: &str) -> Option<Day> {
    let parts: Vec<&str> = text.split('-').collect();
    let is_date = parts.iter().map(|part| part.len()).eq([4, 2, 2]);
    let numbers: Vec<u32> = parts
        .iter()
        .filter_map(|part| part.bytes().all(|it| it.is_ascii_digit()).then(|| part.parse().ok())?)
        .collect();
    let [year, month, day] = *numbers.as_slice() else { return None };
    let lengths = |year: u32| {
        let is_leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    };
    let month = usize::try_from(month).ok()?.checked_sub(1).filter(|month| *month < 12)?;
    if !is_date || !(1970..2200).contains(&year) || !(1..=lengths(year)[month]).contains(&day) {
        return None;
    }
    let before: u32 = (1970..year).map(|year| lengths(year).iter().sum::<u32>()).sum();
    Some(before + lengths(year)[..month].iter().sum::<u32>() + day - 1).filter(|day| *day <= u16::MAX.into())
}

/// A half-open stretch of Unix seconds, [from, to).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First second inside.
    pub from: u64,
    /// First second after; not before `from` unless the span is empty.
    pub to: u64,
}

impl Span {
    /// The seconds of a UTC day.
    #[must_use]
    pub fn of_day(day: Day) -> Self {
        let from = u64::from(day) * DAY_SECONDS;
        Self { from, to: from + DAY_SECONDS }
    }

    /// How many seconds lie inside; 0 when `to` is not after `from`.
    #[must_use]
    pub fn seconds(self) -> u64 {
        self.to.saturating_sub(self.from)
    }

    /// What two spans have in common, empty when they do not touch.
    #[must_use]
    pub fn overlap(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_by_its_number_and_by_its_date() {
        let read = |text: &str| read_day(&serde_json::from_str::<Value>(text).unwrap()).ok();
        for (text, day) in [
            ("20140", 20_140),
            ("\"2025-02-21\"", 20_140),
            ("\"1970-01-01\"", 0),
            ("\"2024-02-29\"", 19_782),
            ("\"2024-03-01\"", 19_783),
            ("\"2100-03-01\"", 47_541),
            ("\"2149-06-06\"", 65_535),
        ] {
            assert_eq!(read(text), Some(day), "{text}");
        }
        for text in [
            "2149-06-07",
            "2100-02-29",
            "2025-02-29",
            "2025-13-01",
            "2025-00-10",
            "2025-2-21",
            "1969-12-31",
            "20140",
            "",
        ] {
            assert_eq!(read(&format!("{text:?}")), None, "{text}");
        }
        assert_eq!([read("-1"), read("1.5"), read("4294967296"), read("null")], [None; 4]);
    }
}
