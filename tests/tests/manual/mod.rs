//! The documents are true: every command in them is run, in the order in which a reader meets it, in one shell that
//! starts empty, and says what the document says that it says. `MRC53_UPDATE_DOCS=1` writes the outputs anew.
//!
//! What differs from a reader's shell: the devnode's port, where the book is kept, and a clock that moves one second with
//! each block. Where this build's wasm is the one of `snapshots/wasm.json`, outputs are compared to the letter, numbers
//! and addresses included; another toolchain makes other bytes, and is held to their shape.

mod page;
mod shell;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::suite_support::programs;
use page::Page;
use shell::Shell;

/// Commands that are not run here, by how they begin, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("git clone", "fetches what is here already, or needs Docker"),
    ("cargo install --path scripts", "compiles for minutes what the tests have compiled"),
    ("./mrc53 test", "this is it"),
    ("cargo mrc53 test", "this is it"),
    ("cargo mrc53 build", "a step of the tests"),
    ("cargo test", "a step of the tests"),
    ("export MRC53_NETWORK=arbitrum-sepolia", "a public chain"),
    ("export ETH_RPC_URL=https:", "a public chain"),
    ("cargo mrc53 deploy --network arbitrum-sepolia", "a public chain: deploy_sepolia.rs has one like it"),
    ("cargo mrc53 deploy --keystore key.json", "a public chain"),
    ("cargo mrc53 diamond-cut --network arbitrum-sepolia", "a public chain: diamond_cut.rs has one like it"),
    ("cast call $DIAMOND 'facetAddress", "a public chain"),
    ("node layout.mjs", "facets of the reader's: layout.test.mjs compares those of the tests"),
    ("cargo mrc53 safe set-recorder --network", "a diamond with the hook: diamond/naming.rs does it"),
    ("cargo mrc53 safe execute FILE.rollback.json", "a cut of the reader's: diamond/rehearsal.rs takes one back"),
    ("cargo mrc53 safe set-distributors --network", "a diamond with the hook: diamond/naming.rs does it"),
    ("cargo mrc53 devnode --load-state", "a state of the reader's: diamond/rehearsal.rs has one"),
    ("cargo mrc53 diamond-cut --network FILE.toml", "a state of the reader's: diamond/rehearsal.rs has one"),
    ("cargo mrc53 status --network FILE.toml", "a state of the reader's: diamond/rehearsal.rs has one"),
    ("cargo stylus", "cargo_stylus.rs runs these for every contract"),
    ("cast call ADDRESS", "asks what cargo-stylus has deployed: cast.rs asks like it"),
    ("cargo mrc53 replay morpheus-ai-base-data", "a file of the reader's: replay.rs has some like it"),
    ("cargo mrc53 replay --rpc-url", "a public chain: replay_node.rs has one like it"),
    ("cargo run --manifest-path scripts/Cargo.toml -p mrc53-model", "scenarios.rs compares what it prints"),
];

/// Every document with commands. Those of one row are read one after the other, in one shell.
const DOCUMENTS: [&[&str]; 5] = [
    &["docs/deploying.md", "docs/operators.md", "docs/stakers.md", "docs/operating.md"],
    &["README.md"],
    &["devnode/README.md"],
    &[
        "docs/diamond-upgrade.md",
        "docs/known-issues.md",
        "tests/scenarios/README.md",
        "snapshots/README.md",
        "CONTRIBUTING.md",
    ],
    &["docs/economics.md"],
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Whether the wasm of this build has the bytes that the documents' numbers are of.
fn is_the_wasm_of_the_documents() -> bool {
    let kept: Value =
        serde_json::from_str(&std::fs::read_to_string(root().join("snapshots/wasm.json")).unwrap()).unwrap();
    programs().iter().all(|program| kept[&program.contract]["keccak256"] == serde_json::json!(program.keccak256))
}

/// Runs `documents` in one shell and holds each to what its commands say now.
fn hold(documents: &[&str]) {
    let pages: Vec<Page> = documents.iter().map(|name| Page::read(&root().join(name))).collect();
    let commands: Vec<&str> = pages.iter().flat_map(Page::commands).filter(|command| !is_left_out(command)).collect();
    let mut outputs = Shell::for_commands(&commands).run(&commands).into_iter();
    let exactly = is_the_wasm_of_the_documents();
    for page in pages {
        let now = page.with_outputs(|command| if is_left_out(command) { None } else { outputs.next() });
        if std::env::var_os("MRC53_UPDATE_DOCS").is_some() {
            page.write(&now);
        }
        let then = page.now();
        if exactly {
            assert_eq!(then, now, "{}", page.name());
        } else {
            assert_eq!(page::shape(&then), page::shape(&now), "{}", page.name());
        }
    }
}

fn is_left_out(command: &str) -> bool {
    LEFT_OUT.iter().any(|(beginning, _)| command.starts_with(beginning))
}

#[test]
fn cast_a_reader_gets_from_the_clone_to_a_settled_day_and_through_its_operation() {
    hold(DOCUMENTS[0]);
}

#[test]
fn the_readme_does_what_it_says() {
    hold(DOCUMENTS[1]);
}

#[test]
fn cast_the_devnode_does_what_its_readme_says() {
    hold(DOCUMENTS[2]);
}

#[test]
fn the_other_documents_do_what_they_say() {
    hold(DOCUMENTS[3]);
}

#[test]
fn the_economics_are_what_the_commands_say() {
    hold(DOCUMENTS[4]);
}

#[test]
fn nothing_is_left_out_that_no_document_has() {
    let pages: Vec<Page> = DOCUMENTS.iter().copied().flatten().map(|name| Page::read(&root().join(name))).collect();
    for (beginning, why) in LEFT_OUT {
        let there = pages.iter().flat_map(Page::commands).any(|command| command.starts_with(beginning));
        assert!(there, "no document says `{beginning}` any more ({why})");
    }
}
