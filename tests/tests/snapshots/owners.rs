//! What owners do.

use alloy::primitives::{Address, U256};
use mrc53_abi::{RewardDistributor, StakeAlignment};
use mrc53_stage::scenario::names;

use super::ledger::Ledger;
use crate::suite_support::{DAY, MOR, TODAY};

pub(crate) async fn measure(mut l: Ledger) -> Ledger {
    let (owner, alice) = (l.stand.chain.main, names::address("alice"));
    let (alignment, distributor) = (l.stand.suite.alignment, l.stand.suite.distributor);
    let raise = StakeAlignment::setMinSubnetStakeCall { amount: U256::from(20_000 * MOR) };
    l.measure("setMinSubnetStake", owner, alignment, raise).await;
    l.measure("pauseStaking", owner, alignment, StakeAlignment::pauseStakingCall {}).await;
    l.measure("unpauseStaking", owner, alignment, StakeAlignment::unpauseStakingCall {}).await;
    let schedule =
        RewardDistributor::scheduleCalculatorCall { calculator: l.stand.suite.calculator, fromDay: TODAY + 8 };
    l.measure("scheduleCalculator", owner, distributor, schedule).await;
    let void = |days| RewardDistributor::voidDaysCall { fromDay: TODAY, toDay: TODAY + days };
    l.measure("voidDays, 1 day", owner, distributor, void(1)).await;
    l.measure("voidDays, 365 days", owner, distributor, void(365)).await;
    let pause = |paused| RewardDistributor::setSettlingPausedCall { paused };
    l.measure("setSettlingPaused", owner, distributor, pause(true)).await;
    let pause = |paused| RewardDistributor::setClaimingPausedCall { paused };
    l.measure("setClaimingPaused", owner, distributor, pause(true)).await;
    let pool = RewardDistributor::setComputePoolCall { pool: Address::repeat_byte(7) };
    l.measure("setComputePool", owner, distributor, pool).await;
    l.wait(8 * DAY);
    let cut = StakeAlignment::setMinSubnetStakeCall { amount: U256::from(10_000 * MOR) };
    l.measure("setMinSubnetStake, one new word of history", owner, alignment, cut).await;
    for (name, contract) in [("StakeAlignment", alignment), ("RewardDistributor", distributor)] {
        let offer = StakeAlignment::transferOwnershipCall { newOwner: alice };
        l.measure(&format!("transferOwnership of {name}"), owner, contract, offer).await;
        let accept = StakeAlignment::acceptOwnershipCall {};
        l.measure(&format!("acceptOwnership of {name}"), alice, contract, accept).await;
    }
    l
}
