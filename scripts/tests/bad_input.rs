//! Bad input ends with one clear line on stderr, nothing on stdout and exit code 2, before anything is built or sent.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;

/// A scenario that fits the format.
const FITTING: &str = r#"{"start": 1740009600, "grace_days": 3, "lock_seconds": 86400, "min_subnet_stake": "0",
    "weight": "seconds", "pool": "0", "events": []}"#;
const KEY: &str = "0x0000000000000000000000000000000000000000000000000000000000000001";

/// Runs the tool; returns its one line on stderr after checking exit code and stdout.
fn refusal(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_mrc53")).args(arguments).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(output.stdout.is_empty());
    assert_eq!(stderr.trim_end().lines().count(), 1, "{stderr}");
    stderr.trim_end().to_owned()
}

/// A file that holds `text`, and its folder, which lives as long as it is needed.
fn file(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("story.json");
    std::fs::write(&path, text).unwrap();
    let name = path.to_str().unwrap().to_owned();
    (folder, name)
}

/// Stands in for a node: answers each JSON-RPC method by `answer`, an unknown one as nodes do.
fn stub_node(answer: impl Fn(&str) -> Option<&'static str> + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = vec![0; 1 << 16];
            let mut length = 0;
            let body = loop {
                let read = stream.read(&mut request[length..]).unwrap_or(0);
                length += read;
                let text = String::from_utf8_lossy(&request[..length]).into_owned();
                let body = text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
                if read == 0 || serde_json::from_str::<serde_json::Value>(&body).is_ok() {
                    break body;
                }
            };
            let Ok(call) = serde_json::from_str::<serde_json::Value>(&body) else { continue };
            let outcome = match answer(call["method"].as_str().unwrap_or_default()) {
                Some(result) => format!(r#""result":{result}"#),
                None => r#""error":{"code":-32601,"message":"the method does not exist"}"#.to_owned(),
            };
            let reply = format!(r#"{{"jsonrpc":"2.0","id":{},{outcome}}}"#, call["id"]);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
            let _ = write!(stream, "{head}Content-Length: {}\r\n\r\n{reply}", reply.len());
        }
    });
    url
}

#[test]
fn a_missing_scenario_file_is_named() {
    let line = refusal(&["demo", "--scenario", "no-such-file.json"]);

    assert!(line.starts_with("error: no-such-file.json: there is no such file"), "{line}");
}

#[test]
fn a_scenario_that_does_not_fit_is_named_with_event_and_field() {
    let text = FITTING.replace("[]", r#"[{"at": 1740009600, "claim": {"subnet": 7}}]"#);
    let (_folder, name) = file(&text);

    let line = refusal(&["demo", "--scenario", &name]);

    assert_eq!(line, format!("error: {name}: event 0: claim: `subnet` must be a string, is 7"));
}

#[test]
fn a_chain_without_stylus_is_the_wrong_chain() {
    let (_folder, name) = file(FITTING);
    let url = stub_node(|method| match method {
        "eth_chainId" => Some("\"0x1\""),
        "eth_call" => Some("\"0x\""),
        _ => None,
    });

    let line = refusal(&["demo", "--scenario", &name, "--rpc-url", &url, "--private-key", KEY]);

    assert_eq!(line, format!("error: chain 1 at {url} does not run Stylus programs: wrong chain"));
}

#[test]
fn a_node_that_cannot_travel_in_time_is_refused() {
    let (_folder, name) = file(FITTING);
    let url = stub_node(|method| match method {
        "eth_chainId" => Some("\"0x64aba\""),
        "eth_call" => Some("\"0x0000000000000000000000000000000000000000000000000000000000000002\""),
        "eth_getCode" => Some("\"0x60\""),
        "eth_getBlockByNumber" => Some("null"),
        _ => None,
    });

    let line = refusal(&["demo", "--scenario", &name, "--rpc-url", &url, "--private-key", KEY]);

    assert!(line.starts_with(&format!("error: the node at {url} cannot travel in time")), "{line}");
}

#[test]
fn a_key_that_is_none_is_refused() {
    let line = refusal(&["demo", "--rpc-url", "http://127.0.0.1:1", "--private-key", "0x12"]);

    assert!(line.starts_with("error: --private-key or MRC53_PRIVATE_KEY is no private key"), "{line}");
}

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();

    let line = refusal(&["devnode", "--port", &port]);

    assert!(line.starts_with(&format!("error: port {port} is already in use")), "{line}");
}

#[test]
fn a_machine_without_a_toolchain_is_told_what_to_run() {
    let output = Command::new(env!("CARGO_BIN_EXE_mrc53"))
        .args(["build", "--toolchain", "rustup"])
        .env("PATH", "")
        .output()
        .unwrap();

    assert_eq!(output.status.code(), Some(2));
    let line = String::from_utf8(output.stderr).unwrap();
    assert!(line.contains("run `rustup toolchain install 1."), "{line}");
}
