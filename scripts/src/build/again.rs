//! The same sources once more, from nothing and in another folder: an auditor's bytes must be everybody's bytes.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{Artifact, Source, build_into, toolchain};
use crate::workspace::Workspace;

/// What of the clone the contracts are built from. The last two are not: their tests depend on the model, so cargo
/// wants to read its manifest and that of its workspace.
const SOURCES: [&str; 9] = [
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "calculator",
    "contracts",
    "distribution",
    "rust-toolchain.toml",
    "tests/model",
    "scripts/Cargo.toml",
];

/// Folders that are made, not written.
const MADE: [&str; 2] = ["node_modules", "target"];

/// Copies the contracts' sources to a new folder, builds them there from nothing with a toolchain from `source`, and
/// compares: every contract's wasm must be that of `artifacts`, byte for byte.
///
/// # Errors
/// [`crate::failure::BadInput`] if no toolchain can be had; a failure that names each contract that differs, with both
/// hashes.
pub fn verify(workspace: &Workspace, source: Source, artifacts: &[Artifact]) -> Result<()> {
    let toolchain = toolchain::find(&workspace.channel()?, source)?;
    let elsewhere = tempfile::Builder::new().prefix("mrc53-").tempdir().context("a folder to build in")?;
    for name in SOURCES {
        copy(&workspace.path(name), &elsewhere.path().join(name))?;
    }
    let again = build_into(&Workspace::at(elsewhere.path()), &toolchain, &elsewhere.path().join("target"))?;
    let differing: Vec<String> = artifacts
        .iter()
        .zip(&again)
        .filter(|(here, there)| here.keccak256 != there.keccak256)
        .map(|(here, there)| format!("{} is {} here and {} there", here.contract, here.keccak256, there.keccak256))
        .collect();
    if differing.is_empty() { Ok(()) } else { bail!("built in another folder, {}", differing.join("; ")) }
}

/// Copies a file, or a folder without what is made in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let named = || from.display().to_string();
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
    }
    if from.is_file() {
        fs::copy(from, to).with_context(named)?;
        return Ok(());
    }
    fs::create_dir(to).with_context(|| to.display().to_string())?;
    for entry in fs::read_dir(from).with_context(named)? {
        let entry = entry.with_context(named)?;
        if !MADE.iter().any(|made| entry.file_name() == *made) {
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_the_sources_and_nothing_that_is_made_from_them() {
        let folder = tempfile::tempdir().unwrap();
        let (here, there) = (folder.path().join("here"), folder.path().join("there"));
        fs::create_dir_all(here.join("src")).unwrap();
        fs::create_dir_all(here.join("src/target")).unwrap();
        fs::write(here.join("src/lib.rs"), "//! Sources.").unwrap();
        fs::write(here.join("src/target/lib.wasm"), "").unwrap();

        copy(&here, &there).unwrap();

        assert_eq!(fs::read_to_string(there.join("src/lib.rs")).unwrap(), "//! Sources.");
        assert!(!there.join("src/target").exists());
    }
}
