//! The clients that the end-to-end tests drive the devnode with, and a chain of somebody else's beside it, each at a fixed
//! release: found, or installed once.

use std::path::PathBuf;

use anyhow::Result;
use mrc53_console::cargo_tool::{CargoTool, find, run};
use mrc53_console::workspace::Workspace;

/// The release of cargo-stylus that the tests were written with.
pub const CARGO_STYLUS_VERSION: &str = "0.10.10";
const CARGO_STYLUS: CargoTool =
    CargoTool { name: "cargo-stylus", version: CARGO_STYLUS_VERSION, variable: "MRC53_CARGO_STYLUS" };
/// The folder of the clients that npm installs, at the exact releases of its `package.json`. There is no lock file:
/// Foundry's come as one package for each platform, and npm locks only those that its registry serves.
const NPM_FOLDER: &str = "tests/clients";

/// The cargo-stylus binary: what `MRC53_CARGO_STYLUS` names, else the one that [`install_cargo_stylus`] left.
///
/// # Errors
/// [`BadInput`](mrc53_console::failure::BadInput) with the command to run if it is not there.
pub fn cargo_stylus(workspace: &Workspace) -> Result<PathBuf> {
    CARGO_STYLUS.find(workspace)
}

/// The `cast` binary: what `MRC53_CAST` names, else the one that [`install_foundry`] left.
///
/// # Errors
/// [`BadInput`](mrc53_console::failure::BadInput) with the command to run if it is not there.
pub fn cast(workspace: &Workspace) -> Result<PathBuf> {
    foundry(workspace, "MRC53_CAST", "cast")
}

/// The `anvil` binary: what `MRC53_ANVIL` names, else the one that [`install_foundry`] left.
///
/// # Errors
/// [`BadInput`](mrc53_console::failure::BadInput) with the command to run if it is not there.
pub fn anvil(workspace: &Workspace) -> Result<PathBuf> {
    foundry(workspace, "MRC53_ANVIL", "anvil")
}

fn foundry(workspace: &Workspace, variable: &'static str, program: &str) -> Result<PathBuf> {
    find(variable, foundry_program(workspace, program), &format!("npm {}", npm_words(workspace).join(" ")))
}

/// The program, in the package of this platform: npm's command for it ends with 0 whatever the program ends with.
fn foundry_program(workspace: &Workspace, program: &str) -> PathBuf {
    let scope = workspace.path(NPM_FOLDER).join("node_modules/@foundry-rs");
    let packages = std::fs::read_dir(&scope).into_iter().flatten().flatten();
    let mut programs = packages.map(|package| package.path().join("bin").join(program));
    programs.find(|program| program.is_file()).unwrap_or_else(|| scope.join(program))
}

/// Installs cargo-stylus into the clone unless it is there.
///
/// # Errors
/// A failure if it cannot be built; cargo has said why.
pub fn install_cargo_stylus(workspace: &Workspace) -> Result<()> {
    CARGO_STYLUS.install(workspace).map(|_| ())
}

/// Installs `cast` and `anvil` into the clone unless they are there; needs Node.js.
///
/// # Errors
/// A failure if they cannot be had; npm has said why.
pub fn install_foundry(workspace: &Workspace) -> Result<()> {
    if cast(workspace).is_ok() && anvil(workspace).is_ok() {
        return Ok(());
    }
    run(workspace, "installing cast and anvil, once", "npm", &npm_words(workspace))
}

fn npm_words(workspace: &Workspace) -> Vec<String> {
    let folder = format!("--prefix={}", workspace.path(NPM_FOLDER).display());
    [folder.as_str(), "install", "--no-package-lock", "--no-audit", "--no-fund"].map(str::to_owned).to_vec()
}
