//! What was measured, as `snapshots/evidence.json` keeps it; `docs/evidence.md` shows it to people.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use mrc53_console::workspace::Workspace;
use serde::{Deserialize, Serialize};

use super::night::Night;

/// The file, seen from the root.
pub const FILE: &str = "snapshots/evidence.json";

/// Everything that was measured, by package.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Mutants of each crate's code and what its tests made of them.
    pub mutants: BTreeMap<String, Mutants>,
    /// How much of each crate's code the tests run.
    pub coverage: BTreeMap<String, Coverage>,
    /// What it was measured with: tool to release.
    pub tools: BTreeMap<String, String>,
    /// The last nightly run that passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub night: Option<Night>,
}

/// The mutants of one crate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mutants {
    /// [`super::crates::Measured::code`] of what was mutated.
    pub code: String,
    /// A test failed.
    pub caught: usize,
    /// The tests did not end: noticed as well.
    pub timeouts: usize,
    /// Did not compile: says nothing about the tests.
    pub unviable: usize,
    /// All tests passed.
    pub survivors: Vec<Place>,
}

/// How much of one crate's code the tests run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// [`super::crates::Measured::code`] of what was measured.
    pub code: String,
    /// Lines with code.
    pub lines: Share,
    /// Regions: stretches of code between two branches.
    pub regions: Share,
    /// Functions.
    pub functions: Share,
    /// The lines that no test runs.
    pub uncovered: Vec<Place>,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Run by tests.
    pub covered: u64,
    /// All.
    pub count: u64,
}

/// A place in the code that outlives edits elsewhere: no line number.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The file, seen from the root.
    pub file: String,
    /// The line, trimmed.
    pub line: String,
    /// What was changed; empty for a line that is not run.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mutation: String,
}

impl Mutants {
    /// Those that compiled.
    #[must_use]
    pub fn viable(&self) -> usize {
        self.noticed() + self.survivors.len()
    }

    /// Those that the tests noticed, by failing or by not ending.
    #[must_use]
    pub fn noticed(&self) -> usize {
        self.caught + self.timeouts
    }
}

impl Share {
    pub(super) fn add(&mut self, other: Self) {
        self.covered += other.covered;
        self.count += other.count;
    }
}

impl Evidence {
    /// Reads the file; nothing measured if there is none.
    ///
    /// # Errors
    /// Fails on a file that is not of this shape.
    pub fn read(workspace: &Workspace) -> Result<Self> {
        let path = workspace.path(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).with_context(|| FILE.to_owned()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| FILE.to_owned()),
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Fails if it cannot be written.
    pub fn write(&self, workspace: &Workspace) -> Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        fs::write(workspace.path(FILE), text).with_context(|| FILE.to_owned())
    }
}
