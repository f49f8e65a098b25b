//! One contract after the other: compiled, shrunk, measured, and tried on the devnode's own rules of activation.

use std::path::Path;

use alloy::primitives::keccak256;
use anyhow::{Context, Result};
use mrc53_console::progress::Progress;
use mrc53_console::workspace::Workspace;
use mrc53_devnode::stylus::activate::{ArbosVersion, activate_code};
use mrc53_devnode::stylus::code::compress;
use mrc53_suite::contract::Contract;

use super::artifact::{Artifact, pages};
use super::toolchain::{Source, Toolchain};
use super::{compile, shrink, toolchain};

/// Builds `contracts` of the clone with a toolchain from `source` and writes them to `target/mrc53/*.wasm`.
///
/// # Errors
/// [`mrc53_console::failure::BadInput`] if no toolchain can be had; a failure if a contract does not compile or would
/// not activate.
pub fn build(workspace: &Workspace, source: Source, contracts: &[Contract]) -> Result<Vec<Artifact>> {
    let toolchain = toolchain::find(&workspace.channel()?, source)?;
    build_into(workspace, &toolchain, &workspace.output()?, contracts.iter().map(|contract| contract.package()))
}

/// Builds the program of package `package` alone, a part of no suite: a test's.
///
/// # Errors
/// As [`build`].
pub fn build_program(workspace: &Workspace, source: Source, package: &str) -> Result<Artifact> {
    let toolchain = toolchain::find(&workspace.channel()?, source)?;
    build_one(workspace, &toolchain, &workspace.output()?, package)
}

/// Builds the contracts with these packages in and to `output`.
pub(super) fn build_into<'a>(
    workspace: &Workspace,
    toolchain: &Toolchain,
    output: &Path,
    packages: impl Iterator<Item = &'a str>,
) -> Result<Vec<Artifact>> {
    std::fs::create_dir_all(output).with_context(|| output.display().to_string())?;
    packages.map(|package| build_one(workspace, toolchain, output, package)).collect()
}

fn build_one(workspace: &Workspace, toolchain: &Toolchain, output: &Path, contract: &str) -> Result<Artifact> {
    let progress = Progress::start(format!("building {contract}"));
    let compiled = compile::compile(workspace, toolchain, output, contract, &progress)?;
    let wasm = shrink::shrink(&compiled).with_context(|| format!("{contract}: the compiler's wasm"))?;
    let code = compress(&wasm);
    let pages = pages(&wasm)?;
    activate_code(&code, ArbosVersion::default()).with_context(|| format!("{contract} would not activate"))?;
    let path = output.join(format!("{contract}.wasm"));
    let fresh = output.join(format!(".{contract}.wasm.{}", std::process::id()));
    std::fs::write(&fresh, &wasm)
        .and_then(|()| std::fs::rename(&fresh, &path))
        .with_context(|| path.display().to_string())?;
    progress.done(format!("built {contract} with {}: {} bytes on chain", toolchain.label, code.len()));
    Ok(Artifact {
        contract: contract.to_owned(),
        path,
        wasm_bytes: wasm.len(),
        code_bytes: code.len(),
        code: code.into(),
        pages,
        keccak256: keccak256(&wasm),
        toolchain: toolchain.label.clone(),
    })
}
