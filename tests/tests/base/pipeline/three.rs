//! The three chains, and a keeper.

use std::path::PathBuf;

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes, U256, b256, keccak256};
use alloy::providers::{DynProvider, Provider, ProviderBuilder};
use alloy::rpc::types::{Filter, TransactionRequest};
use alloy::sol_types::{SolCall, SolEvent, SolValue};
use mrc53_abi::UsageProofs::{acceptRootCall, usageOfCall};
use mrc53_devnode::chain::Chain;
use mrc53_devnode::chain::block::Outcome;
use mrc53_devnode::config::{Config, DEV_ACCOUNT, DEV_PRIVATE_KEY};
use mrc53_devnode::node::{Devnode, Handle};
use mrc53_node::book::Book;
use mrc53_node::profile::Network;
use mrc53_stage::{deploy, suite};
use mrc53_suite::contract::Contract;
use mrc53_suite::place::Abroad;

use super::super::artifacts::{GameFactoryStandIn, GameStandIn, RootRelay, UsageBuckets};
use super::super::evm::{self, MOST_GAS};
use super::super::relay::ethereum::{DEFENDER_WINS, GAME_TYPE, Places, alias, set_up};
use crate::asking::ask;
use crate::suite_support::{DAY, Ended, MIDNIGHT, Stand, TODAY, programs, record, run};

pub(super) const BASE_CHAIN_ID: u64 = 84_532;
pub(super) const ETHEREUM_CHAIN_ID: u64 = 11_155_111;
/// Days after its end during which a day can still be booked on Base, and for which a covered day can be proven.
const GRACE_DAYS: u32 = 3;
const WINDOW_DAYS: u32 = 7;
/// From when on a block of Base covers [`TODAY`], and the three days behind it too.
pub(super) const COVERS_TODAY: u64 = MIDNIGHT + 4 * DAY;
pub(super) const COVERS_FOUR_DAYS: u64 = COVERS_TODAY + 3 * DAY;
/// The root of an empty trie: that of the message passer's storage, which is not on this Base.
const EMPTY_ROOT: B256 = b256!("56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");

/// All of it; the subnet `atlas` has 20,000 MOR from [`MIDNIGHT`] on.
pub(super) struct Three {
    pub(super) stand: Stand,
    pub(super) base: Handle,
    pub(super) ethereum: Handle,
    pub(super) places: Places,
    pub(super) buckets: Address,
    pub(super) proofs: Address,
    pub(super) atlas: Address,
    files: tempfile::TempDir,
}

/// A block of Base that was proposed to Ethereum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Proposed {
    pub(super) game: Address,
    pub(super) root: B256,
    pub(super) block: u64,
}

fn node(chain_id: u64) -> Handle {
    Devnode::start(&Config { chain_id, genesis_timestamp: Some(MIDNIGHT), ..Config::ephemeral() }).unwrap()
}

pub(super) fn provider(node: &Handle) -> DynProvider {
    ProviderBuilder::new().connect_http(node.url().parse().unwrap()).erased()
}

impl Three {
    pub(super) async fn new() -> Self {
        let stand = Stand::new().await;
        let atlas = stand.subnet("atlas", "alice", 20_000).await;
        stand.fund("keeper").await;
        let (base, ethereum) = (node(BASE_CHAIN_ID), node(ETHEREUM_CHAIN_ID));
        let buckets = with(&base, |chain| {
            chain.auto_impersonate(true);
            evm::create(chain, &UsageBuckets::BYTECODE, Vec::new()).unwrap()
        })
        .await;
        let places = with(&ethereum, |chain| {
            chain.auto_impersonate(true);
            set_up(chain)
        })
        .await;
        let code_hash = keccak256(provider(&base).get_code_at(buckets).await.unwrap());
        let alignment = stand.suite.alignment;
        let arguments = (alias(places.relay), buckets, code_hash, GRACE_DAYS, alignment, WINDOW_DAYS);
        let code = suite::code(programs(), Contract::UsageProofs).unwrap();
        let deployed = deploy::stylus(&stand.chain, "usage-proofs", &code, arguments.abi_encode_params()).await;
        let proofs = deployed.unwrap().address;
        let three = Self { stand, base, ethereum, places, buckets, proofs, atlas, files: tempfile::tempdir().unwrap() };
        three.write_network();
        three.write_book();
        three
    }

