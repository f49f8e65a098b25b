//! What calls of one kind cost as the town grows, and how far from flat that is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What grows while calls of a kind are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Grows {
    /// Registered subnets.
    Subnets,
    /// Stakers.
    Stakers,
    /// Days that have passed.
    Days,
    /// Calls of the same kind before.
    Calls,
}

/// The calls of one kind, in order: how much there was of what grows, and the gas of the call.
type Calls = Vec<(u32, u32)>;

/// Every call by kind and what grew. Calls of a kind write the same number of new and of old slots.
#[derive(Debug, Default)]
pub(crate) struct Costs(BTreeMap<(String, Grows), Calls>);

/// How the cost of a kind of call went. Gas of the whole transaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) grows: Grows,
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) calls: usize,
    /// Mean of the first tenth of the calls.
    pub(crate) first_tenth: u32,
    /// Mean of the last tenth.
    pub(crate) last_tenth: u32,
    pub(crate) least: u32,
    pub(crate) most: u32,
    /// By how much the fitted straight line (least squares) rises from `from` to `to`.
    pub(crate) rise: i64,
}

impl Grows {
    const fn name(self) -> &'static str {
        match self {
            Self::Subnets => "subnets",
            Self::Stakers => "stakers",
            Self::Days => "days",
            Self::Calls => "calls",
        }
    }
}

impl Costs {
    pub(crate) fn add(&mut self, kind: String, grows: Grows, size: usize, gas: u64) {
        let sample = (u32::try_from(size).unwrap(), u32::try_from(gas).unwrap());
        self.0.entry((kind, grows)).or_default().push(sample);
    }

    /// The kinds with at least `least` calls.
    pub(crate) fn lines(&self, least: usize) -> BTreeMap<String, Line> {
        let enough = self.0.iter().filter(|(_, calls)| calls.len() >= least);
        enough.map(|((kind, grows), calls)| (format!("{kind}, by {}", grows.name()), line(*grows, calls))).collect()
    }
}

impl Line {
    /// The largest of: the last tenth away from the first, the fitted rise, in per cent of the first tenth.
    pub(crate) fn slope_percent(&self) -> f64 {
        let apart = f64::from(self.first_tenth.abs_diff(self.last_tenth));
        let rise = f64::from(i32::try_from(self.rise.abs()).unwrap());
        apart.max(rise) / f64::from(self.first_tenth) * 100.0
    }
}

fn line(grows: Grows, samples: &Calls) -> Line {
    let tenth = samples.len().div_ceil(10);
    let gas = samples.iter().map(|(_, gas)| *gas);
    let (from, to) = (samples[0].0, samples[samples.len() - 1].0);
    Line {
        grows,
        from,
        to,
        calls: samples.len(),
        first_tenth: mean(&samples[..tenth]),
        last_tenth: mean(&samples[samples.len() - tenth..]),
        least: gas.clone().min().unwrap_or_default(),
        most: gas.max().unwrap_or_default(),
        rise: rise(samples, to - from),
    }
}

fn mean(samples: &[(u32, u32)]) -> u32 {
    let sum: u64 = samples.iter().map(|(_, gas)| u64::from(*gas)).sum();
    u32::try_from(sum / samples.len() as u64).unwrap()
}

/// The rise of the fitted line over `span`; 0 where nothing grew.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "counts, sizes and gas, far below 2^52"
)]
fn rise(samples: &[(u32, u32)], span: u32) -> i64 {
    let count = samples.len() as f64;
    let middle = |of: fn(&(u32, u32)) -> u32| samples.iter().map(|sample| f64::from(of(sample))).sum::<f64>() / count;
    let (size, gas) = (middle(|sample| sample.0), middle(|sample| sample.1));
    let (mut both, mut own) = (0.0, 0.0);
    for (at, cost) in samples {
        let away = f64::from(*at) - size;
        both += away * (f64::from(*cost) - gas);
        own += away * away;
    }
    if own == 0.0 { 0 } else { (both / own * f64::from(span)).round() as i64 }
}

#[test]
fn a_cost_that_rises_is_told_from_one_that_does_not() {
    let mut costs = Costs::default();
    for size in 0..100 {
        costs.add("flat".into(), Grows::Subnets, size, 50_000 + size as u64 % 2);
        costs.add("rising".into(), Grows::Subnets, size, 50_000 + 10 * size as u64);
    }
    let lines = costs.lines(100);

    assert!(lines["flat, by subnets"].slope_percent() < 0.01);
    let rising = &lines["rising, by subnets"];
    assert_eq!((rising.first_tenth, rising.last_tenth, rising.rise), (50_045, 50_945, 990));
}
