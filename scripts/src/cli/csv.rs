//! Fields of CSV: wei as text, for most data tools make floating point of bare wei, and MOR with 18 decimals beside it.

use alloy::primitives::U256;
use alloy::primitives::utils::format_ether;

/// Two fields: `"wei",MOR`.
pub(super) fn amount(wei: U256) -> String {
    format!("\"{wei}\",{}", format_ether(wei))
}

/// One field of any text.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
