//! Amounts, parts and days of a file, read strictly.

use mrc53_console::{amounts, days};
use mrc53_maths::{Day, FEE_PRECISION};
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use mrc53_books::market::ALL_PARTS;
use mrc53_books::stake_side::stakeable;

/// The most seconds that a session serves on a day.
pub(super) const MOST_SECONDS_EACH: u64 = 86_400;

/// MOR as wei, written as text with at most 18 decimals, or as a whole number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mor(pub(super) u128);

/// Per cent in parts of 10,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Percent(pub(crate) u64);

/// A UTC day.
#[derive(Clone, Copy, Debug)]
pub(super) struct FileDay(pub(super) Day);

impl<'de> Deserialize<'de> for Mor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = text(deserializer)?;
        let wei = amounts::mor(&text).map_err(D::Error::custom)?;
        stakeable(wei).map(Self).ok_or_else(|| D::Error::custom(format!("{text} MOR is more than there can be")))
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = text(deserializer)?;
        let parts = amounts::percent(&text).map_err(D::Error::custom)?;
        // 1e25 parts are 100 %, two decimals of per cent are kept.
        let unit = alloy_primitives::U256::from(FEE_PRECISION / u128::from(ALL_PARTS));
        let (parts, rest) = parts.div_rem(unit);
        let parts = u64::try_from(parts).ok().filter(|_| rest.is_zero());
        parts.map(Self).ok_or_else(|| D::Error::custom(format!("`{text}`: per cent with at most two decimals")))
    }
}

impl<'de> Deserialize<'de> for FileDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let day = days::deserialize_some(deserializer)?;
        day.map(|day| Self(Day(day))).ok_or_else(|| D::Error::custom("no day"))
    }
}

/// A number as it is written: text, or a whole number.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => Ok(text),
        toml::Value::Integer(number) => Ok(number.to_string()),
        toml::Value::Float(number) if number.is_finite() => {
            Err(D::Error::custom(format!("{number} is rounded: write it as text, \"{number}\"")))
        }
        other => Err(D::Error::custom(format!("{other} is no amount"))),
    }
}
