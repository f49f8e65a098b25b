//! What only a development chain can do: time travel, snapshots, writing into the state, impersonation.

use crate::support::{Node, counter_code, counter_init_code};
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use mrc53_devnode::config::Config;
use mrc53_devnode::node::{Devnode, StartError};
use serde_json::json;

/// 2025-02-21 00:00 UTC.
const START: u64 = 1_740_096_000;
const DAY: u64 = 86_400;

fn node_of_2025() -> Node {
    Node::with(&Config { genesis_timestamp: Some(START), ..Config::ephemeral() })
}

async fn last_timestamp(node: &Node) -> u64 {
    node.provider.get_block(alloy::eips::BlockId::latest()).await.unwrap().unwrap().header.timestamp
}

fn payment(to: Address) -> TransactionRequest {
    TransactionRequest::default().with_to(to).with_value(U256::from(1))
}

#[tokio::test]
async fn the_chain_begins_at_the_time_asked_for() {
    let node = node_of_2025();
    assert_eq!(last_timestamp(&node).await, START);
    node.rpc("evm_mine", json!([])).await.unwrap();
    assert!((START..START + 60).contains(&last_timestamp(&node).await));
}

#[tokio::test]
async fn the_next_transaction_gets_exactly_the_timestamp_that_was_set() {
    let node = node_of_2025();
    node.rpc("evm_setNextBlockTimestamp", json!([START + 5 * DAY])).await.unwrap();
    node.send(payment(Address::repeat_byte(1))).await;
    assert_eq!(last_timestamp(&node).await, START + 5 * DAY);
}

#[tokio::test]
async fn time_does_not_run_backwards() {
    let node = node_of_2025();
    node.rpc("evm_mine", json!([START + DAY])).await.unwrap();
    let (code, message) = node.rpc("evm_setNextBlockTimestamp", json!([START])).await.unwrap_err();
    assert_eq!(code, -32602);
    assert!(message.contains("is before that of the last block"), "{message}");
}

#[tokio::test]
async fn increasing_time_shows_in_the_next_block_and_in_estimates_before_it() {
    let node = node_of_2025();
    // TIMESTAMP, PUSH0, SSTORE, TIMESTAMP, PUSH0, MSTORE, return it
    let clock = Address::repeat_byte(0xcc);
    node.set_code(clock, Bytes::from_static(&[0x42, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3])).await;
    node.rpc("evm_increaseTime", json!([10 * DAY])).await.unwrap();

    let request = TransactionRequest::default().with_to(clock);
    let pending = node.provider.call(request.clone()).pending().await.unwrap();
    let latest = node.provider.call(request).latest().await.unwrap();

    assert!(U256::from_be_slice(&pending) >= U256::from(START + 10 * DAY));
    assert_eq!(U256::from_be_slice(&latest), U256::from(START));
}

#[tokio::test]
async fn a_snapshot_brings_back_state_blocks_and_time() {
    let node = node_of_2025();
    let to = Address::repeat_byte(2);
    let snapshot = node.rpc("evm_snapshot", json!([])).await.unwrap();
    node.rpc("evm_increaseTime", json!([100 * DAY])).await.unwrap();
    let receipt = node.send(payment(to)).await;
    node.rpc("anvil_setBalance", json!([Address::repeat_byte(3), "0x5"])).await.unwrap();

    assert_eq!(node.rpc("evm_revert", json!([snapshot])).await.unwrap(), json!(true));

    assert_eq!(node.provider.get_block_number().await.unwrap(), 0);
    assert_eq!(node.provider.get_balance(to).await.unwrap(), U256::ZERO);
    assert_eq!(node.provider.get_balance(Address::repeat_byte(3)).await.unwrap(), U256::ZERO);
    let gone = node.provider.get_transaction_by_hash(receipt.transaction_hash).await.unwrap();
    assert!(gone.is_none());
    node.rpc("evm_mine", json!([])).await.unwrap();
    assert!(last_timestamp(&node).await < START + DAY);
    assert_eq!(node.rpc("evm_revert", json!([snapshot])).await.unwrap(), json!(false));
}

