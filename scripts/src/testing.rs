//! `cargo mrc53 test`: everything that must hold before a change goes in, in order, up to the first failure.
//!
//! By night the same, longer: the random histories, the calls of hostile actors, the fuzzed requests and the growth of
//! the suite take their full amounts, and what it came to is written into `docs/evidence.md`.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use mrc53_console::failure::BadInput;
use mrc53_console::show;
use mrc53_console::workspace::Workspace;
use mrc53_node::url::RpcUrl;
use mrc53_wasm::Source;
use mrc53_workshop::clients;
use mrc53_workshop::dependencies::{self, Advisories};
use mrc53_workshop::evidence::{self, night};

/// The tools' workspace, seen from the root.
const TOOLS: &str = "--manifest-path=scripts/Cargo.toml";

/// What to do where only Node.js, or only z3, is missing.
const WITHOUT_NODE: &str = "install Node.js, then cargo mrc53 test";
const WITHOUT_Z3: &str = "install z3, then cargo mrc53 test";

/// Why a step is skipped.
const NO_NODE: &str = "node and npm are not installed";
const NO_Z3: &str = "z3 is not installed";
const NO_PREBUILT_WASM: &str = "this toolchain has no prebuilt wasm library (rustup target add wasm32-unknown-unknown)";

/// What makes tests take their full amount, and for how many seconds the node's requests are fuzzed then.
const NIGHTLY: [(&str, &str); 2] = [("MRC53_NIGHTLY", "1"), ("MRC53_FUZZ_SECONDS", "600")];

/// How much is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// What every change waits for: minutes.
    Change,
    /// What a night has time for: an hour or more.
    Night,
}

/// One thing that must hold.
struct Step {
    title: &'static str,
    work: Work,
}

/// How a step is done.
enum Work {
    /// A command in a folder of the clone.
    Run(&'static str, Vec<&'static str>),
    /// Building the contracts, each within its size, and once more in another folder to the same bytes.
    Build,
    /// Building the contracts with plain cargo, as cargo-stylus does; needs rustup's prebuilt wasm library.
    PlainWasm,
    /// What z3 says to the lemmas.
    Lemmas,
    /// The tests in `tests`, with the clients they need.
    EndToEnd,
    /// The Solidity artifacts are what their sources give; needs Node.js.
    Solidity,
    /// What both workspaces are built from.
    Dependencies,
}

/// How a step went.
enum Outcome {
    /// So many tests, where they were counted, and what was left out of them.
    Passed { tests: u64, left_out: Vec<String> },
    /// What is missing.
    Skipped(&'static str),
    /// What to run again.
    Failed(String),
}

impl Outcome {
    /// Passed as one check.
    fn passed() -> Self {
        Self::Passed { tests: 0, left_out: Vec::new() }
    }

