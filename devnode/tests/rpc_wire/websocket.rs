//! Websockets on the port of HTTP: requests, subscriptions, limits.

use super::{exchange, request};
use crate::support::{Node, counter_init_code};
use alloy::network::TransactionBuilder;
use alloy::primitives::Address;
use alloy::rpc::types::TransactionRequest;
use futures::{SinkExt, StreamExt};
use mrc53_devnode::config::Config;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Notifications that came while an answer was waited for.
    early: Vec<Value>,
}

impl Client {
    async fn connect(node: &Node) -> Self {
        let url = node.handle.url().replace("http", "ws");
        let (socket, _) = connect_async(url).await.unwrap();
        Self { socket, early: Vec::new() }
    }

    async fn send(&mut self, text: String) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    async fn next(&mut self) -> Value {
        let message = tokio::time::timeout(Duration::from_secs(20), self.socket.next()).await.expect("no message");
        serde_json::from_str(message.unwrap().unwrap().to_text().unwrap()).unwrap()
    }

    async fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.send(request(1, method, params).to_string()).await;
        loop {
            let message = self.next().await;
            if message.get("id").is_some() {
                return message;
            }
            self.early.push(message);
        }
    }

    async fn subscribe(&mut self, params: &Value) -> Value {
        self.ask("eth_subscribe", params).await["result"].clone()
    }

    /// The next notification, of this subscription.
    async fn news(&mut self, subscription: &Value) -> Value {
        let message = if self.early.is_empty() { self.next().await } else { self.early.remove(0) };
        assert_eq!(message["method"], "eth_subscription", "{message}");
        assert_eq!(message["params"]["subscription"], *subscription, "{message}");
        message["params"]["result"].clone()
    }

    /// Nothing came before the answer to one more request.
    async fn heard_nothing(&mut self) -> bool {
        self.ask("eth_chainId", &json!([])).await;
        self.ask("eth_chainId", &json!([])).await;
        self.early.is_empty()
    }
}

#[tokio::test]
async fn requests_batches_and_notifications_are_served_as_over_http() {
    let node = Node::start();
    let mut client = Client::connect(&node).await;
    assert_eq!(client.ask("eth_chainId", &json!([])).await["result"], "0x64aba");
    client.send(json!({"jsonrpc": "2.0", "method": "evm_mine"}).to_string()).await;
    client.send(format!("[{},1]", request(7, "eth_blockNumber", &json!([])))).await;
    let batch = client.next().await;
    assert_eq!((&batch[0]["result"], &batch[1]["error"]["code"]), (&json!("0x1"), &json!(-32600)));
    client.send("{ broken".to_owned()).await;
    assert_eq!(client.next().await["error"]["code"], -32700);
}

#[tokio::test]
async fn new_heads_are_told_block_by_block_also_after_a_revert() {
    let node = Node::start();
    let mut client = Client::connect(&node).await;
    let heads = client.subscribe(&json!(["newHeads"])).await;
    let snapshot = node.rpc("evm_snapshot", json!([])).await.unwrap();
    node.rpc("anvil_mine", json!([2])).await.unwrap();
    for number in ["0x1", "0x2"] {
        let head = client.news(&heads).await;
        let block = node.rpc("eth_getBlockByNumber", json!([number])).await.unwrap();
        assert_eq!((&head["number"], &head["hash"]), (&json!(number), &block["hash"]));
        assert_eq!(head["parentHash"], block["parentHash"]);
    }
    node.rpc("evm_revert", json!([snapshot])).await.unwrap();
    node.rpc("evm_setNextBlockTimestamp", json!(["0xffffffff"])).await.unwrap();
    node.rpc("evm_mine", json!([])).await.unwrap();
    let head = client.news(&heads).await;
    assert_eq!((&head["number"], &head["timestamp"]), (&json!("0x1"), &json!("0xffffffff")));
    assert!(client.heard_nothing().await);
}

#[tokio::test]
async fn more_blocks_than_one_round_tells_of_are_all_told() {
    let node = Node::start();
    let mut client = Client::connect(&node).await;
    let a = client.subscribe(&json!(["newHeads"])).await;
    node.rpc("anvil_mine", json!([600])).await.unwrap();
    for number in 1..=600_u64 {
        assert_eq!(client.news(&a).await["number"], format!("{number:#x}"));
    }
}

