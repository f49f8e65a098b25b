//! What is fixed at construction, where it is stored, and how the contract is called.

use std::collections::HashSet;

use alloy_primitives::{keccak256, Address, B256, U256};
use alloy_sol_types::{sol, SolCall};
use motsu::prelude::*;
use stylus_sdk::{abi::Router, prelude::*};

use super::{id, open, World, ANYONE, DAY, GRACE_DAYS, HOUR, MIDNIGHT, SUBNET};
use crate::{errors::GraceTooLong, Error, SessionRecorder, ZeroAddress, MAX_GRACE_DAYS};

sol! {
    interface Abi {
        function record(bytes32 sessionId) external returns (uint64 bookedSeconds);
        function recordMany(bytes32[] sessionIds) external returns (uint64 bookedSeconds);
        function session(bytes32 sessionId) external view returns (address subnet, uint64 bookedUntil);
        function usageOf(address subnet, uint32 day) external view;
        function finalUsage(address subnet, uint32 fromDay, uint32 toDay) external view;
        function firstOpenDay() external view returns (uint32);
        function source() external view returns (address);
        function alignment() external view returns (address);
        function graceDays() external view returns (uint32);
    }
}

const SOURCE: Address = Address::repeat_byte(0x11);
const ALIGNMENT: Address = Address::repeat_byte(0x22);

/// The word at `slot` of the recorder's storage.
pub(super) fn word_at(world: &World, slot: B256) -> B256 {
    world.recorder.sender(ANYONE).vm().storage_load_bytes32(slot.into())
}

/// The slot of `key` in the mapping at `slot`, as Solidity lays it out.
pub(super) fn slot_in(slot: B256, key: B256) -> B256 {
    keccak256([key, slot].concat())
}

#[motsu::test]
fn the_constructor_fixes_source_alignment_and_grace(recorder: Contract<SessionRecorder>) {
    recorder.sender(ANYONE).constructor(SOURCE, ALIGNMENT, GRACE_DAYS).motsu_unwrap();

    assert_eq!(recorder.sender(ANYONE).source(), SOURCE);
    assert_eq!(recorder.sender(ANYONE).alignment(), ALIGNMENT);
    assert_eq!(recorder.sender(ANYONE).grace_days(), GRACE_DAYS);
}

#[motsu::test]
fn the_constructor_refuses_a_zero_address(recorder: Contract<SessionRecorder>) {
    for (source, alignment) in [(Address::ZERO, ALIGNMENT), (SOURCE, Address::ZERO)] {
        let refusal = recorder.sender(ANYONE).constructor(source, alignment, GRACE_DAYS).motsu_unwrap_err();

        assert_eq!(refusal, Error::ZeroAddress(ZeroAddress {}));
    }
}

#[motsu::test]
fn the_longest_grace_is_ninety_days(recorder: Contract<SessionRecorder>, other: Contract<SessionRecorder>) {
    let refusal = recorder.sender(ANYONE).constructor(SOURCE, ALIGNMENT, 91).motsu_unwrap_err();

    assert_eq!(refusal, Error::GraceTooLong(GraceTooLong { graceDays: 91, max: MAX_GRACE_DAYS }));
    other.sender(ANYONE).constructor(SOURCE, ALIGNMENT, 90).motsu_unwrap();
}

#[test]
fn the_slots_are_the_documented_ones() {
    let world = World::new();
    world.host(id(7), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.record_at(MIDNIGHT + HOUR, id(7)).unwrap();

    let index = B256::from(U256::from(DAY / 4));
    let slot = |number: u64| B256::from(U256::from(number));
    let mut first = B256::ZERO;
    first[8..12].copy_from_slice(&GRACE_DAYS.to_be_bytes());
    first[12..].copy_from_slice(&world.source.address()[..]);
    let mut session = B256::ZERO;
    session[..20].copy_from_slice(&SUBNET[..]);
    session[20..28].copy_from_slice(&(MIDNIGHT + HOUR).to_be_bytes());
    session[28] = 1;
    // Day 20140 is the first of its word.
    let mut usage = B256::ZERO;
    usage[..8].copy_from_slice(&(HOUR << 24 | 1).to_be_bytes());

    assert_eq!(word_at(&world, slot(0)), first);
    assert_eq!(word_at(&world, slot(1)), world.alignment.address().into_word());
    assert_eq!(word_at(&world, slot_in(slot(2), id(7))), session);
    assert_eq!(word_at(&world, slot_in(slot_in(slot(3), SUBNET.into_word()), index)), usage);
    assert_eq!(word_at(&world, slot_in(slot(4), index)), usage);
}

#[motsu::test]
fn every_function_of_the_abi_has_its_own_selector_and_is_routed(recorder: Contract<SessionRecorder>) {
    let selectors = [
        Abi::recordCall::SELECTOR,
        Abi::recordManyCall::SELECTOR,
        Abi::sessionCall::SELECTOR,
        Abi::usageOfCall::SELECTOR,
        Abi::finalUsageCall::SELECTOR,
        Abi::firstOpenDayCall::SELECTOR,
        Abi::sourceCall::SELECTOR,
        Abi::alignmentCall::SELECTOR,
        Abi::graceDaysCall::SELECTOR,
    ];
    let mut call = recorder.sender(ANYONE);
    let storage: &mut SessionRecorder = &mut call;

    for selector in selectors {
        let routed = <SessionRecorder as Router<SessionRecorder>>::route(storage, u32::from_be_bytes(selector), &[]);
        assert!(routed.is_some(), "{selector:02x?}");
    }
    assert_eq!(HashSet::from(selectors).len(), selectors.len());
}
