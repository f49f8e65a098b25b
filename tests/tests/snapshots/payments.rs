//! Settling and claiming.

use alloy::primitives::Address;
use mrc53_abi::{RewardCalculator, RewardDistributor, SessionRecorder};

use super::ledger::Ledger;
use crate::suite_support::{DAY, TODAY};

/// Days between two recordings of a session that never ends: within the grace.
const RHYTHM: u64 = 2;

/// Lets `days` pass on which the session of `atlas` runs.
async fn run(l: &mut Ledger, session: alloy::primitives::B256, days: u64) {
    let (main, recorder) = (l.stand.chain.main, l.stand.suite.recorder);
    for _ in 0..days / RHYTHM {
        l.wait(RHYTHM * DAY);
        l.send(main, recorder, SessionRecorder::recordCall { sessionId: session }).await;
    }
}

/// A subnet with 20,000 MOR of alice's and a session that never ends.
async fn subnet(l: &mut Ledger) -> (Address, Address, alloy::primitives::B256) {
    let (subnet, alice) = (l.register("atlas").await, l.provide("alice").await);
    l.stake(subnet, alice, 20_000).await;
    l.stand.fill_pool(1_000_000).await;
    l.wait(60);
    let session = l.open("endless", subnet, 1_000 * DAY).await;
    (subnet, alice, session)
}

pub(crate) async fn measure(mut l: Ledger) -> Ledger {
    let (main, distributor) = (l.stand.chain.main, l.stand.suite.distributor);
    let (subnet, alice, session) = subnet(&mut l).await;
    let settle = |days| RewardDistributor::settleCall { subnet, maxDays: days };
    let claim = || RewardDistributor::claimCall { subnet };
    let claim_stake = || RewardDistributor::claimStakeCall { subnet, staker: alice, maxChanges: 100 };

    run(&mut l, session, 6).await;
    l.measure("settle 1 day, first of a subnet", main, distributor, settle(1)).await;
    l.measure("claim, first payment", main, distributor, claim()).await;
    l.measure("claimStake, first payment", main, distributor, claim_stake()).await;
    l.measure("claim, nothing owed", main, distributor, claim()).await;
    l.measure("settle 1 day", main, distributor, settle(1)).await;
    l.measure("claim", main, distributor, claim()).await;
    l.measure("claimStake, no change", main, distributor, claim_stake()).await;

    run(&mut l, session, 40).await;
    l.measure("settle 30 days", main, distributor, settle(30)).await;
    run(&mut l, session, 200).await;
    l.keep_alive().await;
    run(&mut l, session, 180).await;
    l.measure("settle 365 days", main, distributor, settle(365)).await;
    l.measure("claim, after a year", main, distributor, claim()).await;
    l.measure("claimStake, no change, after a year", main, distributor, claim_stake()).await;

    let calculator = l.stand.suite.calculator;
    l.view("reward", calculator, RewardCalculator::rewardCall { subnet, day: TODAY + 100 }).await;
    l.view("preview", calculator, RewardCalculator::previewCall { subnet }).await;
    l
}

/// A staker whose stake changed on ten days.
pub(crate) async fn changes(mut l: Ledger) -> Ledger {
    let (main, distributor) = (l.stand.chain.main, l.stand.suite.distributor);
    let (subnet, alice, session) = subnet(&mut l).await;
    for _ in 0..10 {
        l.wait(DAY);
        l.stake(subnet, alice, 1).await;
        l.send(main, l.stand.suite.recorder, SessionRecorder::recordCall { sessionId: session }).await;
    }
    run(&mut l, session, 6).await;
    l.measure(
        "settle 10 days, stake changed on each",
        main,
        distributor,
        RewardDistributor::settleCall { subnet, maxDays: 10 },
    )
    .await;
    let claim = RewardDistributor::claimStakeCall { subnet, staker: alice, maxChanges: 100 };
    l.measure("claimStake, first payment, 10 changes", main, distributor, claim).await;
    l
}
