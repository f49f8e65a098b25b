//! The devnode as Foundry's `cast` sees it: the real binary, its own words, its own decoding.

use mrc53_devnode::config::DEV_ACCOUNT;
use serde_json::{Value, json};

use crate::clients_support::{Ended, Node, key, run, workspace};

const SOMEONE: &str = "0x00000000000000000000000000000000000000aa";
const TRANSFER: &str = "Transfer(address indexed,address indexed,uint256)";

/// A devnode with MOR on it.
struct Shell {
    node: Node,
    mor: String,
}

impl Shell {
    fn start() -> Self {
        let mut shell = Self { node: Node::start(), mor: String::new() };
        let artifact: Value = serde_json::from_str(include_str!("../solidity/artifacts/MorToken.json")).unwrap();
        let deployed = shell.sent(&["--create", artifact["bytecode"].as_str().unwrap()]);
        deployed["contractAddress"].as_str().unwrap().clone_into(&mut shell.mor);
        shell
    }

    fn cast(&self, words: &[&str]) -> Ended {
        Self::cast_at(&self.node.handle.url(), words)
    }

    fn cast_at(url: &str, words: &[&str]) -> Ended {
        let workspace = workspace();
        let (command, rest) = words.split_first().unwrap();
        let words = [&[*command, "--rpc-url", url], rest].concat();
        let mut ended = run(&mrc53_workshop::clients::cast(&workspace).unwrap(), workspace.root(), &words);
        // npm's wrapper drops cast's exit code.
        ended.succeeded &= !ended.errors.contains("Error: ");
        ended
    }

    /// What `cast` prints where it asks no node.
    fn decoded(words: &[&str]) -> String {
        let workspace = workspace();
        run(&mrc53_workshop::clients::cast(&workspace).unwrap(), workspace.root(), words).ok()
    }

    /// What `cast` prints, trimmed.
    fn says(&self, words: &[&str]) -> String {
        self.cast(words).ok().trim().to_owned()
    }

    /// The receipt of `cast send` with the dev account's key.
    fn sent(&self, words: &[&str]) -> Value {
        let key = key();
        let words = [&["send", "--json", "--private-key", key.as_str()], words].concat();
        serde_json::from_str(&self.cast(&words).ok()).unwrap()
    }

    fn minted(&self, amount: &str) -> Value {
        self.sent(&[&self.mor, "mint(address,uint256)", SOMEONE, amount])
    }
}

#[test]
fn cast_reads_the_chain_its_client_and_its_prices() {
    let shell = Shell::start();

    assert_eq!(shell.says(&["chain-id"]), "412346");
    assert_eq!(shell.says(&["client"]), concat!("mrc53-devnode/v", env!("CARGO_PKG_VERSION")));
    assert_eq!(shell.says(&["rpc", "net_version"]), "\"412346\"");
    assert_eq!(shell.says(&["gas-price"]), shell.says(&["base-fee"]));
}

#[test]
fn cast_sends_over_a_websocket_and_hears_of_the_block() {
    let shell = Shell::start();
    let url = shell.node.handle.url().replace("http", "ws");
    // Over a websocket cast waits for the receipt by subscribing to new heads.
    let ended = Shell::cast_at(&url, &["send", "--json", "--private-key", &key(), SOMEONE, "--value", "1"]);
    let receipt: Value = serde_json::from_str(&ended.ok()).unwrap();
    assert_eq!((&receipt["status"], &receipt["blockNumber"]), (&json!("0x1"), &json!("0x2")));
}

#[test]
fn cast_reads_blocks_by_number_tag_and_hash() {
    let shell = Shell::start();
    shell.minted("1");
    let hash = shell.says(&["block", "1", "--field", "hash"]);

    assert_eq!(shell.says(&["block-number"]), "2");
    assert_eq!(shell.says(&["block", "latest", "--field", "number"]), "2");
    assert_eq!(shell.says(&["block", &hash, "--field", "number"]), "1");
    assert_eq!(shell.says(&["block", "2", "--field", "parentHash"]), hash);
}