    fn write_network(&self) {
        let Places { portal, inbox, .. } = self.places;
        let text = format!(
            "name = \"three\"\nchain_id = 412346\nrpc_url = \"{}\"\n\
             [base]\nchain_id = {BASE_CHAIN_ID}\nrpc_url = \"{}\"\ndiamond = \"{}\"\n\
             [ethereum]\nchain_id = {ETHEREUM_CHAIN_ID}\nrpc_url = \"{}\"\nportal = \"{portal}\"\ninbox = \"{inbox}\"\n",
            self.stand.url(),
            self.base.url(),
            self.buckets,
            self.ethereum.url(),
        );
        std::fs::write(self.network(), text).unwrap();
    }

    fn write_book(&self) {
        let network = Network::find(self.network().to_str().unwrap()).unwrap();
        let mut book = Book::load(self.stand.folder.path(), &network).unwrap();
        let record = |contract: &str, chain_id, address| record(contract, chain_id, address, B256::ZERO);
        book.contracts.extend([
            record(Contract::UsageProofs.package(), None, self.proofs),
            record(Abroad::UsageBuckets.package(), Some(BASE_CHAIN_ID), self.buckets),
            record(Abroad::RootRelay.package(), Some(ETHEREUM_CHAIN_ID), self.places.relay),
        ]);
        book.save(self.stand.folder.path()).unwrap();
    }

    pub(super) fn network(&self) -> PathBuf {
        self.files.path().join("three.toml")
    }

    /// Where proofs are kept.
    pub(super) fn kept(&self) -> PathBuf {
        self.files.path().join("kept")
    }

    /// Runs the tool here with the dev key, which has ether on all three chains.
    pub(super) fn keeper(&self, words: &[&str]) -> Ended {
        let key = DEV_PRIVATE_KEY.to_string();
        let signed = ["--private-key", &key];
        let is_signed = ["--unsigned-from", "--only-keep", "status"].iter().all(|word| !words.contains(word));
        self.tool(&[words, if is_signed { &signed } else { &[] }].concat())
    }

    pub(super) fn tool(&self, words: &[&str]) -> Ended {
        let (network, kept) = (self.network(), self.kept());
        let folder = self.stand.folder.path().to_str().unwrap();
        let place = ["--network", network.to_str().unwrap(), "--deployments", folder];
        let keeps = ["--kept", kept.to_str().unwrap()];
        let keeps = if words[0] == "prove" { &keeps[..] } else { &[] };
        run(&[words, &place, keeps].concat())
    }

    /// Lets all three chains stand at `at`.
    pub(super) async fn travel(&self, at: u64) {
        self.stand.travel(at).await;
        for node in [&self.base, &self.ethereum] {
            with(node, move |chain| mine_at(chain, at)).await;
        }
    }

    /// Lets `subnet` have hosted an hour on `day`, by one session.
    pub(super) async fn host(&self, subnet: Address, day: u32) {
        let (buckets, from) = (self.buckets, u64::from(day) * DAY);
        let add = UsageBuckets::addCall { subnet, from, to: from + 3_600, counted: true };
        with(&self.base, move |chain| must(chain, buckets, &add)).await;
    }

    /// Proposes the block that Base has now, a minute after `at`, and resolves the game a minute later.
    pub(super) async fn propose(&self, at: u64) -> Proposed {
        let proposed = self.open_game(at, GAME_TYPE).await;
        self.resolve(proposed.game, at + 120, DEFENDER_WINS).await;
        proposed
    }

