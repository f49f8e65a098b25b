//! Stress tests: a file under one strain after the other, each with what must still hold.
//!
//! What is measured of a test is one of two parts: what was paid of all that was divided, and what was paid of what the
//! file pays without the strain. It is compared exactly; a bound that is reached holds.

use std::collections::BTreeMap;

use mrc53_console::failure::BadInput;
use serde::Deserialize;
use toml::Value;

use super::run::Run;
use crate::file::{File, Percent};
use mrc53_books::market::ALL_PARTS;

/// A strain, and what must still hold.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stress {
    /// What happens and what must hold, in words.
    pub title: String,
    /// Values by path.
    pub change: BTreeMap<String, Value>,
    /// Whose payment is measured, by the name of an entry; everybody's if it is left out.
    pub of: Option<String>,
    paid_at_least_percent: Option<Percent>,
    paid_at_most_percent: Option<Percent>,
    kept_at_least_percent: Option<Percent>,
    kept_at_most_percent: Option<Percent>,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The part of all that was divided.
    Paid,
    /// The part of what the file pays without the strain.
    Kept,
}

/// One bound of a test, and what came up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What was measured.
    pub measure: Measure,
    /// Whether the bound is the least or the most.
    pub is_least: bool,
    /// The bound, in 10,000ths.
    pub bound: u64,
    /// MOR wei that were paid.
    pub paid: u128,
    /// MOR wei of which that is a part.
    pub whole: u128,
}

impl Verdict {
    /// Whether the bound holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        // What was nothing before cannot be kept.
        if self.whole == 0 {
            return false;
        }
        // Amounts of MOR are below 2^87: neither product reaches 2^120 but for a bound of more than 2^33, which saturates.
        let paid = self.paid.saturating_mul(ALL_PARTS.into());
        let bound = self.whole.saturating_mul(self.bound.into());
        if self.is_least { paid >= bound } else { paid <= bound }
    }
}

impl Stress {
    pub(super) fn check(&self, number: usize, file: &File) -> Result<(), BadInput> {
        let wrong = |why: String| Err(BadInput::new(format!("{}: stress {number}: {why}", file.name)));
        match &self.of {
            Some(name) if !file.has_agents(name) => return wrong(format!("of: no agents are called `{name}`")),
            _ => {}
        }
        match self.bounds().count() {
            0 => wrong("it has no bound: paid_at_least_percent, paid_at_most_percent, kept_at_least_percent, kept_at_most_percent".into()),
            _ => Ok(()),
        }
    }

    fn bounds(&self) -> impl Iterator<Item = (Measure, bool, u64)> {
        let bound =
            |measure, is_least, percent: Option<Percent>| percent.map(|Percent(parts)| (measure, is_least, parts));
        [
            bound(Measure::Paid, true, self.paid_at_least_percent),
            bound(Measure::Paid, false, self.paid_at_most_percent),
            bound(Measure::Kept, true, self.kept_at_least_percent),
            bound(Measure::Kept, false, self.kept_at_most_percent),
        ]
        .into_iter()
        .flatten()
    }

    /// What each bound comes to, where `strained` is the run of this test and `before` the file's own.
    #[must_use]
    pub fn verdicts(&self, before: &Run, strained: &Run) -> Vec<Verdict> {
        let paid = |run: &Run| match &self.of {
            None => run.paid,
            Some(name) => run.groups.iter().filter(|group| group.name == *name).map(|group| group.earned.paid).sum(),
        };
        let verdict = |(measure, is_least, bound)| {
            let whole = if measure == Measure::Paid { strained.emitted } else { paid(before) };
            Verdict { measure, is_least, bound, paid: paid(strained), whole }
        };
        self.bounds().map(verdict).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(is_least: bool, paid: u128) -> bool {
        Verdict { measure: Measure::Paid, is_least, bound: 2_500, paid, whole: 400 }.holds()
    }

    #[test]
    fn a_bound_that_is_reached_holds() {
        assert_eq!([99, 100, 101].map(|paid| holds(true, paid)), [false, true, true]);
        assert_eq!([99, 100, 101].map(|paid| holds(false, paid)), [true, true, false]);
    }
}
