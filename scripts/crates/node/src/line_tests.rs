use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::AtomicUsize;
use std::thread;

use super::*;

const MILLISECOND: Duration = Duration::from_millis(1);
/// The secrets of the address at which every node of these tests stands.
const SECRETS: [&str; 4] = ["someone", "passw0rd", "k3yInPath", "k3yInQuery"];

/// A node that does with connection number `n`, from 1, what `serve` does once it has read the request; its address.
fn node(serve: impl Fn(usize, &str, &mut TcpStream) + Send + Sync + 'static) -> RpcUrl {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (serve, connections) = (Arc::new(serve), AtomicUsize::new(0));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (serve, mut stream) = (Arc::clone(&serve), stream.unwrap());
            let number = connections.fetch_add(1, Ordering::SeqCst) + 1;
            thread::spawn(move || {
                let mut request = String::new();
                let mut piece = [0; 4096];
                while !request.ends_with('}') {
                    let read = stream.read(&mut piece).unwrap_or(0);
                    if read == 0 {
                        return;
                    }
                    request.push_str(&String::from_utf8_lossy(&piece[..read]));
                }
                serve(number, &request, &mut stream);
            });
        }
    });
    RpcUrl::parse(&format!("http://someone:passw0rd@127.0.0.1:{port}/v2/k3yInPath?key=k3yInQuery"), "test").unwrap()
}

fn answer(stream: &mut TcpStream, status: &str, body: &str) {
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    // A client that has lost its patience is gone.
    let _ = stream.write_all(format!("{head}{body}").as_bytes());
}

fn id(stream: &mut TcpStream) {
    answer(stream, "200 OK", r#"{"jsonrpc":"2.0","id":0,"result":"0x7"}"#);
}

/// A line of little patience to the node at `url`.
fn line(url: &RpcUrl) -> Line {
    let limits = Limits { request: 200 * MILLISECOND, patience: 900 * MILLISECOND, last_patience: 50 * MILLISECOND };
    Line { limits, ..Line::new(url).unwrap() }
}

async fn ask(line: &Line) -> Result<String, String> {
    let client = RpcClient::new(line.clone(), true);
    client.request_noparams::<String>("eth_chainId").await.map_err(|error| error.to_string())
}

/// The error of a request to the node at `url`, which names it and none of its secrets.
async fn refused(line: &Line) -> String {
    let error = ask(line).await.unwrap_err();
    for secret in SECRETS {
        assert!(!error.contains(secret), "{secret} in {error}");
    }
    error
}

#[tokio::test]
async fn a_node_that_never_answers_is_given_up_within_the_patience_and_later_requests_sooner() {
    let url = node(|_, _, _| thread::park());
    let line = line(&url);

    let started = Instant::now();
    let error = refused(&line).await;
    assert!(started.elapsed() < 2_000 * MILLISECOND, "{:?}", started.elapsed());
    assert!(error.contains(&format!("{url} has not answered eth_chainId")), "{error}");

    let started = Instant::now();
    refused(&line).await;
    assert!(started.elapsed() < 400 * MILLISECOND, "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_node_that_trickles_bytes_for_ever_is_given_up_too() {
    let url = node(|_, _, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n");
        while stream.write_all(b" ").is_ok() {
            thread::sleep(10 * MILLISECOND);
        }
    });

    assert!(refused(&line(&url)).await.contains("has not answered"));
}

#[tokio::test]
async fn a_request_that_hangs_once_is_asked_again_and_patience_comes_back_with_an_answer() {
    let url = node(|number, _, stream| if number == 1 { thread::park() } else { id(stream) });
    let line = line(&url);
    line.state.is_lost.store(true, Ordering::Relaxed);
    refused(&line).await;

    assert_eq!(ask(&line).await.unwrap(), "0x7");
    assert!(!line.state.is_lost.load(Ordering::Relaxed));
}

#[tokio::test]
async fn a_node_that_wants_to_be_asked_tomorrow_is_not_waited_for() {
    let url = node(|_, _, stream| {
        let _ = stream.write_all(b"HTTP/1.1 429 Busy\r\nretry-after: 86400\r\ncontent-length: 0\r\n\r\n");
    });

    let started = Instant::now();
    assert!(refused(&line(&url)).await.contains("429"));
    assert!(started.elapsed() < 800 * MILLISECOND, "{:?}", started.elapsed());
}

#[tokio::test]
async fn user_and_password_of_the_address_are_sent_and_shown_nowhere() {
    // someone:passw0rd
    let basic = "authorization: basic c29tzw9uztpwyxnzdzbyza==";
    let url = node(move |_, request, stream| {
        let is_known = request.to_lowercase().contains(basic);
        if is_known { id(stream) } else { answer(stream, "401 Unauthorized", request) }
    });

    assert_eq!(ask(&line(&url)).await.unwrap(), "0x7");
}

#[tokio::test]
async fn a_node_that_repeats_what_it_was_asked_shows_no_secret() {
    let echo = "/v2/k3yInPath?key=k3yInQuery someone passw0rd";
    for (status, body) in [
        ("404 Not Found", echo.to_owned()),
        ("200 OK", format!("<html>{echo}</html>")),
        (
            "200 OK",
            format!(r#"{{"jsonrpc":"2.0","id":0,"error":{{"code":-32000,"message":"no {echo}","data":"{echo}"}}}}"#),
        ),
    ] {
        let url = node(move |_, _, stream| answer(stream, status, &body));

        let error = refused(&line(&url)).await;
        assert!(error.contains('…'), "{error}");
    }
}

#[tokio::test]
async fn a_dead_port_is_named_without_secrets() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = RpcUrl::parse(&format!("http://someone:passw0rd@127.0.0.1:{port}/k3yInPath?k3yInQuery"), "test").unwrap();

    let error = refused(&line(&url)).await;
    assert!(
        error.starts_with(&format!("no node answers at http://127.0.0.1:{port}: nothing listens there; ")),
        "{error}"
    );
    assert!(error.contains("cargo mrc53 devnode") && error.contains("--rpc-url"), "{error}");
}
