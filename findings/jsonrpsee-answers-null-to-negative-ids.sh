#!/usr/bin/env bash
# jsonrpsee-server 0.26.1: a request whose id is a negative number is answered with "null" and HTTP 200, and is not run; in
# a batch it has no answer.
#
# Expected: the result with that id, for JSON-RPC 2.0 lets an id be any number, or an "Invalid Request" with id null.
# Seen: so it is with every id but an unsigned number of 64 bits, text or null: -7, 1.5, 2^64. The body "null" is no
# JSON-RPC message.
# Why it matters: clients that draw ids at random in a signed type meet it every other time, and see an empty answer or, in
# a batch, one too few, where a transaction was never sent. Who builds a node on it checks ids before.
#
# Needs cargo. Prints what it sees; exit code 1 if that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.0.0"
edition = "2021"

[dependencies]
jsonrpsee = { version = "=0.26.1", features = ["server"] }
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
TOML
cat > src/main.rs <<'RUST'
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};

use jsonrpsee::{server::Server, RpcModule};

static RUN: AtomicUsize = AtomicUsize::new(0);

fn post(address: SocketAddr, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!("POST / HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nConnection: close");
    write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    format!("{} {body}, run {}", head.split(' ').nth(1).unwrap(), RUN.swap(0, Ordering::SeqCst))
}

#[tokio::main]
async fn main() {
    let server = Server::builder().build("127.0.0.1:0").await.unwrap();
    let address = server.local_addr().unwrap();
    let mut module = RpcModule::new(());
    module.register_method("seven", |_, (), _| { RUN.fetch_add(1, Ordering::SeqCst); 7 }).unwrap();
    let handle = server.start(module);
    let requests = move || {
        let request = |id| format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"seven"}}"#);
        for id in ["7", "null", "-7", "1.5", "18446744073709551616"] {
            println!("id {id}: {}", post(address, &request(id)));
        }
        println!("batch: {}", post(address, &format!("[{},{},{}]", request("1"), request("-7"), request("2"))));
    };
    tokio::task::spawn_blocking(requests).await.unwrap();
    handle.stop().unwrap();
}
RUST
cat > expected <<'TEXT'
id 7: 200 {"jsonrpc":"2.0","id":7,"result":7}, run 1
id null: 200 {"jsonrpc":"2.0","id":null,"result":7}, run 1
id -7: 200 null, run 0
id 1.5: 200 null, run 0
id 18446744073709551616: 200 null, run 0
batch: 200 [{"jsonrpc":"2.0","id":1,"result":7},{"jsonrpc":"2.0","id":2,"result":7}], run 2
TEXT
cargo run --quiet | tee seen
diff expected seen
