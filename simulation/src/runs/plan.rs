//! What is run: a file's variants.

use std::collections::BTreeMap;

use fastrand::Rng;
use mrc53_console::failure::BadInput;
use serde::Deserialize;
use toml::Value;

use super::stress::Stress;
use crate::file::File;
use crate::market::Market;

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

/// What was set, and the market with it.
type Variant = (Vec<(String, String)>, Market);

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
        match self {
            Self::Baseline => Ok(vec![as_it_is(file)?]),
            Self::Sweep(sweep) => sweep.values.iter().map(|value| with(file, [(&sweep.path, value.clone())])).collect(),
            Self::Compare(compare) => {
                let change = compare.change.iter().map(|(path, value)| (path, value.clone()));
                Ok(vec![as_it_is(file)?, with(file, change)?])
            }
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
        for (path, [least, most]) in &self.vary {
            if least > most {
                return Err(BadInput::new(format!("{}: random.vary.{path}: {least} is above {most}", file.name)));
            }
        }
        let mut rng = Rng::with_seed(self.seed);
        (0..self.runs)
            .map(|_| {
                let drawn =
                    self.vary.iter().map(|(path, [least, most])| (path, Value::Integer(rng.i64(*least..=*most))));
                with(file, drawn)
            })
            .collect()
    }
}

fn strained(file: &File, tests: &[Stress]) -> Result<Vec<Variant>, BadInput> {
    let names = file.agent_names();
    let mut variants = vec![as_it_is(file)?];
    for (stress, number) in tests.iter().zip(1..) {
        stress.check(number, &file.name, &names)?;
        variants.push(with(file, stress.change.iter().map(|(path, value)| (path, value.clone())))?);
    }
    Ok(variants)
}

fn as_it_is(file: &File) -> Result<Variant, BadInput> {
    Ok((Vec::new(), file.market()?))
}

fn with<'a>(file: &File, values: impl IntoIterator<Item = (&'a String, Value)>) -> Result<Variant, BadInput> {
    let (mut set, mut file) = (Vec::new(), file.clone());
    for (path, value) in values {
        let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        set.push((path.clone(), shown));
        file = file.with(path, value)?;
    }
    Ok((set, file.market()?))
}
