//! A node that has been checked to be on the network that is meant, and the book of what stands there.

use std::path::PathBuf;

use alloy::network::EthereumWallet;
use alloy::providers::{DynProvider, Provider, ProviderBuilder};
use alloy::rpc::client::ClientBuilder;
use anyhow::Result;
use clap::Args;

use super::book::Book;
use super::keys::Signer;
use super::patience;
use super::profile::Network;
use crate::chain::abi::ArbWasm;
use crate::chain::client::{ARB_WASM, one_line};
use crate::failure::BadInput;
use crate::workspace::Workspace;

/// Which chain is meant.
#[derive(Args, Clone, Debug)]
pub struct NetworkArgs {
    /// `arbitrum-sepolia`, `local`, or a TOML file.
    #[arg(long, value_name = "NAME", default_value = "local", env = "MRC53_NETWORK")]
    pub network: String,
    /// The node, instead of the network's own.
    #[arg(long, value_name = "URL", env = "MRC53_RPC_URL")]
    pub rpc_url: Option<String>,
    /// Where deployments are kept [default: `deployments` of the clone].
    #[arg(long, value_name = "FOLDER", env = "MRC53_DEPLOYMENTS")]
    pub deployments: Option<PathBuf>,
}

/// A node on the network that is meant.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The network.
    pub network: Network,
    /// How to name the node in front of people.
    pub url: String,
    /// The node.
    pub provider: DynProvider,
    /// Where the book is kept.
    pub folder: PathBuf,
    /// What stands there.
    pub book: Book,
}

impl NetworkArgs {
    /// Connects, to sign with `signer` where transactions are to be signed.
    ///
    /// # Errors
    /// [`BadInput`] if the network is unknown, its book malformed, nothing answers, the node is on another chain, or
    /// that chain runs no Stylus programs.
    pub async fn connect(&self, signer: Option<&Signer>) -> Result<Connection> {
        let network = Network::find(&self.network)?;
        let folder = match &self.deployments {
            Some(folder) => folder.clone(),
            None => default_folder(&network)?,
        };
        let book = Book::load(&folder, &network)?;
        let url = self.rpc_url.clone().unwrap_or_else(|| network.rpc_url.clone());
        let provider = provider(&url, signer)?;
        check_chain(&network, &url, &provider).await?;
        Ok(Connection { network, url, provider, folder, book })
    }
}

impl Connection {
    /// Writes the book down.
    ///
    /// # Errors
    /// Fails if its folder cannot be written.
    pub fn save(&self) -> Result<()> {
        self.book.save(&self.folder)
    }
}

/// `deployments` of the clone, or what is only of this machine: `target/mrc53/deployments`.
fn default_folder(network: &Network) -> Result<PathBuf> {
    let workspace = Workspace::find()?;
    let local = || workspace.output().map(|output| output.join("deployments"));
    if network.is_local() { local() } else { Ok(workspace.path("deployments")) }
}

fn provider(url: &str, signer: Option<&Signer>) -> Result<DynProvider> {
    let endpoint = url.parse().map_err(|error| BadInput::new(format!("`{url}` is no URL: {error}")))?;
    let client = ClientBuilder::default().layer(patience::layer()).http(endpoint);
    Ok(match signer {
        // Nonces are asked for, not remembered: another process may send for the same account.
        Some(Signer::Key(key)) => ProviderBuilder::new()
            .disable_recommended_fillers()
            .with_gas_estimation()
            .with_simple_nonce_management()
            .fetch_chain_id()
            .wallet(EthereumWallet::from(key.clone()))
            .connect_client(client)
            .erased(),
        _ => ProviderBuilder::new().connect_client(client).erased(),
    })
}

async fn check_chain(network: &Network, url: &str, provider: &DynProvider) -> Result<()> {
    let id = provider.get_chain_id().await;
    let id = id.map_err(|error| BadInput::new(format!("no node answers at {url}: {}", one_line(&error))))?;
    if id != network.chain_id {
        let (name, wanted) = (&network.name, network.chain_id);
        return Err(BadInput::new(format!("wrong chain: {url} is on chain {id}, {name} is chain {wanted}")).into());
    }
    let version = ArbWasm::new(ARB_WASM, provider).stylusVersion().call().await;
    version.map_err(|_| BadInput::new(format!("chain {id} at {url} does not run Stylus programs")))?;
    Ok(())
}
