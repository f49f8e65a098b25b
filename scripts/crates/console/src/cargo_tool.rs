//! Tools that `cargo install` builds, each at a fixed release: found, or installed into the clone once.

use std::os::fd::AsFd;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::failure::BadInput;
use crate::workspace::Workspace;

/// Where cargo puts them, seen from the root; a folder for each tool and release.
const FOLDER: &str = "scripts/target/tools";

/// A tool at its release.
pub struct CargoTool {
    /// The package, which is also its binary.
    pub name: &'static str,
    /// The release that is installed.
    pub version: &'static str,
    /// The variable that names a binary to take instead.
    pub variable: &'static str,
}

impl CargoTool {
    /// The binary: what the variable names, else what [`Self::install`] left.
    ///
    /// # Errors
    /// [`BadInput`] with the command to run if it is not there.
    pub fn find(&self, workspace: &Workspace) -> Result<PathBuf> {
        let installed = workspace.path(&self.place());
        find(self.variable, installed, &format!("cargo {}", self.words(workspace).join(" ")))
    }

    /// Installs the tool into the clone unless it is there, and returns the binary.
    ///
    /// # Errors
    /// A failure if it cannot be built; cargo has said why.
    pub fn install(&self, workspace: &Workspace) -> Result<PathBuf> {
        if std::env::var_os(self.variable).is_some() || self.find(workspace).is_ok() {
            return self.find(workspace);
        }
        let what = format!("compiling {} {}, once: this takes minutes", self.name, self.version);
        run(workspace, &what, "cargo", &self.words(workspace))?;
        self.find(workspace)
    }

    /// Where [`Self::install`] leaves the binary, seen from the root.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}/bin/{}", self.folder(), self.name)
    }

    fn folder(&self) -> String {
        format!("{FOLDER}/{}-{}", self.name, self.version)
    }

    fn words(&self, workspace: &Workspace) -> Vec<String> {
        let folder = workspace.path(&self.folder()).display().to_string();
        // What these tools do waits for the disk and for compilers: optimising them costs minutes and saves seconds.
        ["install", self.name, "--version", self.version, "--locked", "--debug", "--root", &folder]
            .map(str::to_owned)
            .to_vec()
    }
}

/// What `variable` names, else `installed`; `command` is what puts it there.
///
/// # Errors
/// [`BadInput`] with the command to run if it is not there.
pub fn find(variable: &str, installed: PathBuf, command: &str) -> Result<PathBuf> {
    let path = std::env::var_os(variable).map_or(installed, PathBuf::from);
    if path.is_file() {
        return Ok(path);
    }
    Err(BadInput::new(format!("{} is not there: run `{command}`, or set {variable}", path.display())).into())
}

/// Runs what installs something, in the clone, whose toolchain rustup takes there: `what` is said before, and its own
/// words are shown on standard error, for it may take a quarter of an hour.
///
/// # Errors
/// [`BadInput`] if `program` cannot be run; a failure that points to its words if it fails.
pub fn run(workspace: &Workspace, what: &str, program: &str, words: &[String]) -> Result<()> {
    eprintln!("{what}");
    let shown = std::io::stderr().as_fd().try_clone_to_owned().context("standard error")?;
    let mut child = Command::new(program);
    child.args(words).current_dir(workspace.root()).stdin(Stdio::null()).stdout(shown);
    let status = child.status().map_err(|error| BadInput::new(format!("{program} cannot be run: {error}")))?;
    if status.success() { Ok(()) } else { bail!("{program} {}: it says why above", words.join(" ")) }
}

/// What `command` prints, trimmed; `None` if it is not there or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Result<()> {
        run(&Workspace::find().unwrap(), "a test", "sh", &["-c".to_owned(), script.to_owned()])
    }

    #[test]
    fn what_installs_runs_in_the_clone_and_reads_nothing() {
        shell("test -f rust-toolchain.toml && ! read line").unwrap();
    }

    #[test]
    fn what_cannot_install_is_named_and_what_cannot_be_run_is_bad_input() {
        assert_eq!(shell("exit 3").unwrap_err().to_string(), "sh -c exit 3: it says why above");
        let error = run(&Workspace::find().unwrap(), "a test", "no-such-program", &[]).unwrap_err();
        assert!(error.downcast_ref::<BadInput>().is_some(), "{error}");
    }
}
