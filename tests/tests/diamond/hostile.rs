//! What stands in the recorder's place cannot stop a session, nor take more than the cap.

use alloy::primitives::{Address, hex};

use super::artifacts::SessionFacetWithHook;
use super::compute::{Compute, OPENING, event};
use super::gas::record_gas;
use crate::suite_support::{HOUR, TODAY};

/// What the hook itself may take besides the recorder: its slot, the cold call, the event.
const OF_THE_HOOK: u64 = 12_000;

/// Closes a session with `recorder` set, and checks that nothing but the booking suffers.
async fn survives(runtime: Option<&[u8]>) {
    let compute = Compute::hooked(|_| Address::ZERO).await;
    let ordinary = compute.open_at(OPENING, 2 * HOUR).await;
    let usual = compute.close_at(OPENING + HOUR, ordinary).await.gas_used;
    let recorder = match runtime {
        Some(runtime) => compute.contract(runtime).await,
        None => Address::with_last_byte(0xee),
    };
    compute.set_recorder(recorder).await;
    let session = compute.open_at(OPENING + 2 * HOUR, 2 * HOUR).await;

    let closed = compute.close_at(OPENING + 3 * HOUR, session).await;

    assert!(closed.status());
    let failed = event::<SessionFacetWithHook::SessionRecordingFailed>(&closed).unwrap();
    assert_eq!((failed.sessionId, failed.recorder), (session, recorder));
    let most = usual + record_gas() + OF_THE_HOOK;
    assert!(closed.gas_used <= most, "{} of {most}", closed.gas_used);
    assert_eq!(compute.session(session).await.closedAt, u128::from(OPENING + 3 * HOUR));
    assert!(compute.record(session).await.status());
    assert_eq!(compute.booked(TODAY).await, HOUR);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_that_reverts_does_not_stop_a_session() {
    survives(Some(&hex!("5f5ffd"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_that_burns_all_its_gas_does_not_stop_a_session() {
    // JUMPDEST, PUSH0, JUMP: round and round.
    survives(Some(&hex!("5b5f56"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_that_ends_in_an_invalid_instruction_does_not_stop_a_session() {
    survives(Some(&hex!("fe"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_that_returns_a_hundred_kilobytes_does_not_stop_a_session() {
    // PUSH3 102400, PUSH0, RETURN: what the cap can pay for in memory, and copying it would cost as much again.
    survives(Some(&hex!("620190005ff3"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_that_reverts_with_a_hundred_kilobytes_does_not_stop_a_session() {
    survives(Some(&hex!("620190005ffd"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_that_destroys_itself_does_not_stop_a_session() {
    survives(Some(&hex!("33ff"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recorder_without_code_does_not_stop_a_session() {
    survives(None).await;
}
