//! What playing a scenario led to, in the format of `tests/scenarios/README.md`: every integer a decimal string.

use std::fmt::Display;

use alloy::primitives::U256;
use anyhow::{Result, ensure};
use mrc53_console::amounts::as_string;
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;

/// Everything that a scenario led to.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// One entry per settled subnet and day, in order of settling.
    pub days: Vec<SettledDay>,
    /// What was paid plus what could still be claimed at the end.
    pub credited: Amounts,
    /// What was paid.
    pub paid: Amounts,
    /// How each event went.
    pub events: Vec<EventResult>,
    /// Gas of putting each contract on the chain, activation included.
    #[serde(skip)]
    pub deployments: Vec<(String, u64)>,
}

/// A settled day of a subnet; amounts in MOR wei, stake in MOR wei · seconds.
#[derive(Clone, Debug, Serialize)]
pub struct SettledDay {
    /// UTC day number.
    #[serde(serialize_with = "as_string")]
    pub day: u32,
    /// The subnet's name.
    pub subnet: String,
    /// Its session-seconds.
    #[serde(serialize_with = "as_string")]
    pub seconds: u64,
    /// The session-seconds of all subnets.
    #[serde(serialize_with = "as_string")]
    pub total_seconds: u64,
    /// Its sessions counted on the day.
    #[serde(serialize_with = "as_string")]
    pub sessions: u32,
    /// Its stake-seconds.
    #[serde(serialize_with = "as_string")]
    pub stake_seconds: u128,
    /// The stake-seconds of all subnets.
    #[serde(serialize_with = "as_string")]
    pub total_stake_seconds: u128,
    /// E(d), the day's Compute emission.
    #[serde(serialize_with = "as_string")]
    pub emission: u128,
    /// C(d), the Compute emission from launch to the day's end.
    #[serde(serialize_with = "as_string")]
    pub emitted: u128,
    /// The usage side of the reward.
    #[serde(serialize_with = "as_string")]
    pub usage_reward: u128,
    /// The stake side of the reward.
    #[serde(serialize_with = "as_string")]
    pub stake_reward: u128,
    /// What the day pays; 0 when voided.
    #[serde(serialize_with = "as_string")]
    pub payable: U256,
    /// The lower side: `usage`, `stake`, or `none` when both are equal.
    pub binds: &'static str,
    /// The stakers' part of `payable`.
    #[serde(skip)]
    pub stakers_pot: U256,
}

/// MOR wei of operators by subnet, and of stakers by "subnet/staker".
#[derive(Clone, Debug, Default, Serialize)]
pub struct Amounts {
    /// By subnet, in order of registration.
    #[serde(serialize_with = "map")]
    pub operators: Vec<(String, U256)>,
    /// By "subnet/staker", in order of the first deposit.
    #[serde(serialize_with = "map")]
    pub stakers: Vec<(String, U256)>,
}

impl Amounts {
    /// All of it together.
    #[must_use]
    pub fn sum(&self) -> U256 {
        let all = self.operators.iter().chain(&self.stakers);
        all.fold(U256::ZERO, |sum, (_, wei)| sum.saturating_add(*wei))
    }
}

/// How an event went.
#[derive(Clone, Debug, Serialize)]
pub struct EventResult {
    /// Its place in the scenario, from 0.
    #[serde(serialize_with = "as_string")]
    pub index: usize,
    /// Whether it was carried out.
    pub ok: bool,
    /// What it was refused with.
    pub error: Option<String>,
    /// Gas used by its transaction, the contracts not in the chain's cache of programs.
    #[serde(serialize_with = "as_string")]
    pub gas: u64,
    /// The same with the contracts cached; none where that was not measured.
    #[serde(serialize_with = "optional")]
    pub cached_gas: Option<u64>,
    /// The verb.
    #[serde(skip)]
    pub verb: &'static str,
}

impl Report {
    /// Takes the gas of each event from `cached`, the same scenario played with the contracts in the cache.
    ///
    /// # Errors
    /// A failure if anything but gas differs between the two.
    pub fn with_cached(mut self, cached: &Self) -> Result<Self> {
        let without_gas = |report: &Self| {
            let mut report = serde_json::to_value(report)?;
            report["events"].as_array_mut().into_iter().flatten().for_each(|event| event["gas"] = Value::Null);
            anyhow::Ok(report)
        };
        ensure!(without_gas(&self)? == without_gas(cached)?, "caching the contracts changed what came of the scenario");
        for (event, cached) in self.events.iter_mut().zip(&cached.events) {
            event.cached_gas = Some(cached.gas);
        }
        Ok(self)
    }
}

#[allow(clippy::ref_option, reason = "the signature that serde calls")]
pub(super) fn optional<S: Serializer>(
    value: &Option<impl Display>,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    value.as_ref().map(ToString::to_string).serialize(serializer)
}

fn map<S: Serializer>(entries: &[(String, U256)], serializer: S) -> std::result::Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(entries.len()))?;
    for (name, wei) in entries {
        map.serialize_entry(name, &wei.to_string())?;
    }
    map.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(gas: u64) -> EventResult {
        let error = Some("ZeroDays()".into());
        EventResult { index: 3, ok: false, error, gas, cached_gas: None, verb: "settle" }
    }

    fn report(events: Vec<EventResult>) -> Report {
        let (credited, paid) = (Amounts::default(), Amounts::default());
        Report { days: Vec::new(), credited, paid, events, deployments: Vec::new() }
    }

    #[test]
    fn every_integer_is_a_decimal_string() {
        let event = EventResult { cached_gas: Some(20_000), ..refused(21_000) };

        let json = serde_json::to_value(&event).unwrap();

        let gas = serde_json::json!({
            "index": "3", "ok": false, "error": "ZeroDays()", "gas": "21000", "cached_gas": "20000"
        });
        assert_eq!(json, gas);
    }

    #[test]
    fn gas_that_was_not_measured_is_null() {
        assert_eq!(serde_json::to_value(refused(21_000)).unwrap()["cached_gas"], Value::Null);
    }

    #[test]
    fn cached_gas_stands_beside_the_uncached() {
        let both = report(vec![refused(21_000)]).with_cached(&report(vec![refused(20_000)])).unwrap();

        assert_eq!((both.events[0].gas, both.events[0].cached_gas), (21_000, Some(20_000)));
    }

    #[test]
    fn a_cache_that_changes_more_than_gas_is_a_failure() {
        let succeeded = EventResult { ok: true, error: None, ..refused(20_000) };

        assert!(report(vec![refused(21_000)]).with_cached(&report(vec![succeeded])).is_err());
    }

    #[test]
    fn amounts_keep_their_order_and_digits() {
        let amounts = Amounts {
            operators: vec![("b".into(), U256::MAX), ("a".into(), U256::ZERO)],
            stakers: vec![("b/x".into(), U256::from(7))],
        };

        let json = serde_json::to_string(&amounts).unwrap();

        assert_eq!(json, format!(r#"{{"operators":{{"b":"{}","a":"0"}},"stakers":{{"b/x":"7"}}}}"#, U256::MAX));
    }
}
