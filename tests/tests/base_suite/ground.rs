//! Three chains with nothing of the suite on them: a Diamond harness on Base, a portal and an inbox on Ethereum.

use alloy::primitives::{Address, U256};
use alloy::providers::{DynProvider, Provider, ProviderBuilder};
use alloy::sol_types::{SolCall, SolValue};
use anyhow::Result;
use mrc53_console::workspace::Workspace;
use mrc53_deploy::goal::Wishes;
use mrc53_devnode::chain::Chain;
use mrc53_devnode::config::{Config, DEV_ACCOUNT};
use mrc53_devnode::node::{Devnode, Handle};
use mrc53_node::book::Book;
use mrc53_node::connection::{Connection, NetworkChoice};
use mrc53_node::keys::Signer;
use mrc53_node::profile::Network;
use mrc53_suite::contract::Contract;
use mrc53_suite::place::Place;
use mrc53_wasm::{Artifact, Source};
use serde_json::Value;
use std::sync::OnceLock;

use crate::base::artifacts::{DiamondHarness, Scripted};
use crate::base::evm;
use crate::base::relay::ethereum::{Places, set_up};
use crate::deploy_support::{Done, deploy_on, dev};
use crate::suite_support::{Ended, MIDNIGHT, run_with};

pub(super) const BASE_ID: u64 = 84_532;
pub(super) const ETHEREUM_ID: u64 = 11_155_111;

/// What a suite on Base is made of, in the order of deployment.
pub(super) const ALL: [&str; 8] = [
    "MorToken",
    "base-session-recorder",
    "usage-buckets",
    "root-relay",
    "stake-alignment",
    "usage-proofs",
    "reward-calculator",
    "reward-distributor",
];
/// Those of them that are put there by a transaction of their own, each with its chain.
pub(super) const SENT: [(&str, Place); 7] = [
    ("MorToken", Place::Arbitrum),
    ("base-session-recorder", Place::Base),
    ("root-relay", Place::Ethereum),
    ("stake-alignment", Place::Arbitrum),
    ("usage-proofs", Place::Arbitrum),
    ("reward-calculator", Place::Arbitrum),
    ("reward-distributor", Place::Arbitrum),
];

/// The chains, and a book and a network file of their own.
pub(crate) struct Three {
    pub(super) arbitrum: Handle,
    pub(super) base: Handle,
    pub(super) ethereum: Handle,
    pub(super) folder: tempfile::TempDir,
    files: tempfile::TempDir,
    /// Where sessions and bids are put, on Base.
    pub(super) harness: Address,
    /// The session source: it answers for the harness what no test has written down otherwise.
    pub(super) diamond: Address,
    pub(super) portal: Address,
    pub(super) inbox: Address,
}

/// The programs on Arbitrum, built once for all tests of this folder.
pub(super) fn programs() -> &'static [Artifact] {
    static PROGRAMS: OnceLock<Vec<Artifact>> = OnceLock::new();
    let source = Source::from_environment().unwrap();
    PROGRAMS.get_or_init(|| mrc53_wasm::build(&Workspace::find().unwrap(), source, &Contract::PROVEN).unwrap())
}

/// A chain that stands at [`MIDNIGHT`], on which anybody sends without a signature.
fn chain(chain_id: u64) -> Handle {
    let config = Config { chain_id, genesis_timestamp: Some(MIDNIGHT), ..Config::ephemeral() };
    Devnode::start(&config).unwrap()
}

/// Does `work` on the chain of `node`, on which anybody sends without a signature meanwhile.
pub(super) fn on<T: Send + 'static>(node: &Handle, work: impl FnOnce(&mut Chain) -> T + Send + 'static) -> T {
    let done = node.chain().with_blocking(|chain| {
        chain.auto_impersonate(true);
        let done = work(chain);
        chain.auto_impersonate(false);
        done
    });
    done.unwrap()
}

impl Three {
    pub(crate) fn new() -> Self {
        let [arbitrum, base, ethereum] = [412_346, BASE_ID, ETHEREUM_ID].map(chain);
        let (harness, diamond) = on(&base, |chain| {
            let harness = evm::create(chain, &DiamondHarness::BYTECODE, Vec::new()).unwrap();
            (harness, evm::create(chain, &Scripted::BYTECODE, harness.abi_encode()).unwrap())
        });
        let Places { portal, inbox, .. } = on(&ethereum, set_up);
        let [folder, files] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let three = Self { arbitrum, base, ethereum, folder, files, harness, diamond, portal, inbox };
        three.set_network("");
        three
    }

