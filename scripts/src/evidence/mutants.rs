//! Runs cargo-mutants on one crate after the other, in a copy of the clone, and keeps what it found: a run that was
//! interrupted, or that follows a new test, goes on with what is not caught yet.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::copy;
use super::crates::{Measured, Round};
use super::outcomes::{self, Listed, Verdict, Verdicts};
use super::record::Mutants;
use crate::cargo_tool::CargoTool;
use crate::progress::Progress;
use crate::workspace::Workspace;

/// What makes the mutants.
pub(super) const CARGO_MUTANTS: CargoTool =
    CargoTool { name: "cargo-mutants", version: "27.1.0", variable: "MRC53_CARGO_MUTANTS" };

/// Random tests take the same cases in every run, stop at the first failure, and write no files.
const ENVIRONMENT: [(&str, &str); 4] = [
    ("PROPTEST_RNG_SEED", "53"),
    ("PROPTEST_MAX_SHRINK_ITERS", "0"),
    ("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1"),
    ("RUST_BACKTRACE", "0"),
];
/// Seconds that tests may take at least before a mutant counts as one that does not end.
const SHORTEST_TIMEOUT_SECONDS: &str = "60";
/// Exit codes of cargo-mutants: all caught, some missed, some timed out.
const DONE: [i32; 3] = [0, 2, 3];
/// Exit code of cargo-mutants: the tests fail without any mutation.
const BASELINE_FAILED: i32 = 4;

/// A copy of the clone to mutate, and a folder for what is found.
pub(super) struct Laboratory<'a> {
    tool: &'a Path,
    tree: Workspace,
    folder: PathBuf,
}

impl<'a> Laboratory<'a> {
    /// Copies the clone; its own build folder stays warm.
    ///
    /// # Errors
    /// Fails if the disk does.
    pub(super) fn new(workspace: &Workspace, tool: &'a Path) -> Result<Self> {
        let folder = workspace.output()?.join("evidence");
        let tree = copy::refresh(workspace.root(), &folder.join("tree"))?;
        Ok(Self { tool, tree, folder: folder.join("mutants") })
    }

    /// Tries all mutants of `measured`: with `fresh`, also those that were caught before.
    ///
    /// # Errors
    /// A failure if the tests fail on the unchanged code, or cargo-mutants does.
    pub(super) fn run(&self, measured: &Measured, fresh: bool) -> Result<Mutants> {
        let folder = self.folder.join(measured.package);
        let code = measured.code(&self.tree)?;
        let key = folder.join("code");
        if fresh || fs::read_to_string(&key).is_ok_and(|old| old != code) {
            fs::remove_dir_all(&folder).or_else(|error| if folder.exists() { Err(error) } else { Ok(()) })?;
        }
        fs::create_dir_all(&folder)?;
        fs::write(key, &code)?;
        let listed = self.listed(measured)?;
        let mut verdicts = Verdicts::new();
        if let Ok(text) = fs::read_to_string(folder.join("verdicts.json")) {
            verdicts = serde_json::from_str(&text).context("verdicts.json")?;
        }
        absorb(&folder, &mut verdicts)?;
        for round in measured.rounds {
            let progress = Progress::start(format!("mutants of {}: {}", measured.package, round.label()));
            self.round(measured, round, &folder, &progress)?;
            absorb(&folder, &mut verdicts)?;
            let survivors = verdicts.values().filter(|verdict| **verdict == Verdict::Survived).count();
            progress.done(format!("mutants of {}: {}: {survivors} not caught yet", measured.package, round.label()));
            if survivors == 0 {
                break;
            }
        }
        outcomes::count(&listed, &verdicts, code, |file, line| self.line(file, line))
    }

    /// The mutants that there are.
    fn listed(&self, measured: &Measured) -> Result<Vec<Listed>> {
        let output = self.command(measured).args(["--list", "--json"]).output().context("cargo-mutants")?;
        if !output.status.success() {
            bail!("cargo-mutants lists nothing: {}", String::from_utf8_lossy(&output.stderr));
        }
        serde_json::from_slice(&output.stdout).context("what cargo-mutants lists")
    }

