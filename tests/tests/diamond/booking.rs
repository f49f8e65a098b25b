//! Sessions of the real diamond, booked by `record` as it is deployed and by the hook once it is cut in; and out again.

use alloy::primitives::{Address, U256};
use alloy::sol_types::SolCall;
use mrc53_abi::doubles;
use mrc53_abi::{SessionRecorder, StakeAlignment};
use mrc53_stage::deploy;
use mrc53_stage::scenario::names;

use super::artifacts::{DiamondHarness, MarketFacet, SessionFacet, SessionFacetWithHook};
use super::compute::{Compute, OPENING, event, hook_selectors};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, MOR, TODAY};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_the_diamond_as_deployed_is_booked_by_record() {
    let compute = Compute::new().await;
    let session = compute.open_at(OPENING, 2 * HOUR).await;

    let closed = compute.close_at(OPENING + HOUR, session).await;
    let recorded = compute.record(session).await;

    assert!(closed.status() && recorded.status());
    assert!(event::<SessionRecorder::SessionBooked>(&closed).is_none());
    assert_eq!(compute.booked(TODAY).await, HOUR);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_hook_a_session_is_booked_as_it_is_closed() {
    let compute = Compute::hooked(|compute| compute.suite.recorder).await;
    let session = compute.open_at(OPENING, 2 * HOUR).await;

    let closed = compute.close_at(OPENING + HOUR, session).await;

    let booked = event::<SessionRecorder::SessionBooked>(&closed).unwrap();
    assert_eq!((booked.sessionId, booked.subnet, booked.counted), (session, compute.subnet, true));
    assert_eq!(compute.booked(TODAY).await, HOUR);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_with_a_receipt_of_24_kilobytes_is_booked_by_record_and_by_the_hook() {
    let (plain, hooked) = (Compute::new().await, Compute::hooked(|compute| compute.suite.recorder).await);

    for (compute, by_hook) in [(&plain, false), (&hooked, true)] {
        let session = compute.open_at(OPENING, 2 * HOUR).await;
        let closing = compute.closing(session, OPENING + HOUR, 24_000).await;
        compute.at(OPENING + HOUR).await;
        let closed = compute.send(compute.user, compute.diamond, closing, 30_000_000).await;
        assert!(closed.status());
        assert_eq!(event::<SessionRecorder::SessionBooked>(&closed).is_some(), by_hook);
        assert!(compute.record(session).await.status());
        assert_eq!(compute.booked(TODAY).await, HOUR);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_over_midnight_is_booked_on_both_days_by_the_hook() {
    let compute = Compute::hooked(|compute| compute.suite.recorder).await;
    let session = compute.open_at(MIDNIGHT + DAY - HOUR, 3 * HOUR).await;

    compute.close_at(MIDNIGHT + DAY + 2 * HOUR, session).await;

    assert_eq!((compute.booked(TODAY).await, compute.booked(TODAY + 1).await), (HOUR, 2 * HOUR));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_recorded_while_open_is_completed_by_the_hook() {
    let compute = Compute::hooked(|compute| compute.suite.recorder).await;
    let session = compute.open_at(OPENING, 4 * HOUR).await;
    compute.at(OPENING + HOUR).await;
    compute.record(session).await;

    let closed = compute.close_at(OPENING + 3 * HOUR, session).await;

    let booked = event::<SessionRecorder::SessionBooked>(&closed).unwrap();
    assert_eq!((booked.from, booked.to), (OPENING + HOUR, OPENING + 3 * HOUR));
    assert_eq!(compute.booked(TODAY).await, 3 * HOUR);
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_recorder_unset_closing_does_what_it_did_before() {
    let plain = Compute::new().await;
    let unset = Compute::hooked(|_| Address::ZERO).await;

    let mut outcomes = Vec::new();
    for compute in [&plain, &unset] {
        let session = compute.open_at(OPENING, 2 * HOUR).await;
        let receipt = compute.close_at(OPENING + HOUR, session).await;
        let answer = compute.answer(compute.diamond, SessionFacet::getSessionCall { sessionId: session }.abi_encode());
        let logs: Vec<_> = receipt.logs().iter().map(|log| log.inner.data.clone()).collect();
        outcomes.push((logs, answer.await));
    }

    assert_eq!(outcomes[0].0.len(), 1);
    assert_eq!(outcomes[0], outcomes[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_owner_sets_the_recorder() {
    let compute = Compute::hooked(|compute| compute.suite.recorder).await;
    let set = SessionFacetWithHook::setSessionRecorderCall { recorder: compute.user }.abi_encode();

    let receipt = compute.send(compute.user, compute.diamond, set.into(), 1_000_000).await;

    assert!(!receipt.status());
    assert_eq!(compute.ask(SessionFacetWithHook::getSessionRecorderCall {}).await, compute.suite.recorder);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rollback_leaves_the_diamond_as_it_was_deployed() {
    let compute = Compute::new().await;
    let before = compute.selectors_of_facets().await;
    compute.cut_hook_in().await;
    compute.set_recorder(compute.suite.recorder).await;

    compute.cut_hook_out().await;

    assert_eq!(compute.selectors_of_facets().await, before);
    let session = compute.open_at(OPENING, 2 * HOUR).await;
    assert_eq!(compute.close_at(OPENING + HOUR, session).await.logs().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cut_in_after_a_rollback_finds_the_recorder_that_was_set() {
    let compute = Compute::hooked(|compute| compute.suite.recorder).await;
    compute.cut_hook_out().await;

    compute.cut_hook_in().await;

    assert_eq!(compute.ask(SessionFacetWithHook::getSessionRecorderCall {}).await, compute.suite.recorder);
    assert_eq!(hook_selectors().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_diamond_and_the_harness_answer_alike_byte_for_byte() {
    let compute = Compute::new().await;
    let [_, harness] = doubles::artifacts().unwrap();
    let harness = deploy::evm(&compute.chain, "DiamondHarness", harness.bytecode).await.unwrap().address;
    let session_id = compute.open_at(OPENING, 2 * HOUR).await;
    compute.close_at(OPENING + HOUR, session_id).await;
    let get_session = SessionFacet::getSessionCall { sessionId: session_id }.abi_encode();
    let of_diamond = compute.answer(compute.diamond, get_session.clone()).await;
    let session = DiamondHarness::getSessionCall::abi_decode_returns(&of_diamond).unwrap();
    let get_bid = MarketFacet::getBidCall { bidId: session.bidId }.abi_encode();
    let bid_of_diamond = compute.answer(compute.diamond, get_bid.clone()).await;
    let bid = DiamondHarness::getBidCall::abi_decode_returns(&bid_of_diamond).unwrap();

    let put_bid = DiamondHarness::putBidCall { bidId: session.bidId, bid };
    compute.call(compute.user, harness, put_bid).await;
    compute.call(compute.user, harness, DiamondHarness::putSessionCall { sessionId: session_id, session }).await;

    let get_page = SessionFacet::getProviderSessionsCall {
        provider: compute.subnet,
        offset: 0_u64.try_into().unwrap(),
        limit: 10_u64.try_into().unwrap(),
    };
    assert_eq!(compute.answer(harness, get_session).await, of_diamond);
    assert_eq!(compute.answer(harness, get_bid).await, bid_of_diamond);
    let page = compute.answer(compute.diamond, get_page.abi_encode()).await;
    assert_eq!(compute.answer(harness, get_page.abi_encode()).await, page);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_a_subnet_without_enough_stake_is_closed_and_said_not_to_be_booked() {
    let compute = Compute::hooked(|compute| compute.suite.recorder).await;
    let (subnet, staker) = (compute.subnet, names::address("bob"));
    let unlocked = MIDNIGHT + 8 * DAY;
    compute.at(unlocked).await;
    let withdraw = StakeAlignment::withdrawCall { subnet, amount: U256::from(20_000 * MOR) };
    compute.call(staker, compute.suite.alignment, withdraw).await;
    let session = compute.open_at(unlocked + HOUR, 2 * HOUR).await;

    let closed = compute.close_at(unlocked + 2 * HOUR, session).await;

    assert!(closed.status());
    assert!(event::<SessionFacetWithHook::SessionRecordingFailed>(&closed).is_some());
    assert_eq!(compute.booked(TODAY + 8).await, 0);
}
