//! Compiled Solidity of the tests, read from the clone when it is needed: Arbitrum's bridge and inbox are under a licence
//! of their own (BUSL-1.1, for tests only), so that they are no part of this program.

use alloy::primitives::Bytes;
use anyhow::{Context, Result};
use mrc53_abi::doubles::SolidityArtifact;
use mrc53_console::files;
use mrc53_console::workspace::Workspace;

/// Where they lie in a clone.
const FOLDER: &str = "tests/solidity/artifacts";

/// The compiled Solidity of a clone's tests.
#[derive(Clone, Copy, Debug)]
pub(super) struct Artifacts<'a>(pub &'a Workspace);

impl Artifacts<'_> {
    /// The initcode of `contract` with the ABI-encoded `arguments` of its constructor.
    pub(super) fn of(self, contract: &str, arguments: impl AsRef<[u8]>) -> Result<Bytes> {
        let path = self.0.path(&format!("{FOLDER}/{contract}.json"));
        let artifact: SolidityArtifact =
            serde_json::from_str(&files::read(&path)?).with_context(|| path.display().to_string())?;
        Ok([&artifact.bytecode[..], arguments.as_ref()].concat().into())
    }
}
