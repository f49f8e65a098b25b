//! `docs/networks.md` and its schema say what a network file may hold: all of it, and nothing else.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use mrc53_node::profile::{Inputs, Network, Settings};
use mrc53_suite::terms::{DEFAULT_WINDOW_DAYS, MAX_WINDOW_DAYS, MIN_WINDOW_DAYS};
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

/// The page's examples: a suite on one chain, and one whose sessions are on Base.
fn examples() -> [String; 2] {
    let page = page();
    let blocks = page.split("```toml\n").skip(1).map(|rest| rest.split_once("```").unwrap().0.to_owned());
    blocks.collect::<Vec<_>>().try_into().unwrap()
}

fn example() -> String {
    examples()[0].clone()
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
    assert_eq!(described("/properties/base/properties"), taken("[base]"));
    assert_eq!(described("/properties/ethereum/properties"), taken("[ethereum]"));
}

#[test]
fn the_page_has_a_row_for_every_key_and_the_examples_hold_them_all() {
    let (page, examples) = (page(), examples().concat());
    let tables = ["inputs", "settings", "base", "ethereum"];
    let sections = [("", String::new())].into_iter().chain(tables.map(|it| (it, format!("{it}."))));
    for (table, prefix) in sections {
        let nested =
            if table.is_empty() { "/properties".to_owned() } else { format!("/properties/{table}/properties") };
        for key in described(&nested).into_iter().filter(|key| !tables.contains(&key.as_str())) {
            assert!(page.contains(&format!("| `{prefix}{key}` | ")), "{prefix}{key} has no row");
            assert!(examples.lines().any(|line| line.starts_with(&format!("{key} = "))), "{key} is in no example");
        }
    }
}

#[test]
fn the_examples_are_networks_and_fit_the_schema() {
    let [one, three] = examples();
    assert_eq!([faults(&one), faults(&three)], [None, None]);
    assert_eq!(
        read(&three).unwrap().on_base.map(|it| (it.base.chain_id, it.ethereum.chain_id)),
        Some((84_532, 11_155_111))
    );
    let network = read(&one).unwrap();
    assert!(network.on_base.is_none());
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
    assert_eq!(default("window_days"), json!(DEFAULT_WINDOW_DAYS));
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
    for (name, end, days) in
        [("MIN_WINDOW_DAYS", "minimum", MIN_WINDOW_DAYS), ("MAX_WINDOW_DAYS", "maximum", MAX_WINDOW_DAYS)]
    {
        assert_eq!([bound("window_days", end), constant("usage-proofs/src/lib.rs", name)], [u64::from(days); 2]);
    }
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
        ("grace_days = 3", "window_days = 7"),
    ] {
        require_both_refuse(&example(), good, bad);
    }
    let [_, three] = examples();
    let table = |name: &str| {
        format!("[{name}]{}", three.split_once(&format!("[{name}]")).unwrap().1.split_once("\n\n").unwrap().0)
    };
    for (good, bad) in [
        ("window_days = 7", "window_days = 2"),
        ("window_days = 7", "window_days = 31"),
        ("window_days = 7", "window_days = \"7\""),
        ("diamond = \"0x6e4d0B775E3C3b02683A6F277Ac80240C4aFF930\"\n", ""),
        ("portal = \"0x49f53e41452C74589E85cA1677426Ba426459e85\"\n", ""),
        ("inbox = \"0xaAe29B0366299461418F5324a79Afc425BE5ae21\"\n", ""),
        ("rpc_url = \"http://127.0.0.1:9545\"", "rpc_url = \"127.0.0.1:9545\""),
        ("chain_id = 84532", "chain_id = \"84532\""),
        ("[settings]", "[inputs]\ndiamond = \"0xb8C55cD613af947E73E262F0d3C54b7211Af16CF\"\n[settings]"),
        (&table("base"), ""),
        (&table("ethereum"), ""),
    ] {
        require_both_refuse(&three, good, bad);
    }
}

/// Tool and schema refuse the example `text` once `good` is `bad`, the tool on one line.
fn require_both_refuse(text: &str, good: &str, bad: &str) {
    let changed = text.replace(good, bad);
    assert_ne!(changed, text, "{good}");
    let refusal = read(&changed).unwrap_err();
    assert_eq!(refusal.lines().count(), 1, "{refusal}");
    assert!(faults(&changed).is_some(), "{bad}");
}

#[test]
fn windows_of_the_shortest_and_the_longest_are_taken() {
    let [_, three] = examples();
    for days in [MIN_WINDOW_DAYS, MAX_WINDOW_DAYS] {
        let text = three.replace("window_days = 7", &format!("window_days = {days}"));
        assert_eq!(read(&text).unwrap().settings.window_days, Some(days));
        assert_eq!(faults(&text), None);
    }
}

#[test]
fn what_contradicts_itself_is_refused_with_what_helps() {
    let [one, three] = examples();
    let said = |text: &str, good: &str, bad: &str| read(&text.replace(good, bad)).unwrap_err();
    for (refusal, words) in [
        (said(&three, "chain_id = 84532", "chain_id = 412346"), "Arbitrum and Base are both chain 412346"),
        (said(&three, "chain_id = 11155111", "chain_id = 412346"), "Arbitrum and Ethereum are both chain 412346"),
        (said(&three, "chain_id = 11155111", "chain_id = 84532"), "Base and Ethereum are both chain 84532"),
        (
            said(
                &three,
                "[settings]",
                "[inputs]\ndiamond = \"0xb8C55cD613af947E73E262F0d3C54b7211Af16CF\"\n[settings]",
            ),
            "leave this out",
        ),
        (
            said(&three, "window_days = 7", "window_days = 2"),
            "`window_days`: a window of 2 days is not within 3 and 30",
        ),
        (said(&one, "grace_days = 3", "window_days = 7"), "it takes [base] and [ethereum]"),
    ] {
        assert!(refusal.contains(words), "{refusal}");
    }
}

#[test]
fn the_networks_beside_the_books_are_networks_and_leave_what_holds_money_to_the_deployer() {
    let folder = docs().parent().unwrap().join("deployments");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = files.filter(|file| file.extension().is_some_and(|it| it == "toml")).collect();
    assert!(!files.is_empty());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        assert_eq!(faults(&text), None, "{}", file.display());
        assert_eq!(read(&text).unwrap().inputs, Inputs::default(), "{}", file.display());
    }
}
