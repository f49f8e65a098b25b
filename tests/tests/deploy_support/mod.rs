//! A devnode and a book of their own to deploy to, by the tool as a user runs it or by the library beneath it.

use alloy::primitives::{Address, Bytes, U256};
use alloy::providers::{DynProvider, Provider, ProviderBuilder};
use alloy::signers::local::PrivateKeySigner;
use anyhow::Result;
use mrc53_abi::doubles::SolidityArtifact;
use mrc53_console::progress::Progress;
use mrc53_console::workspace::Workspace;
use mrc53_deploy::execute::{Outcome, carry_out};
use mrc53_deploy::goal::Wishes;
use mrc53_deploy::plan::Plan;
use mrc53_deploy::{Prepared, prepare};
use mrc53_devnode::config::{Config, DEV_PRIVATE_KEY};
use mrc53_devnode::node::{Devnode, Handle};
use mrc53_node::book::Book;
use mrc53_node::connection::{Connection, NetworkChoice};
use mrc53_node::keys::Signer;
use mrc53_node::profile::Network;
use mrc53_stage::chain::Chain;
use mrc53_stage::deploy;
use mrc53_wasm::Artifact;
use serde_json::Value;

use crate::suite_support::{Ended, MIDNIGHT, programs, run, run_with};

/// The suite's contracts and their stand-ins, in the order of deployment.
pub(crate) const ALL: [&str; 6] =
    ["MorToken", "DiamondHarness", "stake-alignment", "session-recorder", "reward-calculator", "reward-distributor"];

/// A chain that stands at [`MIDNIGHT`], with nothing of the suite on it.
pub(crate) struct Ground {
    pub(crate) node: Handle,
    pub(crate) folder: tempfile::TempDir,
    files: tempfile::TempDir,
    /// What the tool and the library take for the network.
    pub(crate) network: String,
}

/// A plan and what became of it.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) plan: Plan,
    pub(crate) outcomes: Vec<Outcome>,
}

impl Ground {
    pub(crate) fn new() -> Self {
        Self::of("local", &Config { genesis_timestamp: Some(MIDNIGHT), ..Config::ephemeral() })
    }

    /// A chain as `config` says, taken for `network`.
    pub(crate) fn of(network: &str, config: &Config) -> Self {
        let node = Devnode::start(config).unwrap();
        let [folder, files] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        Self { node, folder, files, network: network.to_owned() }
    }

    /// Runs `cargo mrc53 deploy` with `words` here.
    pub(crate) fn tool(&self, words: &[&str]) -> Ended {
        self.tool_with(&[], words)
    }

    /// The same with `variables` in the environment.
    pub(crate) fn tool_with(&self, variables: &[(&str, &str)], words: &[&str]) -> Ended {
        let (url, folder) = (self.node.url(), self.folder.path().to_str().unwrap().to_owned());
        let here = ["deploy", "--network", &self.network, "--rpc-url", &url, "--deployments", &folder];
        run_with(variables, &[&here, words].concat())
    }

    /// Runs the tool's verb `words[0]` here.
    pub(crate) fn verb(&self, words: &[&str]) -> Ended {
        let (url, folder) = (self.node.url(), self.folder.path().to_str().unwrap().to_owned());
        run(&[words, &["--network", &self.network, "--rpc-url", &url, "--deployments", &folder]].concat())
    }

