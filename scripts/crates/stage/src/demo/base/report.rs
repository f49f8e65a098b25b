//! What playing a scenario on three chains led to: what it led to at all, and each step of the way.

use mrc53_console::amounts::as_string;
use mrc53_suite::place::Place;
use serde::Serialize;

use super::super::report::{Report, optional};

/// Everything that a scenario led to, and the way.
#[derive(Clone, Debug, Serialize)]
pub struct BaseReport {
    /// As of one chain.
    #[serde(flatten)]
    pub report: Report,
    /// How many days a covered day can be proven.
    #[serde(serialize_with = "as_string")]
    pub window_days: u32,
    /// What was not the real thing.
    pub stand_ins: &'static [&'static str],
    /// The way from sessions to payments, in order of time.
    pub steps: Vec<Step>,
}

/// One transaction on the way.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// What it did.
    pub step: &'static str,
    /// Where.
    pub chain: Place,
    /// The timestamp of its block, Unix seconds.
    #[serde(serialize_with = "as_string")]
    pub at: u64,
    /// Gas used.
    #[serde(serialize_with = "as_string")]
    pub gas: u64,
    /// The first day with sessions that it brought further; none if it brought none.
    #[serde(serialize_with = "optional")]
    pub day: Option<u32>,
    /// Seconds from the end of that day to the step.
    #[serde(serialize_with = "optional")]
    pub delay_seconds: Option<u64>,
}

impl Step {
    /// A step of `day`, if it brought one further.
    pub(super) fn of(step: &'static str, chain: Place, at: u64, gas: u64, day: Option<u32>) -> Self {
        let end = |day: u32| (u64::from(day) + 1) * super::clock::DAY_SECONDS;
        // What happens before the day is over has no delay.
        let delay_seconds = day.and_then(|day| at.checked_sub(end(day)));
        Self { step, chain, at, gas, day, delay_seconds }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_runs_from_the_end_of_the_day_and_not_before() {
        let end = 11 * super::super::clock::DAY_SECONDS;
        let delays =
            [end - 1, end, end + 1].map(|at| Step::of("prove", Place::Arbitrum, at, 1, Some(10)).delay_seconds);

        assert_eq!(delays, [None, Some(0), Some(1)]);
        assert_eq!(Step::of("prove", Place::Arbitrum, end, 1, None).delay_seconds, None);
    }

    #[test]
    fn every_integer_is_a_decimal_string_and_chains_are_in_small_letters() {
        let json = serde_json::to_value(Step::of("relay", Place::Ethereum, 86_400, 7, Some(0))).unwrap();

        let expected = serde_json::json!({
            "step": "relay", "chain": "ethereum", "at": "86400", "gas": "7", "day": "0", "delay_seconds": "0"
        });
        assert_eq!(json, expected);
    }
}
