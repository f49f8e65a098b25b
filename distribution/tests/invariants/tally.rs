//! How often each kind of call succeeded and was refused, and why.

use std::{
    collections::BTreeMap,
    fmt::{Debug, Display, Formatter},
};

/// What a call came to: a success, another acceptance in lower case, or the name of the error.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Outcome(pub(crate) String);

impl Outcome {
    /// A call that did what it says.
    pub(crate) const SUCCESS: &'static str = "success";

    pub(crate) fn success() -> Self {
        Self(Self::SUCCESS.into())
    }

    /// A call that was accepted and, rightly, changed nothing that matters, or did less than it might.
    pub(crate) fn accepted(how: &str) -> Self {
        Self(how.to_lowercase())
    }

    /// This outcome, or if it is a success one of another name, where `how` gives it one.
    pub(crate) fn but(self, how: Option<&str>) -> Self {
        match how {
            Some(how) if self == Self::success() => Self::accepted(how),
            _ => self,
        }
    }

    fn is_refusal(name: &str) -> bool {
        name.starts_with(char::is_uppercase)
    }

    /// By the name of the error's variant.
    pub(crate) fn of<T, E: Debug>(result: &Result<T, E>) -> Self {
        result.as_ref().err().map_or_else(Self::success, |error| Self(name_of(error)))
    }
}

/// The name that a value's `Debug` begins with.
pub(crate) fn name_of(value: &impl Debug) -> String {
    let text = format!("{value:?}");
    text.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().into()
}

/// Counts by call and outcome.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally(BTreeMap<String, BTreeMap<String, u64>>);

impl Tally {
    pub(crate) fn count(&mut self, call: &impl Debug, outcome: Outcome) {
        *self.0.entry(name_of(call)).or_default().entry(outcome.0).or_default() += 1;
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (call, outcomes) in &other.0 {
            for (outcome, count) in outcomes {
                *self.0.entry(call.clone()).or_default().entry(outcome.clone()).or_default() += count;
            }
        }
    }

    /// How often `call` came to `outcome`.
    pub(crate) fn of(&self, call: &str, outcome: &str) -> u64 {
        self.0.get(call).and_then(|outcomes| outcomes.get(outcome)).copied().unwrap_or(0)
    }
}

impl Display for Tally {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        for (call, outcomes) in &self.0 {
            let refused: u64 =
                outcomes.iter().filter(|(name, _)| Outcome::is_refusal(name)).map(|(_, count)| count).sum();
            let accepted = outcomes.values().sum::<u64>() - refused;
            let names: Vec<_> = outcomes.iter().map(|(name, count)| format!("{name} {count}")).collect();
            writeln!(f, "{call:18} {accepted:>8} accepted {refused:>8} refused: {}", names.join(", "))?;
        }
        Ok(())
    }
}
