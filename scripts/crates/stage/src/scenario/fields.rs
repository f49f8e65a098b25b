//! One JSON object, read field by field: a missing, unknown or wrong field is an error that names it.

use alloy::primitives::U256;
use mrc53_console::days::NoDay;
use mrc53_console::{addresses, amounts, days};
use serde_json::{Map, Value};

/// The largest Unix time whose day number fits 32 bits.
const LAST_UNIX: u64 = (1 << 32) * 86_400 - 1;
/// Longest name of an account or session.
const NAME_LENGTH: usize = 64;

/// The fields of an object that have not been read yet.
pub(super) struct Fields {
    left: Map<String, Value>,
}

/// Why a field cannot be read.
pub(super) type Fault = String;

impl Fields {
    /// The fields of `value`, which stands at `place`.
    pub(super) fn of(value: Value, place: &str) -> Result<Self, Fault> {
        match value {
            Value::Object(left) => Ok(Self { left }),
            other => Err(format!("{place} must be an object, is {}", kind(&other))),
        }
    }

    /// Whether `field` is there.
    pub(super) fn has(&self, field: &str) -> bool {
        self.left.contains_key(field)
    }

    /// Takes `field` as it is.
    pub(super) fn take(&mut self, field: &str) -> Result<Value, Fault> {
        self.left.shift_remove(field).ok_or_else(|| format!("`{field}` is missing"))
    }

    /// A whole number within `min..=max`.
    fn integer(&mut self, field: &str, min: u64, max: u64) -> Result<u64, Fault> {
        let value = self.take(field)?;
        let number = value.as_u64().ok_or_else(|| format!("`{field}` must be a whole number, is {}", kind(&value)))?;
        if (min..=max).contains(&number) {
            Ok(number)
        } else {
            Err(format!("`{field}` must be {min} to {max}, is {number}"))
        }
    }

    /// Unix seconds.
    pub(super) fn unix(&mut self, field: &str) -> Result<u64, Fault> {
        self.integer(field, 1, LAST_UNIX)
    }

    /// A whole number of at most 32 bits and at most `max`.
    pub(super) fn count(&mut self, field: &str, max: u32) -> Result<u32, Fault> {
        self.within(field, 0, max)
    }

    /// A whole number from `min` to `max`.
    pub(super) fn within(&mut self, field: &str, min: u32, max: u32) -> Result<u32, Fault> {
        let number = self.integer(field, min.into(), max.into())?;
        u32::try_from(number).map_err(|_| format!("`{field}` is too large"))
    }

    /// A UTC day: its number, or its date as text.
    pub(super) fn day(&mut self, field: &str) -> Result<u32, Fault> {
        match self.left.get(field) {
            Some(Value::String(_)) => {
                let text = self.text(field)?;
                days::parse_date(&text).map_err(|error| match error {
                    NoDay::Malformed(_) => {
                        format!("`{field}` must be a day, as \"2025-02-21\" or 20140 without quotes, is {text:?}")
                    }
                    other => format!("`{field}`: {other}"),
                })
            }
            _ => self.count(field, u32::MAX),
        }
    }

    /// A text.
    pub(super) fn text(&mut self, field: &str) -> Result<String, Fault> {
        text(self.take(field)?, field)
    }

    /// An amount or a fee: a decimal string without leading zeros, below 2^256.
    pub(super) fn decimal(&mut self, field: &str) -> Result<U256, Fault> {
        let text = self.text(field)?;
        amounts::wei(&text).map_err(|error| format!("`{field}` must be a decimal string below 2^256: {error}"))
    }

    /// The name of an account or a session.
    pub(super) fn name(&mut self, field: &str) -> Result<String, Fault> {
        name(self.take(field)?, field)
    }

    /// A list of names, maybe empty.
    pub(super) fn names(&mut self, field: &str) -> Result<Vec<String>, Fault> {
        match self.take(field)? {
            Value::Array(list) => list.into_iter().map(|value| name(value, field)).collect(),
            other => Err(format!("`{field}` must be a list, is {}", kind(&other))),
        }
    }

    /// One of `choices`, by its name.
    pub(super) fn choice<T: Copy>(&mut self, field: &str, choices: &[(&str, T)]) -> Result<T, Fault> {
        let text = self.text(field)?;
        choices.iter().find(|(name, _)| *name == text).map(|(_, choice)| *choice).ok_or_else(|| {
            let names: Vec<String> = choices.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            format!("`{field}` must be {}, is {text:?}", names.join(" or "))
        })
    }

    /// Takes the one field that is left, with its name.
    pub(super) fn only(mut self) -> Result<(String, Value), Fault> {
        let names: Vec<String> = self.left.keys().cloned().collect();
        match names.as_slice() {
            [name] => self.take(name).map(|value| (name.clone(), value)),
            [] => Err("a verb is missing".into()),
            _ => Err(format!("one verb only, but there are `{}`", names.join("`, `"))),
        }
    }

    /// Refuses what has not been read.
    pub(super) fn finish(self) -> Result<(), Fault> {
        match self.left.keys().next() {
            None => Ok(()),
            Some(field) => Err(format!("unknown field `{field}`")),
        }
    }
}

/// The text that `value`, of `field`, is.
fn text(value: Value, field: &str) -> Result<String, Fault> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(format!("`{field}` must be a string, is {}", kind(&other))),
    }
}

/// The name that `value`, of `field`, is. One that is an address is spelt as addresses are.
fn name(value: Value, field: &str) -> Result<String, Fault> {
    let text = text(value, field)?;
    addresses::check(&text).map_err(|error| format!("`{field}`: {error}"))?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    if (1..=NAME_LENGTH).contains(&text.len()) && text.bytes().all(allowed) {
        Ok(text)
    } else {
        Err(format!("`{field}` must be a name of 1 to {NAME_LENGTH} of A-Z a-z 0-9 _ . -, is {text:?}"))
    }
}

/// What `value` is, in front of people.
fn kind(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => format!("the string {text:?}"),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}
