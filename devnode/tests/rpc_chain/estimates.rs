//! Estimates, and the fees that a request may name.

use super::{SOMEONE, refusal};
use crate::support::{Node, counter_code};
use alloy::network::{EthereumWallet, TransactionBuilder};
use alloy::primitives::{Address, U256, bytes};
use alloy::providers::{Provider, ProviderBuilder};
use alloy::rpc::types::TransactionRequest;
use alloy::signers::local::PrivateKeySigner;
use mrc53_devnode::config::DEV_ACCOUNT;
use serde_json::{Value, json};

const TRANSFER: &str = "0x5208";

async fn estimate(node: &Node, request: Value) -> Result<Value, (i64, String)> {
    node.rpc("eth_estimateGas", json!([request])).await
}

#[tokio::test]
async fn a_plain_transfer_takes_21000_in_every_form_of_the_request() {
    let node = Node::start();
    for request in [
        json!({"from": DEV_ACCOUNT, "to": SOMEONE, "value": "0x1"}),
        json!({"from": DEV_ACCOUNT, "to": SOMEONE}),
        json!({"to": SOMEONE}),
        json!({"from": DEV_ACCOUNT, "to": SOMEONE, "data": "0x"}),
        json!({"from": DEV_ACCOUNT, "to": SOMEONE, "input": "0x", "value": "0x1"}),
        json!({"from": DEV_ACCOUNT, "to": SOMEONE, "value": "0x1", "gas": TRANSFER}),
        json!({"from": DEV_ACCOUNT, "to": SOMEONE, "value": "0x1", "gas": "0xf4240"}),
        json!({"from": DEV_ACCOUNT, "to": SOMEONE, "value": "0x1", "gasPrice": "0x5f5e100"}),
        json!({"from": DEV_ACCOUNT, "to": SOMEONE, "maxFeePerGas": "0x5f5e100", "maxPriorityFeePerGas": "0x0"}),
    ] {
        assert_eq!(estimate(&node, request.clone()).await.unwrap(), json!(TRANSFER), "{request}");
    }
}

#[tokio::test]
async fn what_is_no_plain_transfer_takes_more_than_21000() {
    let node = Node::start();
    node.set_code(Address::repeat_byte(0x67), counter_code()).await;
    for request in [
        json!({"to": SOMEONE, "data": "0x00"}),
        json!({"to": Address::repeat_byte(0x67)}),
        json!({"to": Address::with_last_byte(1)}),
        json!({"to": SOMEONE, "accessList": [{"address": SOMEONE, "storageKeys": []}]}),
    ] {
        let gas: U256 = serde_json::from_value(estimate(&node, request.clone()).await.unwrap()).unwrap();
        assert!(gas > U256::from(21_000), "{request}: {gas}");
    }
}

#[tokio::test]
async fn an_account_is_emptied_by_sending_its_balance_less_the_estimate_at_the_price() {
    let node = Node::start();
    let key = PrivateKeySigner::random();
    let owner = key.address();
    node.rpc("anvil_setBalance", json!([owner, "0x2386f26fc10000"])).await.unwrap();
    let gas: U256 =
        serde_json::from_value(estimate(&node, json!({"from": owner, "to": SOMEONE, "value": "0x1"})).await.unwrap())
            .unwrap();
    let price: U256 = serde_json::from_value(node.rpc("eth_gasPrice", json!([])).await.unwrap()).unwrap();
    let rest = U256::from(10_000_000_000_000_000_u64) - gas * price;
    let all = json!({"from": owner, "to": SOMEONE, "value": rest, "gasPrice": price});
    assert_eq!(estimate(&node, all).await.unwrap(), json!(TRANSFER), "there is enough for exactly that");
    let more = json!({"from": owner, "to": SOMEONE, "value": rest + U256::from(1), "gasPrice": price});
    assert_eq!(estimate(&node, more).await.unwrap_err().1, "gas required exceeds allowance (20999)");

    let wallet =
        ProviderBuilder::new().wallet(EthereumWallet::from(key)).connect_http(node.handle.url().parse().unwrap());
    let send = TransactionRequest::default().with_to(SOMEONE).with_value(rest);
    let send = send.with_gas_price(price.to()).with_gas_limit(gas.to());
    wallet.send_transaction(send).await.unwrap().get_receipt().await.unwrap();

    assert_eq!(node.provider.get_balance(owner).await.unwrap(), U256::ZERO);
}

