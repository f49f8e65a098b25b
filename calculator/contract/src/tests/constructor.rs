//! What the constructor takes and where it puts it.

use alloy_primitives::{Address, B256, U256};
use motsu::prelude::*;
use stylus_sdk::stylus_core::HostAccess;

use super::{World, ANYONE, SECONDS, SESSIONS};
use crate::{Error, RewardCalculator, UnknownWeight, ZeroAddress};

const RECORDER: Address = Address::repeat_byte(0x11);
const ALIGNMENT: Address = Address::repeat_byte(0x22);

/// What a constructor with these arguments answers; the state is rolled back if it refuses.
fn construct(
    calculator: &Contract<RewardCalculator>,
    recorder: Address,
    alignment: Address,
    weight: u8,
) -> Result<(), Error> {
    calculator.sender(ANYONE).constructor(recorder, alignment, weight).motsu_res()
}

#[test]
fn it_keeps_its_arguments() {
    let calculator = Contract::<RewardCalculator>::new();
    construct(&calculator, RECORDER, ALIGNMENT, SESSIONS).unwrap();
    assert_eq!(calculator.sender(ANYONE).recorder(), RECORDER);
    assert_eq!(calculator.sender(ANYONE).alignment(), ALIGNMENT);
    assert_eq!(calculator.sender(ANYONE).weight(), SESSIONS);
}

#[test]
fn a_zero_address_is_refused() {
    let calculator = Contract::<RewardCalculator>::new();
    let refusal = Err(Error::ZeroAddress(ZeroAddress {}));
    assert_eq!(construct(&calculator, Address::ZERO, ALIGNMENT, SECONDS), refusal);
    assert_eq!(construct(&calculator, RECORDER, Address::ZERO, SECONDS), refusal);
}

#[test]
fn a_number_that_names_no_weight_is_refused() {
    for weight in [2, 255] {
        let calculator = Contract::<RewardCalculator>::new();
        let refusal = Err(Error::UnknownWeight(UnknownWeight { weight }));
        assert_eq!(construct(&calculator, RECORDER, ALIGNMENT, weight), refusal);
    }
}

#[test]
fn a_refusal_stores_nothing() {
    let calculator = Contract::<RewardCalculator>::new();
    construct(&calculator, RECORDER, ALIGNMENT, 2).unwrap_err();
    assert_eq!(slot(&calculator, 0), B256::ZERO);
    assert_eq!(slot(&calculator, 1), B256::ZERO);
}

#[test]
fn the_state_is_two_slots_as_the_table_says() {
    let calculator = Contract::<RewardCalculator>::new();
    construct(&calculator, RECORDER, ALIGNMENT, SESSIONS).unwrap();

    let mut first = ALIGNMENT.into_word();
    first[32 - 21] = SESSIONS;
    assert_eq!(slot(&calculator, 0), first);
    assert_eq!(slot(&calculator, 1), RECORDER.into_word());
    assert_eq!(slot(&calculator, 2), B256::ZERO);
}

#[test]
fn views_do_not_change_what_was_constructed() {
    let world = World::of_the_proposal();
    let before = (slot(&world.calculator, 0), slot(&world.calculator, 1));
    world.ask().preview(super::SUBNET).motsu_unwrap();
    assert_eq!((slot(&world.calculator, 0), slot(&world.calculator, 1)), before);
}

fn slot(calculator: &Contract<RewardCalculator>, index: u64) -> B256 {
    calculator.sender(ANYONE).vm().storage_load_bytes32(U256::from(index))
}
