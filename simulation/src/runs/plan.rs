//! What is run: a file's variants.

use std::collections::BTreeMap;

use fastrand::Rng;
use mrc53_console::failure::BadInput;
use serde::Deserialize;
use toml::Value;

use super::stress::Stress;
use crate::file::File;
use mrc53_books::market::Market;

/// What draws at random.
pub const GENERATOR: &str = "WyRand";
/// The most runs of one file.
const MOST_RUNS: u64 = 100_000;

/// How a file is run.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Plan {
    /// As it is.
    #[default]
    Baseline,
    /// For each value at a path.
    Sweep(Sweep),
    /// As it is, and changed.
    Compare(Compare),
    /// At random.
    Random(Random),
    /// As it is, and under each strain.
    Stress(Vec<Stress>),
}

/// For each value at a path.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sweep {
    /// Keys with points between.
    pub path: String,
    /// What stands there, one after the other.
    pub values: Vec<Value>,
}

/// As it is, and changed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compare {
    /// Values by path.
    pub change: BTreeMap<String, Value>,
}

/// At random.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Random {
    /// How many times.
    pub runs: u64,
    /// Whence the generator begins; the same seed draws the same numbers.
    pub seed: u64,
    /// The least and the most whole number at a path.
    pub vary: BTreeMap<String, [i64; 2]>,
}

/// What is set for one run: values by path.
#[derive(Clone, Debug, Default)]
pub(super) struct Variant(Vec<(String, Value)>);

impl Variant {
    /// What was set, as it is shown, and the market with it.
    pub(super) fn read(self, file: &File) -> Result<(Vec<(String, String)>, Market), BadInput> {
        let (mut set, mut file) = (Vec::new(), file.clone());
        for (path, value) in self.0 {
            let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            file = file.varied(&path, value)?;
            set.push((path, shown));
        }
        Ok((set, file.market()?))
    }

    fn of(values: &BTreeMap<String, Value>) -> Self {
        Self(values.iter().map(|(path, value)| (path.clone(), value.clone())).collect())
    }
}

impl Plan {
    /// The plan of the sections that a file has.
    ///
    /// # Errors
    /// [`BadInput`] if there are several, or one is malformed.
    pub fn of(file: &File) -> Result<Self, BadInput> {
        let plans: Vec<Self> = [
            file.section("sweep")?.map(Self::Sweep),
            file.section("compare")?.map(Self::Compare),
            file.section("random")?.map(Self::Random),
            file.section("stress")?.map(Self::Stress),
        ]
        .into_iter()
        .flatten()
        .collect();
        match plans.as_slice() {
            [] => Ok(Self::Baseline),
            [plan] => Ok(plan.clone()),
            _ => Err(BadInput::new(format!("{}: sweep, compare, random, stress: one of them at a time", file.name))),
        }
    }

    pub(super) fn variants(&self, file: &File) -> Result<Vec<Variant>, BadInput> {
        let none = |what: &str| Err(BadInput::new(format!("{}: {what}: there is none", file.name)));
        match self {
            Self::Baseline => Ok(vec![Variant::default()]),
            Self::Sweep(Sweep { values, .. }) if values.is_empty() => none("sweep.values"),
            Self::Compare(Compare { change }) if change.is_empty() => none("compare.change"),
            Self::Stress(tests) if tests.is_empty() => none("stress"),
            Self::Sweep(Sweep { path, values }) => {
                Ok(values.iter().map(|value| Variant(vec![(path.clone(), value.clone())])).collect())
            }
            Self::Compare(Compare { change }) => Ok(vec![Variant::default(), Variant::of(change)]),
            Self::Random(random) => random.variants(file),
            Self::Stress(tests) => strained(file, tests),
        }
    }
}

impl Random {
    fn variants(&self, file: &File) -> Result<Vec<Variant>, BadInput> {
        if !(1..=MOST_RUNS).contains(&self.runs) {
            return Err(BadInput::new(format!("{}: random.runs: at least 1, at most {MOST_RUNS}", file.name)));
        }
        if self.vary.is_empty() {
            return Err(BadInput::new(format!("{}: random.vary: there is none", file.name)));
        }
        for (path, [least, most]) in &self.vary {
            if least > most {
                return Err(BadInput::new(format!("{}: random.vary.{path}: {least} is above {most}", file.name)));
            }
        }
        let mut rng = Rng::with_seed(self.seed);
        let mut draw =
            |(path, [least, most]): (&String, &[i64; 2])| (path.clone(), Value::Integer(rng.i64(*least..=*most)));
        Ok((0..self.runs).map(|_| Variant(self.vary.iter().map(&mut draw).collect())).collect())
    }
}

fn strained(file: &File, tests: &[Stress]) -> Result<Vec<Variant>, BadInput> {
    let mut variants = vec![Variant::default()];
    for (stress, number) in tests.iter().zip(1..) {
        stress.check(number, file)?;
        variants.push(Variant::of(&stress.change));
    }
    Ok(variants)
}
