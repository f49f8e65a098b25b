//! What a method does not know is refused by name: parameters, fields, methods.

use crate::support::Node;
use alloy::primitives::{Address, B256};
use serde_json::{Value, json};

const SOMEONE: Address = Address::repeat_byte(0x66);

async fn refusal(node: &Node, method: &'static str, params: Value) -> (i64, String) {
    node.rpc(method, params).await.expect_err(method)
}

#[tokio::test]
async fn a_parameter_too_many_is_refused_before_anything_is_done() {
    let node = Node::start();
    for (method, params, most) in [
        ("eth_chainId", json!([1]), 0),
        ("eth_blockNumber", json!([null]), 0),
        ("eth_getBalance", json!([SOMEONE, "latest", "latest"]), 2),
        ("eth_getLogs", json!([{}, {}]), 1),
        ("eth_call", json!([{"to": SOMEONE}, "latest", {}, {}, {}]), 4),
        ("evm_mine", json!([0, 0]), 1),
        ("hardhat_mine", json!(["0x1", "0x0", "0x0"]), 2),
        ("anvil_setBalance", json!([SOMEONE, "0x1", "0x2"]), 2),
        ("evm_snapshot", json!([1]), 0),
    ] {
        let words = format!("too many arguments, want at most {most}");
        assert_eq!(refusal(&node, method, params).await, (-32602, words), "{method}");
    }
    assert_eq!(node.rpc("eth_blockNumber", json!([])).await.unwrap(), json!("0x0"));
}

#[tokio::test]
async fn a_field_that_means_nothing_is_refused_by_name() {
    let node = Node::start();
    let overrides = json!({SOMEONE.to_string(): {"cod": "0x"}});
    for (method, params, field) in [
        ("eth_call", json!([{"to": SOMEONE, "dat": "0x"}, "latest"]), "dat"),
        ("eth_call", json!([{"to": SOMEONE, "gasLimit": "0x1"}, "latest"]), "gasLimit"),
        ("eth_call", json!([{"to": SOMEONE}, "latest", overrides]), "cod"),
        ("eth_call", json!([{"to": SOMEONE}, "latest", {}, {"tim": "0x1"}]), "tim"),
        ("eth_call", json!([{"to": SOMEONE}, {"blockNumbr": "0x0"}]), "blockNumbr"),
        ("eth_estimateGas", json!([{"to": SOMEONE, "valeu": "0x1"}]), "valeu"),
        ("eth_createAccessList", json!([{"to": SOMEONE, "sender": SOMEONE}]), "sender"),
        ("eth_sendTransaction", json!([{"from": SOMEONE, "nonse": "0x1"}]), "nonse"),
        ("eth_getLogs", json!([{"fromBlok": "0x0"}]), "fromBlok"),
        ("evm_mine", json!([{"block": 5}]), "block"),
        ("hardhat_reset", json!([{"fork": {}}]), "fork"),
    ] {
        let (code, message) = refusal(&node, method, params).await;
        assert_eq!(code, -32602, "{method}: {message}");
        assert!(message.contains(&format!("unknown field `{field}`")), "{method}: {message}");
    }
    assert_eq!(node.rpc("eth_blockNumber", json!([])).await.unwrap(), json!("0x0"));
}

#[tokio::test]
async fn fields_that_clients_send_are_known_under_all_their_names() {
    let node = Node::start();
    let call = json!({
        "from": SOMEONE, "to": SOMEONE, "data": "0x", "input": "0x", "value": "0x0", "gas": "0x5208", "nonce": "0x0",
        "chainId": "0x64aba", "type": "0x2", "accessList": [], "maxFeePerGas": "0x0", "maxPriorityFeePerGas": "0x0",
        "gasPrice": null,
    });
    for block in [json!({"time": "0x1", "number": "0x1"}), json!({"timestamp": "0x1", "blockNumber": "0x1"})] {
        let answer = node.rpc("eth_call", json!([call, "latest", {}, block])).await;
        assert_eq!(answer.unwrap(), json!("0x"), "{block}");
    }
}

#[tokio::test]
async fn an_unknown_method_is_named() {
    let node = Node::start();
    for method in ["eth_nothing", "", "evm_minee", "debug_storageRangeAt"] {
        let words = format!("the method {method} does not exist/is not available");
        assert_eq!(refusal(&node, method, json!([])).await, (-32601, words));
    }
}

#[tokio::test]
async fn text_that_is_no_number_is_refused() {
    let node = Node::start();
    for text in ["", "0x", "1_000", "-1", "0b1", "1.5", " 1", "0xg", "0x10000000000000000"] {
        let (code, message) = refusal(&node, "evm_increaseTime", json!([text])).await;
        assert_eq!(code, -32602, "{text}");
        assert!(message.contains("is not a number of 64 bits"), "{text}: {message}");
    }
    for balance in ["", "0x", "ether"] {
        assert_eq!(refusal(&node, "anvil_setBalance", json!([SOMEONE, balance])).await.0, -32602, "{balance}");
    }
    let slot = json!([SOMEONE, "", B256::ZERO]);
    assert_eq!(refusal(&node, "anvil_setStorageAt", slot).await.0, -32602);
    for value in ["", "0x"] {
        let (code, message) = refusal(&node, "eth_call", json!([{"to": SOMEONE, "value": value}, "latest"])).await;
        assert_eq!((code, message.as_str()), (-32602, "invalid argument 0: `value` is an empty number"));
    }
}
