//! JSON-RPC over HTTP.

mod answer;
mod debug;
mod dev;
mod eth;
mod eth_call;
mod filter;
mod net;
mod params;
mod send;
mod watch;

use crate::config::Config;
use crate::node::ChainHandle;
use jsonrpsee::RpcModule;
use jsonrpsee::server::{BatchRequestConfig, Server, ServerConfig, ServerHandle};
use std::io;
use std::net::TcpListener;

/// The largest answer, in bytes.
const MAX_RESPONSE_BYTES: u32 = 64 * 1024 * 1024;

/// The most clients at once.
const MAX_CONNECTIONS: u32 = 1_000;

/// The most requests of one batch.
const MAX_BATCH: u32 = 1_000;

/// Serves `chain` on `listener`. Must be called within a runtime.
pub(crate) fn serve(listener: TcpListener, chain: ChainHandle, config: &Config) -> io::Result<ServerHandle> {
    let server_config = ServerConfig::builder()
        .http_only()
        .max_request_body_size(config.max_request_bytes)
        .max_response_body_size(MAX_RESPONSE_BYTES)
        .max_connections(MAX_CONNECTIONS)
        .set_batch_request_config(BatchRequestConfig::Limit(MAX_BATCH))
        .build();
    let server = Server::builder().set_config(server_config).build_from_tcp(listener)?;
    Ok(server.start(module(chain)))
}

fn module(chain: ChainHandle) -> RpcModule<ChainHandle> {
    let mut module = Module(RpcModule::new(chain));
    net::register(&mut module);
    eth::register(&mut module);
    send::register(&mut module);
    eth_call::register(&mut module);
    filter::register(&mut module);
    watch::register(&mut module);
    dev::register(&mut module);
    debug::register(&mut module);
    module.0
}

/// The methods being collected.
pub(crate) struct Module(RpcModule<ChainHandle>);

use crate::chain::Chain;
use answer::Failure;
use params::Args;

impl Module {
    /// Adds a method under all its names. `serve` runs on the chain's thread.
    pub(crate) fn method<T: serde::Serialize + Send + 'static>(
        &mut self,
        names: &[&'static str],
        serve: fn(&mut Chain, &mut Args) -> Result<T, Failure>,
    ) {
        for name in names {
            let added = self.0.register_async_method(name, move |params, chain, _| {
                let args = Args::new(params.as_str().unwrap_or("[]"));
                async move {
                    let mut args = args?;
                    let value = chain
                        .with(move |chain| {
                            let value = serve(chain, &mut args)?;
                            serde_json::to_value(value).map_err(|e| Failure::internal(&e))
                        })
                        .await
                        .map_err(|broken| Failure::internal(&broken))?;
                    value.map_err(jsonrpsee::types::ErrorObjectOwned::from)
                }
            });
            debug_assert!(added.is_ok(), "{name} is registered twice");
        }
    }
}
