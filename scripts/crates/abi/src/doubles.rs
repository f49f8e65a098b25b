//! The Solidity contracts of the tests that stand in for MOR and the Diamond where there is neither: test doubles.

use alloy::json_abi::JsonAbi;
use alloy::primitives::Bytes;
use anyhow::{Context, Result};
use serde::Deserialize;

/// A compiled Solidity contract of `tests/solidity`.
#[derive(Clone, Debug, Deserialize)]
pub struct SolidityArtifact {
    /// What it answers and refuses with.
    pub abi: JsonAbi,
    /// Its initcode.
    pub bytecode: Bytes,
    /// The code that this leaves at its address.
    #[serde(rename = "deployedBytecode")]
    pub deployed_bytecode: Bytes,
}

/// The token and the Diamond harness, in this order.
///
/// # Errors
/// Fails if an artifact of this build is malformed.
pub fn artifacts() -> Result<[SolidityArtifact; 2]> {
    let token = serde_json::from_str(include_str!("../../../../tests/solidity/artifacts/MorToken.json"));
    let diamond = serde_json::from_str(include_str!("../../../../tests/solidity/artifacts/DiamondHarness.json"));
    Ok([token.context("MorToken.json")?, diamond.context("DiamondHarness.json")?])
}
