//! What the tool, its tests and procedural macros need is compiled once: of every crate they ask for the same features. A
//! single one more makes cargo compile whatever stands above it a second time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// What a build of the packages that cargo's options `packages` choose asks of every crate, by name and version: one set
/// of features, or two where procedural macros need it as well.
fn features(packages: &[&str], edges: &str) -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let words = ["tree", "--manifest-path=scripts/Cargo.toml", "--locked", "--prefix=none", "--format={p}\t{f}"];
    let mut command = Command::new("cargo");
    command.args(words).arg(format!("--edges={edges}")).args(packages).current_dir(root);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let crates = text.lines().filter_map(|line| line.trim_end_matches(" (*)").split_once('\t'));
    let mut asked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, features) in crates {
        asked.entry(name.to_owned()).or_default().insert(features.to_owned());
    }
    asked
}

/// The crates of which `one` and `other` want other features.
fn differences(one: &BTreeMap<String, BTreeSet<String>>, other: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let shared = one.iter().filter_map(|(name, features)| Some((name, features, other.get(name)?)));
    shared
        .filter(|(_, one, other)| one != other)
        .map(|(name, one, other)| format!("{name}: {one:?} and {other:?}"))
        .collect()
}

#[test]
fn the_tool_and_its_tests_ask_for_the_same_features_of_every_crate() {
    let tool = features(&["--package=mrc53"], "normal");
    let tests = features(&["--package=mrc53-tests"], "normal,dev");
    let units = features(&["--workspace", "--exclude=mrc53-tests"], "normal,dev");

    assert!(tool.len() > 300, "{tool:?}");
    assert_eq!(differences(&tool, &tests), Vec::<String>::new());
    assert_eq!(differences(&tool, &units), Vec::<String>::new());
}

/// How often building the tool compiles each library, by name and version: for itself, and for procedural macros where
/// they ask for other features.
fn compiled() -> BTreeMap<String, usize> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--manifest-path=scripts/Cargo.toml", "--locked", "--package=mrc53"]);
    // Cargo says what it would do, and does nothing.
    cargo.args(["--unit-graph", "-Zunstable-options"]).env("RUSTC_BOOTSTRAP", "1").current_dir(root);
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let graph: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut compiled = BTreeMap::new();
    for unit in graph["units"].as_array().unwrap() {
        if unit["mode"] == "build" && unit["target"]["kind"][0] != "custom-build" {
            *compiled.entry(unit["pkg_id"].as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    compiled
}

#[test]
fn what_procedural_macros_need_is_compiled_once_for_them_and_the_tool() {
    let compiled = compiled();
    let twice: Vec<_> = compiled.iter().filter(|(_, times)| **times > 1).collect();

    assert!(compiled.len() > 300, "{compiled:?}");
    assert!(twice.is_empty(), "{twice:?}");
}
