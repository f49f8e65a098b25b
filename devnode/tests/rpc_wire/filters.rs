//! Filters that are polled, above all after `evm_revert`.

use crate::support::{Node, counter_init_code};
use alloy::primitives::{Address, B256};
use mrc53_devnode::config::DEV_ACCOUNT;
use serde_json::{Value, json};

/// A node with a contract that logs when it is called, and the contract.
async fn node_with_counter() -> (Node, Address) {
    let node = Node::start();
    let counter = node.deploy(counter_init_code()).await.contract_address.unwrap();
    (node, counter)
}

/// Sent by the node itself: alloy's provider counts nonces on after a revert.
async fn count(node: &Node, counter: Address) -> Value {
    node.rpc("eth_sendTransaction", json!([{"from": DEV_ACCOUNT, "to": counter}])).await.unwrap()
}

/// The transactions of the logs that are new, all of them in the chain.
async fn new_logs(node: &Node, id: &Value) -> Vec<Value> {
    let logs = node.rpc("eth_getFilterChanges", json!([id])).await.unwrap();
    let logs = logs.as_array().unwrap();
    assert!(logs.iter().all(|log| log["removed"] == false));
    logs.iter().map(|log| log["transactionHash"].clone()).collect()
}

#[tokio::test]
async fn after_a_revert_a_filter_reports_what_takes_the_place_of_what_is_gone() {
    let (node, counter) = node_with_counter().await;
    let filter = node.rpc("eth_newFilter", json!([{"address": counter}])).await.unwrap();
    let blocks = node.rpc("eth_newBlockFilter", json!([])).await.unwrap();
    let snapshot = node.rpc("evm_snapshot", json!([])).await.unwrap();
    for _ in 0..3 {
        count(&node, counter).await;
    }
    assert_eq!(new_logs(&node, &filter).await.len(), 3);
    node.rpc("eth_getFilterChanges", json!([blocks])).await.unwrap();

    node.rpc("evm_revert", json!([snapshot])).await.unwrap();
    assert_eq!(new_logs(&node, &filter).await, Vec::<Value>::new());
    node.rpc("evm_increaseTime", json!([100])).await.unwrap();
    let again = [count(&node, counter).await, count(&node, counter).await];

    assert_eq!(new_logs(&node, &filter).await, again);
    let hashes = node.rpc("eth_getFilterChanges", json!([blocks])).await.unwrap();
    assert_eq!(hashes.as_array().unwrap().len(), 2);
    assert_eq!(new_logs(&node, &filter).await, Vec::<Value>::new());
}

#[tokio::test]
async fn what_is_reverted_before_it_is_polled_is_never_reported() {
    let (node, counter) = node_with_counter().await;
    let filter = node.rpc("eth_newFilter", json!([{}])).await.unwrap();
    let snapshot = node.rpc("evm_snapshot", json!([])).await.unwrap();
    count(&node, counter).await;
    node.rpc("evm_revert", json!([snapshot])).await.unwrap();
    node.rpc("evm_increaseTime", json!([100])).await.unwrap();
    node.rpc("evm_mine", json!([])).await.unwrap();
    assert_eq!(new_logs(&node, &filter).await, Vec::<Value>::new());
    let kept = count(&node, counter).await;
    assert_eq!(new_logs(&node, &filter).await, [kept]);
}

#[tokio::test]
async fn a_filter_made_after_the_snapshot_outlives_the_revert() {
    let (node, counter) = node_with_counter().await;
    let snapshot = node.rpc("evm_snapshot", json!([])).await.unwrap();
    count(&node, counter).await;
    let filter = node.rpc("eth_newFilter", json!([{"fromBlock": "latest"}])).await.unwrap();
    node.rpc("evm_revert", json!([snapshot])).await.unwrap();
    let logged = count(&node, counter).await;
    assert_eq!(new_logs(&node, &filter).await, [logged]);
}

