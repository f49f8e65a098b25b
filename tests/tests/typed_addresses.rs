//! Addresses in files: each of a network file, a book and a scenario is read as one on the command line is. The
//! command line's own are in `scripts/src/cli/address_tests.rs`.

use std::path::Path;

use alloy::primitives::B256;
use mrc53_console::addresses::read;
use mrc53_console::failure::BadInput;
use mrc53_node::book::{Argument, Book, Record};
use mrc53_node::profile::Network;
use mrc53_stage::scenario::Scenario;
use serde_json::Value;

use crate::suite_support::run;

/// Addresses as EIP-55 spells them.
const RIGHT: [&str; 2] = ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x3f1Eae7D46d88F08fc2F8ed27FCb2AB183EB2d0E"];
/// The first with a letter in the wrong case, and with a digit mistyped.
const WRONG: [&str; 2] = ["0x5aAEb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAee"];

/// The addresses that a network file can name, and what stands before them.
const INPUTS: [&str; 4] = ["token", "diamond", "compute_pool", "owner"];
const HEAD: &str = "name = \"here\"\nchain_id = 7\nrpc_url = \"http://127.0.0.1:1\"\n[inputs]\n";

/// The same of a network whose sessions are on Base.
const ON_BASE: [&str; 3] = ["diamond", "portal", "inbox"];

/// A network file whose sessions are on Base, with these addresses in the order of [`ON_BASE`].
fn on_base([diamond, portal, inbox]: [&str; 3]) -> String {
    let url = "rpc_url = \"http://127.0.0.1:1\"";
    let ethereum = format!("[ethereum]\nchain_id = 9\n{url}\nportal = \"{portal}\"\ninbox = \"{inbox}\"\n");
    format!("name = \"here\"\nchain_id = 7\n{url}\n[base]\nchain_id = 8\n{url}\ndiamond = \"{diamond}\"\n{ethereum}")
}

/// The paths of all texts of `value` that `wanted` picks.
fn texts(value: &Value, wanted: &impl Fn(&str, &str) -> bool) -> Vec<String> {
    fn walk(value: &Value, path: &str, wanted: &impl Fn(&str, &str) -> bool, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                fields.iter().for_each(|(key, value)| walk(value, &format!("{path}/{key}"), wanted, found));
            }
            Value::Array(values) => {
                (0..).zip(values).for_each(|(at, value)| walk(value, &format!("{path}/{at}"), wanted, found));
            }
            Value::String(text) if wanted(path, text) => found.push(path.to_owned()),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(value, "", wanted, &mut found);
    found
}

fn require_refused(outcome: Result<(), String>, place: &str, wrong: &str) {
    let refusal = outcome.expect_err(&format!("{place}: {wrong} is taken"));
    assert!(refusal.contains(wrong) && refusal.contains("checksum"), "{place}: {refusal}");
    assert_eq!(refusal.lines().count(), 1, "{place}: {refusal}");
}

fn network(folder: &Path, token: &str, field: &str) -> Result<(), String> {
    find(folder, &format!("{HEAD}{field} = \"{token}\"\n")).map(drop)
}

fn find(folder: &Path, text: &str) -> Result<Network, String> {
    let file = folder.join("network.toml");
    std::fs::write(&file, text).unwrap();
    Network::find(file.to_str().unwrap()).map_err(|error: BadInput| error.to_string())
}

#[test]
fn every_address_of_a_network_file_is_read_strictly() {
    let folder = tempfile::tempdir().unwrap();
    for field in INPUTS {
        for right in [RIGHT[0].to_owned(), RIGHT[0].to_lowercase(), format!("0x{}", RIGHT[0][2..].to_uppercase())] {
            assert_eq!(network(folder.path(), &right, field), Ok(()), "{field}");
        }
        for wrong in WRONG {
            require_refused(network(folder.path(), wrong, field), field, wrong);
        }
    }
}

