//! Sizes of the wasm, for people and for machines.

use std::io::Write;

use anyhow::{Context, Result};
use comfy_table::{CellAlignment, Table, presets};
use wasmparser::{Parser, Payload};

use super::Artifact;

/// What marks code at an address as a Stylus program, and the dictionary byte: none.
const CODE_PREFIX: [u8; 4] = [0xef, 0xf0, 0x00, 0x00];
/// Brotli's strongest setting and window, as Arbitrum's tools use.
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW: u32 = 22;

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

/// One line per contract: raw and on-chain bytes, memory pages, and the file's hash.
#[must_use]
pub fn table(artifacts: &[Artifact]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::ASCII_MARKDOWN).set_header([
        "contract",
        "wasm bytes",
        "on-chain bytes",
        "pages",
        "keccak256",
    ]);
    for artifact in artifacts {
        table.add_row([
            artifact.contract.clone(),
            artifact.wasm_bytes.to_string(),
            artifact.code_bytes.to_string(),
            artifact.pages.to_string(),
            artifact.keccak256.to_string(),
        ]);
    }
    for column in table.column_iter_mut().skip(1).take(3) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.to_string()
}

/// The same as a JSON list of `{"contract", "path", "wasm_bytes", "code_bytes", "pages", "keccak256", "toolchain"}`.
///
/// # Errors
/// Fails on a path that is not UTF-8.
pub fn json(artifacts: &[Artifact]) -> Result<String> {
    Ok(serde_json::to_string_pretty(artifacts)?)
}

#[cfg(test)]
mod tests {
    use alloy::primitives::B256;

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

    #[test]
    fn json_has_exactly_the_documented_fields() {
        let artifact = Artifact {
            contract: "session-recorder".into(),
            path: "target/mrc53/session-recorder.wasm".into(),
            wasm_bytes: 3,
            code_bytes: 2,
            pages: 1,
            keccak256: B256::ZERO,
            toolchain: "rustup's Rust 1.95.0".into(),
        };

        let value: serde_json::Value = serde_json::from_str(&json(&[artifact]).unwrap()).unwrap();

        let fields: Vec<_> = value[0].as_object().unwrap().keys().collect();
        assert_eq!(fields, ["contract", "path", "wasm_bytes", "code_bytes", "pages", "keccak256", "toolchain"]);
    }
}
