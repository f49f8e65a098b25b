//! A diamond with its facets on a devnode, the suite beside it, one eligible subnet with a bid, one user; sessions are
//! opened and closed as the live Diamond's users do.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes, FixedBytes, U256, keccak256};
use alloy::providers::Provider;
use alloy::rpc::types::{TransactionReceipt, TransactionRequest};
use alloy::signers::SignerSync;
use alloy::sol_types::{SolCall, SolEvent, SolInterface, SolValue};
use mrc53_abi::SessionRecorder;
use mrc53_stage::chain::Chain;
use mrc53_stage::deploy;
use mrc53_stage::scenario::names;
use mrc53_stage::suite::Suite;

use super::artifacts::{ComputeDiamond, Cut, MarketFacet, Session, SessionFacet, SessionFacetWithHook};
use crate::suite_support::{HOUR, MIDNIGHT, Stand};

/// MOR wei a second: the Diamond's minimum price.
const PRICE_WEI: u64 = 10_000_000_000_000;
/// Gas of a transaction of which the limit does not matter.
const PLENTY: u64 = 30_000_000;
/// EIP-2535's actions.
const ADD: u8 = 0;
const REPLACE: u8 = 1;
const REMOVE: u8 = 2;

/// The stand, its diamond as deployed, and who trades there.
pub(crate) struct Compute {
    stand: Stand,
    /// The session facet without the hook.
    pub(crate) plain_facet: Address,
    /// The session facet with the hook; not cut in at first.
    pub(crate) hooked_facet: Address,
    pub(crate) subnet: Address,
    pub(crate) user: Address,
    bid_id: B256,
}

impl Deref for Compute {
    type Target = Stand;

    fn deref(&self) -> &Stand {
        &self.stand
    }
}

impl Compute {
    /// The diamond as deployed: no hook.
    pub(crate) async fn new() -> Self {
        let stand = Stand::around(async |chain| code(chain, &ComputeDiamond::BYTECODE).await).await;
        let market = code(&stand.chain, &MarketFacet::BYTECODE).await;
        let plain_facet = code(&stand.chain, &SessionFacet::BYTECODE).await;
        let hooked_facet = code(&stand.chain, &SessionFacetWithHook::BYTECODE).await;
        let subnet = stand.subnet("atlas", "bob", 20_000).await;
        let user = stand.fund("alice").await;
        let mut compute = Self { stand, plain_facet, hooked_facet, subnet, user, bid_id: B256::ZERO };
        compute
            .cut(vec![
                facet(market, ADD, selectors::<MarketFacet::MarketFacetCalls>()),
                facet(plain_facet, ADD, plain_selectors()),
            ])
            .await;
        compute.bid_id = compute.post_bid().await;
        compute
    }

    /// As [`Self::new`], with the hook cut in and booking at `recorder`.
    pub(crate) async fn hooked(recorder: impl Fn(&Self) -> Address) -> Self {
        let compute = Self::new().await;
        compute.cut_hook_in().await;
        compute.set_recorder(recorder(&compute)).await;
        compute
    }

    /// Goes on with another suite, in which the same subnet registers and has the same stake.
    pub(crate) async fn use_suite(&mut self, suite: Suite) {
        self.stand.suite = suite;
        self.stand.subnet("atlas", "bob", 20_000).await;
    }

    async fn post_bid(&self) -> B256 {
        let register = MarketFacet::providerRegisterCall {
            provider: self.subnet,
            _1: U256::ZERO,
            _2: "https://atlas.example".into(),
        };
        self.call(self.subnet, self.diamond, register).await;
        let bid = MarketFacet::postModelBidCall {
            provider: self.subnet,
            modelId: B256::with_last_byte(1),
            pricePerSecond: U256::from(PRICE_WEI),
        };
        self.call(self.subnet, self.diamond, bid).await;
        let (provider, nonce) = (self.subnet, U256::ZERO);
        self.ask(MarketFacet::getBidIdCall { provider, modelId: B256::with_last_byte(1), nonce }).await
    }

    /// The owner cuts.
    pub(crate) async fn cut(&self, facets: Vec<Cut>) {
        let owner = self.chain.main;
        self.call(owner, self.diamond, ComputeDiamond::diamondCut_1Call { facets_: facets }).await;
    }

    /// The upgrade: every function of the session facet replaced, the hook's own added.
    pub(crate) async fn cut_hook_in(&self) {
        self.cut(vec![
            facet(self.hooked_facet, REPLACE, plain_selectors()),
            facet(self.hooked_facet, ADD, hook_selectors()),
        ])
        .await;
    }

    /// The rollback: the hook's own functions removed, the others back where they were.
    pub(crate) async fn cut_hook_out(&self) {
        self.cut(vec![
            facet(self.hooked_facet, REMOVE, hook_selectors()),
            facet(self.plain_facet, REPLACE, plain_selectors()),
        ])
        .await;
    }

    pub(crate) async fn set_recorder(&self, recorder: Address) {
        let owner = self.chain.main;
        self.call(owner, self.diamond, SessionFacetWithHook::setSessionRecorderCall { recorder }).await;
    }

    /// Opens a session of the user at `at` that is to last `seconds`, and returns its id.
    pub(crate) async fn open_at(&self, at: u64, seconds: u64) -> B256 {
        let stipend = U256::from(PRICE_WEI) * U256::from(seconds);
        let timestamp = u128::from(at);
        let stake = self.ask(SessionFacet::stipendToStakeCall { stipend, timestamp }).await;
        let approval = (self.bid_id, self.chain_id().await, self.user, timestamp).abi_encode_params();
        let open = SessionFacet::openSessionCall {
            user: self.user,
            // A wei more for what the divisions drop.
            amount: stake + U256::ONE,
            isDirectPaymentFromUser: false,
            signature: signature_of("atlas", &approval),
            approvalEncoded: approval.into(),
        };
        self.at(at).await;
        let receipt = self.send(self.user, self.diamond, open.abi_encode().into(), PLENTY).await;
        assert!(receipt.status());
        event::<SessionFacet::SessionOpened>(&receipt).expect("an opening").sessionId
    }