#[tokio::test]
async fn a_state_of_the_past_is_read_as_it_was() {
    let node = node_of_2025();
    let counter = node.deploy(counter_init_code()).await.contract_address.unwrap();
    for _ in 0..3 {
        node.send(TransactionRequest::default().with_to(counter)).await;
    }
    for (block, count) in [(1, 0), (2, 1), (3, 2), (4, 3)] {
        let slot = node.provider.get_storage_at(counter, U256::ZERO).number(block).await.unwrap();
        assert_eq!(slot, U256::from(count), "block {block}");
        let request = TransactionRequest::default().with_to(counter);
        let answer = node.provider.call(request).number(block).await.unwrap();
        assert_eq!(U256::from_be_slice(&answer), U256::from(count + 1), "block {block}");
    }
    let code = node.provider.get_code_at(counter).number(0).await.unwrap();
    assert!(code.is_empty());
}

#[tokio::test]
async fn an_impersonated_account_sends_without_a_signature() {
    let node = node_of_2025();
    let whale = Address::repeat_byte(0x33);
    let to = Address::repeat_byte(0x44);
    node.rpc("anvil_setBalance", json!([whale, "0xde0b6b3a7640000"])).await.unwrap();
    let request = json!([{"from": whale, "to": to, "value": "0x7"}]);
    assert_eq!(node.rpc("eth_sendTransaction", request.clone()).await.unwrap_err().0, -32000);

    node.rpc("anvil_impersonateAccount", json!([whale])).await.unwrap();
    node.rpc("eth_sendTransaction", request.clone()).await.unwrap();
    node.rpc("anvil_stopImpersonatingAccount", json!([whale])).await.unwrap();

    assert_eq!(node.provider.get_balance(to).await.unwrap(), U256::from(7));
    assert_eq!(node.rpc("eth_sendTransaction", request).await.unwrap_err().0, -32000);
}

#[tokio::test]
async fn nonce_slot_and_code_can_be_set() {
    let node = node_of_2025();
    let account = Address::repeat_byte(0x55);
    node.rpc("anvil_setNonce", json!([account, 9])).await.unwrap();
    node.rpc("hardhat_setCode", json!([account, counter_code()])).await.unwrap();
    let word = B256::with_last_byte(41);
    node.rpc("anvil_setStorageAt", json!([account, "0x0", word])).await.unwrap();

    assert_eq!(node.provider.get_transaction_count(account).await.unwrap(), 9);
    let answer = node.provider.call(TransactionRequest::default().with_to(account)).await.unwrap();
    assert_eq!(U256::from_be_slice(&answer), U256::from(42));
}

#[tokio::test]
async fn blocks_can_be_mined_by_themselves() {
    let node = Node::with(&Config { block_interval: Some(1), ..Config::ephemeral() });
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    assert!(node.provider.get_block_number().await.unwrap() >= 1);
}

/// Seconds from 1970 to the end of the year 9999.
const END_OF_9999: u64 = 253_402_300_800;

#[tokio::test]
async fn no_time_beyond_the_year_9999_is_taken_and_so_no_milliseconds() {
    let node = node_of_2025();
    let late = END_OF_9999;
    for (method, params) in [
        ("evm_setTime", json!([(START + DAY) * 1_000])),
        ("anvil_setTime", json!([late])),
        ("evm_setNextBlockTimestamp", json!([late])),
        ("anvil_setNextBlockTimestamp", json!([format!("{late:#x}")])),
        ("evm_increaseTime", json!([late - START])),
        ("anvil_increaseTime", json!([u64::MAX])),
        ("evm_mine", json!([late])),
        ("evm_mine", json!([{"timestamp": late}])),
        ("hardhat_mine", json!([3, (late - START) / 2 + 1])),
        ("anvil_mine", json!([100, u64::MAX])),
        ("anvil_setBlockTimestampInterval", json!([late - START])),
    ] {
        let (code, message) = node.rpc(method, params.clone()).await.expect_err(method);
        assert_eq!(code, -32602, "{method} {params}");
        assert!(message.contains("is beyond the year 9999"), "{method} {params}: {message}");
    }
    assert_eq!(node.rpc("eth_blockNumber", json!([])).await.unwrap(), json!("0x0"), "nothing was mined");
    node.rpc("evm_mine", json!([late - 1])).await.unwrap();
    assert_eq!(last_timestamp(&node).await, late - 1);
}

