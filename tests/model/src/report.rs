//! What playing a scenario says: the output format of `tests/scenarios/README.md`, integers as decimal strings.

use std::fmt::Display;

use num_bigint::BigUint;
use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::decimal;
use crate::reward::Binds;
use crate::time::Day;

/// Everything that a scenario led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// One entry per settled subnet and day, in order of settling.
    pub days: Vec<SettledDay>,
    /// What was paid plus what could still be claimed at the end.
    pub credited: Amounts,
    /// What was paid.
    pub paid: Amounts,
    /// How each event went.
    pub events: Vec<EventResult>,
}

/// A settled day of a subnet; amounts in MOR wei, stake in MOR wei · seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SettledDay {
    /// The UTC day.
    #[serde(serialize_with = "string")]
    pub day: Day,
    /// The subnet.
    pub subnet: String,
    /// w(s,d).
    #[serde(serialize_with = "string")]
    pub seconds: u64,
    /// W(d).
    #[serde(serialize_with = "string")]
    pub total_seconds: u64,
    /// Sessions of the subnet counted on the day.
    #[serde(serialize_with = "string")]
    pub sessions: u64,
    /// σ(s,d).
    #[serde(with = "decimal")]
    pub stake_seconds: BigUint,
    /// Σ(d).
    #[serde(with = "decimal")]
    pub total_stake_seconds: BigUint,
    /// E(d).
    #[serde(with = "decimal")]
    pub emission: BigUint,
    /// C(d).
    #[serde(with = "decimal")]
    pub emitted: BigUint,
    /// The usage side of the reward.
    #[serde(with = "decimal")]
    pub usage_reward: BigUint,
    /// The stake side of the reward.
    #[serde(with = "decimal")]
    pub stake_reward: BigUint,
    /// What the day pays; 0 when voided.
    #[serde(with = "decimal")]
    pub payable: BigUint,
    /// The lower side.
    pub binds: Binds,
}

/// MOR wei of operators by subnet, and of stakers by "subnet/staker".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Amounts {
    /// By subnet, in order of registration.
    #[serde(serialize_with = "map")]
    pub operators: Vec<(String, BigUint)>,
    /// By "subnet/staker", in order of the first deposit.
    #[serde(serialize_with = "map")]
    pub stakers: Vec<(String, BigUint)>,
}

/// How an event went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventResult {
    /// Its place in the scenario, from 0.
    #[serde(serialize_with = "string")]
    pub index: usize,
    /// Whether it was carried out.
    pub ok: bool,
    /// What it was refused with.
    pub error: Option<String>,
}

fn string<S: Serializer>(value: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn map<S: Serializer>(entries: &[(String, BigUint)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(entries.len()))?;
    for (name, wei) in entries {
        map.serialize_entry(name, &wei.to_string())?;
    }
    map.end()
}
