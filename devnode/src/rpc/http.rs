//! HTTP: requests by POST, an empty answer to GET for those who ask whether anybody is there, and the headers by which
//! browsers let any page in.

use super::envelope::Dispatcher;
use super::websocket;
use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use axum::{RequestExt, Router};
use futures_util::StreamExt;
use std::sync::Arc;
use tower_http::cors::{AllowHeaders, Any, CorsLayer};

/// What a body may be declared as; geth's list.
const CONTENT_TYPES: [&str; 3] = ["application/json", "application/json-rpc", "application/jsonrequest"];

/// What is served, at any path.
pub(super) fn router(dispatcher: Arc<Dispatcher>) -> Router {
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods(Any)
        .allow_headers(AllowHeaders::mirror_request())
        .allow_private_network(true);
    let methods: MethodRouter<Arc<Dispatcher>> = get(knock).post(serve);
    Router::new().route("/", methods.clone()).route("/{*path}", methods).layer(cors).with_state(dispatcher)
}

/// A websocket, or a health check.
async fn knock(State(dispatcher): State<Arc<Dispatcher>>, request: Request) -> Response {
    if !request.headers().contains_key(header::UPGRADE) {
        return StatusCode::OK.into_response();
    }
    match request.extract::<WebSocketUpgrade, _>().await {
        Ok(upgrade) => websocket::open(upgrade, dispatcher),
        Err(refused) => refused.into_response(),
    }
}

async fn serve(State(dispatcher): State<Arc<Dispatcher>>, headers: HeaderMap, body: Body) -> Response {
    if !is_json(&headers) {
        let words = format!("invalid content type: only {} is served\n", CONTENT_TYPES[0]);
        return (StatusCode::UNSUPPORTED_MEDIA_TYPE, words).into_response();
    }
    let text = match read(body, dispatcher.max_request_bytes).await {
        Ok(Some(text)) => text,
        Ok(None) => return json(StatusCode::PAYLOAD_TOO_LARGE, dispatcher.too_long()),
        // The client is gone.
        Err(_) => return StatusCode::BAD_REQUEST.into_response(),
    };
    match dispatcher.serve(&text, None).await {
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
