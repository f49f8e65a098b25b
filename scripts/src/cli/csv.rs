//! Fields of CSV: wei as text, for most data tools make floating point of bare wei, and MOR with 18 decimals beside it.

use alloy::primitives::U256;
use alloy::primitives::utils::format_ether;

/// Two fields: `"wei",MOR`.
pub(super) fn amount(wei: U256) -> String {
    format!("\"{wei}\",{}", format_ether(wei))
}

/// One field of any text. A text that a spreadsheet would take for a formula, by its first letter, has an apostrophe before
/// it, which spreadsheets take for "this is text".
pub(super) fn quoted(text: &str) -> String {
    let mark = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_begins_as_a_formula_is_marked_as_text() {
        for (text, field) in [
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@a", "\"'@a\""),
            ("0xa=1", "\"0xa=1\""),
            ("", "\"\""),
        ] {
            assert_eq!(quoted(text), field);
        }
    }
}
