//! What the suite is built from, held to `deny.toml`: licences, sources, releases, and what is known against them.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use mrc53_console::cargo_tool::CargoTool;
use mrc53_console::workspace::Workspace;

/// Reads both workspaces' lock files.
const CARGO_DENY: CargoTool = CargoTool { name: "cargo-deny", version: "0.20.2", variable: "MRC53_CARGO_DENY" };

/// The manifests of the two workspaces.
const WORKSPACES: [&str; 2] = ["Cargo.toml", "scripts/Cargo.toml"];

/// What is checked of each, one after the other; the last needs a database.
const OFFLINE: [&str; 3] = ["licenses", "bans", "sources"];
const ONLINE: [&str; 1] = ["advisories"];

/// What cargo-deny says where the advisories' database cannot be had.
const NO_DATABASE: &str = "failed to fetch advisory database";

/// Whether what is known against the dependencies could be looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advisories {
    /// It was, and nothing is known but what `deny.toml` excepts with its reason.
    Checked,
    /// The database could not be reached.
    Unreachable,
}

/// The commands of [`check`], in the clone's root, where cargo-deny has been installed.
#[must_use]
pub fn commands() -> Vec<Vec<String>> {
    let each = |what: &'static [&str]| {
        WORKSPACES.map(move |manifest| [vec![CARGO_DENY.place()], words(manifest, what)].concat())
    };
    each(&OFFLINE).into_iter().chain(each(&ONLINE)).collect()
}

/// Checks licences, bans and sources of both workspaces, and advisories where their database can be reached.
///
/// # Errors
/// A failure with cargo-deny's words at the first workspace that something is wrong with, or if cargo-deny cannot be
/// installed.
pub fn check(workspace: &Workspace) -> Result<Advisories> {
    let program = CARGO_DENY.install(workspace)?;
    let deny = |manifest: &str, what: &[&str]| deny(&program, workspace, manifest, what);
    for manifest in WORKSPACES {
        let Ended { passed, words } = deny(manifest, &OFFLINE)?;
        if !passed {
            bail!("{manifest}:\n{words}");
        }
    }
    for manifest in WORKSPACES {
        match deny(manifest, &ONLINE)? {
            Ended { passed: true, .. } => {}
            Ended { words, .. } if words.contains(NO_DATABASE) => return Ok(Advisories::Unreachable),
            Ended { words, .. } => bail!("{manifest}:\n{words}"),
        }
    }
    Ok(Advisories::Checked)
}

/// How cargo-deny ended.
struct Ended {
    passed: bool,
    words: String,
}

fn deny(program: &Path, workspace: &Workspace, manifest: &str, what: &[&str]) -> Result<Ended> {
    let output = Command::new(program).args(words(manifest, what)).current_dir(workspace.root()).output();
    let output = output.with_context(|| program.display().to_string())?;
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok(Ended { passed: output.status.success(), words })
}

fn words(manifest: &str, what: &[&str]) -> Vec<String> {
    let command = ["--workspace", "--locked", "--config=deny.toml", "--manifest-path", manifest, "check"];
    // One file serves both workspaces, so each leaves some of it unused.
    let quiet = ["--allow=unmatched-skip", "--allow=unnecessary-skip", "--allow=advisory-not-detected"];
    [&command[..], &quiet, what].concat().into_iter().map(str::to_owned).collect()
}
