//! Traces: their options are honoured or refused by name.

use super::{SOMEONE, START, payment, refusal, word};
use crate::support::evm::{Opcode, Then, forward, forwarder};
use crate::support::{Node, counter_init_code};
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256};
use alloy::rpc::types::TransactionRequest;
use mrc53_devnode::config::{Config, DEV_ACCOUNT};
use serde_json::{Value, json};

/// A transaction to a contract that calls the counter, which logs: its hash and the counter.
async fn counted(node: &Node, then: Then) -> (B256, Address) {
    let counter = node.deploy(counter_init_code()).await.contract_address.unwrap();
    node.set_code(SOMEONE, forwarder(Opcode::Call, then)).await;
    let request = TransactionRequest::default().with_to(SOMEONE).with_input(forward(counter, 0, &[]));
    (node.send(request.with_gas_limit(200_000)).await.transaction_hash, counter)
}

async fn traced(node: &Node, hash: B256, options: Value) -> Value {
    node.rpc("debug_traceTransaction", json!([hash, options])).await.unwrap()
}

#[tokio::test]
async fn the_call_tracer_leaves_out_inner_calls_and_adds_logs_as_asked() {
    let node = Node::start();
    let (hash, counter) = counted(&node, Then::Return).await;
    let with = |config| traced(&node, hash, json!({"tracer": "callTracer", "tracerConfig": config}));

    let plain = with(json!({})).await;
    let top = with(json!({"onlyTopCall": true})).await;
    let logs = with(json!({"withLog": true})).await;

    assert!(plain["calls"][0]["to"] == json!(counter) && plain["calls"][0].get("logs").is_none());
    assert!(top.get("calls").is_none() && top["gasUsed"] == plain["gasUsed"]);
    let log = json!({"index": "0x0", "position": "0x0", "address": counter, "topics": [], "data": word(1)});
    assert_eq!(logs["calls"][0]["logs"], json!([log]));
    assert!(logs.get("logs").is_none(), "the outer contract logged nothing");
}

#[tokio::test]
async fn what_was_logged_below_a_frame_that_reverted_is_not_shown() {
    let node = Node::start();
    let (hash, _) = counted(&node, Then::Revert).await;
    let options = json!({"tracer": "callTracer", "tracerConfig": {"withLog": true}});
    let trace = traced(&node, hash, options).await;
    assert_eq!(trace["error"], "execution reverted");
    assert!(trace["calls"][0].get("logs").is_none());
}

#[tokio::test]
async fn the_prestate_tracer_shows_what_was_touched_or_changed() {
    let node = Node::start();
    let (hash, counter) = counted(&node, Then::Return).await;
    let counter_key = format!("{counter:#x}");
    let with = |config| traced(&node, hash, json!({"tracer": "prestateTracer", "tracerConfig": config}));

    let touched = with(json!({})).await;
    let changed = with(json!({"diffMode": true})).await;
    let bare = with(json!({"disableCode": true, "disableStorage": true})).await;

    assert_eq!(touched[&counter_key]["storage"], json!({B256::ZERO.to_string(): word(0)}));
    assert!(touched[&counter_key]["code"].is_string());
    assert!(touched[format!("{SOMEONE:#x}")]["code"].is_string(), "called, not changed");
    assert_eq!(touched[format!("{DEV_ACCOUNT:#x}")]["nonce"], 1);
    assert_eq!(changed["post"][&counter_key], json!({"storage": {B256::ZERO.to_string(): word(1)}}));
    assert!(changed["pre"][&counter_key].get("storage").is_none(), "the slot was empty");
    assert_eq!(changed["post"][format!("{DEV_ACCOUNT:#x}")]["nonce"], 2);
    assert!(changed["post"].get(format!("{SOMEONE:#x}")).is_none());
    assert!(bare[&counter_key].get("code").is_none() && bare[&counter_key].get("storage").is_none());
}