    fn command(&self, measured: &Measured) -> Command {
        let mut command = Command::new(self.tool);
        command.args(["mutants", "--colors=never", "--package", measured.package]);
        command.current_dir(self.tree.root()).envs(ENVIRONMENT).env_remove("CARGO_TARGET_DIR").stdin(Stdio::null());
        command
    }

    /// One round of tests on what is not caught yet.
    fn round(&self, measured: &Measured, round: &Round, folder: &Path, progress: &Progress) -> Result<()> {
        let mut command = self.command(measured);
        command.args(["--in-place", "--iterate", "--no-shuffle", "--cap-lints=false", "--cargo-arg=--locked"]);
        command.args(["--minimum-test-timeout", SHORTEST_TIMEOUT_SECONDS, "--output"]).arg(folder);
        // The crate that is compiled again for every mutant is compiled quickly.
        for setting in ["opt-level=0", "debug=false"] {
            command.arg(format!("--cargo-arg=--config=profile.dev.package.{}.{setting}", measured.package));
        }
        command.args(round.packages.iter().map(|package| format!("--test-package={package}")));
        // Not behind `--`: there they would choose what is run, but not what is compiled.
        command.args(round.tests.iter().map(|tests| format!("--cargo-arg={tests}")));
        let log = folder.join("log.txt");
        let file = File::create(&log)?;
        command.stderr(file.try_clone()?).stdout(file);
        let status = wait(command.spawn().context("cargo-mutants")?, &folder.join("mutants.out"), progress)?;
        match status.code() {
            Some(code) if DONE.contains(&code) => Ok(()),
            Some(BASELINE_FAILED) => bail!(
                "the tests of {} fail without any mutation, so they can show nothing: run `cargo test --locked -p {} {}`",
                measured.package,
                round.packages.join(" -p "),
                round.tests.join(" ")
            ),
            _ => bail!("cargo-mutants on {}: {status}\n{}", measured.package, fs::read_to_string(log)?),
        }
    }

    /// Line number `line` of `file`, trimmed.
    fn line(&self, file: &str, line: usize) -> Result<String> {
        let text = fs::read_to_string(self.tree.path(file)).with_context(|| file.to_owned())?;
        Ok(text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim().to_owned())
    }
}

impl Round {
    fn label(&self) -> String {
        format!("tests of {} ({})", self.packages.join(", "), self.tests.join(" "))
    }
}

/// Adds what the latest run wrote to `verdicts`, and keeps them.
fn absorb(folder: &Path, verdicts: &mut Verdicts) -> Result<()> {
    if let Ok(json) = fs::read_to_string(folder.join("mutants.out/outcomes.json")) {
        outcomes::absorb(verdicts, outcomes::verdicts(&json)?);
    }
    fs::write(folder.join("verdicts.json"), serde_json::to_string_pretty(verdicts)?)?;
    // Where cargo-mutants looks for what to leave out.
    let settled = verdicts.iter().filter(|(_, verdict)| **verdict != Verdict::Survived);
    let settled: String = settled.flat_map(|(name, _)| [name.as_str(), "\n"]).collect();
    fs::create_dir_all(folder.join("mutants.out"))?;
    fs::write(folder.join("mutants.out/previously_caught.txt"), settled)?;
    Ok(())
}

/// Waits for `child` and shows how many mutants it has tried.
fn wait(mut child: Child, results: &Path, progress: &Progress) -> Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        std::thread::sleep(Duration::from_millis(500));
        let tried = |name: &str| fs::read_to_string(results.join(name)).map_or(0, |text| text.lines().count());
        let all: usize = ["caught.txt", "missed.txt", "timeout.txt", "unviable.txt"].into_iter().map(tried).sum();
        progress.detail(format!("{all} tried, {} missed", tried("missed.txt")));
    }
}
