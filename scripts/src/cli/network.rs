//! The options that say which chain is meant and who signs.

use std::path::PathBuf;

use alloy::primitives::Address;
use anyhow::Result;
use clap::Args;
use mrc53_node::connection::{Connection, NetworkChoice};
use mrc53_node::keys::{KeyChoice, Signer};
use mrc53_node::profile::Network;
use mrc53_node::url::UrlText;
use mrc53_suite::place::Place;

#[derive(Args, Clone, Debug)]
pub(super) struct NetworkArgs {
    /// `arbitrum-sepolia`, `arbitrum-sepolia-base`, `local`, or a TOML file (docs/networks.md has its format).
    #[arg(long, value_name = "NAME", default_value = "local", env = "MRC53_NETWORK")]
    pub(super) network: String,
    /// The node, instead of the network's own.
    #[arg(long, value_name = "URL", env = "MRC53_RPC_URL")]
    rpc_url: Option<UrlText>,
    /// Where deployments are kept [default: `deployments` of the clone].
    #[arg(long, value_name = "FOLDER", env = "MRC53_DEPLOYMENTS")]
    deployments: Option<PathBuf>,
    #[arg(skip)]
    others: OtherNodesArgs,
}

/// The nodes of the two other chains of a network whose sessions are on Base, for verbs that ask these.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct OtherNodesArgs {
    /// The node of Base, instead of the network's own; for networks whose sessions are there.
    #[arg(long, value_name = "URL", env = Place::Base.node_variable())]
    base_rpc_url: Option<UrlText>,
    /// The node of Ethereum, instead of the network's own; for networks whose sessions are on Base.
    #[arg(long, value_name = "URL", env = Place::Ethereum.node_variable())]
    ethereum_rpc_url: Option<UrlText>,
}

#[derive(Args, Clone, Debug)]
pub(super) struct KeyArgs {
    /// An encrypted JSON keystore; its password is asked for, or taken from `MRC53_KEYSTORE_PASSWORD`.
    #[arg(long, value_name = "FILE", conflicts_with = "private_key")]
    keystore: Option<PathBuf>,
    /// A private key; on the local network only. Elsewhere set `MRC53_PRIVATE_KEY` or use a keystore.
    #[arg(long, value_name = "KEY")]
    private_key: Option<String>,
    /// Sign nothing: write down the transactions of this account, for a hardware wallet or a Safe. Standard output has one
    /// a line as JSON and nothing else, in the order in which they are to be signed, with a gas limit where it can be
    /// estimated; plan and report are on standard error.
    #[arg(long, value_name = "ADDRESS", conflicts_with_all = ["keystore", "private_key"])]
    pub(super) unsigned_from: Option<Address>,
}

impl NetworkArgs {
    /// The same with the nodes of the other chains that are named.
    pub(super) fn and(&self, others: &OtherNodesArgs) -> Self {
        Self { others: others.clone(), ..self.clone() }
    }

    /// As [`NetworkChoice::connect`].
    pub(super) async fn connect(&self, signer: Option<&Signer>) -> Result<Connection> {
        self.choice().connect(signer).await
    }

    /// As [`NetworkChoice::connect_to_deploy`].
    pub(super) async fn connect_to_deploy(&self, signer: Option<&Signer>) -> Result<Connection> {
        self.choice().connect_to_deploy(signer).await
    }

    fn choice(&self) -> NetworkChoice {
        let Self { network, rpc_url, deployments, others } = self.clone();
        let OtherNodesArgs { base_rpc_url, ethereum_rpc_url } = others;
        NetworkChoice { network, rpc_url, base_rpc_url, ethereum_rpc_url, deployments }
    }
}

impl OtherNodesArgs {
    /// Base's alone, for verbs that do not ask Ethereum.
    pub(super) fn of_base(base_rpc_url: Option<UrlText>) -> Self {
        Self { base_rpc_url, ethereum_rpc_url: None }
    }
}

impl KeyArgs {
    /// As [`KeyChoice::signer`].
    pub(super) fn signer(&self, network: &Network) -> Result<Signer> {
        self.choice().signer(network)
    }

    /// As [`KeyChoice::signer_or_nobody`].
    pub(super) fn signer_or_nobody(&self, network: &Network) -> Result<Signer> {
        self.choice().signer_or_nobody(network)
    }

    fn choice(&self) -> KeyChoice {
        let Self { keystore, private_key, unsigned_from } = self.clone();
        KeyChoice { keystore, private_key, unsigned_from }
    }
}