    /// The same without what `more` says, where it passed.
    fn without(self, more: Vec<String>) -> Self {
        match self {
            Self::Passed { tests, mut left_out } => {
                left_out.extend(more);
                Self::Passed { tests, left_out }
            }
            other => other,
        }
    }
}

fn steps() -> Vec<Step> {
    let cargo =
        |title, arguments: &[&'static str]| Step { title, work: Work::Run(".", [&["cargo"], arguments].concat()) };
    vec![
        cargo("format of the contracts", &["fmt", "--all", "--check"]),
        cargo("format of the tools", &["fmt", TOOLS, "--all", "--check"]),
        cargo("lints of the contracts", &["clippy", "--locked", "--workspace", "--all-targets", "--", "-Dwarnings"]),
        cargo("lints of the tools", &["clippy", TOOLS, "--locked", "--workspace", "--all-targets", "--", "-Dwarnings"]),
        // One at a time: the contracts' host on the native target gives up on a lock that another thread keeps for ten
        // milliseconds, which a busy machine does.
        cargo(
            "unit and property tests of the contracts",
            &["test", "--locked", "--workspace", "--", "--test-threads=1"],
        ),
        cargo(
            "unit and property tests of the tools",
            &["test", TOOLS, "--locked", "--workspace", "--exclude=mrc53-tests"],
        ),
        Step { title: "lemmas for all integers", work: Work::Lemmas },
        cargo("Solidity interfaces against the contracts", &["mrc53", "interfaces", "--check"]),
        cargo("evidence against the code", &["mrc53", "evidence", "--check"]),
        Step { title: "wasm, within its size and twice the same", work: Work::Build },
        Step { title: "wasm, as cargo-stylus has it built", work: Work::PlainWasm },
        Step { title: "end to end on the devnode", work: Work::EndToEnd },
        Step { title: "Solidity artifacts against their sources", work: Work::Solidity },
        Step { title: "licences, sources and advisories of the dependencies", work: Work::Dependencies },
    ]
}

/// Runs what needs no time travel against the node at `url`, where the account of `key` (Nitro's dev account unless
/// given) has ether.
///
/// # Errors
/// A failure if a test fails.
pub(crate) fn run_on(workspace: &Workspace, url: &RpcUrl, key: Option<&str>) -> Result<()> {
    let mut command = Command::new("cargo");
    // One after the other: they send from one account.
    command.args(["test", TOOLS, "--locked", "--package=mrc53-tests", "--test=any_node", "--", "--test-threads=1"]);
    command.env("MRC53_TEST_RPC_URL", url.endpoint().as_str()).current_dir(workspace.root());
    if let Some(key) = key {
        command.env("MRC53_TEST_PRIVATE_KEY", key);
    }
    let status = command.status().map_err(|error| BadInput::new(format!("cargo cannot be run: {error}")))?;
    if status.success() { Ok(()) } else { bail!("the tests on {url}") }
}

/// Runs all steps in the clone, in the given `amount`, with contracts built by a toolchain from `source`.
///
/// # Errors
/// [`BadInput`] outside a clone; a failure naming the step that failed and what to run.
pub(crate) fn run(workspace: &Workspace, source: Source, amount: Amount) -> Result<()> {
    let counts = tempfile::NamedTempFile::new().context("a file to count in")?;
    let run = Run { workspace, source, amount, counts: counts.path() };
    // What is tested is what was there when it began.
    let commit = workspace.commit().unwrap_or_else(|| "of no git clone".into());
    let steps = steps();
    let (total, mut passed, mut went, mut missing) = (steps.len(), 0, Vec::new(), Vec::new());
    for (index, step) in steps.iter().enumerate() {
        eprintln!("\n== {}/{total} {}", index + 1, step.title);
        let started = Instant::now();
        let outcome = run.step(&step.work)?;
        let seconds = started.elapsed().as_secs_f64();
        let mut done =
            night::Step { title: step.title.into(), seconds: started.elapsed().as_secs(), ..Default::default() };
        match outcome {
            Outcome::Passed { tests, left_out } => {
                for what in &left_out {
                    eprintln!("== LEFT OUT: {what}");
                }
                done.tests = tests;
                missing.extend(left_out);
                passed += 1;
                eprintln!("== passed: {} ({seconds:.1} s)", step.title);
            }
            Outcome::Skipped(why) => {
                done.skipped = Some(why.into());
                missing.push(format!("{}: {why}", step.title));
                eprintln!("== SKIPPED: {}: {why}", step.title);
            }
            Outcome::Failed(again) => {
                eprintln!("== FAILED: {} ({seconds:.1} s); to repeat it: {again}", step.title);
                println!("{}", sum(passed, 1, total, &missing));
                bail!("{}", step.title);
            }
        }
        went.push(done);
    }
    if amount == Amount::Night {
        let played = night::played(&std::fs::read_to_string(counts.path())?)?;
        let processors = std::thread::available_parallelism().map_or(1, Into::into);
        let ended = show::moment(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs());
        evidence::keep_night(workspace, night::Night { commit, ended, processors, steps: went, played })?;
        eprintln!("written   {}", evidence::document::FILE);
    }
    println!("{}", sum(passed, 0, total, &missing));
    Ok(())
}

/// The last line: how many of `total` steps passed and failed, and what was not tried.
fn sum(passed: usize, failed: usize, total: usize, missing: &[String]) -> String {
    let mut sum = format!("{passed} of {total} steps passed, {failed} failed");
    if !missing.is_empty() {
        let _ = write!(sum, "; not tried: {}", missing.join("; "));
    }
    sum
}

/// What the steps are run on.
struct Run<'a> {
    workspace: &'a Workspace,
    source: Source,
    amount: Amount,
    /// Where tests count what they play by night.
    counts: &'a Path,
}

impl Run<'_> {
    fn step(&self, work: &Work) -> Result<Outcome> {
        match work {
            Work::Run(folder, words) => self.run_in(folder, words),
            Work::Build => Ok(match self.built() {
                Ok(()) => Outcome::passed(),
                Err(error) => {
                    eprintln!("{error:#}");
                    Outcome::Failed("cargo mrc53 build --verify".into())
                }
            }),
            Work::PlainWasm if !has_prebuilt_wasm() => Ok(Outcome::Skipped(NO_PREBUILT_WASM)),
            Work::PlainWasm => self
                .run_in(".", &["cargo", "build", "--lib", "--locked", "--release", "--target=wasm32-unknown-unknown"]),
            Work::Lemmas => self.lemmas(),
            Work::EndToEnd => self.end_to_end(),
            Work::Solidity => self.solidity(),
            Work::Dependencies => Ok(match dependencies::check(self.workspace) {
                Ok(Advisories::Checked) => Outcome::passed(),
                Ok(Advisories::Unreachable) => {
                    Outcome::passed().without(vec!["the advisories: their database cannot be reached".into()])
                }
                Err(error) => {
                    eprintln!("{error:#}");
                    Outcome::Failed("the commands in deny.toml".into())
                }
            }),
        }
    }

