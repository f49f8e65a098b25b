//! How often each operation was accepted and refused, and with what: proof that the histories reach everything.

use core::cell::Cell;
use core::fmt;
use std::collections::BTreeMap;
use std::rc::Rc;

use mrc53_model::{Op, Refusal};

/// What nothing can refuse in these histories.
const NEVER_REFUSED: [&str; 5] = ["record_many", "fund", "allow", "pause", "unpause"];

/// Operations by verb and refusals by name.
#[derive(Default)]
pub(super) struct Counts {
    operations: Rc<Cell<usize>>,
    accepted: BTreeMap<&'static str, usize>,
    refused: BTreeMap<&'static str, usize>,
    refusals: BTreeMap<String, usize>,
}

impl Counts {
    /// The number of operations, which goes on counting.
    pub(super) fn operations(&self) -> Rc<Cell<usize>> {
        Rc::clone(&self.operations)
    }

    /// Counts an operation, accepted or refused with an error of that name.
    pub(super) fn add(&mut self, op: &Op, result: Result<(), String>) {
        self.operations.set(self.operations.get() + 1);
        let by_verb = if result.is_ok() { &mut self.accepted } else { &mut self.refused };
        *by_verb.entry(op.verb()).or_default() += 1;
        if let Err(refusal) = result {
            *self.refusals.entry(refusal).or_default() += 1;
        }
    }

    /// What never happened and should have: verbs that were never accepted or never refused, refusals never met.
    pub(super) fn never_met(&self) -> Vec<String> {
        let accepted = Op::VERBS.iter().filter(|verb| !self.accepted.contains_key(*verb));
        let refusable = Op::VERBS.iter().filter(|verb| !NEVER_REFUSED.contains(verb));
        let refused = refusable.filter(|verb| !self.refused.contains_key(*verb));
        let refusals = Refusal::NAMES.iter().filter(|name| !self.refusals.contains_key(**name));
        accepted
            .map(|verb| format!("{verb} accepted"))
            .chain(refused.map(|verb| format!("{verb} refused")))
            .chain(refusals.map(|name| (*name).to_owned()))
            .collect()
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<22}{:>10}{:>10}", "operation", "accepted", "refused")?;
        let of = |counts: &BTreeMap<&str, usize>, verb| counts.get(verb).copied().unwrap_or_default();
        for verb in Op::VERBS {
            writeln!(f, "{verb:<22}{:>10}{:>10}", of(&self.accepted, verb), of(&self.refused, verb))?;
        }
        let sum = |counts: &BTreeMap<&str, usize>| counts.values().sum::<usize>();
        writeln!(f, "{:<22}{:>10}{:>10}", "all", sum(&self.accepted), sum(&self.refused))?;
        let refusals: Vec<_> = self.refusals.iter().map(|(name, count)| format!("{name} {count}")).collect();
        write!(f, "refusals: {}", refusals.join(", "))
    }
}
