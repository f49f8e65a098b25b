//! A node behind a bad line: a proxy on TCP that passes JSON-RPC requests on to a node, unless it is told to fail.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::Value;

/// What happens to a request.
#[derive(Debug)]
pub(crate) enum Fate {
    /// It reaches the node.
    PassOn,
    /// The line breaks: no answer comes.
    HangUp,
    /// It reaches the node, whose answer does not come back.
    LoseAnswer,
    /// The node answers with this error.
    Refuse(&'static str),
    /// It reaches the node, and this error comes back.
    Misreport(&'static str),
    /// The node answers null.
    KnowNothing,
    /// The node answers this.
    Answer(Value),
    /// The node is too busy, by HTTP.
    Busy,
}

/// The address of a new proxy before the node at `url`; `decide` says what happens to each request.
pub(crate) fn before(url: &str, decide: impl Fn(&Value) -> Fate + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let node = url.strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
    let decide = Arc::new(decide);
    thread::spawn(move || {
        for client in listener.incoming() {
            let (decide, node) = (Arc::clone(&decide), node.clone());
            // A client that goes away in the middle is no failure of the proxy's.
            thread::spawn(move || drop(serve(&client.unwrap(), &node, &*decide)));
        }
    });
    address
}

/// What the node at `url` answers to `request`.
pub(crate) fn asked(url: &str, request: &Value) -> Value {
    let node = url.strip_prefix("http://").unwrap().trim_end_matches('/');
    let answer = ask(node, request.to_string().as_bytes()).unwrap();
    let text = String::from_utf8(answer).unwrap();
    let (_, body) = text.split_once("\r\n\r\n").unwrap();
    serde_json::from_str::<Value>(body).unwrap()["result"].take()
}

/// Decides to hang up on the first `times` requests of `method`.
pub(crate) fn hang_up_on(method: &'static str, times: usize) -> impl Fn(&Value) -> Fate + Send + Sync {
    let seen = AtomicUsize::new(0);
    move |request| {
        let is_it = request["method"] == method;
        if is_it && seen.fetch_add(1, Ordering::SeqCst) < times { Fate::HangUp } else { Fate::PassOn }
    }
}

/// Decides that the first `times` requests of `method` meet the fate that `of` makes.
pub(crate) fn first(
    method: &'static str,
    times: usize,
    of: impl Fn() -> Fate + Send + Sync,
) -> impl Fn(&Value) -> Fate + Send + Sync {
    let seen = AtomicUsize::new(0);
    move |request| {
        let is_it = request["method"] == method;
        if is_it && seen.fetch_add(1, Ordering::SeqCst) < times { of() } else { Fate::PassOn }
    }
}

/// Decides to refuse `eth_getLogs` of more than `limit` blocks, as public nodes do.
pub(crate) fn limit_blocks(limit: u64) -> impl Fn(&Value) -> Fate + Send + Sync {
    move |request| {
        let block = |name: &str| {
            let number = request["params"][0][name].as_str().unwrap();
            u64::from_str_radix(number.trim_start_matches("0x"), 16).unwrap()
        };
        if request["method"] == "eth_getLogs" && block("toBlock") - block("fromBlock") >= limit {
            return Fate::Refuse("query exceeds max block range");
        }
        Fate::PassOn
    }
}

/// Decides to refuse to estimate gas for call data of more than `limit` bytes, as for what does not fit a block.
pub(crate) fn limit_data(limit: usize) -> impl Fn(&Value) -> Fate + Send + Sync {
    move |request| {
        let data = request["params"][0]["input"].as_str().map_or(0, |hex| hex.len() / 2 - 1);
        let is_too_much = request["method"] == "eth_estimateGas" && data > limit;
        if is_too_much { Fate::Refuse("execution reverted: out of gas") } else { Fate::PassOn }
    }
}

/// Takes one request from `client`; the connection ends with its answer.
fn serve(client: &TcpStream, node: &str, decide: &dyn Fn(&Value) -> Fate) -> std::io::Result<()> {
    let mut reader = BufReader::new(client);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let request: Value = serde_json::from_slice(&body)?;
    let answer = match decide(&request) {
        Fate::HangUp => return Ok(()),
        Fate::LoseAnswer => return ask(node, &body).map(drop),
        Fate::PassOn => ask(node, &body)?,
        Fate::Refuse(message) => refusal(&request, message),
        Fate::Misreport(message) => {
            ask(node, &body)?;
            refusal(&request, message)
        }
        Fate::KnowNothing => result(&request, &Value::Null),
        Fate::Answer(said) => result(&request, &said),
        Fate::Busy => b"HTTP/1.1 429 Too Many Requests\r\nconnection: close\r\ncontent-length: 0\r\n\r\n".to_vec(),
    };
    let mut client = client;
    client.write_all(&answer)
}

fn refusal(request: &Value, message: &str) -> Vec<u8> {
    let error = serde_json::json!({"code": -32005, "message": message});
    answer(&serde_json::json!({"jsonrpc": "2.0", "id": request["id"], "error": error}))
}

fn result(request: &Value, said: &Value) -> Vec<u8> {
    answer(&serde_json::json!({"jsonrpc": "2.0", "id": request["id"], "result": said}))
}

fn answer(said: &Value) -> Vec<u8> {
    let text = said.to_string();
    let length = text.len();
    format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{text}").into_bytes()
}

fn ask(node: &str, body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut node_stream = TcpStream::connect(node)?;
    let length = body.len();
    write!(
        node_stream,
        "POST / HTTP/1.1\r\nhost: {node}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    )?;
    node_stream.write_all(body)?;
    let mut answer = Vec::new();
    node_stream.read_to_end(&mut answer)?;
    Ok(answer)
}