#[test]
fn every_address_of_a_network_on_base_is_read_strictly() {
    let folder = tempfile::tempdir().unwrap();
    for (at, field) in ON_BASE.into_iter().enumerate() {
        let mut addresses = [RIGHT[1]; 3];
        addresses[at] = RIGHT[0];
        assert!(find(folder.path(), &on_base(addresses)).is_ok(), "{field}");
        for wrong in WRONG {
            addresses[at] = wrong;
            require_refused(find(folder.path(), &on_base(addresses)).map(drop), field, wrong);
        }
    }
}

/// A book with an address wherever there can be one.
fn book(folder: &Path) -> Book {
    let file = folder.join("network.toml");
    let inputs = INPUTS.map(|field| format!("{field} = \"{}\"\n", RIGHT[0])).concat();
    std::fs::write(&file, format!("{HEAD}{inputs}")).unwrap();
    let mut book = Book::new(&Network::find(file.to_str().unwrap()).unwrap());
    let three = Book::new(&find(folder, &on_base([RIGHT[0]; 3])).unwrap());
    (book.inputs.base, book.inputs.ethereum) = (three.inputs.base, three.inputs.ethereum);
    book.contracts.push(Record {
        contract: "stake-alignment".into(),
        chain_id: None,
        address: RIGHT[0].parse().unwrap(),
        wasm_hash: None,
        code_hash: B256::ZERO,
        abi_hash: None,
        constructor: vec![Argument { name: "owner".into(), value: RIGHT[1].into() }],
        commit: None,
        transaction: None,
        block: None,
        toolchain: None,
    });
    book
}

#[test]
fn every_address_of_a_book_is_read_strictly() {
    let folder = tempfile::tempdir().unwrap();
    let whole = serde_json::to_value(book(folder.path())).unwrap();
    let here = Network::find(folder.path().join("network.toml").to_str().unwrap()).unwrap();
    let load = |json: &Value| {
        std::fs::write(Book::path(folder.path(), &here), json.to_string()).unwrap();
        Book::load(folder.path(), &here).map_err(|error| error.to_string())
    };
    let places = texts(&whole, &|_, text| read(text).is_ok());
    assert_eq!(places.len(), INPUTS.len() + ON_BASE.len() + 2, "{places:?}");
    for place in places {
        let mut json = whole.clone();
        for right in [RIGHT[0].to_lowercase(), RIGHT[0].to_owned()] {
            *json.pointer_mut(&place).unwrap() = right.into();
            assert!(load(&json).is_ok(), "{place}");
        }
        for wrong in WRONG {
            *json.pointer_mut(&place).unwrap() = wrong.into();
            require_refused(load(&json).map(drop), &place, wrong);
        }
    }
}

#[test]
fn a_name_of_a_scenario_that_is_an_address_is_read_strictly() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/week.json")).unwrap();
    let whole: Value = serde_json::from_str(&text).unwrap();
    let is_account =
        |path: &str, _: &str| ["/subnet", "/staker", "/receiver"].iter().any(|field| path.ends_with(field));
    let places = texts(&whole, &is_account);
    assert!(places.len() > 10, "{places:?}");
    for place in places {
        let mut json = whole.clone();
        *json.pointer_mut(&place).unwrap() = RIGHT[0].into();
        assert!(Scenario::parse(&json.to_string()).is_ok(), "{place}");
        for wrong in WRONG {
            *json.pointer_mut(&place).unwrap() = wrong.into();
            require_refused(Scenario::parse(&json.to_string()).map(drop), &place, wrong);
        }
    }
}

#[test]
fn a_mistyped_address_ends_with_two_before_a_node_is_asked() {
    let nowhere = ["--rpc-url", "http://127.0.0.1:1"];
    for words in [["deploy", "--owner"], ["claim", "--staker"], ["record", "--subnet"], ["settle", "--unsigned-from"]] {
        let said = run(&[&words[..], &[WRONG[1]], &nowhere].concat()).failed(2);
        assert!(said.contains(WRONG[1]) && said.contains("checksum") && said.contains(words[1]), "{said}");
    }
}
