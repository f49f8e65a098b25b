//! Ids, notifications and batches, as the specification of JSON-RPC 2.0 has them.

use super::{ask, post, request};
use crate::support::Node;
use serde_json::{Value, json};

const NULL_ID: &str = r#""id":null"#;

fn with_id(id: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"eth_chainId","params":[]}}"#)
}

#[tokio::test]
async fn every_id_that_is_text_a_number_or_null_comes_back_as_it_was_written() {
    let node = Node::start();
    let port = node.handle.port();
    for id in [
        "0",
        "-0",
        "1",
        "-1",
        "-9007199254740991",
        "9007199254740993",
        "18446744073709551615",
        "18446744073709551616",
        "1.5",
        "1.0",
        "1e3",
        "-1.5E-7",
        "1e400",
        "null",
        r#""""#,
        r#""7""#,
        r#""ab \"c\" \u00e9 \ud800""#,
        r#""true""#,
    ] {
        let answer = post(port, &with_id(id));
        assert_eq!(answer.status, 200, "{id}");
        assert_eq!(answer.body, format!(r#"{{"jsonrpc":"2.0","id":{id},"result":"0x64aba"}}"#));
        let batch = post(port, &format!("[{}]", with_id(id)));
        assert_eq!(batch.body, format!("[{}]", answer.body), "in a batch");
    }
}

#[tokio::test]
async fn an_id_of_another_type_is_refused_and_the_request_not_done() {
    let node = Node::start();
    let port = node.handle.port();
    for id in ["true", "false", "{}", "[]", "[1]", r#"{"a":1}"#] {
        let body = format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"evm_mine","params":[]}}"#);
        let answer = post(port, &body);
        assert!(answer.body.contains("-32600") && answer.body.contains(NULL_ID), "{id}: {}", answer.body);
        let batch = post(port, &format!("[{body},{}]", with_id("5"))).json();
        assert_eq!((&batch[0]["error"]["code"], &batch[1]["id"]), (&json!(-32600), &json!(5)), "{id}");
    }
    assert_eq!(ask(port, &request(1, "eth_blockNumber", &json!([])))["result"], "0x0");
}

#[tokio::test]
async fn a_request_whatever_its_id_is_done() {
    let node = Node::start();
    let port = node.handle.port();
    for id in ["-3", "2.5", "18446744073709551616", "null"] {
        post(port, &format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"evm_mine","params":[]}}"#));
    }
    assert_eq!(ask(port, &request(1, "eth_blockNumber", &json!([])))["result"], "0x4");
}

#[tokio::test]
async fn a_notification_is_done_and_gets_no_answer() {
    let node = Node::start();
    let port = node.handle.port();
    let mine = r#"{"jsonrpc":"2.0","method":"evm_mine","params":[]}"#;
    let unknown = r#"{"jsonrpc":"2.0","method":"nonsense"}"#;
    for body in [mine.to_owned(), unknown.to_owned(), format!("[{mine},{unknown}]")] {
        let answer = post(port, &body);
        assert_eq!((answer.status, answer.body.as_str()), (204, ""), "{body}");
    }
    let mixed = post(port, &format!("[{mine},{},{mine}]", with_id("7"))).json();
    assert_eq!(mixed, json!([{"jsonrpc": "2.0", "id": 7, "result": "0x64aba"}]));
    assert_eq!(ask(port, &request(1, "eth_blockNumber", &json!([])))["result"], "0x4");
}

#[tokio::test]
async fn what_is_no_request_is_refused_with_a_null_id() {
    let node = Node::start();
    let port = node.handle.port();
    for (body, code) in [
        ("[]", -32600),
        ("1", -32600),
        ("null", -32600),
        (r#""text""#, -32600),
        ("{}", -32600),
        (r#"{"jsonrpc":"2.0","params":[]}"#, -32600),
        (r#"{"jsonrpc":"2.0","id":1,"id":2,"method":"eth_chainId"}"#, -32600),
        ("", -32700),
        (" ", -32700),
        ("{ broken", -32700),
        (r#"{"jsonrpc":"2.0","id":1,"method":"eth_chainId"} x"#, -32700),
        (r#"{"jsonrpc":"2.0","id":01,"method":"eth_chainId"}"#, -32700),
        (r#"[{"jsonrpc":"2.0","id":1,"method":"eth_chainId"},]"#, -32700),
    ] {
        let answer = post(port, body).json();
        assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(code), &Value::Null), "{body}: {answer}");
    }
}

#[tokio::test]
async fn the_version_and_the_method_are_checked_and_the_id_that_is_there_is_told() {
    let node = Node::start();
    let port = node.handle.port();
    for body in [
        json!({"id": 9, "method": "eth_chainId"}),
        json!({"jsonrpc": "1.0", "id": 9, "method": "eth_chainId"}),
        json!({"jsonrpc": 2.0, "id": 9, "method": "eth_chainId"}),
        json!({"jsonrpc": null, "id": 9, "method": "eth_chainId"}),
        json!({"jsonrpc": "2.0", "id": 9}),
        json!({"jsonrpc": "2.0", "id": 9, "method": 1}),
    ] {
        let answer = ask(port, &body);
        assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(-32600), &json!(9)), "{body}: {answer}");
    }
}

#[tokio::test]
async fn no_element_of_a_batch_is_missing_and_the_order_is_kept() {
    let node = Node::start();
    let port = node.handle.port();
    let one = with_id("-1");
    let answers = post(port, &format!(r#"[{one},1,null,[],{{}},"x",{one}]"#)).json();
    let codes: Vec<_> = answers.as_array().unwrap().iter().map(|answer| answer["error"]["code"].as_i64()).collect();
    assert_eq!(codes, [None, Some(-32600), Some(-32600), Some(-32600), Some(-32600), Some(-32600), None]);
    assert_eq!((&answers[0]["id"], &answers[1]["id"]), (&json!(-1), &Value::Null));
}

#[tokio::test]
async fn a_batch_beyond_a_thousand_is_refused_with_the_limit() {
    let node = Node::start();
    let port = node.handle.port();
    let batch = |size: usize| format!("[{}]", vec![with_id("1"); size].join(","));
    assert_eq!(post(port, &batch(1_000)).json().as_array().unwrap().len(), 1_000);
    let refused = post(port, &batch(1_001)).json();
    assert_eq!(refused["error"]["code"], -32600);
    assert_eq!(refused["error"]["message"], "batch too large: 1001 requests, limit 1000");
}
