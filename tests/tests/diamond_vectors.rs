//! The Diamond harness against the real Diamond: every recorded answer that the suite and its keepers read comes back
//! byte for byte, on the devnode's EVM.

use std::collections::BTreeSet;

use alloy::primitives::{Address, B256, Bytes, address};
use alloy::rpc::types::TransactionRequest;
use alloy::sol;
use alloy::sol_types::{SolCall, SolEvent};
use mrc53_devnode::chain::{At, Chain, Simulation};
use mrc53_devnode::config::{Config, DEV_ACCOUNT};
use serde_json::Value;

sol!(DiamondHarness, "solidity/artifacts/DiamondHarness.json");

const DIAMOND: Address = address!("d1a0000000000000000000000000000000000001");
const GAS: u64 = 30_000_000;
/// 2025-02-21 00:00:00 UTC.
const MIDNIGHT: u64 = 1_740_096_000;

/// A chain on which the harness stands.
struct Harness(Chain);

impl Harness {
    fn new() -> Self {
        let config = Config { genesis_timestamp: Some(MIDNIGHT), ..Config::ephemeral() };
        let mut chain = Chain::new(&config).unwrap();
        chain.set_code(DIAMOND, DiamondHarness::DEPLOYED_BYTECODE.clone());
        Self(chain)
    }

    /// A harness that holds the sessions `known`, put there in the order of their opening, and their bids.
    fn holding<'a>(known: impl IntoIterator<Item = &'a Value>) -> Self {
        let mut harness = Self::new();
        let mut known: Vec<&Value> = known.into_iter().collect();
        known.sort_by_key(|vector| unix(&vector["getSession"]["decoded"]["openedAt"]));
        for vector in known {
            harness.put_bid(&vector["getBid"]);
            harness.put_session(&vector["getSession"]);
        }
        harness
    }

    /// Stores the session that a recorded `getSession` answered.
    fn put_session(&mut self, call: &Value) {
        let asked = DiamondHarness::getSessionCall::abi_decode(&bytes(&call["calldata"])).unwrap();
        let session = DiamondHarness::getSessionCall::abi_decode_returns(&bytes(&call["returndata"])).unwrap();
        self.send(&DiamondHarness::putSessionCall { sessionId: asked.sessionId, session });
    }

    /// Stores the bid that a recorded `getBid` answered.
    fn put_bid(&mut self, call: &Value) {
        let asked = DiamondHarness::getBidCall::abi_decode(&bytes(&call["calldata"])).unwrap();
        let bid = DiamondHarness::getBidCall::abi_decode_returns(&bytes(&call["returndata"])).unwrap();
        self.send(&DiamondHarness::putBidCall { bidId: asked.bidId, bid });
    }

    /// Sends a call that must succeed and returns its block's number.
    fn send(&mut self, call: &impl SolCall) -> u64 {
        let request = self.request(call.abi_encode().into());
        assert!(self.0.transact(request, DEV_ACCOUNT).unwrap().success);
        self.0.head().header.number
    }

    fn send_at(&mut self, timestamp: u64, call: &impl SolCall) -> u64 {
        self.0.set_next_timestamp(timestamp).unwrap();
        self.send(call)
    }

    fn request(&self, input: Bytes) -> TransactionRequest {
        TransactionRequest {
            from: Some(DEV_ACCOUNT),
            to: Some(DIAMOND.into()),
            nonce: Some(self.0.nonce(DEV_ACCOUNT)),
            chain_id: Some(self.0.chain_id()),
            gas: Some(GAS),
            max_fee_per_gas: Some(1_000_000_000),
            max_priority_fee_per_gas: Some(0),
            input: input.into(),
            ..TransactionRequest::default()
        }
    }

    fn answer(&self, calldata: Bytes) -> Bytes {
        self.0.call(Simulation::new(self.request(calldata), At::Pending)).unwrap()
    }

    fn session(&self, id: B256) -> DiamondHarness::Session {
        let answer = self.answer(DiamondHarness::getSessionCall { sessionId: id }.abi_encode().into());
        assert_eq!(answer.len(), 416 + usize::from(answer.len() > 416) * 160);
        DiamondHarness::getSessionCall::abi_decode_returns(&answer).unwrap()
    }

    /// Asserts that the harness answers a recorded call as the Diamond did.
    #[track_caller]
    fn assert_answers(&self, call: &Value, what: &Value) {
        assert_eq!(self.answer(bytes(&call["calldata"])), bytes(&call["returndata"]), "{what}");
    }
}

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors/diamond.json")).unwrap()
}

fn sessions(vectors: &Value) -> &Vec<Value> {
    vectors["sessions"].as_array().unwrap()
}

