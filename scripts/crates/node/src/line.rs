//! The way to a node: JSON-RPC over HTTP within time limits, tried again where that helps, and cleared of what the
//! node's address hides.
//!
//! Once the patience with a request has run out, later requests get less of it, until one is answered: a run of many
//! requests ends soon after its node has stopped answering.

use std::error::Error;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use alloy::rpc::client::RpcClient;
use alloy::rpc::json_rpc::{ErrorPayload, RequestPacket, Response, ResponsePacket, ResponsePayload};
use alloy::transports::http::Http;
use alloy::transports::http::reqwest::{self, Client};
use alloy::transports::{RpcError, TransportError, TransportErrorKind, TransportFut};
use mrc53_console::failure::BadInput;
use serde_json::value::RawValue;
use tower::Service;

use super::patience::Patience;
use super::pending;
use super::url::RpcUrl;

/// How long connecting may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);
/// The limits of every line. An overloaded node is waited for; a run of the tool ends within two minutes of silence.
const LIMITS: Limits = Limits {
    request: Duration::from_secs(45),
    patience: Duration::from_secs(80),
    last_patience: Duration::from_secs(5),
};
/// How much of an answer that makes no sense is shown, in characters.
const SHOWN: usize = 200;

/// A way to the node at one address.
#[derive(Clone, Debug)]
pub struct Line {
    http: Http<Client>,
    url: RpcUrl,
    limits: Limits,
    state: Arc<State>,
}

/// How long is waited.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// For a request, from connecting to the last byte of its answer.
    request: Duration,
    /// For it with all its repetitions.
    patience: Duration,
    /// The same once a request has been given up.
    last_patience: Duration,
}

#[derive(Debug, Default)]
struct State {
    /// Whether the last request was given up.
    is_lost: AtomicBool,
    /// Whether calls at the latest block are made at the pending one.
    asks_pending: AtomicBool,
    /// Whether calls at the pending block are made at the latest one.
    asks_latest: AtomicBool,
}

/// Why no answer came.
#[derive(Debug, thiserror::Error)]
enum NoAnswer {
    #[error("no node answers at {url}: {why}; {}", url.advice())]
    Broken { url: RpcUrl, why: String },
    #[error("{url} has not answered {methods} within {seconds:.0} s; {}", url.advice())]
    Silent { url: RpcUrl, methods: String, seconds: f64 },
    #[error(
        "{url} answers {methods} with what is no JSON-RPC, so it is no node's address, or a gateway is down: {text}"
    )]
    Gibberish { url: RpcUrl, methods: String, text: String },
}

impl Line {
    /// To the node at `url`; nothing is asked yet.
    ///
    /// # Errors
    /// [`BadInput`] if this machine cannot speak HTTP.
    pub fn new(url: &RpcUrl) -> Result<Self, BadInput> {
        // A redirection is not told where it came from: the path may be a key.
        let client = Client::builder().connect_timeout(CONNECT_LIMIT).referer(false).build();
        let client = client.map_err(|error| BadInput::new(format!("no HTTP client: {}", root(&error))))?;
        let http = Http::with_client(client, url.endpoint());
        Ok(Self { http, url: url.clone(), limits: LIMITS, state: Arc::default() })
    }

    /// A client that asks over this line.
    #[must_use]
    pub fn client(&self) -> RpcClient {
        RpcClient::new(self.clone(), self.http.guess_local())
    }

    /// Makes calls at the latest block at the pending one instead, or the other way round: see [`pending`].
    pub fn ask_pending(&self, asks_pending: bool) {
        self.state.asks_pending.store(asks_pending, Ordering::Relaxed);
        self.state.asks_latest.store(!asks_pending, Ordering::Relaxed);
    }

    async fn ask(self, mut request: RequestPacket) -> Result<ResponsePacket, TransportError> {
        if self.state.asks_pending.load(Ordering::Relaxed) {
            request = pending::instead_of_latest(request);
        } else if self.state.asks_latest.load(Ordering::Relaxed) {
            request = pending::instead_of_pending(request);
        }
        let is_lost = self.state.is_lost.load(Ordering::Relaxed);
        let until = Instant::now() + if is_lost { self.limits.last_patience } else { self.limits.patience };
        let mut repetitions = 0;
        loop {
            let outcome = self.once(&request, until).await;
            match pause(&outcome, repetitions) {
                Some(pause) if pause < until.saturating_duration_since(Instant::now()) => {
                    repetitions += 1;
                    tokio::time::sleep(pause).await;
                }
                given_up => {
                    self.state.is_lost.store(given_up.is_some(), Ordering::Relaxed);
                    return outcome;
                }
            }
        }
    }

