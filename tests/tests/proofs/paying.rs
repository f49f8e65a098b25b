//! The calculator and the distributor run unchanged on proven usage: what was recorded here and what was proven from Base
//! pays the same to the wei.

use alloy::primitives::{Address, U256};
use alloy::sol_types::{SolCall, SolError};
use mrc53_abi::RewardDistributor::{self, DayNotFinal};
use mrc53_abi::{Erc20, MorToken, RewardCalculator, SessionRecorder, UsageProofs};
use mrc53_stage::scenario::names;

use super::base::Base;
use super::stand::{WINDOW_DAYS, covers, open, suite_upon, usage_proofs};
use crate::asking::ask;
use crate::suite_support::{DAY, HOUR, MIDNIGHT, MOR, Stand, TODAY};

/// Days on which something was hosted.
const DAYS: std::ops::Range<u32> = TODAY..TODAY + 2;

/// A stand on which two subnets have served sessions of two days, all of it recorded.
async fn served() -> (Stand, [Address; 2]) {
    let stand = Stand::new().await;
    stand.at(MIDNIGHT + HOUR).await;
    let atlas = stand.subnet("atlas", "alice", 120_000).await;
    let borealis = stand.subnet("borealis", "bob", 1_080_000).await;
    stand.at(MIDNIGHT + 2 * HOUR).await;
    let sessions = vec![
        stand.open("short", atlas, MIDNIGHT + 2 * HOUR + 10_000).await,
        stand.open("long", borealis, MIDNIGHT + DAY + 5 * HOUR).await,
        stand.open("late", atlas, MIDNIGHT + DAY + HOUR).await,
    ];
    stand.at(MIDNIGHT + 2 * DAY).await;
    let record = SessionRecorder::recordManyCall { sessionIds: sessions };
    stand.call(stand.chain.main, stand.suite.recorder, record).await;
    (stand, [atlas, borealis])
}

/// Base, where the same was counted.
async fn counted_on_base(stand: &Stand, subnets: [Address; 2]) -> Base {
    let mut base = Base::default();
    for subnet in subnets {
        for day in DAYS {
            let recorder = stand.suite.recorder;
            let usage = ask(&stand.chain.provider, recorder, SessionRecorder::usageOfCall { subnet, day }).await;
            assert!(usage.subnetSeconds > 0, "{subnet} on {day}");
            base.host(subnet, day, usage.subnetSeconds, usage.subnetSessions);
        }
    }
    base
}

async fn settle(stand: &Stand, distributor: Address, subnet: Address) -> Result<(), Vec<u8>> {
    let settle = RewardDistributor::settleCall { subnet, maxDays: DAYS.len().try_into().unwrap() };
    let settled = stand.chain.call(stand.chain.main, distributor, settle.abi_encode()).await.unwrap();
    settled.map(drop).map_err(|reverted| reverted.data.to_vec())
}

/// What `distributor` pays the staker of `subnet` for its days, in wei.
async fn paid(stand: &Stand, distributor: Address, subnet: Address, staker: Address) -> U256 {
    let provider = &stand.chain.provider;
    let balance = async || ask(provider, stand.token, Erc20::balanceOfCall { account: staker }).await;
    let before = balance().await;
    settle(stand, distributor, subnet).await.unwrap();
    let claim = RewardDistributor::claimStakeCall { subnet, staker, maxChanges: 9 };
    stand.call(stand.chain.main, distributor, claim).await;
    balance().await - before
}

#[tokio::test]
async fn usage_that_was_proven_pays_what_the_same_usage_pays_that_was_recorded() {
    let (stand, subnets) = served().await;
    let base = counted_on_base(&stand, subnets).await;
    let proofs = usage_proofs(&stand).await;
    let (calculator, distributor) = suite_upon(&stand, proofs).await;
    stand.fill_pool(1_000_000).await;
    let pool = names::pool_key().address();
    let approve = MorToken::approveCall { spender: distributor, value: U256::from(1_000_000 * MOR) };
    stand.call(pool, stand.token, approve).await;

    let block = base.block(covers(TODAY + 1));
    stand.at(covers(TODAY + 1) + DAY).await;
    open(&stand, proofs, &block).await;
    stand.call(stand.chain.main, proofs, block.prove(&base.words())).await;
    // The root that follows half a day after, and is open for a day before the window is over.
    stand.at(covers(TODAY + 3) + DAY).await;
    open(&stand, proofs, &base.block(covers(TODAY + 3))).await;

    let provider = &stand.chain.provider;
    let entry = ask(provider, proofs, UsageProofs::coverageEntryCall { number: 0 }).await;
    assert_eq!(entry.firstDayNotCovered, TODAY + 2);
    let is_final = entry.openedAt + u64::from(WINDOW_DAYS) * DAY;
    stand.at(is_final - 1).await;
    let refused = settle(&stand, distributor, subnets[0]).await.unwrap_err();
    assert_eq!(DayNotFinal::abi_decode(&refused).unwrap().day, TODAY);
    stand.at(is_final).await;
    for (subnet, staker) in subnets.into_iter().zip(["alice", "bob"].map(names::address)) {
        for day in DAYS {
            let reward = RewardCalculator::rewardCall { subnet, day };
            let recorded = ask(provider, stand.suite.calculator, reward.clone()).await;
            let proven = ask(provider, calculator, reward).await;
            assert_eq!(format!("{proven:?}"), format!("{recorded:?}"), "{subnet} on {day}");
            assert!(proven.payableWei > 0, "{subnet} on {day}");
        }
        let proven = paid(&stand, distributor, subnet, staker).await;
        assert_eq!(proven, paid(&stand, stand.suite.distributor, subnet, staker).await);
        assert!(proven > U256::ZERO);
    }
}