    /// Calldata that closes `session_id` at `at`, with a provider's receipt of `receipt_bytes`, at least 160.
    pub(crate) async fn closing(&self, session_id: B256, at: u64, receipt_bytes: usize) -> Bytes {
        let words = (session_id, self.chain_id().await, U256::from(at), 42_500_u32, 310_u32);
        let mut receipt = words.abi_encode_params();
        receipt.resize(receipt_bytes, 7);
        let signature = signature_of("atlas", &receipt);
        SessionFacet::closeSessionCall { receiptEncoded: receipt.into(), signature }.abi_encode().into()
    }

    /// Closes `session_id` at `at` with the usual receipt and plenty of gas.
    pub(crate) async fn close_at(&self, at: u64, session_id: B256) -> TransactionReceipt {
        let closing = self.closing(session_id, at, 160).await;
        self.at(at).await;
        self.send(self.user, self.diamond, closing, PLENTY).await
    }

    /// Sends `data` to `to` with exactly `gas`, whether it succeeds or not.
    pub(crate) async fn send(&self, from: Address, to: Address, data: Bytes, gas: u64) -> TransactionReceipt {
        let request = TransactionRequest::default().with_from(from).with_to(to).with_input(data).with_gas_limit(gas);
        self.chain.provider.send_transaction(request).await.unwrap().get_receipt().await.unwrap()
    }

    /// Books `session_id` by `record`, which the subnet sends: it gains from it.
    pub(crate) async fn record(&self, session_id: B256) -> TransactionReceipt {
        let record = SessionRecorder::recordCall { sessionId: session_id }.abi_encode();
        self.send(self.subnet, self.suite.recorder, record.into(), PLENTY).await
    }

    /// What the diamond answers.
    pub(crate) async fn ask<C: SolCall>(&self, call: C) -> C::Return {
        C::abi_decode_returns(&self.answer(self.diamond, call.abi_encode()).await).unwrap()
    }

    /// What `to` answers, undecoded.
    pub(crate) async fn answer(&self, to: Address, data: Vec<u8>) -> Bytes {
        let request = TransactionRequest::default().with_from(self.user).with_to(to).with_input(data);
        self.chain.provider.call(request).await.unwrap()
    }

    /// Session-seconds of the subnet on `day`.
    pub(crate) async fn booked(&self, day: u32) -> u64 {
        let usage = SessionRecorder::usageOfCall { subnet: self.subnet, day };
        let answer = self.answer(self.suite.recorder, usage.abi_encode()).await;
        SessionRecorder::usageOfCall::abi_decode_returns(&answer).unwrap().subnetSeconds
    }

    /// Every facet of the diamond with its functions, both in the order of their numbers.
    pub(crate) async fn selectors_of_facets(&self) -> BTreeMap<Address, BTreeSet<FixedBytes<4>>> {
        let facets = self.ask(ComputeDiamond::facetsCall {}).await.into_iter();
        facets.map(|facet| (facet.facetAddress, facet.functionSelectors.into_iter().collect())).collect()
    }

    pub(crate) async fn session(&self, session_id: B256) -> Session {
        self.ask(SessionFacet::getSessionCall { sessionId: session_id }).await
    }

    async fn chain_id(&self) -> U256 {
        U256::from(self.chain.provider.get_chain_id().await.unwrap())
    }
}

/// The one event `E` of a receipt, if it holds one.
pub(crate) fn event<E: SolEvent>(receipt: &TransactionReceipt) -> Option<E> {
    receipt.logs().iter().find_map(|log| E::decode_log(&log.inner).ok()).map(|log| log.data)
}

/// Deploys initcode.
async fn code(chain: &Chain, initcode: &Bytes) -> Address {
    deploy::evm(chain, "a contract of the test", initcode.clone()).await.unwrap().address
}

/// One hour from the stand's midnight on: when sessions of the tests are opened.
pub(crate) const OPENING: u64 = MIDNIGHT + HOUR;

fn facet(address: Address, action: u8, selectors: Vec<FixedBytes<4>>) -> Cut {
    Cut { facetAddress: address, action, functionSelectors: selectors }
}

/// The functions of an interface, but for those that the diamond itself has, such as `owner()`.
fn selectors<I: SolInterface>() -> Vec<FixedBytes<4>> {
    let of_diamond: Vec<_> = ComputeDiamond::ComputeDiamondCalls::selectors().collect();
    I::selectors().filter(|selector| !of_diamond.contains(selector)).map(FixedBytes).collect()
}

pub(crate) fn plain_selectors() -> Vec<FixedBytes<4>> {
    selectors::<SessionFacet::SessionFacetCalls>()
}

pub(crate) fn hook_selectors() -> Vec<FixedBytes<4>> {
    let mut all = selectors::<SessionFacetWithHook::SessionFacetWithHookCalls>();
    all.retain(|selector| !plain_selectors().contains(selector));
    all
}

/// What the account called `name` signs, as wallets sign messages.
fn signature_of(name: &str, message: &[u8]) -> Bytes {
    let signature = names::account_key(name).sign_message_sync(keccak256(message).as_slice()).unwrap();
    signature.as_bytes().to_vec().into()
}
