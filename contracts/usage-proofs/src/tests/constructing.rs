//! What is fixed at construction, where everything is stored, and how the contract is called.

use std::collections::HashSet;

use alloy_primitives::{keccak256, U256};
use alloy_sol_types::{sol, SolCall};
use stylus_sdk::{abi::Router, prelude::*};

use super::*;
use crate::{GraceTooLong, WindowOutOfRange, ZeroArgument, MAX_GRACE_DAYS, MAX_WINDOW_DAYS, MIN_WINDOW_DAYS};

sol! {
    interface Abi {
        function acceptRoot(bytes32 root) external;
        function openRoot(bytes32 root, bytes32 stateRoot, bytes32 messagePasserRoot, bytes header, bytes accountProof) external;
        function prove(bytes32 root, address[] subnets, uint32[] words, bytes nodes) external returns (uint32);
        function usageOf(address subnet, uint32 day) external view;
        function finalUsage(address subnet, uint32 fromDay, uint32 toDay) external view;
        function firstOpenDay() external view returns (uint32);
        function root(bytes32 root) external view returns (bool, bool, uint64, bytes32);
        function coverageEntries() external view returns (uint32);
        function coverageEntry(uint32 number) external view returns (uint32, uint64);
        function relay() external view returns (address);
        function buckets() external view returns (address, bytes32);
        function alignment() external view returns (address);
        function graceDays() external view returns (uint32);
        function windowDays() external view returns (uint32);
    }
}

const ALIGNMENT: Address = Address::repeat_byte(0xa1);

fn constructed(relay: Address, buckets: Address, code_hash: B256, alignment: Address) -> Result<(), Error> {
    let proofs = Contract::<UsageProofs>::random();
    let mut call = proofs.sender(ANYONE);
    call.constructor(relay, buckets, code_hash, GRACE_DAYS, alignment, WINDOW_DAYS).motsu_res()
}

fn with_days(grace_days: u32, window_days: u32) -> Result<(), Error> {
    let proofs = Contract::<UsageProofs>::random();
    let mut call = proofs.sender(ANYONE);
    call.constructor(RELAY, BUCKETS, CODE_HASH, grace_days, ALIGNMENT, window_days).motsu_res()
}

#[test]
fn the_constructor_fixes_everything() {
    let world = World::new();

    assert_eq!(world.proofs.sender(ANYONE).relay(), RELAY);
    assert_eq!(world.proofs.sender(ANYONE).buckets(), (BUCKETS, CODE_HASH));
    assert_eq!(world.proofs.sender(ANYONE).alignment(), world.alignment.address());
    assert_eq!(world.proofs.sender(ANYONE).grace_days(), GRACE_DAYS);
    assert_eq!(world.proofs.sender(ANYONE).window_days(), WINDOW_DAYS);
}

#[test]
fn the_constructor_refuses_zeros() {
    let (zero, refusal) = (Address::ZERO, Err(ZeroArgument {}.into()));

    assert_eq!(constructed(zero, BUCKETS, CODE_HASH, ALIGNMENT), refusal);
    assert_eq!(constructed(RELAY, zero, CODE_HASH, ALIGNMENT), refusal);
    assert_eq!(constructed(RELAY, BUCKETS, B256::ZERO, ALIGNMENT), refusal);
    assert_eq!(constructed(RELAY, BUCKETS, CODE_HASH, zero), refusal);
    assert_eq!(constructed(RELAY, BUCKETS, CODE_HASH, ALIGNMENT), Ok(()));
}

#[test]
fn the_longest_grace_is_ninety_days() {
    assert_eq!(with_days(90, WINDOW_DAYS), Ok(()));
    assert_eq!(with_days(91, WINDOW_DAYS), Err(GraceTooLong { graceDays: 91, max: MAX_GRACE_DAYS }.into()));
    assert_eq!(with_days(0, WINDOW_DAYS), Ok(()));
}