#[test]
fn cast_sends_value_as_type_2_type_1_and_legacy() {
    let shell = Shell::start();

    let dynamic = shell.sent(&[SOMEONE, "--value", "3wei"]);
    let access_list = shell.sent(&[SOMEONE, "--value", "4wei", "--legacy", "--access-list", "[]"]);
    let legacy = shell.sent(&[SOMEONE, "--value", "5wei", "--legacy"]);

    assert_eq!([&dynamic["type"], &access_list["type"], &legacy["type"]], ["0x2", "0x1", "0x0"]);
    assert_eq!(shell.says(&["balance", SOMEONE]), "12");
    assert_eq!(shell.says(&["nonce", &DEV_ACCOUNT.to_string()]), "4");
}

#[test]
fn cast_estimates_a_call_and_sends_it_with_that_gas() {
    let shell = Shell::start();
    let mint = [shell.mor.as_str(), "mint(address,uint256)", SOMEONE, "77"];

    let estimate = shell.says(&[&["estimate"], mint.as_slice()].concat());
    let receipt = shell.sent(&[mint.as_slice(), &["--gas-limit", &estimate]].concat());

    assert_eq!(receipt["status"], "0x1");
    assert_eq!(shell.says(&["call", &shell.mor, "balanceOf(address)(uint256)", SOMEONE]), "77");
}

#[test]
fn cast_finds_a_log_by_its_topics_and_range_and_in_the_receipt() {
    let shell = Shell::start();
    let receipt = shell.minted("77");
    shell.minted("78");
    let hash = receipt["transactionHash"].as_str().unwrap();

    let logs = ["logs", "--json", "--from-block", "0", "--to-block", "2", "--address", &shell.mor, TRANSFER];
    let found: Value = serde_json::from_str(&shell.says(&logs)).unwrap();

    assert_eq!(found, receipt["logs"]);
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(shell.says(&["receipt", hash, "logsBloom"]), receipt["logsBloom"].as_str().unwrap());
    assert_ne!(receipt["logsBloom"], json!(format!("0x{}", "0".repeat(512))));
}

#[test]
fn cast_reads_code_and_storage() {
    let shell = Shell::start();
    shell.minted("77");

    assert!(shell.says(&["code", &shell.mor]).len() > 1_000);
    assert_eq!(shell.says(&["code", SOMEONE]), "0x");
    assert_eq!(shell.says(&["storage", &shell.mor, "0"]), format!("0x{:064x}", 77));
}

#[test]
fn cast_decodes_the_error_of_a_call_that_reverts() {
    let shell = Shell::start();

    let errors = shell.cast(&["call", &shell.mor, "transfer(address,uint256)", SOMEONE, "1"]).failed();

    assert!(errors.contains("error code 3: execution reverted"), "{errors}");
    let data = errors.split('"').nth(1).unwrap();
    let decoded = Shell::decoded(&["decode-error", "--sig", "InsufficientBalance(address,uint256,uint256)", data]);
    assert_eq!(decoded.lines().map(str::trim).collect::<Vec<_>>()[1..], ["0", "1"]);
}

#[test]
fn cast_reads_a_proof_of_an_account_and_a_slot() {
    let shell = Shell::start();
    shell.minted("77");

    let proof: Value = serde_json::from_str(&shell.says(&["proof", &shell.mor, "0"])).unwrap();

    assert_eq!(proof["storageProof"][0]["value"], "0x4d");
    assert!(!proof["accountProof"].as_array().unwrap().is_empty());
}

#[test]
fn cast_traces_a_transaction_with_the_call_tracer() {
    let shell = Shell::start();
    let receipt = shell.minted("77");
    let hash = receipt["transactionHash"].as_str().unwrap();

    let trace = shell.says(&["rpc", "debug_traceTransaction", hash, r#"{"tracer":"callTracer"}"#]);
    let trace: Value = serde_json::from_str(&trace).unwrap();

    assert_eq!(trace["type"], "CALL");
    assert_eq!(trace["to"], json!(shell.mor));
    assert_eq!(trace["gasUsed"], receipt["gasUsed"]);
}
