//! The same sources once more, from nothing and in another folder: an auditor's bytes must be everybody's bytes.

use anyhow::{Context, Result, bail};
use mrc53_console::copy;
use mrc53_console::workspace::Workspace;

use super::artifact::Artifact;
use super::build::build_into;
use super::toolchain::{self, Source};

/// Copies the clone to a new folder, builds the contracts there from nothing with a toolchain from `source`, and
/// compares: every contract's wasm must be that of `artifacts`, byte for byte.
///
/// # Errors
/// [`mrc53_console::failure::BadInput`] if no toolchain can be had; a failure that names each contract that differs,
/// with both hashes.
pub fn verify(workspace: &Workspace, source: Source, artifacts: &[Artifact]) -> Result<()> {
    let toolchain = toolchain::find(&workspace.channel()?, source)?;
    let elsewhere = tempfile::Builder::new().prefix("mrc53-").tempdir().context("a folder to build in")?;
    let there = copy::refresh(workspace.root(), elsewhere.path())?;
    let packages = artifacts.iter().map(|artifact| artifact.contract.as_str());
    let again = build_into(&there, &toolchain, &there.path("target"), packages)?;
    let differing: Vec<String> = artifacts
        .iter()
        .zip(&again)
        .filter(|(here, there)| here.keccak256 != there.keccak256)
        .map(|(here, there)| format!("{} is {} here and {} there", here.contract, here.keccak256, there.keccak256))
        .collect();
    if differing.is_empty() { Ok(()) } else { bail!("built in another folder, {}", differing.join("; ")) }
}
