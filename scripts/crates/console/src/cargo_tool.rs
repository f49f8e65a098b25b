//! Tools that `cargo install` builds, each at a fixed release: found, or installed into the clone once.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::failure::BadInput;
use crate::progress::Progress;
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
    /// A failure with cargo's words if it cannot be built.
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
        ["install", self.name, "--version", self.version, "--locked", "--root", &folder].map(str::to_owned).to_vec()
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

/// Runs what installs something, in the clone, whose toolchain rustup takes there, with `what` shown meanwhile.
///
/// # Errors
/// [`BadInput`] if `program` cannot be run; a failure with its words if it fails.
pub fn run(workspace: &Workspace, what: &str, program: &str, words: &[String]) -> Result<()> {
    let progress = Progress::start(what);
    let output = Command::new(program).args(words).current_dir(workspace.root()).output();
    let output = output.map_err(|error| BadInput::new(format!("{program} cannot be run: {error}")))?;
    if !output.status.success() {
        bail!("{program} {}:\n{}", words.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    progress.done(format!("{program} {}", words.join(" ")));
    Ok(())
}

/// What `command` prints, trimmed; `None` if it is not there or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
