//! A step done, with its output shown.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::amount::Amount;
use super::machine::{Machine, Need};
use super::plan::{Plan, with_variables};
use super::steps::{Line, Step, Work};
use mrc53_console::failure::BadInput;
use mrc53_console::workspace::Workspace;
use mrc53_suite::contract::Contract;
use mrc53_wasm::Source;
use mrc53_workshop::clients;
use mrc53_workshop::dependencies::{self, Advisories};
use mrc53_workshop::evidence::night;

/// What the steps are run on.
pub(super) struct Run<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) machine: &'a Machine,
    pub(super) source: Source,
    pub(super) amount: Amount,
    /// Where tests count what they play by night.
    pub(super) counts: &'a Path,
}

/// How a step went.
pub(super) enum Outcome {
    /// So many tests, where they were counted, and what was left out of them.
    Passed { tests: u64, left_out: Vec<String> },
    /// What is missing.
    Skipped(&'static str),
    /// What to run again.
    Failed(String),
}

impl Run<'_> {
    pub(super) fn step(&self, step: &Step) -> Result<Outcome> {
        let Plan { commands, mut left_out, lacks } = Plan::of(step, self.machine, self.source);
        match lacks {
            Some(need) if self.machine.requires(need) => {
                eprintln!("{}", need.lack());
                return Ok(Outcome::Failed("./mrc53 test, which installs it".into()));
            }
            Some(need) => return Ok(Outcome::Skipped(need.lack())),
            None => {}
        }
        match step.work {
            Work::Run(_) => {}
            Work::Build => {
                return Ok(passed_unless(self.built(), "cargo mrc53 build --verify", left_out));
            }
            Work::EndToEnd => self.install_clients()?,
            Work::Dependencies => {
                let checked = dependencies::check(self.workspace);
                if let Ok(Advisories::Unreachable) = checked {
                    left_out.push("the advisories: their database cannot be reached".into());
                }
                return Ok(passed_unless(checked.map(|_| ()), "the commands in deny.toml", left_out));
            }
        }
        let mut tests = 0;
        for Line { folder, words } in &commands {
            match self.run_in(folder, words)? {
                Ok(more) => tests += more,
                Err(again) => return Ok(Outcome::Failed(again)),
            }
        }
        Ok(Outcome::Passed { tests, left_out })
    }

    fn built(&self) -> Result<()> {
        let artifacts = mrc53_wasm::build(self.workspace, self.source, &Contract::ALL)?;
        eprintln!("{}", mrc53_wasm::table(&artifacts));
        mrc53_wasm::check_sizes(&artifacts)?;
        mrc53_wasm::verify(self.workspace, self.source, &artifacts)
    }

    /// Those whose tests are not left out.
    fn install_clients(&self) -> Result<()> {
        if self.machine.has(Need::PrebuiltWasm) {
            clients::install_cargo_stylus(self.workspace)?;
        }
        if self.machine.has(Need::Node) {
            clients::install_foundry(self.workspace)?;
        }
        Ok(())
    }

    /// Runs a command in a folder of the clone, with its output shown: how many tests passed where they are counted, or
    /// how to run it again.
    fn run_in(&self, folder: &str, words: &[String]) -> Result<Result<u64, String>> {
        let [program, arguments @ ..] = words else { bail!("a command without words") };
        let folder = self.workspace.path(folder);
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&folder).envs(self.amount.variables().iter().copied());
        let ended = match self.amount {
            Amount::Night => night::watch(command.env(night::COUNTS, self.counts), |line| println!("{line}")),
            Amount::Change => command.status().map(|status| (status, 0)),
        };
        let (status, tests) = ended.map_err(|error| BadInput::new(format!("{program} cannot be run: {error}")))?;
        if status.success() {
            return Ok(Ok(tests));
        }
        Ok(Err(format!("cd {} && {}", folder.display(), with_variables(self.amount, words))))
    }
}

/// One check, as an outcome; why it failed is said.
fn passed_unless(checked: Result<()>, again: &str, left_out: Vec<String>) -> Outcome {
    match checked {
        Ok(()) => Outcome::Passed { tests: 0, left_out },
        Err(error) => {
            eprintln!("{error:#}");
            Outcome::Failed(again.to_owned())
        }
    }
}
