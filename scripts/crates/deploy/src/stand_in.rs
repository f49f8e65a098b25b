//! What stands in for MOR and the Diamond on a local chain that has neither: two Solidity contracts of the tests,
//! at addresses that follow from their code and the suite's salt.

use alloy::primitives::{Address, B256, Bytes, keccak256};
use anyhow::Result;
use mrc53_abi::arbitrum::CREATE2_FACTORY;
use mrc53_abi::doubles::{SolidityArtifact, artifacts};
use mrc53_node::book::Input;

/// How the book names their source.
const SOURCE: &str = "stand-in, deployed by cargo mrc53 deploy";

/// A stand-in and where it belongs.
#[derive(Clone, Debug)]
pub struct StandIn {
    /// The Solidity contract's name.
    pub name: &'static str,
    /// Where it belongs.
    pub address: Address,
    /// Its initcode.
    pub initcode: Bytes,
    /// The code at its address.
    pub code: Bytes,
    /// What [`CREATE2_FACTORY`] is called with to deploy it.
    pub call: Bytes,
}

impl StandIn {
    /// The token's.
    ///
    /// # Errors
    /// Fails if an artifact of this build is malformed.
    pub fn token(salt: B256) -> Result<Self> {
        let [token, _] = artifacts()?;
        Ok(Self::new("MorToken", salt, token))
    }

    /// The Diamond's.
    ///
    /// # Errors
    /// Fails if an artifact of this build is malformed.
    pub fn diamond(salt: B256) -> Result<Self> {
        let [_, diamond] = artifacts()?;
        Ok(Self::new("DiamondHarness", salt, diamond))
    }

    fn new(name: &'static str, salt: B256, artifact: SolidityArtifact) -> Self {
        let address = CREATE2_FACTORY.create2(salt, keccak256(&artifact.bytecode));
        let call = [salt.as_slice(), &artifact.bytecode].concat().into();
        Self { name, address, initcode: artifact.bytecode, code: artifact.deployed_bytecode, call }
    }

    /// As the book keeps it.
    #[must_use]
    pub fn input(&self) -> Input {
        Input::unverified(self.address, format!("{} {SOURCE}", self.name))
    }

    /// Whether the book names a stand-in with `source`.
    #[must_use]
    pub fn is_source(source: &str) -> bool {
        source.ends_with(SOURCE)
    }
}
