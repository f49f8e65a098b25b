//! What the tool is told, and in which words it refuses it: addresses of nodes, keys, keystores and amounts. Nothing that
//! may be a secret is ever repeated.

use std::io::Read;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

/// An account with a key that everybody knows.
const KEY: &str = "0x0000000000000000000000000000000000000000000000000000000000000001";
const SOMEBODY: &str = "0x00000000000000000000000000000000000000A1";
const SECRETS: [&str; 4] = ["someone", "passw0rd", "k3yInPath", "k3yInQuery"];

/// A run of the tool in the clone, with nothing but `variables` from the environment; the folder is its book's.
fn run(folder: &Path, variables: &[(&str, &str)], words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mrc53"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("MRC53_")) {
        command.env_remove(name);
    }
    command.env("MRC53_DEPLOYMENTS", folder).envs(variables.iter().copied()).args(words).output().unwrap()
}

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

/// What is said by a run that must end with exit code `code`.
fn ended(code: i32, variables: &[(&str, &str)], words: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), variables, words);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(code), "{words:?}: {said}");
    said
}

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Where nothing listens, with and without secrets.
fn dead() -> (String, String) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let secret = format!("http://someone:passw0rd@127.0.0.1:{port}/v2/k3yInPath?key=k3yInQuery");
    (secret, format!("http://127.0.0.1:{port}"))
}

/// A run of every verb that takes a URL.
fn verbs() -> Vec<Vec<&'static str>> {
    let facet = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/solidity/artifacts/DiamondHarness.json");
    vec![
        vec!["status"],
        vec!["record", "--all-open"],
        vec!["settle"],
        vec!["claim"],
        vec!["keepalive"],
        vec!["cache"],
        vec!["deploy", "--dry-run"],
        vec!["safe", "pause", "claiming"],
        vec!["diamond-cut", "--facet", facet, "--facet-address", SOMEBODY],
        vec!["replay", "--diamond", SOMEBODY, "--from", "2025-02-21", "--to", "2025-02-22"],
        vec!["demo", "--private-key", KEY],
    ]
}

#[test]
fn a_node_that_is_down_is_named_without_secrets_by_every_verb_and_may_be_tried_again() {
    let (secret, shown) = dead();
    std::thread::scope(|scope| {
        for words in verbs() {
            let (secret, shown) = (&secret, &shown);
            scope.spawn(move || {
                let said = ended(1, &[], &[&words[..], &["--rpc-url", secret]].concat());

                assert!(said.contains(&format!("error: no node answers at {shown}: nothing listens there")), "{said}");
                assert!(!SECRETS.iter().any(|secret| said.contains(secret)), "{said}");
            });
        }
    });
}

#[test]
fn a_node_behind_tls_is_spoken_to_in_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let first = std::thread::spawn(move || {
        let (mut client, mut byte) = (listener.accept().unwrap().0, [0]);
        client.read_exact(&mut byte).unwrap();
        byte
    });

    let said = ended(1, &[], &["status", "--rpc-url", &url]);

    // The type of a record that shakes hands.
    assert_eq!(first.join().unwrap(), [22]);
    assert!(said.contains(&format!("no node answers at {url}")), "{said}");
}

#[test]
fn no_help_and_no_refused_argument_shows_an_address() {
    let (secret, _) = dead();
    for words in verbs() {
        let acts = words.iter().take_while(|word| !word.starts_with('-'));
        let help: Vec<&str> = acts.copied().filter(|word| *word != "claiming").chain(["--help"]).collect();
        let said = ended(0, &[("MRC53_RPC_URL", &secret), ("MRC53_PRIVATE_KEY", "passw0rd")], &help);
        assert!(!SECRETS.iter().any(|secret| said.contains(secret)), "{help:?}: {said}");
    }
    for words in [vec!["status", &secret], vec!["status", "--network", &secret], vec!["status", "--subnet", &secret]] {
        let said = ended(2, &[], &words);
        assert!(!SECRETS.iter().any(|secret| said.contains(secret)), "{said}");
    }
}

#[test]
fn what_is_no_http_address_is_refused_by_its_place_and_never_repeated() {
    for (url, words) in [
        ("someone:passw0rd@localhost:8547/k3yInPath", "must begin with http:// or https://"),
        ("localhost:8547", "must begin with http:// or https://"),
        ("ws://127.0.0.1:8547/k3yInPath", "is a websocket address"),
        ("http://someone:passw0rd@:1/k3yInPath", "is no URL"),
    ] {
        for said in [ended(2, &[("MRC53_RPC_URL", url)], &["status"]), ended(2, &[], &["status", "--rpc-url", url])] {
            assert!(said.contains(&format!("error: --rpc-url or MRC53_RPC_URL {words}")), "{said}");
            assert!(!SECRETS.iter().any(|secret| said.contains(secret)), "{said}");
        }
    }
    assert!(ended(2, &[], &["status", "--rpc-url", ""]).contains("is empty"));
}

