//! Dumps: what is in them, where they are written, and what goes on from them.

use super::{SOMEONE, START, payment, refusal};
use crate::support::{Node, counter_init_code};
use alloy::network::TransactionBuilder;
use alloy::providers::Provider;
use alloy::rpc::types::{Filter, TransactionRequest};
use mrc53_devnode::config::{ArbosVersion, Config};
use mrc53_devnode::node::{Devnode, StartError};
use serde_json::{Value, json};
use std::path::Path;

/// A chain with a counter that counted once at block 2, a day of time and an empty block; stopped.
async fn dumped(file: &Path) -> (Value, TransactionRequest) {
    let config = Config { dump_state: Some(file.to_owned()), genesis_timestamp: Some(START), ..Config::ephemeral() };
    let node = Node::with(&config);
    let counter = node.deploy(counter_init_code()).await.contract_address.unwrap();
    let count = TransactionRequest::default().with_to(counter);
    node.send(count.clone()).await;
    node.rpc("evm_increaseTime", json!([86_400])).await.unwrap();
    node.rpc("evm_mine", json!([])).await.unwrap();
    let newest = node.rpc("eth_getBlockByNumber", json!(["latest", true])).await.unwrap();
    node.handle.stop().unwrap();
    (newest, count)
}

fn loaded(file: &Path) -> Node {
    Node::with(&Config { load_state: Some(file.to_owned()), ..Config::ephemeral() })
}

fn refused(config: &Config) -> String {
    Devnode::start(config).unwrap_err().to_string()
}

#[tokio::test]
async fn a_loaded_chain_has_the_blocks_receipts_and_logs_of_the_dumped_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let (newest, count) = dumped(&file).await;

    let node = loaded(&file);

    assert_eq!(node.rpc("eth_getBlockByNumber", json!(["latest", true])).await.unwrap(), newest);
    assert_eq!(node.rpc("eth_getBlockByNumber", json!(["earliest", false])).await.unwrap()["number"], "0x0");
    let logs = node.provider.get_logs(&Filter::new().from_block(0)).await.unwrap();
    assert_eq!(logs.len(), 1);
    let receipt = node.provider.get_transaction_receipt(logs[0].transaction_hash.unwrap()).await.unwrap().unwrap();
    assert_eq!((receipt.block_number, receipt.status()), (Some(2), true));
    let next = node.send(count).await;
    assert_eq!((next.block_number, next.status()), (Some(4), true));
    assert_eq!(next.inner.logs()[0].data().data[..], alloy::primitives::B256::with_last_byte(2)[..]);
}

#[tokio::test]
async fn time_and_the_l1_number_go_on_where_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let (newest, _) = dumped(&file).await;
    let number = |block: &Value, field: &str| u64::from_str_radix(&block[field].as_str().unwrap()[2..], 16).unwrap();

    let node = loaded(&file);
    node.rpc("evm_mine", json!([])).await.unwrap();

    let next = node.rpc("eth_getBlockByNumber", json!(["latest", false])).await.unwrap();
    for (field, most) in [("timestamp", 60), ("l1BlockNumber", 5)] {
        let (before, after) = (number(&newest, field), number(&next, field));
        assert!((before..=before + most).contains(&after), "{field}: {before}, then {after}");
    }
}

#[tokio::test]
async fn the_states_before_a_dump_are_refused_by_number() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    dumped(&file).await;
    let node = loaded(&file);
    let (_, message) = refusal(&node, "eth_getBalance", json!([SOMEONE, "0x2"])).await;
    assert!(
        message.starts_with("the state after block 2 is no longer kept: the oldest is that of block 3"),
        "{message}"
    );
    assert!(node.rpc("eth_getBalance", json!([SOMEONE, "0x3"])).await.is_ok());
}

#[tokio::test]
async fn transactions_of_impersonated_accounts_keep_their_hashes_over_a_dump() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let node = Node::with(&Config { dump_state: Some(file.clone()), ..Config::ephemeral() });
    node.rpc("anvil_impersonateAccount", json!([SOMEONE])).await.unwrap();
    node.rpc("anvil_setBalance", json!([SOMEONE, "0xde0b6b3a7640000"])).await.unwrap();
    let hash = node.rpc("eth_sendTransaction", json!([{"from": SOMEONE, "to": SOMEONE}])).await.unwrap();
    node.handle.stop().unwrap();

    let found = loaded(&file).rpc("eth_getTransactionByHash", json!([hash])).await.unwrap();

    assert_eq!(found["from"], json!(SOMEONE));
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_refused_by_name_before_the_chain_starts() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no/such/folder/state.json");
    for path in [missing.as_path(), folder.path(), Path::new("/dev/null")] {
        let config = Config { dump_state: Some(path.to_owned()), ..Config::ephemeral() };
        let started = Devnode::start(&config);
        assert!(matches!(&started, Err(StartError::DumpState { path: named, .. }) if named == path), "{started:?}");
        assert!(started.unwrap_err().to_string().contains(path.to_str().unwrap()));
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left of the trial");
}

