//! Where everything lies in storage, as the table in `state` says, and what a call writes.

use alloy_primitives::{keccak256, B256};
use mrc53_interfaces::ownership::Ownership;
use mrc53_ledger::{
    account::AccountWord, growth::GrowthWord, schedule::CalculatorWord, terms::Terms, totals::TotalsWord,
    voided::VoidedDays,
};
use stylus_sdk::storage::StorageType;

use super::*;

/// What lies in a slot of the contract.
fn slot(world: &World, key: U256) -> [u8; 32] {
    world.distributor.sender(ANYONE).vm().storage_load_bytes32(key).0
}

/// The slot of `key` in the mapping at `root`, as Solidity places it.
fn entry(key: B256, root: U256) -> U256 {
    U256::from_be_bytes(keccak256([key.0, root.to_be_bytes()].concat()).0)
}

fn number(number: u32) -> U256 {
    U256::from(number)
}

fn index(index: u32) -> B256 {
    B256::from(number(index))
}

/// Where the growth of the subnet on a day lies.
fn growth_slot(day: u32) -> U256 {
    let mut key = index(day);
    key[..20].copy_from_slice(SUBNET.as_slice());
    entry(key, number(8))
}

#[test]
fn the_terms_lie_in_slot_0() {
    let world = World::beginning_on(DAY + 1);
    world.distributor.sender(OWNER).schedule_calculator(world.calculator.address(), DAY + 18).motsu_unwrap();
    world.distributor.sender(OWNER).set_claiming_paused(true).motsu_unwrap();

    let terms = Terms {
        alignment: world.alignment.address().into_array(),
        first_day: DAY + 1,
        calculators: 2,
        settling_paused: false,
        claiming_paused: true,
    };
    assert_eq!(slot(&world, number(0)), terms.to_bytes());
}

#[test]
fn token_and_pool_lie_in_slots_1_and_2() {
    let world = World::new();

    assert_eq!(slot(&world, number(1)), world.mor.address().into_word().0);
    assert_eq!(slot(&world, number(2)), POOL.into_word().0);
}

#[test]
fn the_totals_lie_in_slot_3() {
    let world = World::settled(2);
    world.claim();

    let totals = TotalsWord { credited: 200 * MOR, paid: 40 * MOR };
    assert_eq!(slot(&world, number(3)), totals.to_bytes());
}

#[test]
fn the_schedule_lies_in_the_mapping_at_slot_4() {
    let (world, scheduled) = (World::new(), Contract::<CalculatorStandIn>::random());
    world.distributor.sender(OWNER).schedule_calculator(scheduled.address(), DAY + 18).motsu_unwrap();

    let first = CalculatorWord { calculator: world.calculator.address().into_array(), from_day: 0 };
    let second = CalculatorWord { calculator: scheduled.address().into_array(), from_day: DAY + 18 };
    assert_eq!(slot(&world, entry(index(0), number(4))), first.to_bytes());
    assert_eq!(slot(&world, entry(index(1), number(4))), second.to_bytes());
}

#[test]
fn voided_days_lie_in_the_mapping_at_slot_5() {
    let world = World::new();
    world.distributor.sender(OWNER).void_days(DAY, DAY + 2).motsu_unwrap();

    let days = VoidedDays::default().with(DAY).with(DAY + 1);
    assert_eq!(slot(&world, entry(index(DAY / 256), number(5))), days.to_bytes());
}

#[test]
fn the_accounts_of_subnets_lie_in_the_mapping_at_slot_6() {
    let world = World::settled(2);

    let accumulator = world.distributor.sender(ANYONE).accumulator(SUBNET);
    let account = AccountWord { accumulator, owed: 40 * MOR, next: (DAY + 2) as u16 };
    assert_eq!(slot(&world, entry(SUBNET.into_word(), number(6))), account.to_bytes());
}

#[test]
fn the_accounts_of_stakers_lie_in_the_mapping_at_slot_7() {
    let world = World::settled(2);
    world.drain_pool_to(0);
    let (_, owed) = world.claim_stake(ALICE, 10);

    let accumulator = world.distributor.sender(ANYONE).accumulator(SUBNET);
    let account = AccountWord { accumulator, owed, next: 1 };
    let key = keccak256([SUBNET.into_word().0, ALICE.into_word().0].concat());
    assert_eq!(slot(&world, entry(key, number(7))), account.to_bytes());
}

#[test]
fn a_day_is_kept_if_the_stake_changed_on_it_and_only_then() {
    let world = World::with_stake();
    staked_all_day(BOB, DAY + 2, 40_000 * MOR);
    world.settle(4);

    let words = [0, 1, 2, 3].map(|day| GrowthWord::from_bytes(slot(&world, growth_slot(DAY + day))));
    assert_eq!((words[1], words[3]), (GrowthWord::default(), GrowthWord::default()));
    assert_eq!(words[0].before, 0);
    assert_eq!(words[2].before, 2 * words[0].increment);
    assert_eq!(words[2].increment, words[0].increment * 3 / 4);
}

#[test]
fn owner_and_pending_owner_lie_in_slots_9_and_10() {
    let world = World::new();
    world.distributor.sender(OWNER).transfer_ownership(BOB).motsu_unwrap();

    assert_eq!(slot(&world, number(9)), OWNER.into_word().0);
    assert_eq!(slot(&world, number(10)), BOB.into_word().0);
}

#[test]
fn the_ownership_takes_the_two_slots_that_the_sdk_counts_for_it() {
    assert_eq!(<Ownership as StorageType>::REQUIRED_SLOTS, 2);
}
