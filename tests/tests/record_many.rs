//! What `recordMany` does with gas, on the devnode: the parts of its contract that no unit test can see.
//!
//! The recorder is the wasm of `cargo mrc53 build`; the source is the Diamond harness behind a proxy, because the
//! Diamond too passes each call on to a facet, and one that is choosy about gas. `StakeAlignment` is stood in for
//! by eight bytes of EVM code that answer every call with 1, so that the gas measured is the recorder's and the
//! source's.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes, U256, hex};
use alloy::providers::Provider;
use alloy::rpc::types::{TransactionReceipt, TransactionRequest};
use alloy::signers::local::PrivateKeySigner;
use alloy::sol;
use alloy::sol_types::{SolCall, SolError, SolEvent, SolValue};
use mrc53_abi::doubles;
use mrc53_devnode::config::{Config, DEV_PRIVATE_KEY};
use mrc53_devnode::node::{Devnode, Handle};
use mrc53_stage::chain::Chain;
use mrc53_stage::{deploy, suite, travel};
use mrc53_suite::contract::Contract;

use crate::suite_support::{HOUR, MIDNIGHT, programs};

sol! {
    interface Recorder {
        function record(bytes32 sessionId) external returns (uint64 bookedSeconds);
        function recordMany(bytes32[] sessionIds) external returns (uint64 bookedSeconds);
        event RecordSkipped(bytes32 indexed sessionId, bytes4 reason);
        error SourceCallFailed(bytes32 sessionId, bytes4 selector);
    }
}
sol!(DiamondHarness, "solidity/artifacts/DiamondHarness.json");

/// The bytes of a receipt that takes nearly all of the gas that a batch gives to one view, and of one that takes more.
const HEAVY_RECEIPT: usize = 700;
const TOO_HEAVY_RECEIPT: usize = 900;

/// A recorder on a devnode, one source, and a stand-in that calls every subnet eligible on every day.
struct World {
    chain: Chain,
    diamond: Address,
    recorder: Address,
    _node: Handle,
}

impl World {
    async fn new() -> Self {
        let config = Config { genesis_timestamp: Some(MIDNIGHT - HOUR), ..Config::ephemeral() };
        let node = Devnode::start(&config).unwrap();
        let key = PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap();
        let chain = Chain::connect(&node.url(), key, []).await.unwrap();

        let [_, harness] = doubles::artifacts().unwrap();
        let facet = deploy::evm(&chain, "DiamondHarness", harness.bytecode).await.unwrap().address;
        let diamond = deploy::evm(&chain, "a proxy", demanding_proxy(facet)).await.unwrap().address;
        // Returns the eight bytes behind it, which answer 256 bits of one: PUSH0, NOT, PUSH0, MSTORE, PUSH1 32, PUSH0,
        // RETURN.
        let always_eligible = Bytes::from(hex!("6008600a5f3960085ff35f195f5260205ff3"));
        let alignment = deploy::evm(&chain, "a stand-in", always_eligible).await.unwrap().address;
        let arguments = (diamond, alignment, 3_u32).abi_encode_params();
        let code = suite::code(programs(), Contract::SessionRecorder).unwrap();
        let recorder = deploy::stylus(&chain, "session-recorder", &code, arguments).await.unwrap().address;
        Self { chain, diamond, recorder, _node: node }
    }

    /// Opens sessions of one hour at `at`, one for each of `ids`.
    async fn open(&self, ids: &[B256], at: u64) {
        for id in ids {
            travel::set_next(&self.chain, at).await.unwrap();
            let ends_at = u128::from(at + HOUR);
            self.send(
                self.diamond,
                DiamondHarness::openSessionCall { sessionId: *id, provider: self.diamond, endsAt: ends_at },
            )
            .await;
        }
    }

    /// Stores closed sessions of one hour from `at` on, each with a receipt of `receipt_bytes`, on the bid of `like`.
    async fn put(&self, ids: &[B256], like: B256, at: u64, receipt_bytes: usize) {
        let asked = DiamondHarness::getSessionCall { sessionId: like }.abi_encode();
        let answer = self.chain.provider.call(self.request(self.diamond, asked)).await.unwrap();
        let mut session = DiamondHarness::getSessionCall::abi_decode_returns(&answer).unwrap();
        session.closeoutReceipt = vec![7; receipt_bytes].into();
        session.openedAt = at.into();
        session.endsAt = u128::from(at + HOUR);
        session.closedAt = session.endsAt;
        for id in ids {
            let session = session.clone();
            self.send(self.diamond, DiamondHarness::putSessionCall { sessionId: *id, session }).await;
        }
    }

    async fn send(&self, to: Address, call: impl SolCall) -> TransactionReceipt {
        self.chain.must("a call", self.chain.main, to, call.abi_encode()).await.unwrap()
    }

    async fn record_many_at(&self, at: u64, ids: &[B256]) -> TransactionReceipt {
        travel::set_next(&self.chain, at).await.unwrap();
        self.send(self.recorder, Recorder::recordManyCall { sessionIds: ids.to_vec() }).await
    }

