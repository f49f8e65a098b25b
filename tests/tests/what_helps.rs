//! What is missing or misspelt around a command: refused in words of our own, by file or URL, with what helps. What
//! never passes by itself ends with 2, a node that is down with 1.

use std::path::Path;

use crate::suite_support::run;

/// A port on which nothing listens.
const NOWHERE: &str = "http://127.0.0.1:1";

/// What is said of `words` in a folder without a book; it must be one line in plain words.
fn said(folder: &Path, code: i32, words: &[&str]) -> String {
    let errors = run(&[words, &["--deployments", folder.to_str().unwrap()]].concat()).failed(code);
    let error: Vec<&str> = errors.lines().filter(|line| line.starts_with("error: ")).collect();
    assert_eq!(error.len(), 1, "{errors}");
    for foreign in ["os error", "relative URL", "Mac Mismatch", "Max retries", "expected value"] {
        assert!(!errors.contains(foreign), "{errors}");
    }
    error[0].to_owned()
}

#[test]
fn a_node_that_is_gone_is_named_with_how_to_have_one() {
    let folder = tempfile::tempdir().unwrap();
    let said = said(folder.path(), 1, &["status", "--rpc-url", NOWHERE]);
    assert!(said.contains(&format!("no node answers at {NOWHERE}: nothing listens there; ")), "{said}");
    assert!(said.contains("`cargo mrc53 devnode`") && said.contains("--rpc-url"), "{said}");
}

#[test]
fn a_url_without_its_scheme_is_told_how_one_begins() {
    let folder = tempfile::tempdir().unwrap();
    for url in ["localhost:8547", "127.0.0.1:8547", "node.example/rpc"] {
        let said = said(folder.path(), 2, &["status", "--rpc-url", url]);
        assert!(said.contains("--rpc-url") && said.contains("must begin with http://"), "{said}");
    }
}

#[test]
fn a_keystore_that_is_none_is_named_with_what_one_is() {
    let folder = tempfile::tempdir().unwrap();
    let (missing, bare) = (folder.path().join("none.json"), folder.path().join("bare.json"));
    std::fs::write(&bare, "0xsecret").unwrap();
    for (file, why, help) in [
        (&*missing, "there is no such file", "in which the command is run"),
        (folder.path(), "it is a folder", "name a file"),
        (&*bare, "no keystore", "cast wallet import"),
    ] {
        let said = said(folder.path(), 2, &["claim", "--rpc-url", NOWHERE, "--keystore", file.to_str().unwrap()]);
        assert!(said.contains(&format!("{}: {why}", file.display())) && said.contains(help), "{said}");
        assert!(!said.contains("secret"), "{said}");
    }
}

#[test]
fn a_network_a_scenario_and_a_book_that_cannot_be_read_are_named_with_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let missing = said(folder.path(), 2, &["status", "--network", "none.toml"]);
    assert!(missing.contains("none.toml: there is no such file"), "{missing}");
    let scenario = run(&["demo", "--scenario", "none.json"]).failed(2);
    assert!(scenario.contains("none.json: there is no such file"), "{scenario}");

    std::fs::write(folder.path().join("412346.json"), "{\"chainId\": 4123").unwrap();
    let book = said(folder.path(), 2, &["status", "--rpc-url", NOWHERE]);
    assert!(book.contains("412346.json is no book of deployments") && book.contains("from git"), "{book}");
}