#[tokio::test]
async fn fees_that_no_transaction_could_have_are_refused_alike_in_estimates_calls_and_sending() {
    let node = Node::start();
    let both = "both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified";
    for (fields, words) in [
        (
            json!({"maxFeePerGas": "0x5f5e0ff", "maxPriorityFeePerGas": "0x0"}),
            "max fee per gas less than block base fee",
        ),
        (json!({"gasPrice": "0x5f5e0ff"}), "max fee per gas less than block base fee"),
        (
            json!({"maxFeePerGas": "0x5f5e100", "maxPriorityFeePerGas": "0x5f5e101"}),
            "max priority fee per gas higher than max fee per gas",
        ),
        (json!({"gasPrice": "0x5f5e100", "maxFeePerGas": "0x5f5e100"}), both),
        (json!({"gasPrice": "0x5f5e100", "maxPriorityFeePerGas": "0x0"}), both),
        (json!({"chainId": "0x1"}), "chainId does not match node's (have=1, want=412346)"),
    ] {
        let mut request = json!({"from": DEV_ACCOUNT, "to": SOMEONE, "gas": TRANSFER});
        request.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        for method in ["eth_estimateGas", "eth_call", "eth_createAccessList", "eth_sendTransaction"] {
            let (code, message) = refusal(&node, method, json!([request])).await;
            assert_eq!(code, -32000, "{method} {request}");
            assert!(message.contains(words), "{method} {request}: {message}");
        }
        let traced = json!([request, "latest", {"tracer": "callTracer"}]);
        assert!(refusal(&node, "debug_traceCall", traced).await.1.contains(words));
    }
    assert_eq!(node.provider.get_block_number().await.unwrap(), 0);
}

#[tokio::test]
async fn a_call_at_the_base_fee_needs_a_sender_who_can_pay_for_its_gas_and_one_without_fees_does_not() {
    let node = Node::start();
    let poor = Address::repeat_byte(0x68);
    let call = |fields: Value| {
        let mut request = json!({"from": poor, "to": SOMEONE, "gas": "0x5208"});
        request.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        json!([request, "latest"])
    };
    assert!(node.rpc("eth_call", call(json!({}))).await.is_ok());
    let paid = json!({"maxFeePerGas": "0x5f5e100", "maxPriorityFeePerGas": "0x0"});
    let (_, message) = refusal(&node, "eth_call", call(paid.clone())).await;
    assert!(message.starts_with("insufficient funds for gas * price + value"), "{message}");
    node.rpc("anvil_setBalance", json!([poor, U256::from(21_000_u64 * 100_000_000)])).await.unwrap();
    assert!(node.rpc("eth_call", call(paid)).await.is_ok());
}

#[tokio::test]
async fn an_estimate_of_what_takes_all_gas_says_how_much_was_tried() {
    let node = Node::start();
    // JUMPDEST, PUSH0, JUMP: runs until the gas is gone.
    node.set_code(SOMEONE, bytes!("5b5f56")).await;
    let (_, message) = estimate(&node, json!({"to": SOMEONE, "gas": "0x186a0"})).await.unwrap_err();
    assert_eq!(message, "gas required exceeds allowance (100000)");
}

#[tokio::test]
async fn a_fee_history_takes_percentiles_that_rise_from_0_to_100_and_no_others() {
    let node = Node::start();
    for percentiles in [json!([]), json!([0, 50, 100]), json!([25.5])] {
        node.rpc("eth_feeHistory", json!(["0x1", "latest", percentiles])).await.unwrap();
    }
    for (percentiles, wrong) in
        [(json!([-1]), "-1"), (json!([100.5]), "100.5"), (json!([50, 50]), "50"), (json!([60, 50]), "50")]
    {
        let (code, message) = refusal(&node, "eth_feeHistory", json!(["0x1", "latest", percentiles])).await;
        assert_eq!(code, -32602, "{percentiles}");
        assert!(message.contains(&format!("percentile: {wrong} ")), "{percentiles}: {message}");
    }
}
