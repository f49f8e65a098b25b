//! A contract as it goes onto a chain: its wasm, and what is read off that.

use std::io::Write;
use std::path::PathBuf;

use alloy::primitives::B256;
use anyhow::{Context, Result};
use serde::Serialize;
use wasmparser::{Parser, Payload};

/// What marks code at an address as a Stylus program, and the dictionary byte: none.
const CODE_PREFIX: [u8; 4] = [0xef, 0xf0, 0x00, 0x00];
/// Brotli's strongest setting and window, as Arbitrum's tools use.
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW: u32 = 22;

/// A contract ready for deployment.
#[derive(Clone, Debug, Serialize)]
pub struct Artifact {
    /// Package name, one of [`mrc53_suite::contract::Contract`].
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
        code(&self.wasm()?)
    }
}

/// The on-chain code of `wasm`: prefix, dictionary byte, brotli.
pub(super) fn code(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut code = CODE_PREFIX.to_vec();
    let mut writer = brotli::CompressorWriter::new(&mut code, 1 << 16, BROTLI_QUALITY, BROTLI_WINDOW);
    writer.write_all(wasm).context("compression")?;
    drop(writer);
    Ok(code)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_the_stylus_prefix_then_brotli_of_the_wasm() {
        let wasm = b"\0asm\x01\0\0\0".repeat(20);

        let code = code(&wasm).unwrap();

        let mut unpacked = Vec::new();
        std::io::Read::read_to_end(&mut brotli::Decompressor::new(&code[4..], 4096), &mut unpacked).unwrap();
        assert_eq!(code[..4], [0xef, 0xf0, 0x00, 0x00]);
        assert_eq!(unpacked, wasm);
    }
}
