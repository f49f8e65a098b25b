//! Runs cargo-mutants on one crate after the other, in a copy of the clone, and keeps what it found: a run that was
//! interrupted, or that follows a new test, goes on with what is not caught yet.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use mrc53_console::cargo_tool::CargoTool;
use mrc53_console::copy;
use mrc53_console::progress::Progress;
use mrc53_console::workspace::Workspace;

use super::crates::{ENVIRONMENT, Measured, Round};
use super::outcomes::{self, Listed, Verdict, Verdicts};
use super::reasons::Reasons;
use super::record::Mutants;

/// What makes the mutants.
pub(super) const CARGO_MUTANTS: CargoTool =
    CargoTool { name: "cargo-mutants", version: "27.1.0", variable: "MRC53_CARGO_MUTANTS" };

/// Seconds that tests may take at least before a mutant counts as one that does not end.
const SHORTEST_TIMEOUT_SECONDS: u64 = 60;
/// Seconds that compiling a mutant may take, on a machine that does other things as well.
const BUILD_TIMEOUT_SECONDS: u64 = 1_800;
/// Exit codes of cargo-mutants: all caught, some missed, some timed out.
const DONE: [i32; 3] = [0, 2, 3];

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

    /// Tries the mutants of `measured` that are not settled: not caught before, and not among the survivors that
    /// `reasons` explain. With `fresh`, tries all.
    ///
    /// # Errors
    /// A failure if the tests fail on the unchanged code, or cargo-mutants does.
    pub(super) fn run(&self, measured: &Measured, reasons: &Reasons, fresh: bool) -> Result<Mutants> {
        let folder = self.folder.join(measured.package);
        let code = measured.code(&self.tree)?;
        let key = folder.join("code");
        if folder.exists() && (fresh || fs::read_to_string(&key).is_ok_and(|old| old != code)) {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(folder.join("mutants.out"))?;
        fs::write(key, &code)?;
        let listed = self.listed(measured)?;
        let mut verdicts = Verdicts::new();
        if let Ok(text) = fs::read_to_string(folder.join("verdicts.json")) {
            verdicts = serde_json::from_str(&text).context("verdicts.json")?;
        }
        absorb(&folder, &mut verdicts)?;
        for round in measured.rounds {
            let settled = self.settled(&listed, &verdicts, reasons, fresh)?;
            if settled.len() == listed.len() {
                break;
            }
            // Where cargo-mutants looks for what to leave out.
            fs::write(folder.join("mutants.out/previously_caught.txt"), settled.join("\n") + "\n")?;
            let progress = Progress::start(format!("mutants of {}: {}", measured.package, round.label()));
            self.round(measured, round, &folder, &progress)?;
            absorb(&folder, &mut verdicts)?;
            let survivors = verdicts.values().filter(|verdict| **verdict == Verdict::Survived).count();
            progress.done(format!("mutants of {}: {}: {survivors} survived", measured.package, round.label()));
        }
        outcomes::count(&listed, &verdicts, code, |file, line| self.line(file, line))
    }

    /// The names of those that no round has to try.
    fn settled(&self, listed: &[Listed], verdicts: &Verdicts, reasons: &Reasons, fresh: bool) -> Result<Vec<String>> {
        let mut settled = Vec::new();
        for mutant in listed {
            let is_settled = match verdicts.get(mutant.name()) {
                None => false,
                Some(Verdict::Survived) => {
                    let place = mutant.place(|file, line| self.line(file, line))?;
                    !fresh && reasons.of(&place).is_some()
                }
                Some(Verdict::Caught | Verdict::Timeout | Verdict::Unviable) => true,
            };
            if is_settled {
                settled.push(mutant.name().to_owned());
            }
        }
        Ok(settled)
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

    /// One round of tests on what is not settled yet.
    fn round(&self, measured: &Measured, round: &Round, folder: &Path, progress: &Progress) -> Result<()> {
        // The crate that is compiled again for every mutant is compiled quickly.
        let settings = ["opt-level=0", "debug=false"]
            .map(|setting| format!("--config=profile.dev.package.{}.{setting}", measured.package));
        let seconds = self.unchanged(round, &settings)?;
        let mut command = self.command(measured);
        command.args(["--in-place", "--iterate", "--no-shuffle", "--cap-lints=false", "--baseline=skip"]);
        command.arg(format!("--timeout={}", SHORTEST_TIMEOUT_SECONDS.max(seconds * 5)));
        command.arg(format!("--build-timeout={BUILD_TIMEOUT_SECONDS}")).arg("--output").arg(folder);
        // Not behind `--`: there the target would choose what is run, but not what is compiled.
        let arguments = ["--locked", round.target].into_iter().chain(settings.iter().map(String::as_str));
        command.args(arguments.map(|argument| format!("--cargo-arg={argument}")));
        command.args(round.packages.iter().map(|package| format!("--test-package={package}")));
        if !round.names.is_empty() {
            command.args(["--", "--"]).args(round.names);
        }
        let log = folder.join("log.txt");
        let file = File::create(&log)?;
        command.stderr(file.try_clone()?).stdout(file);
        let status = wait(command.spawn().context("cargo-mutants")?, &folder.join("mutants.out"), progress)?;
        if !status.code().is_some_and(|code| DONE.contains(&code)) {
            bail!("cargo-mutants on {}: {status}\n{}", measured.package, fs::read_to_string(log)?);
        }
        Ok(())
    }

    /// Runs the tests of a round on the unchanged code, and returns how many seconds they take. cargo-mutants would
    /// run those of the mutated crate, whichever are to catch its mutants.
    fn unchanged(&self, round: &Round, settings: &[String]) -> Result<u64> {
        let tests = |more: &[&str]| {
            let mut command = Command::new("cargo");
            command.current_dir(self.tree.root()).envs(ENVIRONMENT).env_remove("CARGO_TARGET_DIR").stdin(Stdio::null());
            command.args(["test", "--locked", round.target]).args(settings);
            command.args(round.packages.iter().map(|package| format!("--package={package}"))).args(more);
            command.output().context("cargo")
        };
        let words = round.names.iter().copied();
        let words: Vec<&str> =
            if round.names.is_empty() { Vec::new() } else { std::iter::once("--").chain(words).collect() };
        let mut output = tests(&["--no-run"])?;
        let started = Instant::now();
        if output.status.success() {
            output = tests(&words)?;
        }
        if !output.status.success() {
            bail!(
                "{} fail without any mutation, so they can show nothing:\n{}{}",
                round.label(),
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(started.elapsed().as_secs())
    }

    /// Line number `line` of `file`, trimmed.
    fn line(&self, file: &str, line: usize) -> Result<String> {
        let text = fs::read_to_string(self.tree.path(file)).with_context(|| file.to_owned())?;
        Ok(text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim().to_owned())
    }
}

impl Round {
    fn label(&self) -> String {
        ["the tests of", &self.packages.join(", "), "with", self.target].join(" ")
    }
}

/// Adds what the latest run wrote to `verdicts`, and keeps them.
fn absorb(folder: &Path, verdicts: &mut Verdicts) -> Result<()> {
    if let Ok(json) = fs::read_to_string(folder.join("mutants.out/outcomes.json")) {
        outcomes::absorb(verdicts, outcomes::verdicts(&json)?);
    }
    fs::write(folder.join("verdicts.json"), serde_json::to_string_pretty(verdicts)?)?;
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
