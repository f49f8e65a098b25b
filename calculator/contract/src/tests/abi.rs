//! The contract over its ABI, as a Solidity caller sees it.

use alloc::vec::Vec;

use alloy_primitives::{Address, U256};
use alloy_sol_types::{sol, SolCall, SolError};
use motsu::prelude::*;
use mrc53_testing::clock;
use stylus_sdk::{call::RawCall, prelude::*};

use super::{
    stand_ins::{Books, Manner},
    World, ANYONE, DAY, SECONDS, SESSIONS, SUBNET,
};
use crate::{errors, Error, RewardCalculator};

sol! {
    struct Breakdown { uint128 emission; uint128 usageReward; uint128 stakeReward; uint128 payableWei; uint8 binds; }

    interface IRewardCalculator {
        function stylus_constructor(address recorder, address alignment, uint8 weight) external;
        function reward(address subnet, uint32 day) external view returns (Breakdown);
        function preview(address subnet) external view returns (Breakdown);
        function rewards(address subnet, uint32 fromDay, uint32 toDay) external view returns (uint128[]);
        function requiredStake(address subnet, uint256 target) external view returns (uint256);
        function emission(uint32 day) external view returns (uint128);
        function emitted(uint32 day) external view returns (uint128);
        function weight() external view returns (uint8);
        function recorder() external view returns (address);
        function alignment() external view returns (address);
    }
}

/// Passes calldata on.
#[storage]
struct Caller {}

#[allow(unsafe_code)]
// SAFETY: deployed as a contract of its own, never a field of another.
unsafe impl TopLevelStorage for Caller {}

#[public]
impl Caller {}

impl Caller {
    // The receiver makes this contract the sender.
    #[allow(clippy::unused_self, unsafe_code)]
    fn pass(&mut self, to: Address, calldata: &[u8]) -> Result<Vec<u8>, Vec<u8>> {
        // SAFETY: this contract has no storage that a call could make stale.
        unsafe { RawCall::new().call(to, calldata) }
    }
}

/// What the contract at `to` answers to `call`.
fn call<C: SolCall>(to: Address, call: &C) -> Result<C::Return, Vec<u8>> {
    let caller = Contract::<Caller>::new();
    let answer = caller.sender(ANYONE).pass(to, &call.abi_encode())?;
    Ok(C::abi_decode_returns(&answer, true).unwrap())
}

#[test]
fn every_function_of_the_interface_answers() {
    let world = World::of_the_proposal();
    Books::write(|books| books.first_open_day = DAY + 1);
    let calculator = world.calculator.address();
    let payable = 305_601_083_255_596_990_795;

    let reward = call(calculator, &IRewardCalculator::rewardCall { subnet: SUBNET, day: DAY }).unwrap()._0;
    assert_eq!(reward.emission, 3_231_716_521_361_160_000_000);
    assert_eq!(reward.usageReward, 323_171_652_136_116_000_000);
    assert_eq!((reward.stakeReward, reward.payableWei, reward.binds), (payable, payable, 2));

    let preview = call(calculator, &IRewardCalculator::previewCall { subnet: SUBNET }).unwrap()._0;
    assert_eq!(preview.payableWei, payable);

    let range = IRewardCalculator::rewardsCall { subnet: SUBNET, fromDay: DAY, toDay: DAY + 5 };
    assert_eq!(call(calculator, &range).unwrap()._0, [payable]);

    // A few wei less than 120,000 MOR: the reward is the floor of what they earn.
    let target = IRewardCalculator::requiredStakeCall { subnet: SUBNET, target: U256::from(payable) };
    let stake = call(calculator, &target).unwrap()._0;
    assert_eq!(stake, U256::from(119_999_999_999_999_999_999_828_u128));

    let emission = call(calculator, &IRewardCalculator::emissionCall { day: DAY }).unwrap()._0;
    assert_eq!(emission, 3_231_716_521_361_160_000_000);
    let emitted = call(calculator, &IRewardCalculator::emittedCall { day: DAY }).unwrap()._0;
    assert_eq!(emitted, 1_268_994_135_858_439_080_000_000);

    assert_eq!(call(calculator, &IRewardCalculator::weightCall {}).unwrap()._0, SECONDS);
    assert_eq!(call(calculator, &IRewardCalculator::recorderCall {}).unwrap()._0, world.recorder.address());
    assert_eq!(call(calculator, &IRewardCalculator::alignmentCall {}).unwrap()._0, world.alignment.address());
}

#[test]
fn a_refusal_is_the_typed_error_with_its_values() {
    let world = World::of_the_proposal();
    Books::write(|books| books.recorder = Manner::Reverting);
    let refusal = call(world.calculator.address(), &IRewardCalculator::previewCall { subnet: SUBNET });
    let expected = errors::RecorderCallFailed { recorder: world.recorder.address() };
    assert_eq!(refusal.err(), Some(expected.abi_encode()));

    let target = IRewardCalculator::requiredStakeCall { subnet: SUBNET, target: U256::MAX };
    let refusal = call(world.calculator.address(), &target);
    let emission = U256::from(RewardCalculator::emission(DAY));
    let expected = errors::TargetAboveEmission { target: U256::MAX, emission };
    assert_eq!(refusal.err(), Some(expected.abi_encode()));
}

#[test]
fn every_error_is_encoded_as_solidity_does() {
    fn assert_encoded<E: SolError + Into<Error>>(error: E) {
        let standard = error.abi_encode();
        assert_eq!(Vec::<u8>::from(error.into()), standard);
    }
    let (recorder, alignment) = (Address::repeat_byte(0x11), Address::repeat_byte(0x22));
    assert_encoded(errors::UnknownWeight { weight: 255 });
    assert_encoded(errors::ZeroAddress {});
    assert_encoded(errors::RecorderCallFailed { recorder });
    assert_encoded(errors::AlignmentCallFailed { alignment });
    assert_encoded(errors::TargetAboveEmission { target: U256::MAX, emission: U256::from(7) });
}

#[test]
fn malformed_calldata_reverts() {
    let world = World::of_the_proposal();
    let caller = Contract::<Caller>::new();
    let calculator = world.calculator.address();
    let whole = IRewardCalculator::rewardCall { subnet: SUBNET, day: DAY }.abi_encode();
    let mut day_too_wide = whole.clone();
    day_too_wide[36] = 1;

    // Calldata below four bytes never reaches a contract in motsu.
    for calldata in [&[0xde, 0xad, 0xbe, 0xef], &whole[..4], &whole[..whole.len() - 1], &day_too_wide] {
        assert!(caller.sender(ANYONE).pass(calculator, calldata).is_err());
    }
    clock::set(0);
    assert!(caller.sender(ANYONE).pass(calculator, &whole).is_ok());
}

#[test]
fn it_is_constructed_once() {
    let calculator = Contract::<RewardCalculator>::new();
    let constructor = IRewardCalculator::stylus_constructorCall {
        recorder: Address::repeat_byte(0x11),
        alignment: Address::repeat_byte(0x22),
        weight: SESSIONS,
    };
    let caller = Contract::<Caller>::new();
    // The selector is that of `stylus_constructor()`, whatever the arguments.
    let mut calldata = constructor.abi_encode();
    calldata[..4].copy_from_slice(&alloy_primitives::keccak256("stylus_constructor()")[..4]);

    assert_eq!(caller.sender(ANYONE).pass(calculator.address(), &calldata), Ok(Vec::new()));
    assert_eq!(calculator.sender(ANYONE).weight(), SESSIONS);
    assert!(caller.sender(ANYONE).pass(calculator.address(), &calldata).is_err());
}