    /// What `status` calls a problem.
    pub(crate) fn problems(&self) -> String {
        let page = self.verb(&["status", "--json"]).json();
        let lines = page["problems"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
        lines.collect::<Vec<_>>().join("\n")
    }

    /// A connection to the node, or to `url` in its place.
    pub(crate) async fn connect(&self, url: Option<&str>, signer: &Signer) -> Result<Connection> {
        let rpc_url = Some(url.map_or_else(|| self.node.url(), str::to_owned).into());
        let deployments = Some(self.folder.path().to_owned());
        let choice = NetworkChoice { network: self.network.clone(), rpc_url, deployments, ..NetworkChoice::default() };
        choice.connect_to_deploy(Some(signer)).await
    }

    /// Takes the chain for a network of the same id with `toml` as its inputs and settings.
    pub(crate) fn set_network(&mut self, toml: &str) {
        let file = self.files.path().join("network.toml");
        let head = format!("name = \"here\"\nchain_id = 412346\nrpc_url = \"{}\"\n", self.node.url());
        std::fs::write(&file, head + toml).unwrap();
        file.to_str().unwrap().clone_into(&mut self.network);
    }

    /// Deploys a Solidity contract as the dev account.
    pub(crate) async fn put(&self, artifact: SolidityArtifact) -> Address {
        let Signer::Key(key) = dev() else { unreachable!() };
        let chain = Chain::connect(&self.node.url(), key, []).await.unwrap();
        deploy::evm(&chain, "a contract", artifact.bytecode).await.unwrap().address
    }

    /// Plans as the dev account under `wishes`.
    pub(crate) async fn plan(&self, wishes: &Wishes) -> Result<Prepared> {
        let mut connection = self.connect(None, &dev()).await?;
        prepare(&mut connection, programs(), dev().address(), wishes).await
    }

    /// Deploys as the dev account under `wishes`.
    pub(crate) async fn deploy(&self, wishes: &Wishes) -> Result<Done> {
        self.deploy_as(&dev(), None, wishes).await
    }

    /// Deploys as `signer` under `wishes`, through `url` where one is given.
    pub(crate) async fn deploy_as(&self, signer: &Signer, url: Option<&str>, wishes: &Wishes) -> Result<Done> {
        deploy_on(self.connect(url, signer).await?, programs(), signer, wishes).await
    }

    /// The book as it lies in its folder.
    pub(crate) fn book(&self) -> Book {
        Book::load(self.folder.path(), &Network::find(&self.network).unwrap()).unwrap()
    }

    pub(crate) fn provider(&self) -> DynProvider {
        ProviderBuilder::new().connect_http(self.node.url().parse().unwrap()).erased()
    }

    /// How many transactions the dev account has sent.
    pub(crate) async fn sent(&self) -> u64 {
        self.provider().get_transaction_count(dev().address()).await.unwrap()
    }

    pub(crate) async fn put_code(&self, address: Address, code: Bytes) {
        let _: Value = self.provider().raw_request("anvil_setCode".into(), (address, code)).await.unwrap();
    }

    pub(crate) async fn put_ether(&self, address: Address, wei: U256) {
        let _: Value = self.provider().raw_request("anvil_setBalance".into(), (address, wei)).await.unwrap();
    }
}

/// Deploys `programs` on `connection` as `signer` under `wishes`.
pub(crate) async fn deploy_on(
    mut connection: Connection,
    programs: &[Artifact],
    signer: &Signer,
    wishes: &Wishes,
) -> Result<Done> {
    let Prepared { goal, plan, .. } = prepare(&mut connection, programs, signer.address(), wishes).await?;
    plan.require_feasible(signer.address())?;
    let progress = Progress::start("deploying");
    let workspace = Workspace::find().unwrap();
    let outcomes = carry_out(&mut connection, &workspace, signer, &goal, &plan, &progress).await?;
    Ok(Done { plan, outcomes })
}

impl Done {
    /// The contracts that this run deployed.
    pub(crate) fn deployed(&self) -> Vec<&str> {
        let steps = self.plan.steps.iter().zip(&self.outcomes);
        steps
            .filter(|(_, outcome)| outcome.transaction.is_some())
            .map(|(step, _)| step.piece.contract.as_str())
            .collect()
    }

    /// Where every contract stands.
    pub(crate) fn addresses(&self) -> Vec<Address> {
        self.plan.steps.iter().map(|step| step.address).collect()
    }
}

/// The devnode's funded account.
pub(crate) fn dev() -> Signer {
    Signer::Key(PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap())
}
