//! Subnets and stake.

use alloy::primitives::U256;
use mrc53_abi::StakeAlignment;
use mrc53_stage::scenario::names;

use super::ledger::Ledger;
use crate::suite_support::{DAY, MOR};

pub(crate) async fn measure(mut l: Ledger) -> Ledger {
    let alignment = l.stand.suite.alignment;
    let (atlas, borealis) = (names::address("atlas"), names::address("borealis"));
    let register =
        |subnet, fee: u64| StakeAlignment::registerSubnetCall { subnet, receiver: subnet, fee: U256::from(fee) };
    l.measure("registerSubnet", atlas, alignment, register(atlas, 9)).await;
    l.send(borealis, alignment, register(borealis, 9)).await;
    let other = StakeAlignment::setReceiverCall { subnet: atlas, receiver: borealis };
    l.measure("setReceiver", atlas, alignment, other).await;
    l.measure("setFee", atlas, alignment, StakeAlignment::setFeeCall { subnet: atlas, fee: U256::from(8) }).await;

    let (alice, bob) = (l.provide("alice").await, l.provide("bob").await);
    let amount = U256::from(1_000 * MOR);
    let stake = || StakeAlignment::stakeCall { subnet: atlas, amount };
    l.measure("stake, first of all", alice, alignment, stake()).await;
    l.measure("stake, first of a staker", bob, alignment, stake()).await;
    l.measure("stake, again on the same day", bob, alignment, stake()).await;
    l.wait(DAY);
    l.measure("stake, next day, three new words of history", alice, alignment, stake()).await;
    l.measure("stake, next day, one new word of history", bob, alignment, stake()).await;

    l.wait(8 * DAY);
    let withdraw = || StakeAlignment::withdrawCall { subnet: atlas, amount: U256::from(MOR) };
    l.measure("withdraw, first of that day", alice, alignment, withdraw()).await;
    l.measure("withdraw, again on the same day", alice, alignment, withdraw()).await;
    l.measure("withdraw, first of a staker's day", bob, alignment, withdraw()).await;
    let rest = StakeAlignment::withdrawCall { subnet: atlas, amount: U256::from(1_998 * MOR) };
    l.measure("withdraw, all of it, on the same day", alice, alignment, rest).await;

    let day = crate::suite_support::TODAY;
    l.view("isEligible", alignment, StakeAlignment::isEligibleCall { subnet: atlas }).await;
    let last = day + 9;
    let eligible = |days| StakeAlignment::eligibleDaysCall { subnet: atlas, fromDay: last + 1 - days, toDay: last + 1 };
    l.view("eligibleDays of the running day", alignment, eligible(1)).await;
    l.view("eligibleDays of 4 days, a change on the last", alignment, eligible(4)).await;
    let seconds = |days| StakeAlignment::stakeSecondsCall { subnet: atlas, fromDay: day, toDay: day + days };
    l.view("stakeSeconds of 1 day", alignment, seconds(1)).await;
    l.view("stakeSeconds of 30 days", alignment, seconds(30)).await;
    l
}
