//! The scenario format (`tests/scenarios/README.md`, `scenario.schema.json`): reading, checking, writing.
//!
//! A scenario that does not fit is refused as a whole, with the place of the fault.

use std::str::FromStr;

use num_bigint::BigUint;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::decimal;
use crate::op::{Op, Weight};
use crate::stakes::max_total_stake;
use crate::time::DAY_SECONDS;

/// The most days that a recorder may wait for late records.
const MAX_GRACE_DAYS: u32 = 90;
/// The shortest lock: a day.
const MIN_LOCK_SECONDS: u64 = 86_400;
/// The longest lock: 365 days.
const MAX_LOCK_SECONDS: u64 = 365 * DAY_SECONDS;
/// Longest name of an account or session.
const MAX_NAME_LENGTH: usize = 64;

/// An operation at its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Timestamp of its block, Unix seconds.
    pub at: u64,
    /// What happens.
    #[serde(flatten)]
    pub op: Op,
}

/// A checked scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scenario {
    /// When the contracts are deployed, Unix seconds.
    pub start: u64,
    /// Days for which a day stays open after its end, at most 90.
    pub grace_days: u32,
    /// How long a deposit locks.
    pub lock_seconds: u64,
    /// Stake from which a subnet is eligible, MOR wei.
    #[serde(with = "decimal")]
    pub min_subnet_stake: BigUint,
    /// The first calculator's weight.
    pub weight: Weight,
    /// MOR wei in the Compute pool at `start`.
    #[serde(with = "decimal")]
    pub pool: BigUint,
    /// What happens, in order of time.
    pub events: Vec<Event>,
}

/// The format's outer object, events unread.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outer {
    start: u64,
    grace_days: u32,
    lock_seconds: u64,
    #[serde(with = "decimal")]
    min_subnet_stake: BigUint,
    weight: Weight,
    #[serde(with = "decimal")]
    pool: BigUint,
    events: Vec<Map<String, Value>>,
}

/// Why a text is no scenario.
#[derive(Debug, Error)]
pub enum ScenarioError {
    /// Not JSON, or something outside of the events does not fit.
    #[error("scenario: {0}")]
    Outer(String),
    /// An event that does not fit.
    #[error("event {index}: {fault}")]
    Event {
        /// Its place in `events`, from 0.
        index: usize,
        /// What is wrong.
        fault: String,
    },
}

impl FromStr for Scenario {
    type Err = ScenarioError;

    fn from_str(text: &str) -> Result<Self, ScenarioError> {
        let outer = read_outer(text).map_err(ScenarioError::Outer)?;
        let mut now = outer.start;
        let mut events = Vec::new();
        for (index, fields) in outer.events.into_iter().enumerate() {
            let event = read_event(fields, now).map_err(|fault| ScenarioError::Event { index, fault })?;
            now = event.at;
            events.push(event);
        }
        Ok(Self {
            start: outer.start,
            grace_days: outer.grace_days,
            lock_seconds: outer.lock_seconds,
            min_subnet_stake: outer.min_subnet_stake,
            weight: outer.weight,
            pool: outer.pool,
            events,
        })
    }
}

/// Reads everything but the events, and checks its ranges.
fn read_outer(text: &str) -> Result<Outer, String> {
    let outer: Outer = serde_json::from_str(text).map_err(|error| error.to_string())?;
    check_unix("start", outer.start)?;
    check_range("grace_days", outer.grace_days.into(), 0, MAX_GRACE_DAYS.into())?;
    check_range("lock_seconds", outer.lock_seconds, MIN_LOCK_SECONDS, MAX_LOCK_SECONDS)?;
    if outer.min_subnet_stake > max_total_stake() {
        return Err(format!("`min_subnet_stake` is {}, more than 2^87 - 1", outer.min_subnet_stake));
    }
    Ok(outer)
}

/// Reads `{"at": .., "<verb>": {..}}`, not before `now`.
fn read_event(mut fields: Map<String, Value>, now: u64) -> Result<Event, String> {
    let at = fields.remove("at").ok_or("needs `at`")?;
    let at = at.as_u64().ok_or_else(|| format!("`at` must be Unix seconds, is {at}"))?;
    check_unix("at", at)?;
    if at < now {
        return Err(format!("time runs backwards: `at` is {at} after {now}"));
    }
    if fields.len() != 1 {
        let verbs: Vec<&String> = fields.keys().collect();
        return Err(format!("needs exactly one verb beside `at`, has {verbs:?}"));
    }
    let op: Op = serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())?;
    if let Op::Open { ends_at, .. } = op {
        check_unix("ends_at", ends_at)?;
    }
    match op.accounts().into_iter().chain(op.sessions()).find(|name| !is_name(name)) {
        Some(name) => Err(format!("{name:?} is no name: 1 to {MAX_NAME_LENGTH} of A-Z a-z 0-9 _ . -")),
        None => Ok(Event { at, op }),
    }
}

/// Unix times lie in [1, 2^32 days).
fn check_unix(field: &str, value: u64) -> Result<(), String> {
    check_range(field, value, 1, (1 << 32) * DAY_SECONDS - 1)
}

fn check_range(field: &str, value: u64, min: u64, max: u64) -> Result<(), String> {
    if (min..=max).contains(&value) { Ok(()) } else { Err(format!("`{field}` is {value}, not within {min}..={max}")) }
}

fn is_name(name: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    (1..=MAX_NAME_LENGTH).contains(&name.len()) && name.chars().all(allowed)
}
