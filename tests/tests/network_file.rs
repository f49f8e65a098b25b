//! `docs/networks.md` and its schema say what a network file may hold: all of it, and nothing else.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mrc53_node::profile::{Network, Settings};
use serde_json::{Value, json};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("docs")
}

fn page() -> String {
    std::fs::read_to_string(docs().join("networks.md")).unwrap()
}

fn schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(docs().join("network.schema.json")).unwrap()).unwrap()
}

/// The page's example.
fn example() -> String {
    let page = page();
    let (_, rest) = page.split_once("```toml\n").unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

/// What the tool makes of a file.
fn read(text: &str) -> Result<Network, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("network.toml");
    std::fs::write(&file, text).unwrap();
    Network::find(file.to_str().unwrap()).map_err(|error| error.to_string())
}

/// What the schema has against a file; nothing if it fits.
fn faults(text: &str) -> Option<String> {
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("network", schema()).unwrap();
    let schema = compiler.compile("network", &mut schemas).unwrap();
    let document: Value = serde_json::to_value(toml::from_str::<toml::Value>(text).unwrap()).unwrap();
    schemas.validate(&document, schema).err().map(|error| error.to_string())
}

/// The keys that the tool takes in `table` of a file: it names them where it meets another.
fn taken(table: &str) -> BTreeSet<String> {
    let minimal = "name = \"x\"\nchain_id = 7\nrpc_url = \"http://127.0.0.1:1\"\n";
    let error = read(&if table.is_empty() {
        format!("other = 1\n{minimal}")
    } else {
        format!("{minimal}{table}\nother = 1\n")
    });
    let error = error.unwrap_err();
    error.split_once("expected").unwrap().1.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The keys that the schema has at `pointer`.
fn described(pointer: &str) -> BTreeSet<String> {
    schema().pointer(pointer).unwrap().as_object().unwrap().keys().cloned().collect()
}

#[test]
fn the_schema_has_the_keys_that_the_tool_takes() {
    assert_eq!(described("/properties"), taken(""));
    assert_eq!(described("/properties/inputs/properties"), taken("[inputs]"));
    assert_eq!(described("/properties/settings/properties"), taken("[settings]"));
}

#[test]
fn the_page_has_a_row_for_every_key_and_the_example_holds_them_all() {
    let (page, example) = (page(), example());
    let sections = [("", ""), ("/inputs", "inputs."), ("/settings", "settings.")];
    for (pointer, prefix) in sections {
        let nested =
            pointer.strip_prefix('/').map_or("/properties".to_owned(), |name| format!("/properties/{name}/properties"));
        for key in described(&nested).into_iter().filter(|key| !["inputs", "settings"].contains(&key.as_str())) {
            assert!(page.contains(&format!("| `{prefix}{key}` | ")), "{prefix}{key} has no row");
            assert!(example.lines().any(|line| line.starts_with(&format!("{key} = "))), "{key} is not in the example");
        }
    }
}

#[test]
fn the_example_is_a_network_and_fits_the_schema() {
    assert_eq!(faults(&example()), None);
    let network = read(&example()).unwrap();
    assert_eq!((network.name.as_str(), network.chain_id), ("my-devnet", 412_346));
    assert_eq!(network.settings, Settings { first_day: Some(20_140), ..Settings::default() });
}

#[test]
fn what_the_schema_says_is_taken_if_left_out_is_what_the_tool_takes() {
    let Settings { grace_days, lock_seconds, min_subnet_stake_wei, .. } = Settings::default();
    let default = |key: &str| schema()["properties"]["settings"]["properties"][key]["default"].clone();

    assert_eq!(default("grace_days"), json!(grace_days));
    assert_eq!(default("lock_seconds"), json!(lock_seconds));
    assert_eq!(default("min_subnet_stake_wei"), json!(min_subnet_stake_wei.to_string()));
    assert_eq!(default("weight"), json!("seconds"));
}

#[test]
fn the_bounds_of_the_schema_are_those_of_the_contracts() {
    let source = |file: &str| std::fs::read_to_string(docs().parent().unwrap().join("contracts").join(file)).unwrap();
    let constant = |file: &str, name: &str| -> u64 {
        let source = source(file);
        let (_, rest) = source.split_once(&format!("pub const {name}: ")).unwrap();
        let product = rest.split_once("= ").unwrap().1.split_once(';').unwrap().0;
        product.split(" * ").map(|factor| factor.replace('_', "").parse::<u64>().unwrap()).product()
    };
    let bound = |key: &str, end: &str| schema()["properties"]["settings"]["properties"][key][end].as_u64().unwrap();

    assert_eq!(bound("grace_days", "maximum"), constant("session-recorder/src/lib.rs", "MAX_GRACE_DAYS"));
    assert_eq!(bound("lock_seconds", "minimum"), constant("stake-alignment/src/admin.rs", "MIN_LOCK_SECONDS"));
    assert_eq!(bound("lock_seconds", "maximum"), constant("stake-alignment/src/admin.rs", "MAX_LOCK_SECONDS"));
}

#[test]
fn tool_and_schema_refuse_the_same_faults() {
    for (good, bad) in [
        ("grace_days = 3", "grace_day = 3"),
        ("chain_id = 412346", "chain_id = \"412346\""),
        ("weight = \"seconds\"", "weight = \"minutes\""),
        ("min_subnet_stake_wei = \"10000000000000000000000\"", "min_subnet_stake_wei = \"1e22\""),
        ("first_day = \"2025-02-21\"", "first_day = \"21 February\""),
        ("owner = \"0x3f1Eae7D46d88F08fc2F8ed27FCb2AB183EB2d0E\"", "owner = \"0x3f1E\""),
        ("name = \"my-devnet\"\n", ""),
    ] {
        let text = example().replace(good, bad);
        assert_ne!(text, example(), "{good}");
        assert!(read(&text).is_err(), "{bad}");
        assert!(faults(&text).is_some(), "{bad}");
    }
}