    /// Asks once, for an answer before `until`.
    async fn once(&self, request: &RequestPacket, until: Instant) -> Result<ResponsePacket, TransportError> {
        let limit = self.limits.request.min(until.saturating_duration_since(Instant::now()));
        let methods = || request.method_names().take(3).collect::<Vec<_>>().join(", ");
        match tokio::time::timeout(limit, self.http.clone().call(request.clone())).await {
            Ok(Ok(answer)) => Ok(self.cleared(answer)),
            Ok(Err(error)) => Err(self.in_words(error, methods())),
            Err(_) => {
                let (url, methods) = (self.url.clone(), methods());
                Err(TransportErrorKind::custom(NoAnswer::Silent { url, methods, seconds: limit.as_secs_f64() }))
            }
        }
    }

    fn in_words(&self, error: TransportError, methods: String) -> TransportError {
        let url = self.url.clone();
        match error {
            RpcError::Transport(TransportErrorKind::Custom(cause)) => {
                let why = self.url.redact(&root(cause.as_ref()));
                TransportErrorKind::custom(NoAnswer::Broken { url, why })
            }
            RpcError::Transport(TransportErrorKind::HttpError(error)) => {
                TransportErrorKind::http_error(error.status, self.shown(&error.body))
            }
            RpcError::Transport(TransportErrorKind::HttpErrorWithRetryAfter { error, retry_after }) => {
                let body = self.shown(&error.body);
                TransportErrorKind::http_error_with_retry_after(error.status, body, Some(retry_after))
            }
            RpcError::DeserError { text, .. } => {
                let text = self.shown(&text);
                TransportErrorKind::non_retryable(NoAnswer::Gibberish { url, methods, text })
            }
            other => other,
        }
    }

    /// The beginning of `text`, which the node wrote, on one line.
    fn shown(&self, text: &str) -> String {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.url.redact(&line).chars().take(SHOWN).collect()
    }

    fn cleared(&self, answer: ResponsePacket) -> ResponsePacket {
        match answer {
            ResponsePacket::Single(one) => ResponsePacket::Single(self.cleared_one(one)),
            ResponsePacket::Batch(all) => {
                ResponsePacket::Batch(all.into_iter().map(|one| self.cleared_one(one)).collect())
            }
        }
    }

    fn cleared_one(&self, answer: Response) -> Response {
        let ResponsePayload::Failure(ErrorPayload { code, message, data }) = answer.payload else { return answer };
        let message = self.url.redact(&message).into();
        // Data in hex is what a contract said.
        let data = data.map(|data| {
            let hex = data.get().strip_prefix("\"0x").and_then(|rest| rest.strip_suffix('"'));
            let is_hex = hex.is_some_and(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()));
            let cleared = (!is_hex).then(|| RawValue::from_string(self.url.redact(data.get())).ok()).flatten();
            cleared.unwrap_or(data)
        });
        Response { id: answer.id, payload: ResponsePayload::Failure(ErrorPayload { code, message, data }) }
    }
}

impl Service<RequestPacket> for Line {
    type Response = ResponsePacket;
    type Error = TransportError;
    type Future = TransportFut<'static>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: RequestPacket) -> Self::Future {
        Box::pin(self.clone().ask(request))
    }
}

/// How long to wait before the same is asked again, after `repetitions` repetitions; none if `outcome` stands.
fn pause(outcome: &Result<ResponsePacket, TransportError>, repetitions: u32) -> Option<Duration> {
    let pause = |error: &TransportError| Patience::default().pause(error, repetitions);
    match outcome {
        Ok(answer) => answer.iter_errors().find_map(|error| pause(&TransportError::ErrorResp(error.clone()))),
        Err(error) => pause(error),
    }
}

/// What lies behind `error` and everything that was said around it, such as the whole address.
fn root(error: &(dyn Error + 'static)) -> String {
    if error.downcast_ref::<reqwest::Error>().is_some_and(|error| error.is_connect() && error.is_timeout()) {
        return format!("no connection within {} s", CONNECT_LIMIT.as_secs());
    }
    let mut root = error;
    while let Some(source) = root.source() {
        root = source;
    }
    if let Some(why) = root.downcast_ref::<io::Error>().and_then(|error| in_words(error.kind())) {
        return why.into();
    }
    match root.downcast_ref::<reqwest::Error>() {
        Some(_) if root.to_string().contains("://") => "the request failed".into(),
        _ => root.to_string(),
    }
}

/// What the machine says of a connection, where there are plain words for it.
fn in_words(kind: io::ErrorKind) -> Option<&'static str> {
    match kind {
        io::ErrorKind::ConnectionRefused => Some("nothing listens there"),
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
            Some("it broke the connection off")
        }
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => Some("no way leads there from here"),
        _ => None,
    }
}

#[cfg(test)]
#[path = "line_tests.rs"]
mod tests;