#[tokio::test]
async fn the_clock_can_be_set_in_seconds_and_says_how_far_it_moved() {
    let node = node_of_2025();
    let moved = node.rpc("evm_setTime", json!([START + 3 * DAY])).await.unwrap().as_u64().unwrap();
    assert!((3 * DAY - 60..=3 * DAY).contains(&moved), "{moved}");
    node.rpc("evm_mine", json!([])).await.unwrap();
    assert!((START + 3 * DAY..START + 3 * DAY + 60).contains(&last_timestamp(&node).await));
    let (_, message) = node.rpc("evm_setTime", json!([START])).await.unwrap_err();
    assert!(message.contains("is before that of the last block"), "{message}");
}

#[tokio::test]
async fn blocks_can_be_an_exact_interval_apart() {
    let node = node_of_2025();
    node.rpc("anvil_setBlockTimestampInterval", json!([12])).await.unwrap();
    node.rpc("anvil_mine", json!([3])).await.unwrap();
    node.send(payment(Address::repeat_byte(1))).await;
    assert_eq!(last_timestamp(&node).await, START + 48);
    assert_eq!(node.rpc("anvil_removeBlockTimestampInterval", json!([])).await.unwrap(), json!(true));
    assert_eq!(node.rpc("anvil_removeBlockTimestampInterval", json!([])).await.unwrap(), json!(false));
}

#[tokio::test]
async fn mining_at_an_interval_can_be_turned_on_and_off() {
    let node = node_of_2025();
    node.rpc("evm_setIntervalMining", json!([1])).await.unwrap();
    assert_eq!(node.rpc("anvil_getIntervalMining", json!([])).await.unwrap(), json!(1));
    tokio::time::sleep(std::time::Duration::from_millis(2_500)).await;
    node.rpc("evm_setIntervalMining", json!([0])).await.unwrap();
    let mined = node.provider.get_block_number().await.unwrap();
    assert!(mined >= 1);
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    assert_eq!(node.provider.get_block_number().await.unwrap(), mined);

    let (code, message) = node.rpc("evm_setIntervalMining", json!([1_000])).await.unwrap_err();
    assert_eq!(code, -32602);
    assert!(message.contains("in seconds, not milliseconds"), "{message}");
}

#[tokio::test]
async fn a_reset_brings_back_the_beginning_and_another_instance() {
    let node = node_of_2025();
    let before = node.rpc("hardhat_metadata", json!([])).await.unwrap();
    let filter = node.rpc("eth_newBlockFilter", json!([])).await.unwrap();
    node.send(payment(Address::repeat_byte(1))).await;
    // As viem sends it where no fork is asked for.
    node.rpc("anvil_reset", json!([{"forking": {"blockNumber": null}}])).await.unwrap();

    let after = node.rpc("hardhat_metadata", json!([])).await.unwrap();
    assert_eq!(node.provider.get_balance(Address::repeat_byte(1)).await.unwrap(), U256::ZERO);
    assert_eq!((&after["latestBlockNumber"], last_timestamp(&node).await), (&json!(0), START));
    assert_ne!(before["instanceId"], after["instanceId"]);
    node.rpc("evm_mine", json!([])).await.unwrap();
    let changes = node.rpc("eth_getFilterChanges", json!([filter])).await.unwrap();
    assert_eq!(changes.as_array().unwrap().len(), 1);

    let fork = json!([{"forking": {"jsonRpcUrl": "http://127.0.0.1:1"}}]);
    let (code, message) = node.rpc("hardhat_reset", fork).await.unwrap_err();
    assert_eq!((code, message.as_str()), (-32602, "this node forks no other chain: leave `forking` out"));
}

