//! Blocks, receipts and logs stay for good; states as far back as the history reaches.

use super::{SOMEONE, payment, refusal};
use crate::support::{Node, counter_init_code};
use alloy::network::TransactionBuilder;
use alloy::providers::Provider;
use alloy::rpc::types::{Filter, TransactionRequest};
use mrc53_devnode::config::Config;
use serde_json::json;

#[tokio::test]
async fn logs_receipts_transactions_and_headers_outlive_the_history() {
    let node = Node::with(&Config { history_blocks: 4, ..Config::ephemeral() });
    let counter = node.deploy(counter_init_code()).await.contract_address.unwrap();
    let receipt = node.send(TransactionRequest::default().with_to(counter)).await;
    node.rpc("anvil_mine", json!([20_000])).await.unwrap();

    let logs = node.provider.get_logs(&Filter::new().from_block(0).address(counter)).await.unwrap();
    assert_eq!(logs.len(), 1);
    assert_eq!(node.provider.get_transaction_receipt(receipt.transaction_hash).await.unwrap(), Some(receipt.clone()));
    let hash = receipt.transaction_hash;
    assert!(node.provider.get_transaction_by_hash(hash).await.unwrap().is_some());
    let block = node.provider.get_block(receipt.block_hash.unwrap().into()).await.unwrap().unwrap();
    assert_eq!(block.header.number, 2);
    assert_eq!(node.rpc("eth_getBlockByNumber", json!(["earliest", false])).await.unwrap()["number"], "0x0");
}

#[tokio::test]
async fn a_state_is_read_up_to_the_end_of_the_history_and_refused_one_block_before_with_what_to_do() {
    let node = Node::with(&Config { history_blocks: 4, ..Config::ephemeral() });
    node.send(payment(SOMEONE)).await;
    node.rpc("anvil_mine", json!([9])).await.unwrap();
    for (block, balance) in [("0x7", "0x1"), ("0xa", "0x1")] {
        assert_eq!(node.rpc("eth_getBalance", json!([SOMEONE, block])).await.unwrap(), json!(balance));
    }
    let call = json!([{"to": SOMEONE}, "0x6"]);
    for (method, params) in [("eth_getBalance", json!([SOMEONE, "0x6"])), ("eth_call", call)] {
        let (code, message) = refusal(&node, method, params).await;
        assert_eq!(code, -32000);
        assert_eq!(
            message,
            "the state after block 6 is no longer kept: the oldest is that of block 7; start the node with --history above 4"
        );
    }
}

#[tokio::test]
async fn a_snapshot_within_the_history_can_be_returned_to() {
    let node = Node::with(&Config { history_blocks: 4, ..Config::ephemeral() });
    node.rpc("anvil_mine", json!([10])).await.unwrap();
    let old = node.rpc("evm_snapshot", json!([])).await.unwrap();
    node.rpc("anvil_mine", json!([1])).await.unwrap();
    let young = node.rpc("evm_snapshot", json!([])).await.unwrap();
    node.send(payment(SOMEONE)).await;
    node.rpc("anvil_mine", json!([2])).await.unwrap();

    // Both blocks 10 and 11 have lived on; of block 10 the state went.
    assert_eq!(node.rpc("evm_revert", json!([old])).await.unwrap(), json!(false));
    assert_eq!(node.rpc("evm_revert", json!([young])).await.unwrap(), json!(true));
    assert_eq!(node.provider.get_block_number().await.unwrap(), 11);
    assert_eq!(node.provider.get_balance(SOMEONE).await.unwrap().to::<u64>(), 0);
}
