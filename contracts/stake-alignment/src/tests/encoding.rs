//! The ABI as deployed: every function is there once, every refusal is encoded as Solidity encodes it.

use alloy_primitives::B256;
use alloy_sol_types::{sol, SolError, SolInterface};
use stylus_sdk::abi::Router;

use super::*;
use crate::*;

sol! {
    interface IStakeAlignment {
        function registerSubnet(address subnet, address receiver, uint256 fee) external;
        function setReceiver(address subnet, address receiver) external;
        function setFee(address subnet, uint256 fee) external;
        function stake(address subnet, uint256 amount) external;
        function withdraw(address subnet, uint256 amount) external;
        function isEligible(address subnet) external view returns (bool);
        function subnet(address subnet) external view returns (address receiver, uint256 fee, uint32 registeredDay);
        function stakeOf(address subnet, address staker) external view returns (uint128 balance, uint64 unlockAt);
        function subnetStake(address subnet) external view returns (uint128);
        function totalStake() external view returns (uint128);
        function stakeSeconds(address subnet, uint32 fromDay, uint32 toDay) external view returns (bytes);
        function stakerStakeSeconds(address subnet, address staker, uint32 day) external view returns (uint128);
        function stakerChanges(address subnet, address staker, uint32 fromIndex, uint32 maxChanges) external view returns (bytes);
        function token() external view returns (address);
        function lockSeconds() external view returns (uint64);
        function minSubnetStake() external view returns (uint256);
        function scheduledMinSubnetStake() external view returns (uint256 amount, uint32 fromDay);
        function setMinSubnetStake(uint256 amount) external;
        function pauseStaking() external;
        function unpauseStaking() external;
        function stakingPaused() external view returns (bool);
        function owner() external view returns (address);
        function pendingOwner() external view returns (address);
        function transferOwnership(address newOwner) external;
        function acceptOwnership() external;
    }

    interface ILeftOut {
        function renounceOwnership() external;
    }
}

use IStakeAlignment::IStakeAlignmentCalls;

fn answers(world: &World, selector: [u8; 4]) -> bool {
    let mut contract = world.alignment.sender(BOB);
    <StakeAlignment as Router<StakeAlignment>>::route(&mut contract, u32::from_be_bytes(selector), &[]).is_some()
}

#[test]
fn every_function_of_the_abi_is_there() {
    let world = World::new();

    for selector in IStakeAlignmentCalls::selectors() {
        assert!(answers(&world, selector), "{selector:02x?}");
    }
}

#[test]
fn no_two_functions_share_a_selector() {
    let mut selectors: Vec<_> = IStakeAlignmentCalls::selectors().collect();
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
    let (subnet, caller) = (SUBNET, ALICE);
    let (small, large) = (U256::from(7), U256::MAX);

    macro_rules! same {
        ($($error:expr),* $(,)?) => {
            $({
                let by_alloy = $error.abi_encode();
                assert_eq!(Vec::<u8>::from(Error::from($error)), by_alloy);
            })*
        };
    }
    same![
        SubnetNotRegistered { subnet },
        SubnetAlreadyRegistered { subnet },
        NotSubnetOperator { subnet, caller },
        ZeroReceiver { subnet },
        FeeTooHigh { fee: large, max: small },
        FeeNotLower { fee: small, current: large },
        ZeroAmount {},
        StakeTooLarge { amount: large, available: small },
        InsufficientStake { amount: large, balance: small },
        StakeLocked { unlockAt: u64::MAX },
        StakingIsPaused {},
        TokenTransferFailed { token: SUBNET },
        ZeroAddress {},
        LockTooShort { lockSeconds: 1, min: u64::MAX },
        LockTooLong { lockSeconds: u64::MAX, max: 7 },
        MinimumTooHigh { amount: large, max: small },
        DayRangeInvalid { fromDay: u32::MAX, toDay: 7 },
        OwnableUnauthorizedAccount { account: ALICE },
    ];
}

#[test]
fn the_level_of_all_stake_is_no_subnets() {
    assert_ne!(ledger::subnet_level(Address::repeat_byte(0xff)), ledger::TOTAL);
    assert_eq!(ledger::TOTAL, B256::repeat_byte(0xff));
}
