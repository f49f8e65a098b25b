//! Runs cargo-llvm-cov over the contracts' workspace and adds up what it says of each crate.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use mrc53_console::cargo_tool::CargoTool;
use mrc53_console::progress::Progress;
use mrc53_console::workspace::Workspace;
use serde::Deserialize;

use super::crates::{CRATES, ENVIRONMENT, Measured};
use super::llvm_tools::LlvmTools;
use super::record::{Coverage, Place, Share};

/// What counts the lines.
pub(super) const CARGO_LLVM_COV: CargoTool =
    CargoTool { name: "cargo-llvm-cov", version: "0.9.1", variable: "MRC53_CARGO_LLVM_COV" };

/// Part of the mangled name of functions that `sol!` writes so that the compiler checks their types. Nothing can call
/// them, so they are no code that a test could run.
const NEVER_CALLED: &str = "__type_assertion";

/// LLVM's export, as far as it is read.
#[derive(Deserialize)]
struct Export {
    data: Vec<Data>,
}

#[derive(Deserialize)]
struct Data {
    files: Vec<FileSummary>,
    functions: Vec<Function>,
}

#[derive(Deserialize)]
struct Function {
    name: String,
    filenames: Vec<String>,
    /// Each begins with its first line and column.
    regions: Vec<Vec<u64>>,
}

#[derive(Deserialize)]
struct FileSummary {
    filename: String,
    summary: Summary,
}

#[derive(Deserialize)]
struct Summary {
    lines: Counted,
    regions: Counted,
    functions: Counted,
}

/// As LLVM writes a [`Share`], with fields that follow from the two.
#[derive(Clone, Copy, Deserialize)]
struct Counted {
    count: u64,
    covered: u64,
}

impl Counted {
    /// Without so many that are not run.
    fn without(self, less: u64) -> Share {
        Share { covered: self.covered, count: self.count - less }
    }
}

/// Runs the tests of the contracts' workspace, instrumented, and returns each crate's coverage.
///
/// # Errors
/// A failure if a test fails.
pub(super) fn run(workspace: &Workspace, tool: &Path, llvm: &LlvmTools) -> Result<BTreeMap<String, Coverage>> {
    let folder = workspace.output()?.join("evidence");
    fs::create_dir_all(&folder)?;
    let (json, lcov) = (folder.join("coverage.json"), folder.join("coverage.lcov"));
    let command = || {
        let mut command = Command::new(tool);
        command.arg("llvm-cov").current_dir(workspace.root()).env("LLVM_COV", &llvm.cov);
        command.env("LLVM_PROFDATA", &llvm.profdata).envs(ENVIRONMENT).stdin(Stdio::null());
        command
    };
    let progress = Progress::start("coverage: all tests of the contracts, instrumented");
    let mut tests = command();
    tests.args(["--locked", "--workspace", "--json", "--output-path"]).arg(&json);
    run_logged(tests, &folder.join("coverage.txt"))?;
    let mut report = command();
    report.args(["report", "--lcov", "--output-path"]).arg(&lcov);
    run_logged(report, &folder.join("coverage.txt"))?;
    progress.done("coverage: all tests passed");
    let (json, lcov) = (fs::read_to_string(json)?, fs::read_to_string(lcov)?);
    CRATES.iter().map(|each| Ok((each.package.to_owned(), of_crate(workspace, each, &json, &lcov)?))).collect()
}

/// Runs `command` with its output in the file `log`; the output is shown if it fails.
fn run_logged(mut command: Command, log: &Path) -> Result<()> {
    let file = File::create(log)?;
    let status = command.stderr(file.try_clone()?).stdout(file).status().context("cargo-llvm-cov")?;
    if !status.success() {
        bail!("cargo-llvm-cov: {status}\n{}", fs::read_to_string(log)?);
    }
    Ok(())
}