#[tokio::test]
async fn without_a_tracer_every_opcode_is_shown() {
    let node = Node::start();
    let (hash, _) = counted(&node, Then::Return).await;
    let trace = traced(&node, hash, json!({})).await;
    let steps = trace["structLogs"].as_array().unwrap();
    assert_eq!((&trace["failed"], steps[0]["op"].as_str()), (&json!(false), Some("PUSH1")));
    let deep = steps.iter().filter(|step| step["depth"] == 2).collect::<Vec<_>>();
    let names = deep.iter().map(|step| step["op"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(names[..4], ["PUSH0", "SLOAD", "PUSH1", "ADD"]);
    assert_eq!(names.last(), Some(&"RETURN"));
    assert_eq!((&deep[1]["gasCost"], deep[1]["stack"].as_array().unwrap().len()), (&json!(2_100), 1));
    let stored = deep.iter().find(|step| step["op"] == "SSTORE").unwrap();
    let (key, value) = (format!("{:0>64}", 0), format!("{:0>64}", 1));
    assert_eq!(stored["storage"], json!({key: value}));
    assert_eq!(steps.iter().map(|step| step["depth"].as_u64().unwrap()).max(), Some(2));

    let short = traced(&node, hash, json!({"limit": 3, "disableStack": true, "enableMemory": true})).await;
    assert_eq!(short["structLogs"].as_array().unwrap().len(), 3);
    assert!(short["structLogs"][0].get("stack").is_none() && short["structLogs"][0]["memory"].is_array());
}

#[tokio::test]
async fn options_and_tracers_that_are_not_known_are_refused_by_name() {
    let node = Node::start();
    let hash = node.send(payment(SOMEONE)).await.transaction_hash;
    for (options, name) in [
        (json!({"tracer": "callTracer", "tracerConfig": {"onlyTopCalls": true}}), "onlyTopCalls"),
        (json!({"tracer": "prestateTracer", "tracerConfig": {"diffmode": true}}), "diffmode"),
        (json!({"tracer": "callTracer", "tracerconfig": {}}), "tracerconfig"),
        (json!({"tracerConfig": {"onlyTopCall": true}}), "tracerConfig.onlyTopCall"),
        (json!({"enableMemroy": true}), "enableMemroy"),
        (json!({"tracer": "4byteTracer"}), "4byteTracer"),
        (json!({"tracer": "callTracer", "stateOverrides": {}}), "stateOverrides"),
    ] {
        let (code, message) = refusal(&node, "debug_traceTransaction", json!([hash, options])).await;
        assert_eq!(code, -32602, "{options}");
        assert!(message.contains(name), "{options}: {message}");
    }
    let harmless = json!({"tracer": "callTracer", "timeout": "10s", "reexec": 128, "tracerConfig": null});
    traced(&node, hash, harmless).await;
}

#[tokio::test]
async fn a_call_is_traced_in_the_world_that_its_overrides_make() {
    let node = Node::with(&Config { genesis_timestamp: Some(START), ..Config::ephemeral() });
    let returns_42 = json!({SOMEONE.to_string(): {"code": "0x602a60005260206000f3"}});
    let trace = |call: Value, block: &str, options: Value| {
        let mut all = json!({"tracer": "callTracer"});
        all.as_object_mut().unwrap().extend(options.as_object().unwrap().clone());
        node.rpc("debug_traceCall", json!([call, block, all]))
    };
    let answer = trace(json!({"to": SOMEONE}), "latest", json!({"stateOverrides": returns_42})).await.unwrap();
    assert_eq!(answer["output"], word(42));

    // TIMESTAMP, returned as the code of a contract
    let clock = json!({"data": "0x425f5260205ff3"});
    let at = trace(clock.clone(), "latest", json!({"blockOverrides": {"time": "0x7b"}})).await.unwrap();
    assert_eq!(at["output"], word(123));
    node.rpc("evm_setNextBlockTimestamp", json!([START + 5])).await.unwrap();
    for (block, time) in [("latest", START), ("pending", START + 5)] {
        let seen = trace(clock.clone(), block, json!({})).await.unwrap();
        assert_eq!(seen["output"], json!(B256::from(alloy::primitives::U256::from(time))), "{block}");
    }
    let wrong = trace(clock.clone(), "latest", json!({"blockOverrides": {"gasLimit": "0x1"}})).await.unwrap_err();
    assert_eq!(wrong.0, -32602);
    let wrong = trace(clock, "latest", json!({"txIndex": "0x0"})).await.unwrap_err();
    assert!(wrong.1.contains("txIndex"), "{}", wrong.1);
}

#[tokio::test]
async fn a_block_is_traced_with_the_hash_of_its_transaction() {
    let node = Node::start();
    let receipt = node.send(payment(SOMEONE)).await;
    let options = json!({"tracer": "callTracer"});
    let single = traced(&node, receipt.transaction_hash, options.clone()).await;
    let expected = json!([{"txHash": receipt.transaction_hash, "result": single}]);
    let by_number = node.rpc("debug_traceBlockByNumber", json!(["latest", options])).await.unwrap();
    let by_hash = node.rpc("debug_traceBlockByHash", json!([receipt.block_hash, options])).await.unwrap();
    assert_eq!((&by_number, &by_hash), (&expected, &expected));
    node.rpc("evm_mine", json!([])).await.unwrap();
    assert_eq!(node.rpc("debug_traceBlockByNumber", json!(["0x2", options])).await.unwrap(), json!([]));
    for (block, words) in [("0x0", "genesis is not traceable"), ("0x3", "header not found")] {
        assert_eq!(refusal(&node, "debug_traceBlockByNumber", json!([block, options])).await.1, words);
    }
}