#[tokio::test]
async fn logs_are_told_by_their_filter() {
    let node = Node::start();
    let wanted = node.deploy(counter_init_code()).await.contract_address.unwrap();
    let other = node.deploy(counter_init_code()).await.contract_address.unwrap();
    let mut client = Client::connect(&node).await;
    let logs = client.subscribe(&json!(["logs", {"address": wanted}])).await;
    for to in [other, wanted] {
        node.send(TransactionRequest::default().with_to(to)).await;
    }
    let log = client.news(&logs).await;
    assert_eq!((&log["address"], &log["blockNumber"], &log["removed"]), (&json!(wanted), &json!("0x4"), &json!(false)));
    assert!(client.heard_nothing().await);
}

#[tokio::test]
async fn new_transactions_are_told_by_hash_or_whole() {
    let node = Node::start();
    let mut hashes = Client::connect(&node).await;
    let mut whole = Client::connect(&node).await;
    let hash = hashes.subscribe(&json!(["newPendingTransactions"])).await;
    let full = whole.subscribe(&json!(["newPendingTransactions", true])).await;
    let receipt = node.send(TransactionRequest::default().with_to(Address::repeat_byte(1))).await;
    assert_eq!(hashes.news(&hash).await, json!(receipt.transaction_hash));
    assert_eq!(whole.news(&full).await["hash"], json!(receipt.transaction_hash));
}

#[tokio::test]
async fn a_subscription_ends_when_its_own_client_says_so() {
    let node = Node::start();
    let mut client = Client::connect(&node).await;
    let mut stranger = Client::connect(&node).await;
    let heads = client.subscribe(&json!(["newHeads"])).await;
    assert_eq!(stranger.ask("eth_unsubscribe", &json!([heads])).await["error"]["message"], "subscription not found");
    assert_eq!(node.rpc("eth_uninstallFilter", json!([heads])).await.unwrap(), json!(false));
    assert_eq!(client.ask("eth_unsubscribe", &json!([heads])).await["result"], true);
    assert_eq!(client.ask("eth_unsubscribe", &json!([heads])).await["error"]["code"], -32000);
    node.rpc("evm_mine", json!([])).await.unwrap();
    assert!(client.heard_nothing().await);
}

#[tokio::test]
async fn what_a_client_subscribed_to_ends_with_its_connection() {
    let node = Node::start();
    // As many as there may be: none is left for others until the client is gone.
    let mut client = Client::connect(&node).await;
    for _ in 0..1_000 {
        assert!(client.subscribe(&json!(["newHeads"])).await.is_string());
    }
    assert_eq!(node.rpc("eth_newBlockFilter", json!([])).await.unwrap_err().0, -32000);
    client.socket.close(None).await.unwrap();
    for _ in 0..200 {
        if node.rpc("eth_newBlockFilter", json!([])).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the subscriptions of a closed connection are still there");
}

#[tokio::test]
async fn subscriptions_that_there_are_not_are_refused_by_name() {
    let node = Node::start();
    let mut client = Client::connect(&node).await;
    for (params, code, words) in [
        (json!(["syncing"]), -32601, "no \"syncing\" subscription in eth namespace"),
        (json!(["newHeads", {}]), -32602, "too many arguments, want at most 1"),
        (json!(["logs", {"adress": []}]), -32602, "adress"),
        (json!(["logs", {"blockHash": alloy::primitives::B256::ZERO}]), -32602, "blockHash"),
        (json!([]), -32602, "missing value for required argument 0"),
    ] {
        let error = client.ask("eth_subscribe", &params).await["error"].clone();
        assert_eq!(error["code"], code, "{params}: {error}");
        assert!(error["message"].as_str().unwrap().contains(words), "{params}: {error}");
    }
    let (code, message) = node.rpc("eth_subscribe", json!(["newHeads"])).await.unwrap_err();
    assert_eq!(code, -32601);
    assert_eq!(message, "notifications not supported: subscribe over a websocket");
}

#[tokio::test]
async fn a_message_beyond_the_limit_is_refused_in_words_and_the_connection_goes_on() {
    let node = Node::with(&Config { max_request_bytes: 1_000, ..Config::ephemeral() });
    let mut client = Client::connect(&node).await;
    client.send(" ".repeat(1_001)).await;
    assert_eq!(client.next().await["error"]["message"], "request too large: it exceeds 1000 bytes");
    assert_eq!(client.ask("eth_chainId", &json!([])).await["result"], "0x64aba");
}

#[tokio::test]
async fn an_upgrade_that_is_none_is_refused_in_words() {
    let node = Node::start();
    let headers = ["connection: upgrade", "upgrade: smoke-signals"];
    let answer = exchange(node.handle.port(), "GET", &headers, b"");
    assert_eq!(answer.status, 400);
    assert!(answer.body.to_lowercase().contains("upgrade"), "{}", answer.body);
}