#[tokio::test]
async fn a_dump_replaces_the_file_that_a_link_points_at_and_leaves_nothing_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("state.json"), folder.path().join("link.json"));
    std::fs::write(&file, "the old state").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let node = Node::with(&Config { dump_state: Some(link.clone()), ..Config::ephemeral() });
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "the old state", "until the node stops");
    node.handle.stop().unwrap();

    assert!(link.is_symlink());
    assert!(loaded(&file).provider.get_block_number().await.is_ok());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[tokio::test]
async fn a_dump_that_fails_at_the_end_names_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gone/state.json");
    std::fs::create_dir(file.parent().unwrap()).unwrap();
    let node = Node::with(&Config { dump_state: Some(file.clone()), ..Config::ephemeral() });
    std::fs::remove_dir(file.parent().unwrap()).unwrap();
    let message = node.handle.stop().unwrap_err().to_string();
    assert!(message.starts_with(&format!("cannot write the state to {}", file.display())), "{message}");
}

#[tokio::test]
async fn a_dump_whose_blocks_do_not_follow_each_other_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    dumped(&file).await;
    let mut dump: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    dump["blocks"].as_array_mut().unwrap().remove(1);
    std::fs::write(&file, dump.to_string()).unwrap();
    let message = refused(&Config { load_state: Some(file), ..Config::ephemeral() });
    assert!(message.ends_with("block 1 does not follow the one before it"), "{message}");
}

#[tokio::test]
async fn a_loaded_chain_goes_on_as_its_arbos_or_a_later_one_but_never_back() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("50.json"), folder.path().join("60.json"));
    for (file, arbos_version) in [(&old, ArbosVersion::V50), (&new, ArbosVersion::V60)] {
        let node = Node::with(&Config { dump_state: Some(file.clone()), arbos_version, ..Config::ephemeral() });
        node.rpc("evm_mine", json!([])).await.unwrap();
        node.handle.stop().unwrap();
    }
    let config =
        |file: &Path, arbos_version| Config { load_state: Some(file.to_owned()), arbos_version, ..Config::ephemeral() };

    for (file, arbos) in [(&old, ArbosVersion::V50), (&old, ArbosVersion::V60), (&new, ArbosVersion::V60)] {
        Node::with(&config(file, arbos)).send(payment(SOMEONE)).await;
    }
    let message = refused(&config(&new, ArbosVersion::V50));
    assert!(message.ends_with("it runs ArbOS 60, and no chain goes back to 50"), "{message}");
}

#[tokio::test]
async fn a_loaded_chain_may_start_at_the_time_of_its_newest_block_but_not_before() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let (newest, _) = dumped(&file).await;
    let last = u64::from_str_radix(&newest["timestamp"].as_str().unwrap()[2..], 16).unwrap();
    let config = |timestamp| Config {
        load_state: Some(file.clone()),
        genesis_timestamp: Some(timestamp),
        ..Config::ephemeral()
    };
    assert!(refused(&config(last - 1)).ends_with(&format!("its time is {last}, later than {}", last - 1)));
    let node = Node::with(&config(last));
    assert_eq!(node.rpc("eth_getBlockByNumber", json!(["latest", true])).await.unwrap(), newest);
    node.send(payment(SOMEONE)).await;
}

#[test]
fn settings_that_make_no_chain_are_refused_by_value() {
    let with_id = |chain_id| Config { chain_id, ..Config::ephemeral() };
    let at = |timestamp| Config { genesis_timestamp: Some(timestamp), ..Config::ephemeral() };
    let largest = u64::MAX / 2 - 36;
    assert!(refused(&with_id(0)).contains("chain id 0 is not between 1 and"));
    assert!(refused(&with_id(largest + 1)).contains(&format!("chain id {} is not", largest + 1)));
    assert!(refused(&at(253_402_300_800)).contains("timestamp 253402300800 is beyond the year 9999"));
    for config in [with_id(1), with_id(largest), at(0), at(253_402_300_799)] {
        Devnode::start(&config).unwrap();
    }
}
