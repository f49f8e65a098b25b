//! Unit tests of the calculator against stand-ins for the two contracts that it asks.

mod abi;
mod constructor;
mod emission;
mod required_stake;
mod reward;
mod rewards;
mod stand_ins;

use alloy_primitives::{address, Address};
use motsu::prelude::*;
use mrc53_testing::clock;

use crate::RewardCalculator;
use stand_ins::{AlignmentStandIn, Books, Mute, RecorderStandIn};

/// One MOR in wei.
const MOR: u128 = 1_000_000_000_000_000_000;

/// 2025-02-21, the day of the proposal's example.
const DAY: u32 = 20_140;

/// Weights by their numbers.
const SECONDS: u8 = 0;
const SESSIONS: u8 = 1;

const SUBNET: Address = address!("5ab0000000000000000000000000000000000001");
const ANYONE: Address = address!("a110000000000000000000000000000000000001");

/// Stake-seconds of `mor` MOR held for a whole day.
const fn held_all_day(mor: u128) -> u128 {
    mor * MOR * 86_400
}

/// A calculator and those it asks.
struct World {
    calculator: Contract<RewardCalculator>,
    recorder: Contract<RecorderStandIn>,
    alignment: Contract<AlignmentStandIn>,
}

impl World {
    /// A calculator that counts by `weight`, on the day of the proposal's example; the books are empty.
    fn new(weight: u8) -> Self {
        Books::write(|books| *books = Books::default());
        clock::set(u64::from(DAY) * 86_400);
        let world = Self { calculator: Contract::new(), recorder: Contract::new(), alignment: Contract::new() };
        let (recorder, alignment) = (world.recorder.address(), world.alignment.address());
        world.ask().constructor(recorder, alignment, weight).motsu_unwrap();
        world
    }

    /// The example of MRC-53 version 2: 10,000 of 100,000 seconds and 120,000 of 1,200,000 MOR on [`DAY`].
    fn of_the_proposal() -> Self {
        let world = Self::new(SECONDS);
        Books::use_day(SUBNET, DAY, (10_000, 100_000), (0, 0));
        Books::stake_day(SUBNET, DAY, held_all_day(120_000), held_all_day(1_200_000));
        world
    }

    /// A calculator that asks contracts without an answer.
    fn with_mute(recorder: Option<&Contract<Mute>>, alignment: Option<&Contract<Mute>>) -> Self {
        let world = Self::of_the_proposal();
        let calculator = Contract::<RewardCalculator>::new();
        let recorder = recorder.map_or(world.recorder.address(), Contract::address);
        let alignment = alignment.map_or(world.alignment.address(), Contract::address);
        calculator.sender(ANYONE).constructor(recorder, alignment, SECONDS).motsu_unwrap();
        Self { calculator, ..world }
    }

    /// The calculator, called by anyone.
    fn ask(&self) -> ContractCall<'_, RewardCalculator> {
        self.calculator.sender(ANYONE)
    }
}
