//! Where everything lies in storage, as the table in `state` says, and what a change writes.

use alloy_primitives::{keccak256, B256};
use mrc53_interfaces::ownership::Ownership;
use mrc53_ledger::{
    checkpoint::Checkpoint,
    level::Level,
    minimum::{DatedMinimum, Minimum},
    registration::Registration,
    settings::Settings,
};
use stylus_sdk::storage::{StorageB256, StorageBool, StorageType};

use super::*;

/// What lies in a slot of the contract.
fn slot(world: &World, key: U256) -> [u8; 32] {
    world.alignment.sender(BOB).vm().storage_load_bytes32(key).0
}

/// The slot of `key` in the mapping at `root`, as Solidity places it.
pub(super) fn entry(key: B256, root: U256) -> U256 {
    U256::from_be_bytes(keccak256([key.0, root.to_be_bytes()].concat()).0)
}

fn number(number: u64) -> U256 {
    U256::from(number)
}

fn padded(address: Address) -> B256 {
    address.into_word()
}

/// The names of the three levels of Alice's stake.
fn levels() -> [B256; 3] {
    let staker = keccak256([padded(SUBNET).0, padded(ALICE).0].concat());
    [staker, padded(SUBNET), B256::repeat_byte(0xff)]
}

#[test]
fn settings_lie_in_slot_0_and_the_minimum_in_slot_1() {
    let world = World::new();
    world.alignment.sender(OWNER).pause_staking().motsu_unwrap();

    let settings =
        Settings { token: world.mor.address().into_array(), lock_seconds: LOCK as u32, staking_paused: true };
    assert_eq!(slot(&world, number(0)), settings.to_bytes());
    assert_eq!(slot(&world, number(1)), Minimum::new(MINIMUM, DAY).expect("within bounds").to_bytes());
}

#[test]
fn registrations_lie_in_the_mapping_at_slot_2() {
    let world = World::with_subnet();

    let registration = Registration { receiver: RECEIVER.into_array(), fee: WHOLE / 5 };
    assert_eq!(slot(&world, entry(padded(SUBNET), number(2))), registration.to_bytes());
}

#[test]
fn the_three_levels_lie_in_the_mapping_at_slot_3() {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, 10);

    let checkpoint = Checkpoint { balance: 10, stake_seconds: 432_000, day: DAY as u16 };
    for (name, mark) in levels().into_iter().zip([NOON as u32, DAY, 0]) {
        let level = Level { checkpoint, history_len: 0, mark };
        assert_eq!(slot(&world, entry(name, number(3))), level.to_bytes());
    }
}

#[test]
fn history_lies_in_the_mapping_of_mappings_at_slot_4() {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, 10);
    clock::set(NOON + SECONDS_PER_DAY);
    world.stake(SUBNET, ALICE, 1);

    let checkpoint = Checkpoint { balance: 10, stake_seconds: 432_000, day: DAY as u16 };
    for name in levels() {
        let first = entry(B256::ZERO, entry(name, number(4)));
        assert_eq!(slot(&world, first), checkpoint.to_bytes());
    }
}

#[test]
fn past_minima_lie_in_the_mapping_at_slot_5() {
    let world = World::new();
    for (day, amount) in [(DAY, 1), (DAY + 8, 2), (DAY + 16, 3)] {
        clock::set(start_of(day));
        world.alignment.sender(OWNER).set_min_subnet_stake(U256::from(amount)).motsu_unwrap();
    }

    let past = [(MINIMUM, DAY), (1, DAY + 8), (0, 0)];
    for (number, (amount, from_day)) in (0_u8..).zip(past) {
        let expected = DatedMinimum { amount, from_day: from_day as u16 };
        assert_eq!(slot(&world, entry(B256::with_last_byte(number), U256::from(5))), expected.to_bytes());
    }
}

#[test]
fn owner_and_pending_owner_lie_in_slots_6_and_7() {
    let world = World::new();
    world.alignment.sender(OWNER).transfer_ownership(ALICE).motsu_unwrap();

    assert_eq!(slot(&world, number(6)), padded(OWNER).0);
    assert_eq!(slot(&world, number(7)), padded(ALICE).0);
}

#[test]
fn a_second_change_on_a_day_writes_no_history() {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, 10);
    world.stake(SUBNET, ALICE, 10);

    for name in levels() {
        assert_eq!(slot(&world, entry(B256::ZERO, entry(name, number(4)))), [0; 32]);
    }
}

#[test]
fn the_ownership_takes_the_two_slots_that_the_sdk_counts_for_it() {
    assert_eq!(<Ownership as StorageType>::REQUIRED_SLOTS, 2);
}

/// Two whole words.
#[allow(dead_code, reason = "only its size is looked at")]
#[storage]
struct Pair {
    first: StorageB256,
    second: StorageB256,
}

/// A packed field, then a field of several slots: slots 0, 1 and 2.
#[allow(dead_code, reason = "only its size is looked at")]
#[storage]
struct Miscounted {
    flag: StorageBool,
    pair: Pair,
}

#[test]
fn the_sdk_still_miscounts_a_nested_struct_that_starts_with_a_packed_field() {
    // It takes three slots. As long as this holds, packed fields stay out of nested structs.
    assert_eq!(<Pair as StorageType>::REQUIRED_SLOTS, 2);
    assert_eq!(<Miscounted as StorageType>::REQUIRED_SLOTS, 2);
}
