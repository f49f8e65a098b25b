//! What the tests of the contracts' code are worth: how many small faults they notice, how much of the code they run.
//!
//! | module | what lives there |
//! |---|---|
//! | [`crates`] | what is measured, with which tests, and the hash its code is known by |
//! | [`mutants`], [`outcomes`] | cargo-mutants in a copy of the clone, and what it writes |
//! | [`coverage`], [`llvm_tools`] | cargo-llvm-cov, and what it writes |
//! | [`record`] | `snapshots/evidence.json`: what was measured |
//! | [`night`] | what a whole nightly run came to |
//! | [`reasons`] | `tests/evidence/reasons.toml`: why a mutant may survive, why a line is not run |
//! | [`document`] | `docs/evidence.md`: both for people |

mod coverage;
pub mod crates;
pub mod document;
mod llvm_tools;
mod mutants;
pub mod night;
mod outcomes;
pub mod reasons;
pub mod record;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use mrc53_console::cargo_tool::CargoTool;
use mrc53_console::failure::BadInput;
use mrc53_console::workspace::Workspace;

use crates::{CRATES, Measured};
use document::{drift, render};
use night::Night;
use reasons::Reasons;
use record::{Coverage, Evidence, Mutants};

/// Least share of viable mutants that the tests notice, in percent, over all crates together.
pub const LEAST_SCORE: u64 = 95;
/// Least share of each crate's lines that the tests run, in percent.
pub const LEAST_LINES: u64 = 99;
/// Least share of each crate's regions that the tests run, in percent.
pub const LEAST_REGIONS: u64 = 97;

/// What to measure.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Mutants.
    pub mutants: bool,
    /// Coverage.
    pub coverage: bool,
    /// Mutants of this crate only.
    pub package: Option<&'a str>,
    /// Also those mutants that were caught before.
    pub fresh: bool,
}

/// Measures what `options` ask for, keeps it in the record, and writes the page; the rest of both stays.
///
/// # Errors
/// [`BadInput`] if a tool is not there and cannot be had; a failure if tests fail, or a reason is missing. What was
/// measured by then is kept.
pub fn measure(workspace: &Workspace, options: Options) -> Result<Evidence> {
    let mut evidence = Evidence::read(workspace)?;
    evidence.tools.insert("Rust".into(), workspace.channel()?);
    if options.mutants {
        let chosen: Vec<&Measured> = match options.package {
            Some(name) => vec![crates::named(name)?],
            None => CRATES.iter().collect(),
        };
        let tool = tool(workspace, &mutants::CARGO_MUTANTS, "mutants", &mut evidence)?;
        let laboratory = mutants::Laboratory::new(workspace, &tool)?;
        let reasons = Reasons::read(workspace)?;
        for each in chosen {
            let found = laboratory.run(each, &reasons, options.fresh)?;
            evidence.mutants.insert(each.package.to_owned(), found);
            evidence.write(workspace)?;
        }
    }
    if options.coverage {
        let llvm = llvm_tools::find(workspace)?;
        let tool = tool(workspace, &coverage::CARGO_LLVM_COV, "llvm-cov", &mut evidence)?;
        evidence.coverage = coverage::run(workspace, &tool, &llvm)?;
    }
    write(workspace, &evidence)?;
    Ok(evidence)
}

/// Keeps what `night` came to, and writes the page.
///
/// # Errors
/// Fails if a file cannot be read or written, or a reason is missing.
pub fn keep_night(workspace: &Workspace, night: Night) -> Result<()> {
    let mut evidence = Evidence::read(workspace)?;
    evidence.night = Some(night);
    write(workspace, &evidence)
}

fn write(workspace: &Workspace, evidence: &Evidence) -> Result<()> {
    evidence.write(workspace)?;
    let page = render(evidence, &Reasons::read(workspace)?)?;
    fs::write(workspace.path(document::FILE), page).with_context(|| document::FILE.to_owned())
}

/// Installs `tool` if need be, notes its release, and refuses another one: two releases make different mutants.
fn tool(workspace: &Workspace, tool: &CargoTool, verb: &str, evidence: &mut Evidence) -> Result<PathBuf> {
    let path = tool.install(workspace)?;
    let release = release_of(&path, verb)?;
    if release != tool.version {
        let (name, version, path) = (tool.name, tool.version, path.display());
        return Err(BadInput::new(format!("{path} is {name} {release}, not {version}")).into());
    }
    evidence.tools.insert(tool.name.into(), release);
    Ok(path)
}