fn of_crate(workspace: &Workspace, measured: &Measured, json: &str, lcov: &str) -> Result<Coverage> {
    let mut coverage = Coverage { code: measured.code(workspace)?, ..Coverage::default() };
    let inside = |path: &str| {
        let path = Path::new(path).strip_prefix(workspace.root()).ok()?.to_string_lossy().into_owned();
        measured.has_code_in(&path).then_some(path)
    };
    let export: Export = serde_json::from_str(json).context("LLVM's export")?;
    let left_out = never_called(&export);
    for FileSummary { filename, summary } in export.data.iter().flat_map(|data| &data.files) {
        if inside(filename).is_some() {
            // LLVM counts functions that share one place as one: one line, one region.
            let less = left_out.get(filename.as_str()).map_or(0, BTreeSet::len) as u64;
            coverage.lines.add(summary.lines.without(less));
            coverage.regions.add(summary.regions.without(less));
            coverage.functions.add(summary.functions.without(less));
        }
    }
    if coverage.lines.count == 0 {
        bail!("cargo-llvm-cov has no line of {}", measured.package);
    }
    for (path, mut lines) in unrun(lcov) {
        lines.retain(|line| !left_out.get(path).is_some_and(|places| places.contains(line)));
        let Some(file) = inside(path) else { continue };
        let text = fs::read_to_string(workspace.path(&file)).with_context(|| file.clone())?;
        let line = |number: usize| text.lines().nth(number.saturating_sub(1)).unwrap_or_default().trim().to_owned();
        coverage.uncovered.extend(lines.into_iter().map(|number| Place {
            file: file.clone(),
            line: line(number),
            mutation: String::new(),
        }));
    }
    Ok(coverage)
}

/// The lines where functions begin that nothing can call, by file.
fn never_called(export: &Export) -> BTreeMap<&str, BTreeSet<usize>> {
    let mut places = BTreeMap::<&str, BTreeSet<usize>>::new();
    let functions = export.data.iter().flat_map(|data| &data.functions);
    for function in functions.filter(|function| function.name.contains(NEVER_CALLED)) {
        let line = function.regions.first().and_then(|region| usize::try_from(*region.first()?).ok());
        if let (Some(file), Some(line)) = (function.filenames.first(), line) {
            places.entry(file).or_default().insert(line);
        }
    }
    places
}

/// The numbers of the lines that are not run, by file, of an LCOV report.
fn unrun(lcov: &str) -> BTreeMap<&str, Vec<usize>> {
    let (mut files, mut file) = (BTreeMap::<&str, Vec<usize>>::new(), "");
    for line in lcov.lines() {
        if let Some(path) = line.strip_prefix("SF:") {
            file = path;
        } else if let Some(number) = line.strip_prefix("DA:").and_then(|rest| rest.strip_suffix(",0")) {
            files.entry(file).or_default().extend(number.parse::<usize>());
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_not_run_are_those_with_a_count_of_zero() {
        let lcov = "SF:/a/src/lib.rs\nDA:1,7\nDA:2,0\nDA:13,10\nDA:14,0\nend_of_record\nSF:/a/src/b.rs\nDA:1,1\nend_of_record\n";

        assert_eq!(unrun(lcov), [("/a/src/lib.rs", vec![2, 14])].into());
    }

    #[test]
    fn a_crate_adds_up_its_own_files_without_tests_and_what_nothing_can_call() {
        let workspace = Workspace::find().unwrap();
        let file = |inside: &str| {
            let path = workspace.path(inside);
            let share = serde_json::json!({ "count": 10, "covered": 9, "percent": 90.0 });
            serde_json::json!({
                "filename": path,
                "summary": { "lines": share, "regions": share, "functions": share, "branches": share },
            })
        };
        let files = [
            file("contracts/ledger/src/level.rs"),
            file("contracts/ledger/src/usage.rs"),
            file("contracts/ledger/src/level/tests.rs"),
            file("distribution/src/lib.rs"),
        ];
        let level = workspace.path("contracts/ledger/src/level.rs");
        let generated = serde_json::json!({ "name": "_R7level1__15__type_assertion", "filenames": [level], "regions": [[3, 1, 3, 2, 0]] });
        let json = serde_json::json!({ "data": [{ "files": files, "functions": [generated] }] }).to_string();
        let lcov = format!("SF:{}\nDA:1,0\nDA:3,0\nend_of_record\n", level.display());

        let ledger = super::super::crates::named("mrc53-ledger").unwrap();
        let coverage = of_crate(&workspace, ledger, &json, &lcov).unwrap();

        assert_eq!(coverage.lines, Share { covered: 18, count: 19 });
        assert_eq!(coverage.uncovered.len(), 1);
        assert!(coverage.uncovered[0].line.starts_with("//!"), "{:?}", coverage.uncovered);
    }
}
