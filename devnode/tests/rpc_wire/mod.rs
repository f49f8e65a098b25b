//! What arrives on the wire: batches, rubbish, limits. Nothing a client sends stops the node.

mod filters;
mod http;
mod ids;
mod strict;
mod websocket;

use crate::support::Node;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// What came back over HTTP.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }

    /// True if the head has this header; upper and lower case are the same.
    fn has(&self, header: &str) -> bool {
        self.head.lines().any(|line| line.eq_ignore_ascii_case(header))
    }
}

/// Sends a request of any kind; `headers` are lines.
fn exchange(port: u16, method: &str, headers: &[&str], body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let length = format!("content-length: {}", body.len());
    let first = format!("{method} / HTTP/1.1");
    let lines = [&[first.as_str(), "host: localhost", "connection: close", length.as_str()], headers].concat();
    let head = format!("{}\r\n\r\n", lines.join("\r\n"));
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

fn post(port: u16, body: &str) -> Answer {
    exchange(port, "POST", &["content-type: application/json"], body.as_bytes())
}

fn ask(port: u16, request: &Value) -> Value {
    post(port, &request.to_string()).json()
}

fn request(id: u64, method: &str, params: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}

#[tokio::test]
async fn a_batch_is_answered_request_by_request() {
    let node = Node::start();
    let batch = json!([
        request(1, "eth_chainId", &json!([])),
        request(2, "nonsense", &json!([])),
        request(3, "eth_blockNumber", &json!([])),
    ]);
    let answers = ask(node.handle.port(), &batch);
    assert_eq!(answers[0]["result"], "0x64aba");
    assert_eq!(answers[1]["error"]["code"], -32601);
    assert_eq!(answers[2]["result"], "0x0");
}

#[tokio::test]
async fn wrong_requests_get_the_codes_of_json_rpc() {
    let node = Node::start();
    let port = node.handle.port();
    for (method, params, code) in [
        ("eth_nothing", json!([]), -32601),
        ("eth_getBalance", json!([]), -32602),
        ("eth_getBalance", json!(["0x12"]), -32602),
        ("eth_getBalance", json!(["0x00000000000000000000000000000000000000aa", "yesterday"]), -32602),
        ("eth_getBalance", json!({"address": "0x0"}), -32602),
        ("evm_increaseTime", json!(["soon"]), -32602),
        ("eth_getBalance", json!(["0x00000000000000000000000000000000000000aa", "0x999"]), -32000),
        ("eth_sendRawTransaction", json!(["0x1234"]), -32000),
        ("eth_getProof", json!(["0x00000000000000000000000000000000000000aa", ["0xg"], "latest"]), -32602),
    ] {
        let answer = ask(port, &request(1, method, &params));
        assert_eq!(answer["error"]["code"], code, "{method} {params}: {answer}");
    }
    assert_eq!(ask(port, &json!({"jsonrpc": "2.0", "id": 1}))["error"]["code"], -32600);
}

#[tokio::test]
async fn work_that_panics_fails_alone() {
    let node = Node::start();
    let broken = node.handle.chain().with(|_| panic!("on purpose")).await;
    assert!(broken.is_err());
    assert_eq!(ask(node.handle.port(), &request(1, "eth_blockNumber", &json!([])))["result"], "0x0");
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "0x[0-9a-f]{0,80}".prop_map(Value::from),
        "0x[0-9a-f]{40}".prop_map(Value::from),
        "0x[0-9a-f]{64}".prop_map(Value::from),
        prop::sample::select(vec!["latest", "pending", "earliest", "safe", "callTracer", ""]).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let key = prop::sample::select(vec![
            "from",
            "to",
            "data",
            "value",
            "gas",
            "nonce",
            "fromBlock",
            "toBlock",
            "address",
            "topics",
            "code",
            "balance",
            "timestamp",
            "blocks",
            "tracer",
            "blockHash",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..5)
                .prop_map(|fields| fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    })
}

#[test]
fn no_parameters_break_a_method() {
    const METHODS: [&str; 42] = [
        "eth_getBlockByNumber",
        "eth_getBlockByHash",
        "eth_getTransactionByHash",
        "eth_getTransactionReceipt",
        "eth_getBlockReceipts",
        "eth_getTransactionCount",
        "eth_getBalance",
        "eth_getCode",
        "eth_getStorageAt",
        "eth_call",
        "eth_estimateGas",
        "eth_sendRawTransaction",
        "eth_sendTransaction",
        "eth_feeHistory",
        "eth_getLogs",
        "eth_newFilter",
        "eth_getFilterChanges",
        "eth_getFilterLogs",
        "eth_uninstallFilter",
        "debug_traceTransaction",
        "debug_traceCall",
        "evm_snapshot",
        "evm_revert",
        "evm_increaseTime",
        "evm_setNextBlockTimestamp",
        "evm_mine",
        "anvil_setBalance",
        "anvil_setNonce",
        "anvil_setCode",
        "anvil_setStorageAt",
        "anvil_impersonateAccount",
        "anvil_stopImpersonatingAccount",
        "web3_sha3",
        "eth_getTransactionByBlockNumberAndIndex",
        "eth_newPendingTransactionFilter",
        "eth_subscribe",
        "evm_setTime",
        "evm_setIntervalMining",
        "anvil_setBlockTimestampInterval",
        "anvil_reset",
        "hardhat_setNextBlockBaseFeePerGas",
        "hardhat_dropTransaction",
    ];
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _guard = runtime.enter();
    let node = Node::start();
    let port = node.handle.port();
    let mut requests = 0_u64;
    let started = Instant::now();
    while requests == 0 || started.elapsed() < fuzzing_time() {
        round(port, &METHODS);
        requests += u64::from(ROUND);
    }
    if let Some(counts) = std::env::var_os("MRC53_COUNTS") {
        let mut counts = std::fs::OpenOptions::new().append(true).open(counts).unwrap();
        writeln!(counts, "{requests} requests with any parameters to the devnode").unwrap();
    }
}

/// Requests in one round of fuzzing.
const ROUND: u32 = 400;

/// How long to go on; one round unless `MRC53_FUZZ_SECONDS` says more.
fn fuzzing_time() -> Duration {
    let seconds = std::env::var("MRC53_FUZZ_SECONDS").map(|seconds| seconds.parse().expect("a number of seconds"));
    Duration::from_secs(seconds.unwrap_or(0))
}

/// Asks with any parameters; no answer is an internal error, which is what a panic comes to.
fn round(port: u16, methods: &[&'static str]) {
    let cases = ProptestConfig { cases: ROUND, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(cases, |(method in prop::sample::select(methods.to_vec()), params in prop::collection::vec(any_json(), 0..4))| {
        let answer = ask(port, &request(1, method, &json!(params)));
        prop_assert_ne!(&answer["error"]["code"], &json!(-32603), "{} {:?}: {}", method, params, answer);
    });
}