/// The release that a tool says it is.
fn release_of(path: &Path, verb: &str) -> Result<String> {
    let output = Command::new(path).args([verb, "--version"]).output();
    let output = output.map_err(|error| BadInput::new(format!("{} cannot be run: {error}", path.display())))?;
    let said = String::from_utf8_lossy(&output.stdout);
    Ok(said.split_whitespace().last().unwrap_or_default().to_owned())
}

/// Holds the record to the code, to the bounds and to the page, and returns it. Runs nothing.
///
/// # Errors
/// A failure that lists everything that is wrong.
pub fn check(workspace: &Workspace) -> Result<Evidence> {
    let evidence = Evidence::read(workspace)?;
    let mut problems = Vec::new();
    for each in &CRATES {
        let code = each.code(workspace)?;
        let mutants = evidence.mutants.get(each.package).map(|found| found.code.as_str());
        let coverage = evidence.coverage.get(each.package).map(|found| found.code.as_str());
        let again = format!("cargo mrc53 evidence --mutants --package {}", each.package);
        problems.extend(stale(each.package, "mutants", mutants, &code, &again));
        problems.extend(stale(each.package, "coverage", coverage, &code, "cargo mrc53 evidence --coverage"));
    }
    problems.extend(below(&evidence));
    match render(&evidence, &Reasons::read(workspace)?) {
        Err(error) => problems.push(error.to_string()),
        Ok(page) => {
            let there = fs::read_to_string(workspace.path(document::FILE)).unwrap_or_default();
            problems.extend(
                drift(&there, &page).map(|diff| format!("{} is not what was measured:\n{diff}", document::FILE)),
            );
        }
    }
    if problems.is_empty() { Ok(evidence) } else { bail!("{}", problems.join("\n")) }
}

/// What is wrong with a measurement of code known by `measured`, now that the code is known by `code`.
fn stale(package: &str, what: &str, measured: Option<&str>, code: &str, again: &str) -> Option<String> {
    match measured {
        None => Some(format!("{package}: {what} never measured: run `{again}`")),
        Some(measured) if measured != code => {
            Some(format!("{package}: {what} measured of code {measured}, now it is {code}: run `{again}`"))
        }
        Some(_) => None,
    }
}

/// What lies below its bound, one line each.
fn below(evidence: &Evidence) -> Vec<String> {
    let (noticed, viable) = evidence
        .mutants
        .values()
        .fold((0, 0), |(noticed, viable), each: &Mutants| (noticed + each.noticed(), viable + each.viable()));
    let is_below = |part: u64, whole: u64, percent: u64| part * 100 < whole * percent;
    let score = is_below(noticed as u64, viable as u64, LEAST_SCORE)
        .then(|| format!("{noticed} of {viable} mutants are noticed, fewer than {LEAST_SCORE} %"));
    let covered = evidence.coverage.iter().flat_map(|(package, Coverage { lines, regions, .. })| {
        [("lines", lines, LEAST_LINES), ("regions", regions, LEAST_REGIONS)]
            .into_iter()
            .filter(move |(_, share, least)| is_below(share.covered, share.count, *least))
            .map(move |(what, share, least)| {
                format!("{package}: {} of {} {what} are run, fewer than {least} %", share.covered, share.count)
            })
    });
    score.into_iter().chain(covered).collect()
}

#[cfg(test)]
mod tests {
    use super::record::{Place, Share};
    use super::*;

    #[test]
    fn evidence_of_other_code_is_stale() {
        assert_eq!(stale("a", "mutants", Some("c0de"), "c0de", "x"), None);
        assert_eq!(
            stale("a", "mutants", Some("c0de"), "f00d", "x").unwrap(),
            "a: mutants measured of code c0de, now it is f00d: run `x`"
        );
        assert_eq!(stale("a", "coverage", None, "f00d", "x").unwrap(), "a: coverage never measured: run `x`");
    }

    #[test]
    fn what_lies_at_a_bound_holds_and_below_it_does_not() {
        let mutants = |caught| Mutants { caught, survivors: vec![Place::default(); 5], ..Mutants::default() };
        let coverage = |lines, regions| Coverage {
            lines: Share { covered: lines, count: 100 },
            regions: Share { covered: regions, count: 100 },
            ..Coverage::default()
        };
        let evidence = |caught, lines, regions| Evidence {
            mutants: [("a".to_owned(), mutants(caught))].into(),
            coverage: [("a".to_owned(), coverage(lines, regions))].into(),
            ..Evidence::default()
        };

        assert_eq!(below(&evidence(95, 99, 97)), Vec::<String>::new());
        assert_eq!(
            below(&evidence(94, 98, 96)),
            [
                "94 of 99 mutants are noticed, fewer than 95 %",
                "a: 98 of 100 lines are run, fewer than 99 %",
                "a: 96 of 100 regions are run, fewer than 97 %",
            ]
        );
    }
}