#[test]
fn the_window_is_three_to_thirty_days() {
    let refusal = |days| WindowOutOfRange { windowDays: days, min: MIN_WINDOW_DAYS, max: MAX_WINDOW_DAYS };
    for (days, fits) in [(0, false), (2, false), (3, true), (4, true), (29, true), (30, true), (31, false)] {
        let expected = if fits { Ok(()) } else { Err(refusal(days).into()) };

        assert_eq!(with_days(GRACE_DAYS, days), expected);
    }
}

/// The word at `slot` of the contract's storage.
fn word_at(world: &World, slot: B256) -> B256 {
    world.proofs.sender(ANYONE).vm().storage_load_bytes32(slot.into())
}

/// The slot of `key` in the mapping at `slot`, as Solidity lays it out.
fn slot_in(slot: B256, key: B256) -> B256 {
    keccak256([key, slot].concat())
}

#[test]
fn the_slots_are_the_documented_ones() {
    let number = |number: u64| B256::from(U256::from(number));
    let mut base = Base::default();
    base.host(SUBNET, DAY, HOUR, 1);
    let opened_at = covers(DAY) + 5;
    let (world, block) = (World::new(), base.block(covers(DAY)));
    world.accept_and_open(&block, opened_at);
    world.prove_at(opened_at, &block, &base.words()).unwrap();

    let mut settings = B256::ZERO;
    settings[..20].copy_from_slice(world.alignment.address().as_slice());
    (settings[23], settings[27], settings[31]) = (3, 7, 1);
    let mut root = B256::ZERO;
    (root[0], root[1]) = (1, 1);
    root[24..].copy_from_slice(&covers(DAY).to_be_bytes());
    let mut coverage = B256::ZERO;
    coverage[..3].copy_from_slice(&(DAY + 1).to_be_bytes()[1..]);
    coverage[3..8].copy_from_slice(&opened_at.to_be_bytes()[3..]);
    // Day 20140 is the first of its word.
    let mut usage = B256::ZERO;
    usage[..8].copy_from_slice(&(HOUR << 24 | 1).to_be_bytes());
    let index = number(u64::from(DAY / 4));

    assert_eq!(word_at(&world, number(0)), RELAY.into_word());
    assert_eq!(word_at(&world, number(1)), settings);
    assert_eq!(word_at(&world, number(2)), BUCKETS.into_word());
    assert_eq!(word_at(&world, number(3)), CODE_HASH);
    assert_eq!(word_at(&world, slot_in(number(4), block.root)), root);
    assert_eq!(word_at(&world, slot_in(number(5), block.root)), B256::new(block.storage.root()));
    assert_eq!(word_at(&world, slot_in(number(6), number(0))), coverage);
    assert_eq!(word_at(&world, slot_in(slot_in(number(7), SUBNET.into_word()), index)), usage);
    assert_eq!(word_at(&world, slot_in(number(8), index)), usage);
}

#[test]
fn every_function_of_the_abi_has_its_own_selector_and_is_routed() {
    let selectors = [
        Abi::acceptRootCall::SELECTOR,
        Abi::openRootCall::SELECTOR,
        Abi::proveCall::SELECTOR,
        Abi::usageOfCall::SELECTOR,
        Abi::finalUsageCall::SELECTOR,
        Abi::firstOpenDayCall::SELECTOR,
        Abi::rootCall::SELECTOR,
        Abi::coverageEntriesCall::SELECTOR,
        Abi::coverageEntryCall::SELECTOR,
        Abi::relayCall::SELECTOR,
        Abi::bucketsCall::SELECTOR,
        Abi::alignmentCall::SELECTOR,
        Abi::graceDaysCall::SELECTOR,
        Abi::windowDaysCall::SELECTOR,
    ];
    let world = World::new();
    let mut call = world.proofs.sender(ANYONE);
    let storage: &mut UsageProofs = &mut call;

    for selector in selectors {
        let routed = <UsageProofs as Router<UsageProofs>>::route(storage, u32::from_be_bytes(selector), &[]);
        assert!(routed.is_some(), "{selector:02x?}");
    }
    assert_eq!(HashSet::from(selectors).len(), selectors.len());
}
