//! `cargo mrc53 test`: everything that must hold before a change goes in, in order, up to the first failure; or some of
//! it, or a list of it.
//!
//! By night the same, longer: the random histories, the calls of hostile actors, the fuzzed requests and the growth of
//! the suite take their full amounts, a fuzzer looks for proofs, and what it came to is written into `docs/evidence.md`.

mod amount;
mod choice;
mod doing;
mod machine;
mod plan;
mod steps;
mod tally;

use std::process::Command;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};

pub(crate) use self::amount::Amount;
pub(crate) use self::choice::Choice;
use self::doing::{Outcome, Run};
use self::machine::Machine;
use self::plan::Plan;
use self::steps::{TOOLS, steps};
use self::tally::Tally;
use mrc53_console::failure::BadInput;
use mrc53_console::show;
use mrc53_console::workspace::Workspace;
use mrc53_node::url::RpcUrl;
use mrc53_wasm::Source;
use mrc53_workshop::evidence::{self, night};

/// Runs what needs no time travel against the node at `url`, where the account of `key` (Nitro's dev account unless
/// given) has ether.
///
/// # Errors
/// A failure if a test fails.
pub(crate) fn run_on(workspace: &Workspace, url: &RpcUrl, key: Option<&str>) -> Result<()> {
    let mut command = Command::new("cargo");
    // One after the other: they send from one account.
    command.args([
        "test",
        TOOLS,
        "--locked",
        "--package=mrc53-tests",
        "--test=e2e",
        "any_node::",
        "--",
        "--test-threads=1",
    ]);
    command.env("MRC53_TEST_RPC_URL", url.endpoint().as_str()).current_dir(workspace.root());
    if let Some(key) = key {
        command.env("MRC53_TEST_PRIVATE_KEY", key);
    }
    let status = command.status().map_err(|error| BadInput::new(format!("cargo cannot be run: {error}")))?;
    if status.success() { Ok(()) } else { bail!("the tests on {url}") }
}

/// All steps with their numbers, the commands that they run in the clone in this `amount`, and what this machine lacks;
/// no line feed at the end.
#[must_use]
pub(crate) fn list(workspace: &Workspace, source: Source, amount: Amount) -> String {
    let machine = Machine::look(workspace);
    let shown = steps(amount).into_iter().enumerate().map(|(place, step)| {
        format!("{:3}  {}\n{}", place + 1, step.title, Plan::of(&step, &machine, source).show(&machine, amount))
    });
    shown.collect::<String>().trim_end().to_owned()
}

/// Runs the steps of `choice` in the clone, in the given `amount`, with contracts built by a toolchain from `source`.
/// What a night came to is kept if it ran them all.
///
/// # Errors
/// [`BadInput`] outside a clone; a failure naming the step that failed and what to run.
pub(crate) fn run(workspace: &Workspace, source: Source, amount: Amount, choice: &Choice) -> Result<()> {
    let counts = tempfile::NamedTempFile::new().context("a file to count in")?;
    let machine = Machine::look(workspace);
    let run = Run { workspace, machine: &machine, source, amount, counts: counts.path() };
    // What is tested is what was there when it began.
    let commit = workspace.commit().unwrap_or_else(|| "of no git clone".into());
    let steps = steps(amount);
    let chosen: Vec<_> = steps.iter().enumerate().filter(|(place, _)| choice.has(*place)).collect();
    let mut tally = Tally { total: steps.len(), not_asked: steps.len() - chosen.len(), ..Tally::default() };
    let mut went = Vec::new();
    for (place, step) in chosen {
        eprintln!("\n== {}/{} {}", place + 1, steps.len(), step.title);
        let started = Instant::now();
        let outcome = run.step(step)?;
        let seconds = started.elapsed().as_secs_f64();
        let mut done =
            night::Step { title: step.title.into(), seconds: started.elapsed().as_secs(), ..Default::default() };
        match outcome {
            Outcome::Passed { tests, left_out } => {
                for what in &left_out {
                    eprintln!("== LEFT OUT: {what}");
                }
                done.tests = tests;
                tally.missing.extend(left_out);
                tally.passed += 1;
                eprintln!("== passed: {} ({seconds:.1} s)", step.title);
            }
            Outcome::Skipped(why) => {
                done.skipped = Some(why.into());
                tally.missing.push(format!("{}: {why}", step.title));
                eprintln!("== SKIPPED: {}: {why}", step.title);
            }
            Outcome::Failed(again) => {
                eprintln!("== FAILED: {} ({seconds:.1} s); to repeat it: {again}", step.title);
                tally.failed += 1;
                println!("{}", tally.line());
                bail!("{}", step.title);
            }
        }
        went.push(done);
    }
    match (amount, choice.is_all()) {
        (Amount::Night, true) => {
            let played = night::played(&std::fs::read_to_string(counts.path())?)?;
            let processors = std::thread::available_parallelism().map_or(1, Into::into);
            let ended = show::moment(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs());
            evidence::keep_night(workspace, night::Night { commit, ended, processors, steps: went, played })?;
            eprintln!("written   {}", evidence::document::FILE);
        }
        (Amount::Night, false) => eprintln!("not written {}: it tells of whole nights", evidence::document::FILE),
        (Amount::Change, _) => {}
    }
    println!("{}", tally.line());
    Ok(())
}