fn bytes(value: &Value) -> Bytes {
    value.as_str().unwrap().parse().unwrap()
}

fn unix(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

#[test]
fn every_recorded_session_and_its_bid_come_back_byte_for_byte() {
    let vectors = vectors();
    let harness = Harness::holding(sessions(&vectors));

    for vector in sessions(&vectors) {
        harness.assert_answers(&vector["getSession"], &vector["key"]);
        harness.assert_answers(&vector["getBid"], &vector["key"]);
    }
    assert_eq!(sessions(&vectors).len(), 30);
}

#[test]
fn every_other_recorded_state_of_a_session_comes_back_byte_for_byte() {
    let vectors = vectors();
    let mut harness = Harness::holding(sessions(&vectors));

    let mut states = 0;
    for vector in sessions(&vectors) {
        for state in vector["otherStates"].as_array().unwrap() {
            harness.put_session(&state["session"]);
            harness.assert_answers(&state["session"], &vector["key"]);
            states += 1;
        }
    }
    assert!(states >= 30);
}

#[test]
fn every_recorded_bid_comes_back_byte_for_byte_deleted_or_not() {
    let vectors = vectors();
    let mut harness = Harness::new();
    let bids = vectors["bids"].as_array().unwrap();

    for bid in bids {
        harness.put_bid(bid);
        harness.assert_answers(bid, &bid["name"]);
    }
    assert!(bids.iter().any(|bid| unix(&bid["decoded"]["deletedAt"]) > 0));
}

#[test]
fn what_does_not_exist_is_answered_with_zeros() {
    let vectors = vectors();
    let harness = Harness::holding(sessions(&vectors));

    for name in ["session", "zeroSession", "bid"] {
        harness.assert_answers(&vectors["unknown"][name], &Value::from(name));
    }
}

#[test]
fn the_sessions_of_a_provider_come_in_pages_as_recorded() {
    let vectors = vectors();
    let all = sessions(&vectors);
    // The queries were recorded before the last session was opened.
    let recorded_at = unix(&vectors["recordedAt"]);
    let harness =
        Harness::holding(all.iter().filter(|vector| unix(&vector["getSession"]["decoded"]["openedAt"]) <= recorded_at));

    let is_page = |query: &&Value| query["call"].as_str().unwrap().starts_with("getProviderSessions");
    let pages: Vec<&Value> = vectors["queries"].as_array().unwrap().iter().filter(is_page).collect();
    for page in &pages {
        harness.assert_answers(page, &page["call"]);
    }
    assert_eq!(pages.len(), 6);
}

#[test]
fn a_session_is_opened_now_and_closed_with_a_receipt_of_the_usual_length() {
    let mut harness = Harness::new();
    let (id, provider) = (B256::with_last_byte(1), Address::with_last_byte(2));

    let opening = DiamondHarness::openSessionCall { sessionId: id, provider, endsAt: u128::from(MIDNIGHT) + 3600 };
    harness.send_at(MIDNIGHT + 60, &opening);
    let open = harness.session(id);
    harness.send_at(MIDNIGHT + 600, &DiamondHarness::closeSessionCall { sessionId: id });
    let closed = harness.session(id);

    let (opened_at, ends_at) = (u128::from(MIDNIGHT) + 60, u128::from(MIDNIGHT) + 3600);
    assert_eq!((open.openedAt, open.endsAt, open.closedAt, open.isActive), (opened_at, ends_at, 0, true));
    assert_eq!(open.closeoutReceipt.len(), 0);
    assert_eq!((closed.openedAt, closed.endsAt, closed.closedAt), (opened_at, ends_at, opened_at + 540));
    assert_eq!((closed.isActive, closed.closeoutReceipt.len()), (false, 160));
    let bid = harness.answer(DiamondHarness::getBidCall { bidId: open.bidId }.abi_encode().into());
    assert_eq!(DiamondHarness::getBidCall::abi_decode_returns(&bid).unwrap().provider, provider);
}

#[test]
fn opening_and_closing_report_what_the_diamond_reports() {
    let vectors = vectors();
    let topics = |name: &str| -> BTreeSet<B256> {
        let events = sessions(&vectors).iter().map(|vector| &vector[name]).filter(|event| !event.is_null());
        events.map(|event| event["topics"][0].as_str().unwrap().parse().unwrap()).collect()
    };

    assert_eq!(topics("openedEvent"), BTreeSet::from([DiamondHarness::SessionOpened::SIGNATURE_HASH]));
    assert_eq!(topics("closedEvent"), BTreeSet::from([DiamondHarness::SessionClosed::SIGNATURE_HASH]));
}
