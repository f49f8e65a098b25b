//! Every argument and option of every verb that takes an address, held to how addresses are read. The list is the
//! command line's own.

use clap::error::ErrorKind;
use clap::{Arg, Command};

use super::command;
use super::tests::leaves;

/// An address as EIP-55 spells it.
const RIGHT: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

/// What is no address: a letter in the wrong case, a wrong digit in front, in the middle and at the end, one too few, one
/// too many, a space, another prefix, nothing.
const WRONG: [&str; 9] = [
    "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0x6aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1CeAed",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAee",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed0",
    " 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "",
];

/// What the verb says against `text` as its value of `arg`; nothing if it takes it, whatever else it misses.
fn refusal(leaf: &Command, arg: &Arg, text: &str) -> Option<String> {
    let words = match arg.get_long() {
        Some(long) => vec!["mrc53".to_owned(), format!("--{long}={text}")],
        None => vec!["mrc53".to_owned(), text.to_owned()],
    };
    let error = leaf.clone().try_get_matches_from(words).err()?;
    matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue).then(|| error.to_string())
}

/// Everything that takes an address and not any text: `cargo mrc53 claim --staker`.
fn options() -> Vec<(String, Command, Arg)> {
    let mut options = Vec::new();
    for (path, mut leaf) in leaves(&command(), "cargo") {
        leaf.build();
        assert!(leaf.get_positionals().count() <= 1, "{path}: this test types one positional argument");
        for arg in leaf.get_arguments().filter(|arg| arg.get_action().takes_values()) {
            let takes = |text: &str| refusal(&leaf, arg, text).is_none();
            if takes(&RIGHT.to_lowercase()) && !takes("no address") {
                options.push((format!("{path} {arg}"), leaf.clone(), arg.clone()));
            }
        }
    }
    options
}

#[test]
fn every_address_of_every_verb_is_read_strictly() {
    for (option, leaf, arg) in options() {
        for text in [RIGHT.to_owned(), RIGHT.to_lowercase(), format!("0x{}", RIGHT[2..].to_uppercase())] {
            assert_eq!(refusal(&leaf, &arg, &text), None, "{option}");
        }
        for text in WRONG {
            let said = refusal(&leaf, &arg, text).unwrap_or_else(|| panic!("{option} takes {text:?}"));
            assert!(said.contains("is no address") || said.contains("checksum") || text.is_empty(), "{option}: {said}");
        }
    }
}

#[test]
fn whatever_is_called_an_address_in_a_help_is_one() {
    let found: Vec<String> = options().into_iter().map(|(option, ..)| option).collect();
    let mut called = 0;
    for (path, mut leaf) in leaves(&command(), "cargo") {
        leaf.build();
        for arg in leaf.get_arguments() {
            if arg.get_value_names().is_some_and(|names| names.iter().any(|name| name == "ADDRESS")) {
                called += 1;
                assert!(found.contains(&format!("{path} {arg}")), "{path} {arg} takes what is no address");
            }
        }
    }
    assert_eq!(called, found.len(), "{found:?}");
}