#[tokio::test]
async fn what_is_fixed_is_accepted_as_it_is_and_refused_otherwise() {
    let node = node_of_2025();
    let recipient = "0xa4b000000000000000000073657175656e636572";
    for (method, same, other, words) in [
        ("hardhat_setNextBlockBaseFeePerGas", json!("0x5f5e100"), json!("0x0"), "the base fee is 100000000, not 0"),
        ("hardhat_setMinGasPrice", json!("0x0"), json!("0x5f5e101"), "the price of gas is 100000000 wei"),
        ("evm_setBlockGasLimit", json!("0x4000000000000"), json!("0x1c9c380"), "the gas limit of a block"),
        ("anvil_setCoinbase", json!(recipient), json!(Address::ZERO), "the fee recipient of a block"),
        ("hardhat_setPrevRandao", json!(B256::with_last_byte(1)), json!(B256::ZERO), "`prevrandao` of a block is 1"),
        ("anvil_setChainId", json!(412_346), json!(1), "the chain id is 412346, not 1"),
        ("evm_setAutomine", json!(true), json!(false), "every transaction is mined at once"),
    ] {
        assert_eq!(node.rpc(method, json!([same])).await.unwrap(), json!(true), "{method}");
        let (code, message) = node.rpc(method, json!([other])).await.unwrap_err();
        assert_eq!(code, -32000, "{method}");
        assert!(message.contains(words), "{method}: {message}");
    }
}

#[tokio::test]
async fn a_mined_transaction_cannot_be_dropped_and_no_other_is_there() {
    let node = node_of_2025();
    let mined = node.send(payment(Address::repeat_byte(1))).await.transaction_hash;
    assert_eq!(node.rpc("anvil_dropTransaction", json!([B256::ZERO])).await.unwrap(), json!(false));
    let (_, message) = node.rpc("hardhat_dropTransaction", json!([mined])).await.unwrap_err();
    assert!(message.contains("cannot be dropped: it is mined, in block 1"), "{message}");
    assert_eq!(node.rpc("txpool_status", json!([])).await.unwrap(), json!({"pending": "0x0", "queued": "0x0"}));
}

#[tokio::test]
async fn what_the_node_cannot_do_is_refused_with_the_reason() {
    let node = node_of_2025();
    for (method, words) in [
        ("anvil_dumpState", "--dump-state"),
        ("hardhat_loadState", "--load-state"),
        ("anvil_setRpcUrl", "forks no other chain"),
        ("anvil_reorg", "evm_revert"),
        ("miner_stop", "mined at once"),
    ] {
        let (code, message) = node.rpc(method, json!(["0x"])).await.unwrap_err();
        assert_eq!(code, -32000, "{method}");
        assert!(message.contains(words), "{method}: {message}");
    }
}

#[tokio::test]
async fn ganaches_names_write_into_the_state_too() {
    let node = node_of_2025();
    let account = Address::repeat_byte(0x77);
    node.rpc("evm_setAccountBalance", json!([account, "0x9"])).await.unwrap();
    node.rpc("evm_setAccountNonce", json!([account, "0x5"])).await.unwrap();
    node.rpc("evm_setAccountCode", json!([account, "0x00"])).await.unwrap();
    assert_eq!(node.provider.get_balance(account).await.unwrap(), U256::from(9));
    assert_eq!(node.provider.get_transaction_count(account).await.unwrap(), 5);
    assert_eq!(node.provider.get_code_at(account).await.unwrap(), Bytes::from_static(&[0]));
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let node = node_of_2025();
    let port = node.handle.port();
    let second = Devnode::start(&Config { port, ..Config::default() });
    assert!(matches!(second, Err(StartError::PortInUse(taken)) if taken == port));
}

#[tokio::test]
async fn a_state_file_that_is_none_is_refused_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    std::fs::write(&file, "{}").unwrap();
    let started = Devnode::start(&Config { load_state: Some(file.clone()), ..Config::ephemeral() });
    let message = started.unwrap_err().to_string();
    assert!(message.contains(&file.display().to_string()), "{message}");
}
