//! A node that has been checked to be on the network that is meant, and the book of what stands there.

use std::path::{Path, PathBuf};

use alloy::network::EthereumWallet;
use alloy::primitives::Address;
use alloy::providers::{DynProvider, Provider, ProviderBuilder};
use anyhow::Result;
use futures_util::{StreamExt, TryStreamExt, stream};
use mrc53_abi::ArbWasm::stylusVersionCall;
use mrc53_abi::arbitrum::ARB_WASM;
use mrc53_console::failure::BadInput;
use mrc53_console::workspace::Workspace;

use super::book::{Book, Record};
use super::keys::Signer;
use super::line::Line;
use super::profile::Network;
use super::reading::require_chain;
use super::url::{RpcUrl, UrlText};
use crate::no_value::NoValue;
use crate::reader::Reader;

/// Addresses whose code is asked for at the same time.
const CODES_AT_ONCE: usize = 8;

/// Which chain is meant.
#[derive(Clone, Debug)]
pub struct NetworkChoice {
    /// `arbitrum-sepolia`, `local`, or a TOML file (docs/networks.md has its format).
    pub network: String,
    /// The node, instead of the network's own.
    pub rpc_url: Option<UrlText>,
    /// Where deployments are kept; none: `deployments` of the clone.
    pub deployments: Option<PathBuf>,
}

/// A node on the network that is meant.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The network.
    pub network: Network,
    /// Where the node is.
    pub url: RpcUrl,
    /// The node.
    pub provider: DynProvider,
    /// Where the book is kept.
    pub folder: PathBuf,
    /// What stands there.
    pub book: Book,
}

impl NetworkChoice {
    /// Connects, to sign with `signer` where transactions are to be signed.
    ///
    /// # Errors
    /// As [`Self::connect_to_deploy`]; [`BadInput`] too if a contract of the book has no code on the chain.
    pub async fn connect(&self, signer: Option<&Signer>) -> Result<Connection> {
        let connection = self.connect_to_deploy(signer).await?;
        connection.require_code().await?;
        Ok(connection)
    }

    /// Connects to a chain on which nothing of the book has to be.
    ///
    /// # Errors
    /// [`BadInput`] if the network is unknown, its book malformed, the node's address is none, the node is on another
    /// chain, or that chain runs no Stylus programs; a failure that names the node if it does not answer.
    pub async fn connect_to_deploy(&self, signer: Option<&Signer>) -> Result<Connection> {
        let network = Network::find(&self.network)?;
        let (folder, book) = book_of(&network, self.deployments.as_deref())?;
        let named = self.rpc_url.as_ref().map(|text| text.read("--rpc-url or MRC53_RPC_URL"));
        let url = named.transpose()?.unwrap_or_else(|| network.rpc_url.clone());
        let line = Line::new(&url)?;
        let provider = provider(&line, signer);
        check_chain(&network, &url, &line, &provider).await?;
        Ok(Connection { network, url, provider, folder, book })
    }
}

impl Connection {
    /// Asks contracts there, as they are now.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader::now(&self.provider)
    }

    /// Writes the book down.
    ///
    /// # Errors
    /// Fails if its folder cannot be written.
    pub fn save(&self) -> Result<()> {
        self.book.save(&self.folder)
    }

    /// Checks that there is code at every address of the book: on another chain, or one that began anew, reading would
    /// find nothing and say that there is nothing to do.
    async fn require_code(&self) -> Result<()> {
        let codes = stream::iter(&self.book.contracts).map(async |record| {
            let Record { contract, address, .. } = record;
            let code = self.provider.get_code_at(*address).await;
            let code = code.map_err(|error| self.url.blame(&format!("the code of {contract}"), &error))?;
            if code.is_empty() { Err(no_code(contract, *address).into()) } else { anyhow::Ok(()) }
        });
        codes.buffered(CODES_AT_ONCE).try_collect().await
    }
}

/// The book of `network` and its folder: `deployments` if that is named.
///
/// # Errors
/// [`BadInput`] if the book is malformed, or no folder is named and there is no clone.
pub fn book_of(network: &Network, deployments: Option<&Path>) -> Result<(PathBuf, Book)> {
    let folder = deployments.map_or_else(|| default_folder(network), |folder| Ok(folder.to_owned()))?;
    let book = Book::load(&folder, network)?;
    Ok((folder, book))
}

/// `deployments` of the clone, or what is only of this machine: `target/mrc53/deployments`.
fn default_folder(network: &Network) -> Result<PathBuf> {
    let workspace = Workspace::find()?;
    let local = || workspace.output().map(|output| output.join("deployments"));
    if network.is_local() { local() } else { Ok(workspace.path("deployments")) }
}

/// That a contract of the book is not on the chain.
#[must_use]
pub fn no_code(contract: &str, address: Address) -> BadInput {
    BadInput::new(format!(
        "{contract} has no code at {address}: is this the chain of the book? If it began anew, its book has to be moved \
         away; `cargo mrc53 deploy` then begins another"
    ))
}

fn provider(line: &Line, signer: Option<&Signer>) -> DynProvider {
    let client = line.client();
    match signer {
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
    }
}

/// Checks that the node is on `network` and runs Stylus programs, and finds out whether it knows the pending block.
async fn check_chain(network: &Network, url: &RpcUrl, line: &Line, provider: &DynProvider) -> Result<()> {
    let id = provider.get_chain_id().await.map_err(|error| url.blame("its chain id", &error))?;
    require_chain(network, url, id)?;
    line.ask_pending(true);
    if require_stylus(provider, id, url).await.is_ok() {
        return Ok(());
    }
    line.ask_pending(false);
    require_stylus(provider, id, url).await
}

/// Checks that the chain `id`, whose node is at `url`, runs Stylus programs.
///
/// # Errors
/// [`BadInput`] if it does not; a failure if the node does not answer.
pub async fn require_stylus(provider: &DynProvider, id: u64, url: &RpcUrl) -> Result<()> {
    match Reader::now(provider).ask(ARB_WASM, stylusVersionCall {}).await {
        Ok(_) => Ok(()),
        Err(NoValue::Node(error)) => Err(url.blame("whether it runs Stylus programs", &error)),
        Err(_) => Err(BadInput::new(format!("chain {id} at {url} does not run Stylus programs: wrong chain")).into()),
    }
}
