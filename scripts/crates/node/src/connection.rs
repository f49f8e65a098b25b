//! A node that has been checked to be on the network that is meant, and the book of what stands there.

use std::path::{Path, PathBuf};

use alloy::network::EthereumWallet;
use alloy::providers::{DynProvider, Provider, ProviderBuilder};
use anyhow::Result;
use mrc53_abi::ArbWasm::stylusVersionCall;
use mrc53_abi::arbitrum::ARB_WASM;
use mrc53_console::failure::BadInput;
use mrc53_console::workspace::Workspace;
use mrc53_suite::place::Place;

use super::book::Book;
use super::keys::Signer;
use super::line::Line;
use super::node::Node;
use super::on_base::OnBase;
use super::profile::Network;
use super::reading::require_chain;
use super::url::{RpcUrl, UrlText};
use crate::no_value::NoValue;
use crate::reader::Reader;

/// Which chain is meant.
#[derive(Clone, Debug, Default)]
pub struct NetworkChoice {
    /// `arbitrum-sepolia`, `arbitrum-sepolia-base`, `local`, or a TOML file (docs/networks.md has its format).
    pub network: String,
    /// The node, instead of the network's own.
    pub rpc_url: Option<UrlText>,
    /// The node of Base, instead of the network's own.
    pub base_rpc_url: Option<UrlText>,
    /// The node of Ethereum, instead of the network's own.
    pub ethereum_rpc_url: Option<UrlText>,
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
        connection.node().require_code(&connection.book).await?;
        Ok(connection)
    }

    /// Connects to a chain on which nothing of the book has to be.
    ///
    /// # Errors
    /// [`BadInput`] if the network is unknown, its book malformed, the node's address is none, the node is on another
    /// chain, or that chain runs no Stylus programs; a failure that names the node if it does not answer.
    pub async fn connect_to_deploy(&self, signer: Option<&Signer>) -> Result<Connection> {
        let mut network = Network::find(&self.network)?;
        self.name_nodes(&mut network)?;
        let (folder, book) = book_of(&network, self.deployments.as_deref())?;
        let url = network.rpc_url.clone();
        let line = Line::new(&url)?;
        let provider = provider(&line, signer);
        check_chain(&network, &url, &line, &provider).await?;
        Ok(Connection { network, url, provider, folder, book })
    }

    /// Puts the nodes that are named in the place of those of `network`.
    fn name_nodes(&self, network: &mut Network) -> Result<(), BadInput> {
        let named = |text: &Option<UrlText>, place: Place| {
            let read = |text: &UrlText| text.read(&format!("{} or {}", place.node_option(), place.node_variable()));
            Ok(text.as_ref().map(read).transpose()?.map(|url| url.of(place)))
        };
        if let Some(url) = named(&self.rpc_url, Place::Arbitrum)? {
            network.rpc_url = url;
        }
        let others = [(&self.base_rpc_url, Place::Base), (&self.ethereum_rpc_url, Place::Ethereum)];
        for (text, place) in others {
            let Some(url) = named(text, place)? else { continue };
            let Some(OnBase { base, ethereum }) = &mut network.on_base else {
                let (option, variable, name) = (place.node_option(), place.node_variable(), &network.name);
                return Err(BadInput::new(format!(
                    "{option} or {variable} names a node of {place}, and network {name} has none: its sessions are not \
                     on Base"
                )));
            };
            if place == Place::Base {
                base.rpc_url = url;
            } else {
                ethereum.rpc_url = url;
            }
        }
        Ok(())
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

    /// The node alone.
    #[must_use]
    pub fn node(&self) -> Node {
        let (chain_id, url, provider) = (self.network.chain_id, self.url.clone(), self.provider.clone());
        Node { place: Place::Arbitrum, chain_id, url, provider }
    }

    /// The two other chains of the network, with what stands there already.
    ///
    /// # Errors
    /// [`BadInput`] if its sessions are not on Base.
    pub fn on_base(&self) -> Result<&OnBase, BadInput> {
        let name = &self.network.name;
        self.network.on_base.as_ref().ok_or_else(|| {
            BadInput::new(format!(
                "network {name} counts sessions on its own chain: this is for one with [base] and [ethereum] \
                 (docs/networks.md)"
            ))
        })
    }

    /// Base's node: on the right chain, and with everything that the book has there.
    ///
    /// # Errors
    /// [`BadInput`] if the network's sessions are not on Base, the node is on another chain, or a contract of the book
    /// has no code there; a failure that names the node if it does not answer.
    pub async fn base(&self) -> Result<Node> {
        self.abroad(Place::Base).await
    }

    /// The same of Ethereum.
    ///
    /// # Errors
    /// As [`Self::base`].
    pub async fn ethereum(&self) -> Result<Node> {
        self.abroad(Place::Ethereum).await
    }

    async fn abroad(&self, place: Place) -> Result<Node> {
        let node = self.node_to_deploy(place).await?;
        node.require_code(&self.book).await?;
        Ok(node)
    }

    /// A node of any of the suite's chains, on which nothing of the book has to be.
    ///
    /// # Errors
    /// [`BadInput`] if it is on another chain, or the network does not have `place`; a failure that names the node if it
    /// does not answer.
    pub async fn node_to_deploy(&self, place: Place) -> Result<Node> {
        let name = &self.network.name;
        match place {
            Place::Arbitrum => Ok(self.node()),
            Place::Base => {
                let it = &self.on_base()?.base;
                Node::connect(place, it.chain_id, it.rpc_url.clone(), name).await
            }
            Place::Ethereum => {
                let it = &self.on_base()?.ethereum;
                Node::connect(place, it.chain_id, it.rpc_url.clone(), name).await
            }
        }
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
