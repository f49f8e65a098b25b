//! Selectors and the functions that people know them by.

use std::collections::HashMap;

use alloy::dyn_abi::Specifier;
use alloy::hex;
use alloy::json_abi::{Function, JsonAbi};
use alloy::primitives::Selector;
use mrc53_console::failure::BadInput;

/// The functions of the Compute Diamond as it stands, one a line, facet by facet.
const LIVE: &str = include_str!("signatures.txt");

/// Signatures by selector.
#[derive(Clone, Debug)]
pub struct Signatures {
    known: HashMap<Selector, String>,
}

impl Signatures {
    /// Those of the live Diamond.
    #[must_use]
    pub fn live() -> Self {
        let functions = LIVE.lines().filter_map(|line| Function::parse(line).ok());
        Self { known: functions.map(|function| (function.selector(), function.signature())).collect() }
    }

    /// Learns the functions of `abi`.
    pub fn learn(&mut self, abi: &JsonAbi) {
        self.known.extend(abi.functions().map(|function| (function.selector(), function.signature())));
    }

    /// The signature of `selector`, if it is known.
    #[must_use]
    pub fn of(&self, selector: Selector) -> Option<&str> {
        self.known.get(&selector).map(String::as_str)
    }

    /// `getBid(bytes32) 0x91704e1e`, or the selector alone.
    #[must_use]
    pub fn words(&self, selector: Selector) -> String {
        self.of(selector).map_or_else(|| selector.to_string(), |signature| format!("{signature} {selector}"))
    }
}

/// The selector that `text` means: `0x91704e1e`, or a signature such as `getBid(bytes32)`.
///
/// # Errors
/// [`BadInput`] if it is neither.
pub fn parse(text: &str) -> Result<Selector, BadInput> {
    let bytes = text.strip_prefix("0x").and_then(|digits| hex::decode(digits).ok());
    if let Some(selector) = bytes.and_then(|bytes| Selector::try_from(bytes.as_slice()).ok()) {
        return Ok(selector);
    }
    let function = Function::parse(text).ok();
    let function = function.filter(|function| function.inputs.iter().all(|input| input.resolve().is_ok()));
    function.map(|function| function.selector()).ok_or_else(|| {
        BadInput::new(format!(
            "`{text}` is neither a selector such as 0x91704e1e nor a signature such as getBid(bytes32)"
        ))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    #[test]
    fn the_committed_list_is_what_the_real_diamond_answers() {
        let recorded: Value = serde_json::from_str(include_str!("../../../../../tests/vectors/diamond.json")).unwrap();
        let facets = recorded["loupe"].as_array().unwrap().iter();
        let functions = facets.flat_map(|facet| facet["selectors"].as_array().unwrap());
        let recorded: BTreeSet<(String, String)> = functions
            .map(|function| ["selector", "signature"].map(|key| function[key].as_str().unwrap().to_owned()).into())
            .collect();

        let known = Signatures::live().known;
        let listed = known.iter().map(|(selector, signature)| (selector.to_string(), signature.clone())).collect();
        assert_eq!(recorded, listed);
    }

    #[test]
    fn a_function_is_named_by_selector_or_by_signature() {
        assert_eq!(parse("0x91704e1e").unwrap(), parse("getBid(bytes32)").unwrap());
        assert_eq!(parse("getBid(bytes32 bidId)").unwrap(), parse("getBid(bytes32)").unwrap());
    }

    #[test]
    fn what_is_neither_is_refused() {
        for text in ["", "getBid", "0x91704e", "0x91704e1e00", "getBid(bytes33)"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_unknown_selector_is_shown_as_it_is() {
        let signatures = Signatures::live();
        assert_eq!(signatures.words(parse("0x91704e1e").unwrap()), "getBid(bytes32) 0x91704e1e");
        assert_eq!(signatures.words(Selector::from([1, 2, 3, 4])), "0x01020304");
    }
}