#[test]
fn an_empty_variable_counts_as_none() {
    let (secret, shown) = dead();
    let folder = tempfile::tempdir().unwrap();
    let network = format!("name = \"here\"\nchain_id = 412346\nrpc_url = \"{secret}\"");
    let network = file(folder.path(), "here.toml", &network);

    let empty = [("MRC53_RPC_URL", ""), ("MRC53_PRIVATE_KEY", ""), ("MRC53_NETWORK", ""), ("MRC53_TOOLCHAIN", "")];
    let said = ended(1, &empty, &["settle", "--network", &network]);

    assert!(said.contains(&format!("no node answers at {shown}")), "{said}");
    let said = ended(2, &[("MRC53_PRIVATE_KEY", "")], &["settle", "--network", "arbitrum-sepolia"]);
    assert!(said.contains("nobody to sign"), "{said}");
}

#[test]
fn what_is_wrong_with_a_keystore_is_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let key = alloy::signers::local::PrivateKeySigner::random();
    let mut random = alloy::signers::k256::elliptic_curve::rand_core::OsRng;
    alloy::signers::local::LocalSigner::encrypt_keystore(
        folder.path(),
        &mut random,
        key.to_bytes(),
        "right",
        Some("key"),
    )
    .unwrap();
    let keystore = folder.path().join("key").to_str().unwrap().to_owned();
    let bare = file(folder.path(), "bare", KEY);
    let json = file(folder.path(), "other.json", r#"{"crypto": {}}"#);
    let with = |keystore: &str, password: &str| {
        let said = ended(2, &[("MRC53_KEYSTORE_PASSWORD", password)], &["settle", "--keystore", keystore]);
        assert!(said.starts_with(&format!("error: {keystore}: ")) && said.trim_end().lines().count() == 1, "{said}");
        assert!(!said.contains(&KEY[60..]) && !said.contains("serde") && !said.contains("Mac"), "{said}");
        said
    };

    assert!(with(&keystore, "wrong").contains("wrong password"));
    assert!(with(&keystore, "").contains("wrong password, an empty one was given"));
    assert!(with(&bare, "x").contains("no keystore") && with(&bare, "x").contains("MRC53_PRIVATE_KEY"));
    assert!(with(&json, "x").contains("cannot be read"));
    assert!(with(folder.path().to_str().unwrap(), "x").contains("it is a folder"));
}

#[test]
fn what_is_no_amount_or_number_is_refused_wherever_it_is_an_argument() {
    for text in
        ["", ".", "_", "-0", "-5", "+5", "5.", ".5", "1_000", "12,000", "1e4", "0x10", "5 ", "0.0000000000000000001"]
    {
        for words in [
            vec!["safe", "min-stake", "--mor", text],
            vec!["cache", "--bid", text],
            vec!["keepalive", "--due", text],
            vec!["deploy", "--first-day", text],
            vec!["safe", "void-days", "--to", "20141", "--from", text],
            vec!["settle", "--max-days", text],
            vec!["claim", "--max-changes", text],
            vec!["record", "--all-open", "--min-seconds", text],
            vec!["devnode", "--timestamp", text],
            vec!["replay", "--behind", text],
            vec!["replay", "--max-session-days", text],
        ] {
            let (flag, rest) = (words[words.len() - 2], &words[..words.len() - 2]);
            let assigned = format!("{flag}={text}");
            let said = ended(2, &[], &[rest, &[&assigned]].concat());
            assert!(said.contains(flag) && said.contains(&format!("'{text}'")), "{words:?}: {said}");
        }
    }
}

#[test]
fn what_is_no_amount_in_a_network_file_is_refused_with_file_and_text() {
    let folder = tempfile::tempdir().unwrap();
    for text in ["", "_", "-5", "0x10", "1_000", "0.5", " 5"] {
        let settings = format!("[settings]\nmin_subnet_stake_wei = \"{text}\"");
        let network = format!("name = \"x\"\nchain_id = 7\nrpc_url = \"http://127.0.0.1:1\"\n{settings}");
        let network = file(folder.path(), "network.toml", &network);

        let said = ended(2, &[], &["deploy", "--network", &network, "--dry-run"]);

        assert!(said.starts_with(&format!("error: {network}: ")) && said.contains(text), "{text}: {said}");
    }
}