    fn request(&self, to: Address, data: Vec<u8>) -> TransactionRequest {
        TransactionRequest::default().with_from(self.chain.main).with_to(to).with_input(data)
    }
}

/// Initcode of a proxy that delegates every call to `facet` and returns or reverts with what comes back; called with
/// less than 70,000 gas, it reverts at once and hands the gas back, as nothing obliges a source to use it up.
fn demanding_proxy(facet: Address) -> Bytes {
    let deploy = hex!("3d603a80600a3d3981f3");
    // PUSH3 70000, GAS, LT, PUSH1 0x36, JUMPI; then ERC-1167's code, nine bytes further on; then the early revert.
    let before = hex!("620111705a10603657363d3d373d3d3d363d73");
    let after = hex!("5af43d82803e903d91603457fd5bf35b5f5ffd");
    [&deploy[..], &before[..], &facet[..], &after[..]].concat().into()
}

fn ids(count: u64) -> Vec<B256> {
    (1..=count).map(|number| B256::from(U256::from(number))).collect()
}

/// The sessions that a batch left out, each with its reason.
fn skipped(receipt: &TransactionReceipt) -> Vec<(B256, [u8; 4])> {
    let logs = receipt.logs().iter().filter_map(|log| Recorder::RecordSkipped::decode_log(&log.inner).ok());
    logs.map(|event| (event.sessionId, event.reason.0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_above_its_share_of_gas_is_skipped_and_can_be_recorded_alone() {
    let world = World::new().await;
    let ids = ids(3);
    world.open(&ids[..1], MIDNIGHT).await;
    world.put(&ids[1..2], ids[0], MIDNIGHT, TOO_HEAVY_RECEIPT).await;
    world.put(&ids[2..], ids[0], MIDNIGHT, HEAVY_RECEIPT).await;

    let batch = world.record_many_at(MIDNIGHT + HOUR, &ids).await;
    let alone = world.send(world.recorder, Recorder::recordCall { sessionId: ids[1] }).await;

    assert_eq!(skipped(&batch), [(ids[1], Recorder::SourceCallFailed::SELECTOR)]);
    assert_eq!((batch.logs().len(), alone.logs().len()), (3, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_short_of_gas_is_refused_as_a_whole_whatever_the_limit() {
    let world = World::new().await;
    let ids = ids(4);
    world.open(&ids[..1], MIDNIGHT).await;
    world.put(&ids[1..], ids[0], MIDNIGHT, HEAVY_RECEIPT).await;
    travel::set_next(&world.chain, MIDNIGHT + HOUR).await.unwrap();
    let data = Recorder::recordManyCall { sessionIds: ids.clone() }.abi_encode();
    let request = world.request(world.recorder, data);

    let estimate = world.chain.provider.estimate_gas(request.clone()).await.unwrap();
    let mut booked = 0;
    for limit in (30_000..=estimate).rev().step_by(2_003) {
        // The pending block: its time is the one just set.
        let call = world.chain.provider.call(request.clone().with_gas_limit(limit)).pending();
        if let Ok(answer) = call.await {
            let seconds = Recorder::recordManyCall::abi_decode_returns(&answer).unwrap();
            assert_eq!(seconds, 4 * HOUR, "of four sessions at a limit of {limit}");
            booked += 1;
        }
    }
    assert!(booked > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_estimate_of_a_batch_is_enough_for_all_of_it() {
    let world = World::new().await;
    let ids = ids(3);
    world.open(&ids[..1], MIDNIGHT).await;
    world.put(&ids[1..], ids[0], MIDNIGHT, HEAVY_RECEIPT).await;
    travel::set_next(&world.chain, MIDNIGHT + HOUR).await.unwrap();
    let data = Recorder::recordManyCall { sessionIds: ids.clone() }.abi_encode();

    let request = world.request(world.recorder, data);
    let estimate = world.chain.provider.estimate_gas(request.clone()).await.unwrap();
    let sent = world.chain.provider.send_transaction(request.with_gas_limit(estimate)).await.unwrap();
    let receipt = sent.get_receipt().await.unwrap();

    assert!(receipt.status());
    assert_eq!((receipt.logs().len(), skipped(&receipt)), (3, vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_of_fifty_takes_at_most_65_000_gas_a_new_session_and_35_000_a_known_one() {
    let world = World::new().await;
    let ids = ids(50);
    world.open(&ids, MIDNIGHT).await;

    let first = world.record_many_at(MIDNIGHT + 600, &ids).await;
    let second = world.record_many_at(MIDNIGHT + HOUR, &ids).await;
    let nothing_new = world.record_many_at(MIDNIGHT + HOUR, &ids).await;

    assert_eq!((first.logs().len(), second.logs().len(), nothing_new.logs().len()), (50, 50, 0));
    let each = |receipt: &TransactionReceipt| receipt.gas_used / 50;
    assert!(each(&first) <= 65_000, "{}", each(&first));
    assert!(each(&second) <= 35_000, "{}", each(&second));
    assert!(each(&nothing_new) <= each(&second), "{}", each(&nothing_new));
}