    /// The network file's text, with `more` behind it.
    pub(super) fn text(&self, more: &str) -> String {
        let Self { diamond, portal, inbox, .. } = self;
        let [here, base, ethereum] = [&self.arbitrum, &self.base, &self.ethereum].map(Handle::url);
        format!(
            "name = \"three\"\nchain_id = 412346\nrpc_url = \"{here}\"\n[base]\nchain_id = {BASE_ID}\n\
             rpc_url = \"{base}\"\ndiamond = \"{diamond}\"\n[ethereum]\nchain_id = {ETHEREUM_ID}\n\
             rpc_url = \"{ethereum}\"\nportal = \"{portal}\"\ninbox = \"{inbox}\"\n{more}"
        )
    }

    /// Takes the chains for a network with `more` settings.
    pub(super) fn set_network(&self, more: &str) {
        self.write_network(&self.text(more));
    }

    pub(super) fn write_network(&self, text: &str) {
        std::fs::write(self.network(), text).unwrap();
    }

    /// What the tool takes for the network.
    pub(super) fn network(&self) -> String {
        self.files.path().join("three.toml").to_str().unwrap().to_owned()
    }

    /// Runs the tool's verb `words[0]` here.
    pub(super) fn tool(&self, words: &[&str]) -> Ended {
        self.tool_with(&[], words)
    }

    /// The same with `variables` in the environment.
    pub(super) fn tool_with(&self, variables: &[(&str, &str)], words: &[&str]) -> Ended {
        let (network, folder) = (self.network(), self.folder.path().to_str().unwrap());
        run_with(variables, &[words, &["--network", &network, "--deployments", folder]].concat())
    }

    /// The node of `place`.
    pub(super) fn node(&self, place: Place) -> &Handle {
        match place {
            Place::Arbitrum => &self.arbitrum,
            Place::Base => &self.base,
            Place::Ethereum => &self.ethereum,
        }
    }

    pub(super) fn provider(&self, place: Place) -> DynProvider {
        ProviderBuilder::new().connect_http(self.node(place).url().parse().unwrap()).erased()
    }

    /// How many transactions the dev account has sent on each chain: Arbitrum, Base, Ethereum.
    pub(super) async fn sent(&self) -> [u64; 3] {
        let mut sent = [0; 3];
        for (at, place) in [Place::Arbitrum, Place::Base, Place::Ethereum].into_iter().enumerate() {
            sent[at] = self.provider(place).get_transaction_count(DEV_ACCOUNT).await.unwrap();
        }
        sent
    }

    /// Sends a call that must succeed from `from`, whoever that is, in a block of the time of the last.
    pub(super) fn call(&self, place: Place, from: Address, to: Address, call: &impl SolCall) {
        let data = call.abi_encode();
        on(self.node(place), move |chain| {
            let now = chain.head().header.timestamp;
            let outcome = evm::send_with_gas(chain, now, (from, to), data, evm::MOST_GAS);
            assert!(outcome.success, "{:?}", outcome.failure);
        });
    }

    /// Lets Arbitrum and Base stand at `at`.
    pub(super) async fn travel(&self, at: u64) {
        for place in [Place::Arbitrum, Place::Base] {
            let _: Value = self.provider(place).raw_request("evm_mine".into(), [at]).await.unwrap();
        }
    }

    pub(super) async fn put_ether(&self, place: Place, address: Address, wei: U256) {
        let _: Value = self.provider(place).raw_request("anvil_setBalance".into(), (address, wei)).await.unwrap();
    }

    /// A connection as `signer`, through the node at `url` in the place of that of a chain where one is given.
    pub(super) async fn connect(&self, signer: &Signer, through: Option<(Place, &str)>) -> Result<Connection> {
        let url = |place| through.filter(|(of, _)| *of == place).map(|(_, url)| url.to_owned().into());
        let choice = NetworkChoice {
            network: self.network(),
            rpc_url: url(Place::Arbitrum),
            base_rpc_url: url(Place::Base),
            ethereum_rpc_url: url(Place::Ethereum),
            deployments: Some(self.folder.path().to_owned()),
        };
        choice.connect_to_deploy(Some(signer)).await
    }

    /// Deploys as the dev account.
    pub(super) async fn deploy(&self) -> Result<Done> {
        self.deploy_as(&dev(), None, &Wishes::default()).await
    }

    /// Deploys as `signer` under `wishes`, through a node where one is given.
    pub(super) async fn deploy_as(
        &self,
        signer: &Signer,
        through: Option<(Place, &str)>,
        wishes: &Wishes,
    ) -> Result<Done> {
        deploy_on(self.connect(signer, through).await?, programs(), signer, wishes).await
    }

    /// The book as it lies in its folder.
    pub(super) fn book(&self) -> Book {
        Book::load(self.folder.path(), &Network::find(&self.network()).unwrap()).unwrap()
    }
}
