//! From the contracts' sources to wasm that a chain activates, with sizes.
//!
//! compile (cargo, one contract after the other) → shrink (what Nitro refuses or nobody needs goes) → measure →
//! activate on the devnode's own rules. Nothing is written for a contract that fails a step.
//!
//! Asks no node. Knows `mrc53-devnode` for its rules, `mrc53-abi`, `mrc53-suite` and `mrc53-console`; whatever deploys may know
//! it.

mod again;
mod artifact;
mod build;
mod compile;
pub mod deployer;
mod report;
mod shrink;
mod toolchain;
mod zeros;

use anyhow::{Result, bail};

pub use again::verify;
pub use artifact::Artifact;
pub use build::{build, build_program};
pub use report::{json, table};
pub use toolchain::Source;

/// Largest on-chain size of a contract in bytes; the protocol's own limit is 24,576.
pub const CODE_LIMIT_BYTES: usize = 16_384;

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
    use std::path::PathBuf;

    use alloy::primitives::{B256, Bytes};

    use super::*;

    fn artifact(code_bytes: usize) -> Artifact {
        Artifact {
            contract: "session-recorder".to_owned(),
            path: PathBuf::new(),
            wasm_bytes: 0,
            code: Bytes::new(),
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