    fn built(&self) -> Result<()> {
        let artifacts = mrc53_wasm::build(self.workspace, self.source)?;
        eprintln!("{}", mrc53_wasm::table(&artifacts));
        mrc53_wasm::check_sizes(&artifacts)?;
        mrc53_wasm::verify(self.workspace, self.source, &artifacts)
    }

    fn lemmas(&self) -> Result<Outcome> {
        if !is_there("z3") {
            return Ok(if in_ci() { Outcome::Failed(WITHOUT_Z3.into()) } else { Outcome::Skipped(NO_Z3) });
        }
        self.run_in(".", &["cargo", "test", TOOLS, "--locked", "--package=mrc53-tests", "--test=lemmas", "--", "z3_"])
    }

    /// Without rustup's wasm library there is no cargo-stylus, without Node.js no cast: their tests are left out, and
    /// that is said. Those with z3 are a step of their own.
    fn end_to_end(&self) -> Result<Outcome> {
        let toolchain = format!("{}={}", Source::VARIABLE, self.source.name());
        let mut words =
            vec!["env", &toolchain, "cargo", "test", TOOLS, "--locked", "--package=mrc53-tests", "--", "--skip=z3_"];
        let mut left_out = Vec::new();
        if has_prebuilt_wasm() {
            clients::install_cargo_stylus(self.workspace)?;
        } else {
            left_out.push(format!("the tests with cargo-stylus: {NO_PREBUILT_WASM}"));
            words.push("--skip=cargo_stylus_");
        }
        if node_is_there() {
            clients::install_cast(self.workspace)?;
        } else if in_ci() {
            return Ok(Outcome::Failed(WITHOUT_NODE.into()));
        } else {
            left_out.push(format!("the tests with cast: {NO_NODE}"));
            words.push("--skip=cast_");
        }
        Ok(self.run_in(".", &words)?.without(left_out))
    }

    fn solidity(&self) -> Result<Outcome> {
        if !node_is_there() {
            return Ok(if in_ci() { Outcome::Failed(WITHOUT_NODE.into()) } else { Outcome::Skipped(NO_NODE) });
        }
        let folder = "tests/solidity";
        match self.run_in(folder, &["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"])? {
            Outcome::Passed { .. } => {}
            other => return Ok(other),
        }
        match self.run_in(folder, &["node", "compile.mjs", "--check"])? {
            Outcome::Passed { .. } => self.run_in(folder, &["node", "--test"]),
            other => Ok(other),
        }
    }

    /// Runs a command in a folder of the clone, with its output shown.
    fn run_in(&self, folder: &str, words: &[&str]) -> Result<Outcome> {
        let [program, arguments @ ..] = words else { bail!("a command without words") };
        let folder = self.workspace.path(folder);
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&folder);
        let ended = if self.amount == Amount::Night {
            night::watch(command.envs(NIGHTLY).env(night::COUNTS, self.counts), |line| println!("{line}"))
        } else {
            command.status().map(|status| (status, 0))
        };
        let (status, tests) = ended.map_err(|error| BadInput::new(format!("{program} cannot be run: {error}")))?;
        if status.success() {
            return Ok(Outcome::Passed { tests, left_out: Vec::new() });
        }
        Ok(Outcome::Failed(format!("cd {} && {}", folder.display(), words.join(" "))))
    }
}

/// Whether the toolchain that plain `cargo` takes here has the wasm library.
fn has_prebuilt_wasm() -> bool {
    let output =
        Command::new("rustc").args(["--print", "target-libdir", "--target", "wasm32-unknown-unknown"]).output();
    output.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
}

fn node_is_there() -> bool {
    is_there("node") && is_there("npm")
}

fn is_there(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success())
}

fn in_ci() -> bool {
    std::env::var_os("CI").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_counts_all_steps_and_names_what_was_not_tried() {
        assert_eq!(sum(14, 0, 14, &[]), "14 of 14 steps passed, 0 failed");
        let missing = ["lemmas: z3 is not installed".to_owned(), "the tests with cast: no node".to_owned()];
        assert_eq!(
            sum(13, 0, 14, &missing),
            "13 of 14 steps passed, 0 failed; not tried: lemmas: z3 is not installed; the tests with cast: no node"
        );
    }
}
