//! A node that is only read: of any chain, which need not run Stylus programs nor have the suite on it.

use alloy::providers::{DynProvider, Provider, ProviderBuilder};
use anyhow::Result;
use mrc53_console::failure::BadInput;

use crate::line::Line;
use crate::profile::Network;
use crate::url::RpcUrl;

/// A node, and which chain it is on.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Where the node is.
    pub url: RpcUrl,
    /// The node.
    pub provider: DynProvider,
    /// Its chain.
    pub chain_id: u64,
}

impl Reading {
    /// Connects to the node at `url`, which must be on `network` if one is meant.
    ///
    /// # Errors
    /// [`BadInput`] if it is on another chain; a failure that names the node if it does not answer.
    pub async fn connect(url: RpcUrl, network: Option<&Network>) -> Result<Self> {
        let provider = ProviderBuilder::new().connect_client(Line::new(&url)?.client()).erased();
        let chain_id = provider.get_chain_id().await.map_err(|error| url.blame("its chain id", &error))?;
        if let Some(network) = network {
            require_chain(network, &url, chain_id)?;
        }
        Ok(Self { url, provider, chain_id })
    }
}

/// That the node at `url`, which is on chain `id`, is on `network`.
///
/// # Errors
/// [`BadInput`] if it is on another chain.
pub fn require_chain(network: &Network, url: &RpcUrl, id: u64) -> Result<(), BadInput> {
    let (name, wanted) = (&network.name, network.chain_id);
    if id == wanted {
        return Ok(());
    }
    Err(BadInput::new(format!("wrong chain: {url} is on chain {id}, {name} is chain {wanted}")))
}
