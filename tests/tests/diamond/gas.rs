//! The hook and gas: how much it takes, what a limit does that leaves it too little, and what an estimate finds.

use alloy::network::TransactionBuilder;
use alloy::primitives::{B256, Bytes};
use alloy::providers::Provider;
use alloy::rpc::types::{TransactionReceipt, TransactionRequest};
use mrc53_abi::SessionRecorder;
use mrc53_console::workspace::Workspace;
use serde_json::Value;

use super::artifacts::SessionFacetWithHook;
use super::compute::{Compute, OPENING, event};
use crate::suite_support::{DAY, HOUR, TODAY};

/// `ComputeRewardsHook.RECORD_GAS`.
pub(crate) fn record_gas() -> u64 {
    constant("ComputeRewardsHook", "RECORD_GAS")
}

/// `ComputeRewardsHook.GAS_TO_ADD`.
fn gas_to_add() -> u64 {
    constant("ComputeRewardsHook", "GAS_TO_ADD")
}

/// What the source of a library says that the number `name` is.
pub(crate) fn constant(library: &str, name: &str) -> u64 {
    let source = Workspace::find().unwrap().path(&format!("contracts/solidity/{library}.sol"));
    let source = std::fs::read_to_string(source).unwrap();
    let (_, after) = source.split_once(&format!("constant {name} = ")).unwrap();
    after.split_once(';').unwrap().0.replace('_', "").parse().unwrap()
}

/// A closing that is about to be sent, at [`CLOSING`].
struct Closing {
    compute: Compute,
    session: B256,
    data: Bytes,
}

/// Arbitrum's limit of one transaction.
const MOST_GAS: u64 = 32_000_000;
const CLOSING: u64 = OPENING + HOUR;

impl Closing {
    async fn new() -> Self {
        let compute = Compute::hooked(|compute| compute.suite.recorder).await;
        let session = compute.open_at(OPENING, 2 * HOUR).await;
        let data = compute.closing(session, CLOSING, 160).await;
        Self { compute, session, data }
    }

    /// Sends it with `gas`.
    async fn send(&self, gas: u64) -> TransactionReceipt {
        let compute = &self.compute;
        compute.at(CLOSING).await;
        // The nonce is read anew: the client's own count would not follow a chain that goes back.
        let nonce = compute.chain.provider.get_transaction_count(compute.user).await.unwrap();
        let request = self.request().with_gas_limit(gas).with_nonce(nonce);
        compute.chain.provider.send_transaction(request).await.unwrap().get_receipt().await.unwrap()
    }

    fn request(&self) -> TransactionRequest {
        let request = TransactionRequest::default().with_from(self.compute.user).with_to(self.compute.diamond);
        request.with_input(self.data.clone())
    }

    /// Sends it with `gas` and lets that not have happened.
    async fn attempt(&self, gas: u64) -> TransactionReceipt {
        let provider = &self.compute.chain.provider;
        let snapshot: Value = provider.raw_request("evm_snapshot".into(), ()).await.unwrap();
        let receipt = self.send(gas).await;
        let reverted: bool = provider.raw_request("evm_revert".into(), [snapshot]).await.unwrap();
        assert!(reverted);
        receipt
    }

    /// The least gas with which the session is closed.
    async fn least_gas(&self) -> u64 {
        let (mut fails, mut succeeds) = (21_000, 2_000_000);
        while succeeds - fails > 1 {
            let gas = u64::midpoint(fails, succeeds);
            if self.attempt(gas).await.status() { succeeds = gas } else { fails = gas }
        }
        succeeds
    }
}

fn is_booked(receipt: &TransactionReceipt) -> bool {
    event::<SessionRecorder::SessionBooked>(receipt).is_some()
}

