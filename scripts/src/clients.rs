//! The clients that the end-to-end tests drive the devnode with, each at a fixed release: found, or installed once.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::failure::BadInput;
use crate::progress::Progress;
use crate::workspace::Workspace;

/// The release of cargo-stylus that the tests were written with.
pub const CARGO_STYLUS_VERSION: &str = "0.10.10";
/// Where cargo puts cargo-stylus, seen from the root; a folder for each release.
const CARGO_STYLUS_ROOT: &str = "scripts/target/tools/cargo-stylus-";
/// The folder of the clients that npm installs, at the exact releases of its `package.json`. There is no lock file:
/// `cast` comes as one package for each platform, and npm locks only those that its registry serves.
const NPM_FOLDER: &str = "tests/clients";

/// The cargo-stylus binary: what `MRC53_CARGO_STYLUS` names, else the one that [`install_cargo_stylus`] left.
///
/// # Errors
/// [`BadInput`] with the command to run if it is not there.
pub fn cargo_stylus(workspace: &Workspace) -> Result<PathBuf> {
    let installed = cargo_stylus_root(workspace).join("bin/cargo-stylus");
    find("MRC53_CARGO_STYLUS", installed, &format!("cargo {}", install_words(workspace).join(" ")))
}

/// The `cast` binary: what `MRC53_CAST` names, else the one that [`install_cast`] left.
///
/// # Errors
/// [`BadInput`] with the command to run if it is not there.
pub fn cast(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.path(NPM_FOLDER);
    find("MRC53_CAST", folder.join("node_modules/.bin/cast"), &format!("npm {}", npm_words(workspace).join(" ")))
}

/// Installs cargo-stylus into the clone unless it is there.
///
/// # Errors
/// A failure with cargo's words if it cannot be built.
pub fn install_cargo_stylus(workspace: &Workspace) -> Result<()> {
    if cargo_stylus(workspace).is_ok() {
        return Ok(());
    }
    let what = format!("compiling cargo-stylus {CARGO_STYLUS_VERSION}, once: this takes minutes");
    run(&what, "cargo", &install_words(workspace))
}

/// Installs `cast` into the clone unless it is there; needs Node.js.
///
/// # Errors
/// A failure with npm's words if it cannot be had.
pub fn install_cast(workspace: &Workspace) -> Result<()> {
    if cast(workspace).is_ok() {
        return Ok(());
    }
    run("installing cast, once", "npm", &npm_words(workspace))
}

fn cargo_stylus_root(workspace: &Workspace) -> PathBuf {
    workspace.path(&format!("{CARGO_STYLUS_ROOT}{CARGO_STYLUS_VERSION}"))
}

fn install_words(workspace: &Workspace) -> Vec<String> {
    let root = cargo_stylus_root(workspace).display().to_string();
    ["install", "cargo-stylus", "--version", CARGO_STYLUS_VERSION, "--locked", "--root", &root]
        .map(str::to_owned)
        .to_vec()
}

fn npm_words(workspace: &Workspace) -> Vec<String> {
    let folder = format!("--prefix={}", workspace.path(NPM_FOLDER).display());
    [folder.as_str(), "install", "--no-package-lock", "--no-audit", "--no-fund"].map(str::to_owned).to_vec()
}

/// What `variable` names, else `installed`; `command` is what puts it there.
fn find(variable: &str, installed: PathBuf, command: &str) -> Result<PathBuf> {
    let path = std::env::var_os(variable).map_or(installed, PathBuf::from);
    if path.is_file() {
        return Ok(path);
    }
    Err(BadInput::new(format!("{} is not there: run `{command}`, or set {variable}", path.display())).into())
}

fn run(what: &str, program: &str, words: &[String]) -> Result<()> {
    let progress = Progress::start(what);
    let output = Command::new(program).args(words).output();
    let output = output.map_err(|error| BadInput::new(format!("{program} cannot be run: {error}")))?;
    if !output.status.success() {
        bail!("{program} {}:\n{}", words.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    progress.done(format!("{program} {}", words.join(" ")));
    Ok(())
}
