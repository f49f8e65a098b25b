//! What the first lines of a crate say of whom it knows, held to its manifest.

use std::collections::BTreeSet;

use crate::crates;

/// The other crates that `text` names in backticks between `Knows` and the next semicolon or full stop.
fn said(text: &str) -> BTreeSet<String> {
    let header = text.lines().map_while(|line| line.strip_prefix("//!")).collect::<Vec<_>>().join(" ");
    let (_, knows) = header.split_once("Knows ").unwrap_or_else(|| panic!("whom does it know? {header}"));
    let knows = knows.split([';', '.']).next().unwrap_or_default();
    knows.split('`').filter(|word| word.starts_with("mrc53-")).map(str::to_owned).collect()
}

#[test]
fn every_crate_of_the_tool_says_whom_it_knows_and_knows_nobody_else() {
    let crates = crates::of_the_tools();
    let needs = crates::needs(&crates);
    let rooms: Vec<_> =
        crates.iter().filter(|krate| krate.roots.iter().any(|root| root.ends_with("src/lib.rs"))).collect();
    let rooms: Vec<_> = rooms.into_iter().filter(|krate| krate.is_in("scripts/crates")).collect();
    assert!(rooms.len() > 5, "{rooms:?}");

    for krate in rooms {
        let text = std::fs::read_to_string(&krate.roots[0]).unwrap();
        let known: BTreeSet<String> = needs[&krate.name]
            .iter()
            .filter(|(_, what)| *what == "dependencies")
            .map(|(name, _)| name.clone())
            .collect();
        assert_eq!(said(&text), known, "{}", krate.name);
    }
}

#[test]
fn whom_a_crate_knows_is_read_from_its_first_lines_up_to_the_end_of_the_clause() {
    let text = "//! What it does. Knows `mrc53-a` and\n//! `mrc53-b`; `mrc53-c` may know it.\n\n//! Knows `mrc53-d`.";

    assert_eq!(said(text), BTreeSet::from(["mrc53-a".to_owned(), "mrc53-b".to_owned()]));
}
