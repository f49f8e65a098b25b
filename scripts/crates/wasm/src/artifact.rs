//! A contract as it goes onto a chain: its wasm, and what is read off that.

use std::path::PathBuf;

use alloy::primitives::{B256, Bytes};
use anyhow::{Context, Result};
use serde::Serialize;
use wasmparser::{Parser, Payload};

/// A contract ready for deployment.
#[derive(Clone, Debug, Serialize)]
pub struct Artifact {
    /// Package name, one of [`mrc53_suite::contract::Contract`].
    pub contract: String,
    /// The wasm file.
    pub path: PathBuf,
    /// Size of the wasm file.
    pub wasm_bytes: usize,
    /// The code as it stands at an address: `0xEFF000`, dictionary byte `0x00`, wasm compressed by brotli.
    #[serde(skip)]
    pub code: Bytes,
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
}

/// Initial size of the memory of `wasm` in pages of 64 KiB, 0 if it has none.
pub(super) fn pages(wasm: &[u8]) -> Result<u64> {
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::MemorySection(memories) = payload?
            && let Some(memory) = memories.into_iter().next()
        {
            return Ok(memory?.initial);
        }
    }
    Ok(0)
}
