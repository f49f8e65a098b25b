//! Whole numbers below 2^256 as decimal strings without leading zeros.

use num_bigint::BigUint;
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::Serializer;

pub(crate) fn serialize<S: Serializer>(value: &BigUint, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BigUint, D::Error> {
    let text = String::deserialize(deserializer)?;
    let is_decimal = text == "0" || (!text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()));
    let value = is_decimal.then(|| text.parse::<BigUint>().ok()).flatten().filter(|value| value.bits() <= 256);
    value.ok_or_else(|| D::Error::custom(format!("{text:?} is no decimal number below 2^256")))
}