#[tokio::test]
async fn of_a_filters_range_numbers_bound_what_is_reported_and_tags_move_along() {
    let (node, counter) = node_with_counter().await;
    let mut filters = Vec::new();
    for range in [
        json!({"fromBlock": "latest"}),
        json!({"fromBlock": "latest", "toBlock": "latest"}),
        json!({"fromBlock": "0x3"}),
        json!({"toBlock": "0x3"}),
        json!({"fromBlock": "0x3", "toBlock": "0x3"}),
    ] {
        filters.push(node.rpc("eth_newFilter", json!([range])).await.unwrap());
    }
    // In blocks 2, 3 and 4.
    let logged = [count(&node, counter).await, count(&node, counter).await, count(&node, counter).await];
    for (filter, expected) in filters.iter().zip([&logged[..], &logged[..], &logged[1..], &logged[..2], &logged[1..2]])
    {
        assert_eq!(new_logs(&node, filter).await, expected);
    }
}

#[tokio::test]
async fn whole_transactions_are_reported_where_they_are_asked_for() {
    let (node, counter) = node_with_counter().await;
    let hashes = node.rpc("eth_newPendingTransactionFilter", json!([])).await.unwrap();
    let whole = node.rpc("eth_newPendingTransactionFilter", json!([true])).await.unwrap();
    let hash = count(&node, counter).await;
    assert_eq!(node.rpc("eth_getFilterChanges", json!([hashes])).await.unwrap(), json!([hash]));
    assert_eq!(node.rpc("eth_getFilterChanges", json!([whole])).await.unwrap()[0]["hash"], hash);
}

#[tokio::test]
async fn a_filter_that_is_not_there_is_refused_in_geths_words() {
    let (node, _) = node_with_counter().await;
    let id = node.rpc("eth_newFilter", json!([{}])).await.unwrap();
    let blocks = node.rpc("eth_newBlockFilter", json!([])).await.unwrap();
    assert_eq!(node.rpc("eth_uninstallFilter", json!([id])).await.unwrap(), json!(true));
    assert_eq!(node.rpc("eth_uninstallFilter", json!([id])).await.unwrap(), json!(false));
    for (method, id) in [
        ("eth_getFilterChanges", &id),
        ("eth_getFilterLogs", &id),
        ("eth_getFilterLogs", &blocks),
        ("eth_getFilterChanges", &json!("0x999")),
    ] {
        let refused = node.rpc(method, json!([id])).await.unwrap_err();
        assert_eq!(refused, (-32000, "filter not found".to_owned()), "{method} {id}");
    }
}

#[tokio::test]
async fn of_a_thousand_filters_the_one_not_asked_for_longest_gives_way() {
    let node = Node::start();
    let first = node.rpc("eth_newBlockFilter", json!([])).await.unwrap();
    let second = node.rpc("eth_newBlockFilter", json!([])).await.unwrap();
    for _ in 2..1_000 {
        node.rpc("eth_newBlockFilter", json!([])).await.unwrap();
    }
    node.rpc("eth_getFilterChanges", json!([first])).await.unwrap();
    node.rpc("eth_newBlockFilter", json!([])).await.unwrap();
    assert_eq!(node.rpc("eth_getFilterChanges", json!([first])).await.unwrap(), json!([]));
    assert_eq!(node.rpc("eth_uninstallFilter", json!([second])).await.unwrap(), json!(false));
}

#[tokio::test]
async fn a_filter_that_could_report_nothing_is_refused() {
    let (node, _) = node_with_counter().await;
    for (filter, words) in [
        (json!({"fromBlock": "0x5", "toBlock": "0x4"}), "invalid block range params"),
        (json!({"blockHash": B256::ZERO}), "blockHash"),
        (json!({"fromBlok": "0x0"}), "fromBlok"),
    ] {
        let (code, message) = node.rpc("eth_newFilter", json!([filter])).await.unwrap_err();
        assert_eq!(code, -32602);
        assert!(message.contains(words), "{message}");
    }
}
