//! The ABI as deployed: every function is there once, every refusal and event is encoded as Solidity encodes it.

use alloy_sol_types::{sol, SolError, SolInterface};
use stylus_sdk::abi::Router;

use super::*;

sol! {
    interface IRewardDistributor {
        function settle(address subnet, uint32 maxDays) external returns (uint32 settledDays, uint256 credited);
        function claim(address subnet) external returns (uint256 paid, uint256 owed);
        function claimStake(address subnet, address staker, uint32 maxChanges) external returns (uint256 paid, uint256 owed);
        function operatorAccount(address subnet) external view returns (uint32 nextDay, uint256 owed);
        function stakerOwed(address subnet, address staker, uint32 maxChanges) external view returns (uint256 owed, bool complete);
        function accumulator(address subnet) external view returns (uint128);
        function totalCredited() external view returns (uint256);
        function totalPaid() external view returns (uint256);
        function calculatorOf(uint32 day) external view returns (address);
        function isVoided(uint32 day) external view returns (bool);
        function firstDay() external view returns (uint32);
        function token() external view returns (address);
        function alignment() external view returns (address);
        function computePool() external view returns (address);
        function settlingPaused() external view returns (bool);
        function claimingPaused() external view returns (bool);
        function scheduleCalculator(address calculator, uint32 fromDay) external;
        function voidDays(uint32 fromDay, uint32 toDay) external;
        function setComputePool(address pool) external;
        function setSettlingPaused(bool paused) external;
        function setClaimingPaused(bool paused) external;
        function owner() external view returns (address);
        function pendingOwner() external view returns (address);
        function transferOwnership(address newOwner) external;
        function acceptOwnership() external;
    }

    interface ILeftOut {
        function renounceOwnership() external;
    }
}

use IRewardDistributor::IRewardDistributorCalls;

fn answers(world: &World, selector: [u8; 4]) -> bool {
    let mut contract = world.distributor.sender(BOB);
    <RewardDistributor as Router<RewardDistributor>>::route(&mut contract, u32::from_be_bytes(selector), &[]).is_some()
}

#[test]
fn every_function_of_the_abi_is_there() {
    let world = World::new();

    for selector in IRewardDistributorCalls::selectors() {
        assert!(answers(&world, selector), "{}", alloy_primitives::hex::encode(selector));
    }
}

#[test]
fn no_two_functions_share_a_selector() {
    let mut selectors: Vec<_> = IRewardDistributorCalls::selectors().collect();
    let count = selectors.len();

    selectors.sort_unstable();
    selectors.dedup();

    assert_eq!((selectors.len(), count), (25, 25));
}

#[test]
fn ownership_cannot_be_renounced() {
    let world = World::new();

    assert!(!answers(&world, ILeftOut::ILeftOutCalls::SELECTORS[0]));
}

#[test]
fn every_refusal_is_encoded_as_solidity_encodes_it() {
    macro_rules! same {
        ($($error:expr),* $(,)?) => {
            $({
                let by_alloy = $error.abi_encode();
                assert_eq!(Vec::<u8>::from(Error::from($error)), by_alloy);
            })*
        };
    }
    same![
        SubnetNotRegistered { subnet: SUBNET },
        DayNotFinal { day: u32::MAX },
        ZeroDays {},
        SettlingIsPaused {},
        ClaimingIsPaused {},
        NoticeTooShort { fromDay: 7, earliest: u32::MAX },
        DayRangeInvalid { fromDay: u32::MAX, toDay: 7 },
        ZeroAddress {},
        CalculatorCallFailed { calculator: ALICE },
        AlignmentCallFailed { alignment: ALICE },
        TokenCallFailed { token: ALICE },
        TokenTransferFailed { token: ALICE },
        OwnableUnauthorizedAccount { account: ALICE },
    ];
}
