//! Calculators that fail in every way, on a chain on which gas runs out: what does not answer is not scheduled, and
//! days of one that fails later are passed once they are voided. Invariant 13 of the protocol.

use alloy::primitives::{Address, Bytes, U256, hex, keccak256};
use alloy::providers::Provider;
use alloy::sol_types::{SolCall, SolError};
use mrc53_abi::RewardDistributor::{self, CalculatorCallFailed, DayNotFinal, settleCall, voidDaysCall};
use mrc53_abi::SessionRecorder::recordCall;
use mrc53_node::answers::revert_data;

use crate::suite_support::{DAY, HOUR, MIDNIGHT, Stand, TODAY};

/// What a calculator does when it is asked about days, as code. About no day each answers as a calculator does.
const FAILURES: [(&str, &[u8]); 6] = [
    ("reverts", &hex!("5f5ffd")),
    ("burns all gas", &hex!("fe")),
    ("answers nothing", &hex!("5f5ff3")),
    ("answers a word that is no list", &hex!("60205ff3")),
    ("answers with a megabyte", &hex!("621000005ff3")),
    ("calls no day final", &[]),
];
/// The first day for which a calculator can be scheduled on [`TODAY`].
const EARLIEST: u32 = TODAY + 8;

/// A calculator that goes on with `failure` where the range is not empty.
fn failing(failure: &[u8]) -> Vec<u8> {
    // PUSH1 68, CALLDATALOAD, PUSH1 36, CALLDATALOAD, EQ, PUSH1, JUMPI: an empty range jumps.
    let end = u8::try_from(10 + failure.len()).unwrap();
    let start = [&hex!("6044356024351460")[..], &[end], &hex!("57")].concat();
    // JUMPDEST, PUSH1 32, PUSH0, MSTORE, PUSH1 64, PUSH0, RETURN: a list of nothing.
    [&start, failure, &hex!("5b60205f5260405ff3")[..]].concat()
}

async fn schedule(stand: &Stand, calculator: Address, from_day: u32) {
    let schedule = RewardDistributor::scheduleCalculatorCall { calculator, fromDay: from_day };
    stand.call(stand.chain.main, stand.suite.distributor, schedule).await;
}

async fn void(stand: &Stand, from_day: u32, to_day: u32) {
    let void = voidDaysCall { fromDay: from_day, toDay: to_day };
    stand.call(stand.chain.main, stand.suite.distributor, void).await;
}

/// What `call` of the distributor answers, or the data of its revert.
async fn answer<C: SolCall>(stand: &Stand, call: C) -> Result<C::Return, Bytes> {
    let request = alloy::rpc::types::TransactionRequest::default().from(stand.chain.main).to(stand.suite.distributor);
    match stand.chain.provider.call(request.input(call.abi_encode().into())).await {
        Ok(answer) => Ok(C::abi_decode_returns(&answer).unwrap()),
        Err(error) => Err(revert_data(&error).unwrap_or_else(|| panic!("{error}"))),
    }
}

/// The subnet settles at most `most` of its days; returns how many and what they credit.
async fn settle(stand: &Stand, subnet: Address, most: u32) -> (u32, U256) {
    let settle = settleCall { subnet, maxDays: most };
    let settled = answer(stand, settle.clone()).await.unwrap();
    stand.call(subnet, stand.suite.distributor, settle).await;
    (settled.settledDays, settled.credited)
}

#[tokio::test(flavor = "multi_thread")]
async fn days_of_calculators_that_fail_in_every_way_are_passed_once_they_are_voided() {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 120_000).await;
    let borealis = stand.subnet("borealis", "bob", 120_000).await;
    // A day for each that fails, and then the suite's own again.
    let mut dead = Vec::new();
    for (day, (how, failure)) in (EARLIEST..).zip(FAILURES) {
        let calculator = stand.contract(&failing(failure)).await;
        schedule(&stand, calculator, day).await;
        dead.push((day, how, calculator));
    }
    let honest = EARLIEST + u32::try_from(dead.len()).unwrap();
    schedule(&stand, stand.suite.calculator, honest).await;
    let noon = MIDNIGHT + u64::from(honest - TODAY) * DAY;
    stand.at(noon).await;
    let sessions = [stand.open("one", atlas, noon + HOUR).await, stand.open("other", borealis, noon + HOUR).await];
    stand.at(noon + HOUR).await;
    for session_id in sessions {
        stand.call(stand.chain.main, stand.suite.recorder, recordCall { sessionId: session_id }).await;
    }
    stand.travel(noon + 4 * DAY).await;

    assert_eq!(settle(&stand, atlas, EARLIEST - TODAY).await, (EARLIEST - TODAY, U256::ZERO));
    for (day, how, calculator) in dead {
        let refused = answer(&stand, settleCall { subnet: atlas, maxDays: 1 }).await.err().unwrap();
        let expected = if how == "calls no day final" {
            DayNotFinal { day }.abi_encode()
        } else {
            CalculatorCallFailed { calculator }.abi_encode()
        };
        assert_eq!(refused, expected, "a calculator that {how}");

        void(&stand, day, day + 1).await;
        assert_eq!(settle(&stand, atlas, 1).await, (1, U256::ZERO), "a calculator that {how}");
    }
    let (days, credited) = settle(&stand, atlas, u32::MAX).await;
    assert!(days == 1 && credited > U256::ZERO, "{days} days, {credited} wei");
    // One that has settled nothing yet goes over all of them at once, and earns as much.
    assert_eq!(settle(&stand, borealis, u32::MAX).await, (honest + 1 - TODAY, credited));
}

#[tokio::test(flavor = "multi_thread")]
async fn days_of_a_calculator_whose_program_does_not_run_are_passed_once_they_are_voided() {
    let stand = Stand::new().await;
    let atlas = stand.subnet("atlas", "alice", 120_000).await;
    let code = stand.chain.provider.get_code_at(stand.suite.calculator).await.unwrap();
    stand.outdate(keccak256(code)).await;
    stand.travel(MIDNIGHT + 7 * DAY).await;

    let refused = answer(&stand, settleCall { subnet: atlas, maxDays: 1 }).await.err().unwrap();
    assert_eq!(refused, CalculatorCallFailed { calculator: stand.suite.calculator }.abi_encode());
    void(&stand, TODAY, TODAY + 2).await;
    assert_eq!(settle(&stand, atlas, 2).await.0, 2);

    // Once it runs again the days that are not voided settle as if nothing had been.
    stand.tool(&["keepalive"]).ok();
    assert_eq!(settle(&stand, atlas, u32::MAX).await.0, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_answer_for_no_day_is_not_scheduled() {
    let stand = Stand::new().await;
    let suite = &stand.suite;
    // JUMPDEST, PUSH0, JUMP for ever; an answer of a quarter of a megabyte, a list of nothing in front.
    let burning = stand.contract(&hex!("5b5f56")).await;
    let lavish = stand.contract(&hex!("60205f52620400005ff3")).await;
    let nobody = Address::repeat_byte(0x66);

    for calculator in [nobody, burning, suite.alignment, suite.recorder, stand.token] {
        let refused = answer(&stand, RewardDistributor::scheduleCalculatorCall { calculator, fromDay: EARLIEST }).await;
        assert_eq!(refused.err().unwrap(), CalculatorCallFailed { calculator }.abi_encode(), "{calculator}");
    }
    schedule(&stand, lavish, EARLIEST).await;
}
