//! JSON-RPC 2.0: from the text of a request, notification or batch to the text of its answer.
//!
//! An id comes back as it was written, so that every number that JSON knows may be one.

use super::answer::Failure;
use super::module::Module;
use super::params::Session;
use crate::handle::ChainHandle;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// The longest answer, in bytes.
const MAX_RESPONSE_BYTES: usize = 64 << 20;

/// The most requests of one batch.
const MAX_BATCH: usize = 1_000;

#[derive(Deserialize)]
struct Request<'a> {
    #[serde(default)]
    jsonrpc: Value,
    #[serde(default)]
    method: Value,
    #[serde(default, borrow)]
    params: Option<&'a RawValue>,
    /// Absent in a notification; null is an id.
    #[serde(default, borrow, deserialize_with = "present")]
    id: Option<&'a RawValue>,
}

fn present<'de: 'a, 'a, D: Deserializer<'de>>(id: D) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(id).map(Some)
}

#[derive(Serialize)]
struct Answer<'a> {
    jsonrpc: &'static str,
    id: &'a RawValue,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
}

/// The error that is not about any one request: its id is null.
fn refusal(failure: Failure) -> String {
    answer(RawValue::NULL, Err(failure))
}

fn answer(id: &RawValue, outcome: Result<Box<RawValue>, Failure>) -> String {
    let (result, error) = match outcome {
        Ok(result) => (Some(result), None),
        Err(failure) => (None, Some(failure)),
    };
    let answer = Answer { jsonrpc: "2.0", id, result, error };
    // SAFETY: text, numbers and JSON that was written before: nothing that cannot be written.
    serde_json::to_string(&answer).unwrap()
}

/// What JSON-RPC requests are served by.
pub(super) struct Dispatcher {
    pub(super) methods: Module,
    pub(super) chain: ChainHandle,
    /// The longest request.
    pub(super) max_request_bytes: usize,
}

impl Dispatcher {
    /// The answer to a request above the limit.
    pub(super) fn too_long(&self) -> String {
        refusal(Failure::request(format!("request too large: it exceeds {} bytes", self.max_request_bytes)))
    }

    /// Serves what a client sent and returns the answer; `None` if there were only notifications, which get none.
    pub(super) async fn serve(&self, text: &[u8], session: Option<Session>) -> Option<String> {
        let Ok(whole) = serde_json::from_slice::<&RawValue>(text) else {
            return Some(refusal(Failure::parse("parse error: the request is not JSON")));
        };
        if !whole.get().starts_with('[') {
            return self.one(whole, session).await;
        }
        // SAFETY: JSON that begins with a bracket is an array.
        let batch: Vec<&RawValue> = serde_json::from_str(whole.get()).unwrap();
        match batch.len() {
            0 => Some(refusal(Failure::request("empty batch"))),
            size if size > MAX_BATCH => {
                Some(refusal(Failure::request(format!("batch too large: {size} requests, limit {MAX_BATCH}"))))
            }
            _ => self.batch(&batch, session).await,
        }
    }

    async fn batch(&self, requests: &[&RawValue], session: Option<Session>) -> Option<String> {
        let mut answers = Vec::new();
        let mut bytes = 0;
        for request in requests {
            if let Some(answer) = self.one(request, session).await {
                bytes += answer.len();
                if bytes > MAX_RESPONSE_BYTES {
                    return Some(refusal(Failure::too_large(MAX_RESPONSE_BYTES)));
                }
                answers.push(answer);
            }
        }
        (!answers.is_empty()).then(|| format!("[{}]", answers.join(",")))
    }

    async fn one(&self, text: &RawValue, session: Option<Session>) -> Option<String> {
        let request = match well_formed(text) {
            Ok(request) => request,
            Err((id, failure)) => return Some(answer(id, Err(failure))),
        };
        let outcome = self.methods.call(&self.chain, &request.method, request.params, session).await;
        let id = request.id?;
        let outcome = outcome.and_then(|result| {
            if result.get().len() > MAX_RESPONSE_BYTES {
                return Err(Failure::too_large(MAX_RESPONSE_BYTES));
            }
            Ok(result)
        });
        Some(answer(id, outcome))
    }
}

struct WellFormed<'a> {
    method: String,
    params: Option<&'a RawValue>,
    id: Option<&'a RawValue>,
}

/// Reads one request; a refusal carries the id if there is a usable one.
fn well_formed(text: &RawValue) -> Result<WellFormed<'_>, (&RawValue, Failure)> {
    let refused = |id, message: &str| Err((id, Failure::request(format!("invalid request: {message}"))));
    let Ok(request) = serde_json::from_str::<Request<'_>>(text.get()) else {
        return refused(RawValue::NULL, "not an object, or a member twice");
    };
    let is_id = |id: &RawValue| id.get() == "null" || !id.get().starts_with(['{', '[', 't', 'f']);
    if !request.id.is_none_or(is_id) {
        return refused(RawValue::NULL, "an id is text, a number or null");
    }
    let id = request.id.unwrap_or(RawValue::NULL);
    if request.jsonrpc != "2.0" {
        return refused(id, "`jsonrpc` must be \"2.0\"");
    }
    let Value::String(method) = request.method else {
        return refused(id, "`method` must be text");
    };
    Ok(WellFormed { method, params: request.params, id: request.id })
}
