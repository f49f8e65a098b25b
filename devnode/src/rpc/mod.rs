//! JSON-RPC over HTTP and websockets, on one port.
//!
//! [`http`] and [`websocket`] are the ways in, [`envelope`] reads requests and writes answers, [`module`] finds what is
//! to be done, and the other modules do it.

mod answer;
mod compatible;
mod debug;
mod dev;
mod envelope;
mod eth;
mod eth_call;
mod filter;
mod http;
mod module;
mod net;
mod params;
mod proof;
mod send;
mod submit;
mod subscribe;
mod tamper;
mod time;
mod watch;
mod websocket;

use crate::handle::ChainHandle;
use axum::serve::ListenerExt;
use envelope::Dispatcher;
use module::Module;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Serves `chain` on `listener` for as long as the runtime lives.
pub(crate) async fn serve(listener: TcpListener, chain: ChainHandle, max_request_bytes: u32) {
    let dispatcher = Dispatcher { methods: module(), chain, max_request_bytes: max_request_bytes as usize };
    // Answers are short and waited for; a socket that cannot be told so is slower, no more.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    // It never ends, and so never fails.
    let _ = axum::serve(listener, http::router(Arc::new(dispatcher))).await;
}

fn module() -> Module {
    let mut module = Module::default();
    net::register(&mut module);
    eth::register(&mut module);
    proof::register(&mut module);
    send::register(&mut module);
    eth_call::register(&mut module);
    filter::register(&mut module);
    watch::register(&mut module);
    subscribe::register(&mut module);
    dev::register(&mut module);
    time::register(&mut module);
    tamper::register(&mut module);
    compatible::register(&mut module);
    debug::register(&mut module);
    module
}
