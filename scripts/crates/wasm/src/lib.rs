//! From the contracts' sources to wasm that a chain activates, with sizes.
//!
//! compile (cargo, one contract after the other) → shrink (what Nitro refuses or nobody needs goes) → measure →
//! activate on the devnode's own rules. Nothing is written for a contract that fails a step.
//!
//! Asks no node. Knows the devnode's rules, `mrc53-abi`, `mrc53-suite` and `mrc53-console`; whatever deploys may know it.

mod again;
mod compile;
pub mod deployer;
mod report;
mod shrink;
mod toolchain;
mod zeros;

use std::path::{Path, PathBuf};

use alloy::primitives::{B256, keccak256};
use anyhow::{Context, Result, bail};
use mrc53_console::progress::Progress;
use mrc53_console::workspace::Workspace;
use mrc53_devnode::stylus::activate::{ArbosVersion, activate_code};
use mrc53_suite::contract::CONTRACTS;
use serde::Serialize;

pub use again::verify;
pub use report::{json, table};
pub use toolchain::Source;
use toolchain::Toolchain;

/// Largest on-chain size of a contract in bytes; the protocol's own limit is 24,576.
pub const CODE_LIMIT_BYTES: usize = 16_384;

/// A contract ready for deployment.
#[derive(Clone, Debug, Serialize)]
pub struct Artifact {
    /// Package name, one of [`CONTRACTS`].
    pub contract: String,
    /// The wasm file.
    pub path: PathBuf,
    /// Size of the wasm file.
    pub wasm_bytes: usize,
    /// Size of the code at its address: prefix, dictionary byte and compressed wasm.
    pub code_bytes: usize,
    /// Initial memory in pages of 64 KiB; a transaction has 2 free.
    pub pages: u64,
    /// Keccak-256 of the wasm file.
    pub keccak256: B256,
    /// What compiled it.
    pub toolchain: String,
}

impl Artifact {
    /// The wasm.
    ///
    /// # Errors
    /// Fails if the file cannot be read.
    pub fn wasm(&self) -> Result<Vec<u8>> {
        std::fs::read(&self.path).with_context(|| self.path.display().to_string())
    }

    /// The code as it stands at an address: `0xEFF000`, dictionary byte `0x00`, wasm compressed by brotli.
    ///
    /// # Errors
    /// Fails if the file cannot be read.
    pub fn code(&self) -> Result<Vec<u8>> {
        report::code(&self.wasm()?)
    }
}

/// Builds all contracts of the clone with a toolchain from `source` and writes them to `target/mrc53/*.wasm`.
///
/// # Errors
/// [`mrc53_console::failure::BadInput`] if no toolchain can be had; a failure if a contract does not compile or would not
/// activate.
pub fn build(workspace: &Workspace, source: Source) -> Result<Vec<Artifact>> {
    let toolchain = toolchain::find(&workspace.channel()?, source)?;
    build_into(workspace, &toolchain, &workspace.output()?)
}

/// Builds all contracts in and to `output`.
fn build_into(workspace: &Workspace, toolchain: &Toolchain, output: &Path) -> Result<Vec<Artifact>> {
    std::fs::create_dir_all(output).with_context(|| output.display().to_string())?;
    let build = |contract: &&str| build_one(workspace, toolchain, output, contract);
    CONTRACTS.iter().map(build).collect()
}

fn build_one(workspace: &Workspace, toolchain: &Toolchain, output: &Path, contract: &str) -> Result<Artifact> {
    let progress = Progress::start(format!("building {contract}"));
    let compiled = compile::compile(workspace, toolchain, output, contract, &progress)?;
    let wasm = shrink::shrink(&compiled).with_context(|| format!("{contract}: the compiler's wasm"))?;
    let code = report::code(&wasm)?;
    let pages = report::pages(&wasm)?;
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
        pages,
        keccak256: keccak256(&wasm),
        toolchain: toolchain.label.clone(),
    })
}

/// The size gate: every contract takes at most [`CODE_LIMIT_BYTES`] on chain.
///
/// # Errors
/// A failure that names every contract above it.
pub fn check_sizes(artifacts: &[Artifact]) -> Result<()> {
    let above: Vec<String> = artifacts
        .iter()
        .filter(|artifact| artifact.code_bytes > CODE_LIMIT_BYTES)
        .map(|artifact| format!("{} has {} bytes", artifact.contract, artifact.code_bytes))
        .collect();
    if above.is_empty() { Ok(()) } else { bail!("above {CODE_LIMIT_BYTES} bytes on chain: {}", above.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifact(code_bytes: usize) -> Artifact {
        Artifact {
            contract: "session-recorder".to_owned(),
            path: PathBuf::new(),
            wasm_bytes: 0,
            code_bytes,
            pages: 1,
            keccak256: B256::ZERO,
            toolchain: String::new(),
        }
    }

    #[test]
    fn a_contract_of_exactly_the_limit_passes() {
        assert!(check_sizes(&[artifact(CODE_LIMIT_BYTES)]).is_ok());
    }

    #[test]
    fn a_contract_one_byte_above_the_limit_is_named() {
        let error = check_sizes(&[artifact(CODE_LIMIT_BYTES + 1)]).unwrap_err().to_string();

        assert_eq!(error, "above 16384 bytes on chain: session-recorder has 16385 bytes");
    }
}
