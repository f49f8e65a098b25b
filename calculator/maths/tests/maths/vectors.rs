//! The recorded vectors in `tests/vectors`: numbers that Morpheus' own Solidity produced, and settlements worked out
//! from them with exact rationals.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

/// `emission.json`.
#[derive(Deserialize)]
pub(crate) struct Emission {
    pub(crate) params: Params,
    pub(crate) points: Vec<Point>,
    pub(crate) windows: Vec<Window>,
}

#[derive(Deserialize)]
pub(crate) struct Params {
    #[serde(deserialize_with = "wei")]
    pub(crate) initial: u128,
    #[serde(deserialize_with = "wei")]
    pub(crate) decrease: u128,
    pub(crate) payout_start: u64,
    pub(crate) interval: u64,
    pub(crate) max_end: u64,
}

#[derive(Deserialize)]
pub(crate) struct Point {
    pub(crate) name: String,
    pub(crate) timestamp: u64,
    #[serde(deserialize_with = "wei")]
    pub(crate) cumulative_wei: u128,
    pub(crate) utc_day_start: u64,
    #[serde(deserialize_with = "wei")]
    pub(crate) utc_day_emission_wei: u128,
    #[serde(deserialize_with = "wei")]
    pub(crate) cumulative_at_utc_day_end_wei: u128,
}

#[derive(Deserialize)]
pub(crate) struct Window {
    pub(crate) start: u64,
    pub(crate) end: u64,
    #[serde(deserialize_with = "wei")]
    pub(crate) reward_wei: u128,
}

/// `settlement.json`.
#[derive(Deserialize)]
pub(crate) struct Settlements {
    pub(crate) splits: Vec<SessionSplit>,
    pub(crate) settlements: Vec<Settlement>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionSplit {
    pub(crate) name: String,
    pub(crate) opened_at: u64,
    pub(crate) ends_at: u64,
    pub(crate) closed_at: u64,
    pub(crate) days: BTreeMap<u32, u64>,
    pub(crate) total: u64,
}

#[derive(Deserialize)]
pub(crate) struct Settlement {
    pub(crate) name: String,
    pub(crate) day: u32,
    #[serde(deserialize_with = "wei")]
    pub(crate) emission: u128,
    #[serde(deserialize_with = "wei")]
    pub(crate) cumulative_at_day_end: u128,
    pub(crate) total_seconds: u64,
    #[serde(deserialize_with = "wei")]
    pub(crate) total_stake: u128,
    pub(crate) subnets: Vec<SubnetDay>,
    #[serde(deserialize_with = "wei")]
    pub(crate) undistributed: u128,
}

#[derive(Deserialize)]
pub(crate) struct SubnetDay {
    pub(crate) seconds: u64,
    #[serde(deserialize_with = "wei")]
    pub(crate) stake: u128,
    #[serde(deserialize_with = "wei")]
    pub(crate) usage_reward: u128,
    #[serde(deserialize_with = "wei")]
    pub(crate) stake_reward: u128,
    #[serde(deserialize_with = "wei")]
    pub(crate) payout: u128,
}

pub(crate) fn emission() -> Emission {
    serde_json::from_str(include_str!("../../../../tests/vectors/emission.json")).unwrap()
}

pub(crate) fn settlement() -> Settlements {
    serde_json::from_str(include_str!("../../../../tests/vectors/settlement.json")).unwrap()
}

/// Every UTC day of the emission and what Morpheus' library emits in it.
pub(crate) fn emission_days() -> Vec<(u32, u128)> {
    include_str!("../../../../tests/vectors/emission_days.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let (day, wei) = line.split_once(',').unwrap();
            (day.parse().unwrap(), wei.parse().unwrap())
        })
        .collect()
}

fn wei<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}
