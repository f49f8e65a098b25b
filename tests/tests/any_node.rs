//! What holds on every Arbitrum chain with Stylus and needs no time travel: on the devnode, or on the node that
//! `cargo mrc53 test --rpc-url URL` names, such as nitro-devnode.

use std::time::Duration;

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, Bytes, U256};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use alloy::rpc::types::state::{AccountOverride, StateOverridesBuilder};
use alloy::signers::local::PrivateKeySigner;
use alloy::sol_types::{SolCall, SolError, SolEvent};
use mrc53_abi::arbitrum::ARB_WASM;
use mrc53_abi::doubles;
use mrc53_abi::refusal::Refusals;
use mrc53_abi::{
    ArbWasm, DiamondHarness, Erc20, MorToken, RewardCalculator, RewardDistributor, SessionRecorder, StakeAlignment,
};
use mrc53_console::progress::Progress;
use mrc53_devnode::config::{Config, DEV_PRIVATE_KEY};
use mrc53_devnode::node::{Devnode, Handle};
use mrc53_node::answers::revert_data;
use mrc53_node::book::Settings;
use mrc53_stage::chain::Chain;
use mrc53_stage::deploy;
use mrc53_stage::scenario::names;
use mrc53_stage::suite::{Construction, Sessions, Suite};
use mrc53_suite::terms::Weight;

use crate::asking::ask;
use crate::suite_support::{MOR, programs};

/// The node that is tested instead of a devnode, and the key of an account with ether there [default: Nitro's dev key].
const URL: &str = "MRC53_TEST_RPC_URL";
const KEY: &str = "MRC53_TEST_PRIVATE_KEY";

/// The suite on a chain that keeps its own time, without lock or grace; the account that deployed it is everybody.
struct World {
    chain: Chain,
    token: Address,
    diamond: Address,
    suite: Suite,
    _node: Option<Handle>,
}

async fn chain() -> (Chain, Option<Handle>) {
    let key = match std::env::var(KEY) {
        Ok(key) => key.parse().expect("a private key"),
        Err(_) => PrivateKeySigner::from_bytes(&DEV_PRIVATE_KEY).unwrap(),
    };
    let (url, node) = if let Ok(url) = std::env::var(URL) {
        (url, None)
    } else {
        let node = Devnode::start(&Config::ephemeral()).unwrap();
        (node.url(), Some(node))
    };
    (Chain::connect(&url, key, []).await.unwrap(), node)
}

impl World {
    async fn new() -> Self {
        let (chain, node) = chain().await;
        let [token, diamond] = doubles::artifacts().unwrap();
        let token = deploy::evm(&chain, "MorToken", token.bytecode).await.unwrap().address;
        let diamond = deploy::evm(&chain, "DiamondHarness", diamond.bytecode).await.unwrap().address;
        let settings = Settings {
            grace_days: 0,
            lock_seconds: 86_400,
            // A stake of the day's last second is enough.
            min_subnet_stake_wei: U256::from(1),
            weight: Weight::Seconds,
            first_day: 0,
            window_days: None,
        };
        let made =
            Construction { token, sessions: Sessions::Here(diamond), pool: chain.main, owner: chain.main, settings };
        let progress = Progress::start("deploying");
        let (suite, _) = Suite::deploy(&chain, programs(), &made, None, &progress).await.unwrap();
        Self { chain, token, diamond, suite, _node: node }
    }

    async fn call(&self, to: Address, call: impl SolCall) -> alloy::rpc::types::TransactionReceipt {
        self.chain.must("a step of the test", self.chain.main, to, call.abi_encode()).await.unwrap()
    }

    /// What `call` is refused with, by its receipt and by an estimate.
    async fn refused(&self, to: Address, call: impl SolCall) -> String {
        let data = Bytes::from(call.abi_encode());
        let reverted = self.chain.call(self.chain.main, to, data.clone()).await.unwrap().unwrap_err();
        let request = TransactionRequest::default().with_from(self.chain.main).with_to(to).with_input(data);
        let estimate = self.chain.provider.estimate_gas(request).await.unwrap_err();
        assert_eq!(estimate.as_error_resp().map(|response| response.code), Some(3));
        assert_eq!(revert_data(&estimate), Some(reverted.data.clone()));
        Refusals::all().unwrap().words(&reverted.data)
    }

    /// The subnet of the main account, with `mor` MOR staked toward it.
    async fn staked(&self, mor: u128) -> Address {
        let (subnet, amount) = (self.chain.main, U256::from(mor * MOR));
        let register = StakeAlignment::registerSubnetCall { subnet, receiver: subnet, fee: U256::ZERO };
        self.call(self.suite.alignment, register).await;
        self.call(self.token, MorToken::mintCall { to: subnet, value: amount }).await;
        self.call(self.token, MorToken::approveCall { spender: self.suite.alignment, value: amount }).await;
        self.call(self.suite.alignment, StakeAlignment::stakeCall { subnet, amount }).await;
        subnet
    }

