//! HTTP: requests by POST, an empty answer to GET for those who ask whether anybody is there, and the headers by which
//! browsers let any page in.

use super::answer::Failure;
use super::envelope::{Dispatcher, refusal};
use super::websocket;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use futures_util::StreamExt;
use std::future::{Ready, ready};
use std::sync::Arc;
use tower_http::cors::{AllowHeaders, Any, CorsLayer};

/// What a body may be declared as; geth's list.
const CONTENT_TYPES: [&str; 3] = ["application/json", "application/json-rpc", "application/jsonrequest"];

/// The server with the size limit of its requests.
pub(super) struct Shared {
    pub(super) dispatcher: Dispatcher,
    pub(super) max_request_bytes: usize,
}

/// What is served, at any path.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods(Any)
        .allow_headers(AllowHeaders::mirror_request())
        .allow_private_network(true);
    let methods: MethodRouter<Arc<Shared>> = get(knock).post(serve);
    Router::new().route("/", methods.clone()).route("/{*path}", methods).layer(cors).with_state(shared)
}

/// A websocket, or a health check.
fn knock(State(shared): State<Arc<Shared>>, headers: HeaderMap, upgrade: Upgrade) -> Ready<Response> {
    ready(match upgrade {
        Ok(upgrade) => websocket::open(upgrade, shared),
        Err(refused) if headers.contains_key(header::UPGRADE) => refused.into_response(),
        Err(_) => StatusCode::OK.into_response(),
    })
}

type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

async fn serve(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Body) -> Response {
    if !is_json(&headers) {
        let words = format!("invalid content type: only {} is served\n", CONTENT_TYPES[0]);
        return (StatusCode::UNSUPPORTED_MEDIA_TYPE, words).into_response();
    }
    let text = match read(body, shared.max_request_bytes).await {
        Ok(Some(text)) => text,
        Ok(None) => return json(StatusCode::PAYLOAD_TOO_LARGE, too_long(shared.max_request_bytes)),
        // The client is gone.
        Err(_) => return StatusCode::BAD_REQUEST.into_response(),
    };
    match shared.dispatcher.serve(&text, None).await {
        Some(answer) => json(StatusCode::OK, answer),
        None => StatusCode::NO_CONTENT.into_response(),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let declared = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = declared.split(';').next().unwrap_or_default().trim();
    CONTENT_TYPES.iter().any(|known| kind.eq_ignore_ascii_case(known))
}

fn json(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, CONTENT_TYPES[0])], text).into_response()
}

/// The answer to a request above the limit.
pub(super) fn too_long(limit: usize) -> String {
    refusal(Failure::request(format!("request too large: it exceeds {limit} bytes")))
}

/// The body, or `None` if it exceeds `limit`. The rest of one that does is read and dropped: a client that is still
/// writing when its connection closes sees no answer.
async fn read(body: Body, limit: usize) -> Result<Option<Vec<u8>>, axum::Error> {
    let mut chunks = body.into_data_stream();
    let mut text = Vec::new();
    let mut is_within = true;
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk?;
        is_within &= text.len() + chunk.len() <= limit;
        if is_within {
            text.extend_from_slice(&chunk);
        }
    }
    Ok(is_within.then_some(text))
}
