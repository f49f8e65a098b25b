//! What cargo-mutants writes: the mutants that there are, and what became of each.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::record::{Mutants, Place};

/// What became of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Verdict {
    /// A test failed.
    Caught,
    /// The tests did not end.
    Timeout,
    /// It did not compile.
    Unviable,
    /// All tests passed.
    Survived,
}

/// Verdicts by the mutant's name, which has its line and column.
pub(super) type Verdicts = BTreeMap<String, Verdict>;

#[derive(Deserialize)]
struct Outcomes {
    outcomes: Vec<Outcome>,
}

#[derive(Deserialize)]
struct Outcome {
    scenario: serde_json::Value,
    summary: String,
}

/// A mutant as `cargo mutants --list --json` shows it.
#[derive(Deserialize)]
pub(super) struct Listed {
    name: String,
    file: String,
    span: Span,
}

#[derive(Deserialize)]
struct Span {
    start: Position,
}

#[derive(Deserialize)]
struct Position {
    line: usize,
}

impl Listed {
    /// Its name, with line and column.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Where it is, with `line_of(file, line)` the text of a line.
    pub(super) fn place(&self, line_of: impl Fn(&str, usize) -> Result<String>) -> Result<Place> {
        let line = line_of(&self.file, self.span.start.line)?;
        Ok(Place { file: self.file.clone(), line, mutation: mutation(&self.name).to_owned() })
    }
}

/// The verdicts in an `outcomes.json`; what is not about a mutant is left out.
pub(super) fn verdicts(json: &str) -> Result<Verdicts> {
    let outcomes: Outcomes = serde_json::from_str(json).context("outcomes.json")?;
    let mut verdicts = Verdicts::new();
    for Outcome { scenario, summary } in outcomes.outcomes {
        let Some(name) = scenario["Mutant"]["name"].as_str() else { continue };
        let verdict = match summary.as_str() {
            "CaughtMutant" => Verdict::Caught,
            "Timeout" => Verdict::Timeout,
            "Unviable" => Verdict::Unviable,
            "MissedMutant" => Verdict::Survived,
            // A mutant that was interrupted is tried again.
            _ => continue,
        };
        verdicts.insert(name.to_owned(), verdict);
    }
    Ok(verdicts)
}

/// Adds `newer` to `verdicts`: what one round caught stays caught.
pub(super) fn absorb(verdicts: &mut Verdicts, newer: Verdicts) {
    for (name, verdict) in newer {
        let settled = matches!(verdicts.get(&name), Some(Verdict::Caught | Verdict::Timeout | Verdict::Unviable));
        if !settled {
            verdicts.insert(name, verdict);
        }
    }
}

/// Counts the verdicts of the mutants of `listed`, with `line_of(file, line)` the text of a line.
///
/// # Errors
/// Fails if a mutant has no verdict.
pub(super) fn count(
    listed: &[Listed],
    verdicts: &Verdicts,
    code: String,
    line_of: impl Fn(&str, usize) -> Result<String>,
) -> Result<Mutants> {
    let mut mutants = Mutants { code, ..Mutants::default() };
    for mutant in listed {
        match verdicts.get(&mutant.name).with_context(|| format!("nobody tried {}", mutant.name))? {
            Verdict::Caught => mutants.caught += 1,
            Verdict::Timeout => mutants.timeouts += 1,
            Verdict::Unviable => mutants.unviable += 1,
            Verdict::Survived => mutants.survivors.push(mutant.place(&line_of)?),
        }
    }
    Ok(mutants)
}

/// `replace a with b in f` of `src/lib.rs:1:2: replace a with b in f`.
fn mutation(name: &str) -> &str {
    name.split_once(": ").map_or(name, |(_, mutation)| mutation)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As cargo-mutants 27.1.0 writes it, shortened.
    const OUTCOMES: &str = r#"{
        "outcomes": [
            { "scenario": "Baseline", "summary": "Success", "phase_results": [] },
            { "scenario": { "Mutant": { "name": "src/lib.rs:3:9: replace + with - in sum" } }, "summary": "CaughtMutant" },
            { "scenario": { "Mutant": { "name": "src/lib.rs:4:9: replace | with ^ in word" } }, "summary": "MissedMutant" },
            { "scenario": { "Mutant": { "name": "src/lib.rs:5:9: replace += with -= in count" } }, "summary": "Timeout" },
            { "scenario": { "Mutant": { "name": "src/lib.rs:6:9: replace f -> T with Default::default()" } }, "summary": "Unviable" }
        ],
        "total_mutants": 4
    }"#;

    fn listed() -> Vec<Listed> {
        let mutant = |line: usize, text: &str| {
            serde_json::json!({
                "name": format!("src/lib.rs:{line}:9: {text}"),
                "file": "src/lib.rs",
                "span": { "start": { "line": line, "column": 9 } },
            })
        };
        let mutants = serde_json::json!([
            mutant(3, "replace + with - in sum"),
            mutant(4, "replace | with ^ in word"),
            mutant(5, "replace += with -= in count"),
            mutant(6, "replace f -> T with Default::default()"),
        ]);
        serde_json::from_value(mutants).unwrap()
    }

    #[test]
    fn every_outcome_of_a_mutant_is_counted_and_the_baseline_is_none() {
        let mutants = count(&listed(), &verdicts(OUTCOMES).unwrap(), "c0de".into(), |file, line| {
            Ok(format!("{file} line {line}"))
        })
        .unwrap();

        assert_eq!((mutants.caught, mutants.timeouts, mutants.unviable), (1, 1, 1));
        assert_eq!(mutants.viable(), 3);
        let survivor = Place {
            file: "src/lib.rs".into(),
            line: "src/lib.rs line 4".into(),
            mutation: "replace | with ^ in word".into(),
        };
        assert_eq!(mutants.survivors, [survivor]);
    }

    #[test]
    fn a_mutant_that_nobody_tried_is_not_passed_over() {
        let mut verdicts = verdicts(OUTCOMES).unwrap();
        verdicts.remove("src/lib.rs:4:9: replace | with ^ in word");

        let error = count(&listed(), &verdicts, String::new(), |_, _| Ok(String::new())).unwrap_err();

        assert_eq!(error.to_string(), "nobody tried src/lib.rs:4:9: replace | with ^ in word");
    }

    #[test]
    fn what_one_round_caught_stays_caught_and_what_it_missed_the_next_may_catch() {
        let (caught, missed) = ("src/lib.rs:3:9: replace + with - in sum", "src/lib.rs:4:9: replace | with ^ in word");
        let mut all = verdicts(OUTCOMES).unwrap();

        let next = [(caught.to_owned(), Verdict::Survived), (missed.to_owned(), Verdict::Caught)];
        absorb(&mut all, next.into());

        assert_eq!((all[caught], all[missed]), (Verdict::Caught, Verdict::Caught));
    }
}
