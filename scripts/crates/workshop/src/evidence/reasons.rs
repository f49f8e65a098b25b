//! Why a mutant may survive and a line stay unrun: kept by hand, joined with what was measured.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use mrc53_console::workspace::Workspace;
use serde::Deserialize;

use super::record::{Evidence, Place};

/// The file, seen from the root.
pub const FILE: &str = "tests/evidence/reasons.toml";

/// The reasons by the place that each is for.
#[derive(Debug, Default)]
pub struct Reasons(BTreeMap<Place, String>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    survivor: Vec<Entry>,
    #[serde(default)]
    uncovered: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    line: String,
    #[serde(default)]
    mutation: String,
    reason: String,
}

impl Reasons {
    /// Reads the file.
    ///
    /// # Errors
    /// Fails if it is missing, not of its shape, or has two reasons for one place.
    pub fn read(workspace: &Workspace) -> Result<Self> {
        let text = fs::read_to_string(workspace.path(FILE)).with_context(|| FILE.to_owned())?;
        Self::parse(&text).with_context(|| FILE.to_owned())
    }

    pub(super) fn parse(text: &str) -> Result<Self> {
        let file: File = toml::from_str(text)?;
        let mut reasons = BTreeMap::new();
        for Entry { file, line, mutation, reason } in file.survivor.into_iter().chain(file.uncovered) {
            let place = Place { file, line, mutation };
            anyhow::ensure!(!reasons.contains_key(&place), "two reasons for {}", shown(&place));
            reasons.insert(place, reason);
        }
        Ok(Self(reasons))
    }

    /// Why `place` is as it is.
    #[must_use]
    pub fn of(&self, place: &Place) -> Option<&str> {
        self.0.get(place).map(String::as_str)
    }

    /// What is wrong: places without a reason, reasons without a place. One line each.
    ///
    /// A reason is missed only where its half was measured.
    #[must_use]
    pub fn problems(&self, evidence: &Evidence) -> Vec<String> {
        let survivors = evidence.mutants.values().flat_map(|each| &each.survivors);
        let uncovered = evidence.coverage.values().flat_map(|each| &each.uncovered);
        let places: Vec<&Place> = survivors.chain(uncovered).collect();
        let unexplained = places.iter().filter(|place| self.of(place).is_none());
        let unexplained = unexplained.map(|place| format!("without a reason: {}", shown(place)));
        let measured = |place: &Place| {
            if place.mutation.is_empty() { !evidence.coverage.is_empty() } else { !evidence.mutants.is_empty() }
        };
        let unneeded = self.0.keys().filter(|place| measured(place) && !places.contains(place));
        let unneeded = unneeded.map(|place| format!("a reason for nothing: {}", shown(place)));
        unexplained.chain(unneeded).collect()
    }
}

/// A place on one line, as the file of reasons names it.
fn shown(place: &Place) -> String {
    let Place { file, line, mutation } = place;
    if mutation.is_empty() {
        format!("file = {file:?}, line = {line:?}")
    } else {
        format!("file = {file:?}, line = {line:?}, mutation = {mutation:?}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::{Coverage, Mutants};
    use super::*;

    const REASONS: &str = r#"
[[survivor]]
file = "a.rs"
line = "low | high"
mutation = "replace | with ^ in word"
reason = "The bits are disjoint."
"#;

    fn place(mutation: &str) -> Place {
        Place { file: "a.rs".into(), line: "low | high".into(), mutation: mutation.into() }
    }

    fn with_survivor(place: Place) -> Evidence {
        let mutants = Mutants { survivors: vec![place], ..Mutants::default() };
        Evidence { mutants: [("a".to_owned(), mutants)].into(), ..Evidence::default() }
    }

    #[test]
    fn a_survivor_with_its_reason_is_no_problem() {
        let reasons = Reasons::parse(REASONS).unwrap();

        let evidence = with_survivor(place("replace | with ^ in word"));

        assert_eq!(reasons.of(&place("replace | with ^ in word")), Some("The bits are disjoint."));
        assert_eq!(reasons.problems(&evidence), Vec::<String>::new());
    }

    #[test]
    fn a_survivor_without_a_reason_and_a_reason_without_a_survivor_are_problems() {
        let reasons = Reasons::parse(REASONS).unwrap();

        let problems = reasons.problems(&with_survivor(place("replace | with & in word")));

        assert_eq!(
            problems,
            [
                r#"without a reason: file = "a.rs", line = "low | high", mutation = "replace | with & in word""#,
                r#"a reason for nothing: file = "a.rs", line = "low | high", mutation = "replace | with ^ in word""#,
            ]
        );
    }

    #[test]
    fn an_unrun_line_without_a_reason_is_a_problem() {
        let coverage = Coverage { uncovered: vec![place("")], ..Coverage::default() };
        let evidence = Evidence { coverage: [("a".to_owned(), coverage)].into(), ..Evidence::default() };

        let problems = Reasons::parse(REASONS).unwrap().problems(&evidence);

        assert_eq!(problems, [r#"without a reason: file = "a.rs", line = "low | high""#]);
    }

    #[test]
    fn two_reasons_for_one_place_are_refused() {
        let error = Reasons::parse(&REASONS.repeat(2)).unwrap_err().to_string();

        assert!(error.starts_with("two reasons for"), "{error}");
    }
}
