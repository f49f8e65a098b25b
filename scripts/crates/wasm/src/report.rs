//! Sizes of the wasm, for people and for machines.

use anyhow::Result;
use comfy_table::{CellAlignment, Table, presets};

use super::artifact::Artifact;

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
    use alloy::primitives::{B256, Bytes};

    use super::*;

    #[test]
    fn json_has_exactly_the_documented_fields() {
        let artifact = Artifact {
            contract: "session-recorder".into(),
            path: "target/mrc53/session-recorder.wasm".into(),
            wasm_bytes: 3,
            code: Bytes::from_static(&[0xef, 0xf0]),
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