    /// Proposes the block that Base has now, a minute after `at`.
    pub(super) async fn open_game(&self, at: u64, game_type: u32) -> Proposed {
        let base = provider(&self.base);
        let block = base.get_block_number().await.unwrap();
        let header = base.get_block_by_number(block.into()).await.unwrap().unwrap().header;
        let root = keccak256([B256::ZERO, header.inner.state_root, EMPTY_ROOT, header.hash].concat());
        let extra_data: Bytes = U256::from(block).abi_encode().into();
        let create = GameFactoryStandIn::createCall { gameType: game_type, rootClaim: root, extraData: extra_data };
        let factory = self.places.factory;
        let created = with(&self.ethereum, move |chain| {
            chain.set_next_timestamp(at + 60).unwrap();
            must(chain, factory, &create)
        });
        Proposed { game: Address::abi_decode(&created.await.output).unwrap(), root, block }
    }

    pub(super) async fn resolve(&self, game: Address, at: u64, status: u8) {
        let end = GameStandIn::endCall { status_: status };
        with(&self.ethereum, move |chain| {
            chain.set_next_timestamp(at).unwrap();
            must(chain, game, &end);
            mine_at(chain, at + 1);
        })
        .await;
    }

    /// Sends a call on Ethereum that must succeed.
    pub(super) async fn on_ethereum(&self, to: Address, call: impl SolCall + Send + 'static) {
        with(&self.ethereum, move |chain| must(chain, to, &call)).await;
    }

    /// Carries out on Arbitrum what the relay has sent: `acceptRoot` from its alias, once for each message.
    pub(super) async fn arrive(&self) -> usize {
        let filter = Filter::new().address(self.places.relay).from_block(0);
        let logs = provider(&self.ethereum).get_logs(&filter).await.unwrap();
        for log in &logs {
            let sent = RootRelay::RootSent::decode_log(&log.inner).unwrap();
            assert_eq!(sent.target, self.proofs);
            self.accept(sent.root).await;
        }
        logs.len()
    }

    /// Lets `root` arrive on Arbitrum: from the relay's alias, whether the relay has sent it or not.
    pub(super) async fn accept(&self, root: B256) {
        let (sender, target) = (alias(self.places.relay), self.proofs);
        let outcome = self.stand.node().with(move |chain| {
            chain.set_balance(sender, U256::from(10_u64.pow(18)));
            chain.impersonate(sender);
            let call = acceptRootCall { root }.abi_encode();
            let request = TransactionRequest::default().with_to(target).with_input(call);
            chain.transact(request.with_gas_limit(5_000_000), sender).unwrap()
        });
        assert!(outcome.await.unwrap().success);
    }

    /// A block of Base at `at` that is proposed, relayed and arrives; Arbitrum stands there two minutes later.
    pub(super) async fn relayed(&self, at: u64) -> Proposed {
        self.travel(at).await;
        let proposed = self.propose(at).await;
        self.stand.travel(at + 180).await;
        self.keeper(&["relay"]).ok();
        self.arrive().await;
        proposed
    }

    /// Seconds that were proven of `subnet` on `day`.
    pub(super) async fn proven(&self, subnet: Address, day: u32) -> u64 {
        let usage = usageOfCall { subnet, day };
        ask(&self.stand.chain.provider, self.proofs, usage).await.subnetSeconds
    }

    /// What was proven of `atlas` on each of the four days from [`TODAY`] on.
    pub(super) async fn four_days(&self) -> [u64; 4] {
        let mut days = [0; 4];
        for (place, seconds) in (0..).zip(&mut days) {
            *seconds = self.proven(self.atlas, TODAY + place).await;
        }
        days
    }
}

/// Does `work` on the chain of `node`.
pub(super) async fn with<T: Send + 'static>(node: &Handle, work: impl FnOnce(&mut Chain) -> T + Send + 'static) -> T {
    node.chain().with(work).await.unwrap()
}

fn mine_at(chain: &mut Chain, at: u64) {
    chain.set_next_timestamp(at).unwrap();
    chain.mine(1);
}

fn must(chain: &mut Chain, to: Address, call: &impl SolCall) -> Outcome {
    let request = TransactionRequest::default().with_to(to).with_input(call.abi_encode()).with_gas_limit(MOST_GAS);
    let outcome = chain.transact(request, DEV_ACCOUNT).unwrap();
    assert!(outcome.success, "{:?}", outcome.failure);
    outcome
}
