//! Where the clone is, and what it says about itself.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::failure::BadInput;

/// The clone this tool was started in, or was compiled in.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the clone: the nearest folder above the current one that holds the suite, else the one this binary was
    /// compiled in.
    ///
    /// # Errors
    /// [`BadInput`] where neither exists.
    pub fn find() -> Result<Self> {
        let here = std::env::current_dir().context("the current folder cannot be read")?;
        let compiled_in = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here
            .ancestors()
            .chain(compiled_in.ancestors())
            .find(|folder| is_suite(folder))
            .ok_or_else(|| BadInput::new("not inside a clone of the suite: no folder above this one holds it"))?;
        Ok(Self { root: root.to_owned() })
    }

    /// The copy of the suite's sources in `root`.
    #[must_use]
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The folder of the contracts' `Cargo.toml`.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the clone.
    #[must_use]
    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// Where generated files of this tool go: `mrc53` inside `CARGO_TARGET_DIR`, or inside the clone's `target`.
    ///
    /// # Errors
    /// Fails if the current folder cannot be read.
    pub fn output(&self) -> Result<PathBuf> {
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => std::path::absolute(folder).context("CARGO_TARGET_DIR")?,
            None => self.root.join("target"),
        };
        Ok(target.join("mrc53"))
    }

    /// The clone's commit, with `-dirty` behind it where tracked files differ from it; `deployments/`, which deploying
    /// itself writes, does not count. None outside a git clone.
    #[must_use]
    pub fn commit(&self) -> Option<String> {
        let git = |words: &[&str]| {
            let output = Command::new("git").arg("-C").arg(&self.root).args(words).output().ok()?;
            output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };
        let commit = git(&["rev-parse", "--verify", "HEAD"])?;
        let changed = git(&["status", "--porcelain", "--untracked-files=no", "--", ".", ":!deployments"])?;
        Some(if changed.is_empty() { commit } else { format!("{commit}-dirty") })
    }

    /// The Rust release that `rust-toolchain.toml` names.
    ///
    /// # Errors
    /// [`BadInput`] if the file is missing or names none.
    pub fn channel(&self) -> Result<String> {
        let path = self.path("rust-toolchain.toml");
        let text = std::fs::read_to_string(&path).map_err(|e| BadInput::new(format!("{}: {e}", path.display())))?;
        let channel = text.lines().find_map(|line| {
            let value = line.trim().strip_prefix("channel")?.trim_start().strip_prefix('=')?;
            Some(value.trim().trim_matches('"').to_owned())
        });
        Ok(channel.ok_or_else(|| BadInput::new(format!("{}: no channel", path.display())))?)
    }
}

/// Whether `folder` is the root of the suite.
fn is_suite(folder: &Path) -> bool {
    folder.join("rust-toolchain.toml").is_file()
        && folder.join("scripts/Cargo.toml").is_file()
        && folder.join("contracts/session-recorder/Cargo.toml").is_file()
}