fn is_said_to_have_failed(receipt: &TransactionReceipt) -> bool {
    event::<SessionFacetWithHook::SessionRecordingFailed>(receipt).is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_starved_hook_leaves_the_session_closed_and_record_books_it() {
    let closing = Closing::new().await;
    let gas = closing.least_gas().await;

    let closed = closing.send(gas).await;
    let before = closing.compute.booked(TODAY).await;
    let recorded = closing.compute.record(closing.session).await;

    assert!(closed.status() && is_said_to_have_failed(&closed) && !is_booked(&closed));
    let session = closing.compute.session(closing.session).await;
    assert_eq!((session.closedAt, session.isActive, session.closeoutReceipt.len()), (CLOSING.into(), false, 160));
    assert!(recorded.status());
    assert_eq!((before, closing.compute.booked(TODAY).await), (0, HOUR));
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_least_gas_on_every_limit_closes_the_session_and_books_it_or_says_that_it_did_not() {
    let closing = Closing::new().await;
    let least = closing.least_gas().await;

    let mut seen = [0, 0];
    for gas in (least..least + gas_to_add()).step_by(3_331) {
        let receipt = closing.attempt(gas).await;
        assert!(receipt.status(), "not closed with {gas}");
        assert_ne!(is_booked(&receipt), is_said_to_have_failed(&receipt), "with {gas}");
        seen[usize::from(is_booked(&receipt))] += 1;
    }
    assert!(seen[0] > 0 && seen[1] > 0);
    assert!(is_booked(&closing.attempt(least + gas_to_add()).await));
    assert!(!closing.attempt(least - 1).await.status());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_estimate_leaves_the_booking_out_and_what_a_client_adds_brings_it_back() {
    let closing = Closing::new().await;
    let compute = &closing.compute;
    compute.travel(CLOSING - 1).await;
    let estimate = compute.chain.provider.estimate_gas(closing.request()).await.unwrap();

    let estimated = closing.attempt(estimate).await;
    let with_more = closing.attempt(estimate + gas_to_add()).await;

    assert!(estimated.status() && !is_booked(&estimated));
    assert!(with_more.status() && is_booked(&with_more));
}

/// Closes a session with a receipt of `bytes`, with all the gas that a transaction can have.
async fn close_with_receipt(bytes: usize) -> TransactionReceipt {
    let compute = Compute::hooked(|compute| compute.suite.recorder).await;
    let session = compute.open_at(OPENING, 2 * HOUR).await;
    let closing = compute.closing(session, CLOSING, bytes).await;
    compute.at(CLOSING).await;
    compute.send(compute.user, compute.diamond, closing, MOST_GAS).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cap_is_enough_for_the_longest_receipt_that_leaves_room_for_it_in_a_transaction() {
    let closed = close_with_receipt(43_000).await;

    assert!(closed.status() && is_booked(&closed));
    // Storing takes 22,100 gas for every 32 bytes.
    assert!(closed.gas_used > MOST_GAS - 1_100_000, "{}", closed.gas_used);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_leaves_no_room_for_the_cap_leaves_the_session_closed() {
    let closed = close_with_receipt(44_000).await;

    assert!(closed.status() && is_said_to_have_failed(&closed));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_dearest_ordinary_booking_takes_at_most_half_of_the_cap() {
    let unset = Compute::hooked(|_| alloy::primitives::Address::ZERO).await;
    let set = Compute::hooked(|compute| compute.suite.recorder).await;

    let mut used = Vec::new();
    for compute in [&unset, &set] {
        let mut of_one = Vec::new();
        // The first of all, one more on the same day, and one of the longest.
        for (opening, seconds) in [(OPENING, HOUR), (OPENING + 2 * HOUR, HOUR), (OPENING + 4 * HOUR, 7 * DAY)] {
            let session = compute.open_at(opening, seconds).await;
            of_one.push(compute.close_at(opening + seconds, session).await.gas_used);
        }
        used.push(of_one);
    }

    let taken: Vec<u64> = used[1].iter().zip(&used[0]).map(|(with, without)| with - without).collect();
    eprintln!("closing takes {:?} gas without a recorder, {:?} with one: {taken:?} more", used[0], used[1]);
    assert!(taken.iter().all(|taken| (20_000..=record_gas() / 2).contains(taken)), "{taken:?}");
}
