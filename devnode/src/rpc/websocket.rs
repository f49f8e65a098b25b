//! Websockets: requests and answers as over HTTP, and what a client subscribed to.

use super::envelope::Dispatcher;
use super::params::Session;
use super::subscribe;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How far above its limit a message is still read, so that it can be refused in words; beyond, the connection ends.
const SPARE_BYTES: usize = 64 << 20;

/// Sessions are numbered, so that what a client subscribed to ends with its connection.
static NEXT_SESSION: AtomicU64 = AtomicU64::new(0);

/// Accepts a connection.
pub(super) fn open(upgrade: WebSocketUpgrade, dispatcher: Arc<Dispatcher>) -> Response {
    let most = dispatcher.max_request_bytes.saturating_add(SPARE_BYTES);
    upgrade.max_message_size(most).max_frame_size(most).on_upgrade(|socket| serve(socket, dispatcher))
}

async fn serve(mut socket: WebSocket, dispatcher: Arc<Dispatcher>) {
    let session = NEXT_SESSION.fetch_add(1, Ordering::Relaxed);
    let chain = &dispatcher.chain;
    let mut blocks = chain.changes();
    loop {
        let sent = tokio::select! {
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => answer(&mut socket, &dispatcher, text.as_bytes(), session).await,
                Some(Ok(Message::Binary(bytes))) => answer(&mut socket, &dispatcher, &bytes, session).await,
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
            },
            changed = blocks.changed() => match changed {
                Ok(()) => tell(&mut socket, &dispatcher, session).await,
                Err(_) => break,
            },
        };
        if sent.is_err() {
            break;
        }
    }
    // It fails only if the chain has ended already.
    let _ = chain.with(move |chain| chain.end_session(session)).await;
}

async fn answer(
    socket: &mut WebSocket,
    dispatcher: &Dispatcher,
    text: &[u8],
    session: Session,
) -> Result<(), axum::Error> {
    let answer = if text.len() > dispatcher.max_request_bytes {
        Some(dispatcher.too_long())
    } else {
        dispatcher.serve(text, Some(session)).await
    };
    match answer {
        Some(answer) => socket.send(Message::Text(answer.into())).await,
        None => Ok(()),
    }
}

/// Sends what is new to the client.
async fn tell(socket: &mut WebSocket, dispatcher: &Dispatcher, session: Session) -> Result<(), axum::Error> {
    loop {
        let news = dispatcher.chain.with(move |chain| subscribe::news(chain, session)).await;
        let Some(news) = news.map_err(axum::Error::new)? else {
            return Ok(());
        };
        for notification in news {
            socket.send(Message::Text(notification.into())).await?;
        }
    }
}
