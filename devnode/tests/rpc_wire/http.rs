//! HTTP around JSON-RPC: browsers, health checks, sizes, content types.

use super::{Answer, ask, exchange, post, request};
use crate::support::Node;
use mrc53_devnode::config::Config;
use serde_json::{Value, json};

const JSON: &str = "content-type: application/json";
const ANY_ORIGIN: &str = "access-control-allow-origin: *";

fn chain_id() -> Vec<u8> {
    request(1, "eth_chainId", &json!([])).to_string().into_bytes()
}

#[tokio::test]
async fn a_page_of_any_origin_may_ask() {
    let node = Node::start();
    let port = node.handle.port();
    let preflight = exchange(
        port,
        "OPTIONS",
        &[
            "origin: https://app.example",
            "access-control-request-method: POST",
            "access-control-request-headers: content-type, authorization",
            "access-control-request-private-network: true",
        ],
        b"",
    );
    assert_eq!(preflight.status, 200);
    for header in [
        ANY_ORIGIN,
        "access-control-allow-methods: *",
        "access-control-allow-headers: content-type, authorization",
        "access-control-allow-private-network: true",
    ] {
        assert!(preflight.has(header), "{header} is not in {}", preflight.head);
    }
}

#[tokio::test]
async fn every_answer_lets_any_origin_read_it() {
    let node = Node::with(&Config { max_request_bytes: 1_000, ..Config::ephemeral() });
    let port = node.handle.port();
    let origin = "origin: http://localhost:5173";
    let served = exchange(port, "POST", &[JSON, origin], &chain_id());
    let too_long = exchange(port, "POST", &[JSON, origin], &[b' '; 1_001]);
    let not_json = exchange(port, "POST", &["content-type: text/plain", origin], &chain_id());
    let knocked = exchange(port, "GET", &[origin], b"");
    let put = exchange(port, "PUT", &[origin], b"");
    for (answer, status) in [(served, 200), (too_long, 413), (not_json, 415), (knocked, 200), (put, 405)] {
        assert_eq!(answer.status, status);
        assert!(answer.has(ANY_ORIGIN), "{status}: {}", answer.head);
    }
}

#[tokio::test]
async fn a_health_check_finds_the_node_there_and_other_methods_are_refused() {
    let node = Node::start();
    let port = node.handle.port();
    for method in ["GET", "HEAD"] {
        let Answer { status, body, .. } = exchange(port, method, &[], b"");
        assert_eq!((status, body.as_str()), (200, ""), "{method}");
    }
    for method in ["PUT", "DELETE", "PATCH"] {
        assert_eq!(exchange(port, method, &[JSON], &chain_id()).status, 405, "{method}");
    }
}

#[tokio::test]
async fn a_body_at_the_limit_is_served_and_one_beyond_refused_in_words() {
    const LIMIT: u32 = 10_000;
    let node = Node::with(&Config { max_request_bytes: LIMIT, ..Config::ephemeral() });
    let port = node.handle.port();
    let padded = |size: u32| {
        let mut body = chain_id();
        body.resize(size as usize, b' ');
        String::from_utf8(body).unwrap()
    };
    assert_eq!(post(port, &padded(LIMIT)).json()["result"], "0x64aba");
    for size in [LIMIT + 1, 100 * LIMIT] {
        let answer = post(port, &padded(size));
        assert_eq!(answer.status, 413);
        assert!(answer.has(JSON), "{}", answer.head);
        let refused = answer.json();
        assert_eq!((&refused["id"], &refused["error"]["code"]), (&Value::Null, &json!(-32600)));
        assert_eq!(refused["error"]["message"], "request too large: it exceeds 10000 bytes");
    }
    assert_eq!(ask(port, &request(1, "eth_blockNumber", &json!([])))["result"], "0x0");
}

#[tokio::test]
async fn only_what_is_declared_as_json_is_read() {
    let node = Node::start();
    let port = node.handle.port();
    for (declared, status) in [
        ("application/json", 200),
        ("Application/JSON; charset=utf-8", 200),
        ("application/json-rpc", 200),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("application/jsonx", 415),
    ] {
        let answer = exchange(port, "POST", &[&format!("content-type: {declared}")], &chain_id());
        assert_eq!(answer.status, status, "{declared}");
    }
    assert_eq!(exchange(port, "POST", &[], &chain_id()).status, 415);
}