    async fn open(&self, subnet: Address) -> alloy::primitives::B256 {
        let session_id = names::session_id("any");
        let ends_at = u128::from(u64::MAX);
        let open = DiamondHarness::openSessionCall { sessionId: session_id, provider: subnet, endsAt: ends_at };
        self.call(self.diamond, open).await;
        session_id
    }
}

/// Long enough for the clock of a chain in seconds to move.
async fn two_seconds() {
    tokio::time::sleep(Duration::from_millis(2_100)).await;
}

#[tokio::test]
async fn every_contract_passes_the_check_of_cargo_stylus_before_it_is_deployed() {
    let (chain, _node) = chain().await;
    let program = Address::with_last_byte(0xfd);
    for artifact in programs() {
        let code = artifact.code.clone();
        let ether = U256::from(10).pow(U256::from(18));
        let overrides = StateOverridesBuilder::default()
            .append(program, AccountOverride::default().with_code(code))
            .append(chain.main, AccountOverride::default().with_balance(ether * U256::from(2)))
            .build();
        let call = ArbWasm::activateProgramCall { program }.abi_encode();
        let request = TransactionRequest::default().from(chain.main).to(ARB_WASM).value(ether).input(call.into());
        match chain.provider.call(request).overrides(overrides).await {
            Ok(answer) => {
                let fee = ArbWasm::activateProgramCall::abi_decode_returns(&answer).unwrap().dataFee;
                assert!(fee > U256::ZERO && fee < ether, "{}", artifact.contract);
            }
            Err(error) => {
                let data = revert_data(&error).unwrap_or_default();
                assert!(data.starts_with(&ArbWasm::ProgramUpToDate::SELECTOR), "{}: {error}", artifact.contract);
            }
        }
    }
}

#[tokio::test]
async fn a_deployed_suite_knows_itself() {
    let world = World::new().await;
    let (provider, suite) = (&world.chain.provider, &world.suite);

    assert_eq!(ask(provider, suite.recorder, SessionRecorder::sourceCall {}).await, world.diamond);
    assert_eq!(ask(provider, suite.recorder, SessionRecorder::alignmentCall {}).await, suite.alignment);
    assert_eq!(ask(provider, suite.calculator, RewardCalculator::recorderCall {}).await, suite.recorder);
    assert_eq!(
        ask(provider, suite.distributor, RewardDistributor::calculatorOfCall { day: 20_140 }).await,
        suite.calculator
    );
    assert_eq!(ask(provider, suite.distributor, RewardDistributor::ownerCall {}).await, world.chain.main);
}

#[tokio::test]
async fn seconds_of_an_open_session_are_booked_as_they_are_served_and_show_in_the_preview() {
    let world = World::new().await;
    let subnet = world.staked(10).await;
    let session = world.open(subnet).await;
    two_seconds().await;

    let receipt = world.call(world.suite.recorder, SessionRecorder::recordCall { sessionId: session }).await;

    let booked = receipt.logs().iter().find_map(|log| SessionRecorder::SessionBooked::decode_log(&log.inner).ok());
    let booked = booked.expect("something was booked");
    assert!(booked.to >= booked.from + 2 && booked.counted, "from {} to {}", booked.from, booked.to);
    let preview = ask(&world.chain.provider, world.suite.calculator, RewardCalculator::previewCall { subnet }).await;
    assert_eq!(preview.usageReward, preview.emission);
}

#[tokio::test]
async fn a_locked_stake_stays_to_the_wei() {
    let world = World::new().await;
    let subnet = world.staked(10).await;
    let amount = U256::from(10 * MOR);

    let words = world.refused(world.suite.alignment, StakeAlignment::withdrawCall { subnet, amount }).await;

    assert!(words.starts_with("StakeLocked("), "{words}");
    for (account, holds) in [(world.chain.main, U256::ZERO), (world.suite.alignment, amount)] {
        assert_eq!(ask(&world.chain.provider, world.token, Erc20::balanceOfCall { account }).await, holds);
    }
}

#[tokio::test]
async fn refusals_arrive_typed_in_calls_estimates_and_receipts() {
    let world = World::new().await;
    let unknown = SessionRecorder::recordCall { sessionId: names::session_id("unknown") };
    let words = world.refused(world.suite.recorder, unknown).await;
    assert!(words.starts_with("SessionUnknown(0x"), "{words}");

    let (subnet, max_days) = (world.staked(10).await, 1);
    let settle = RewardDistributor::settleCall { subnet, maxDays: max_days };
    let words = world.refused(world.suite.distributor, settle).await;
    assert!(words.starts_with("DayNotFinal("), "{words}");
}
