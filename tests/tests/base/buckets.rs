//! How recorder and buckets are made, what each stores and where, and what the buckets refuse.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, U256, address, keccak256};
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::{SolError, SolValue};
use mrc53_devnode::chain::Chain;
use mrc53_devnode::config::DEV_ACCOUNT;
use mrc53_ledger::session::SessionWord;
use mrc53_ledger::usage::{MAX_SECONDS, MAX_SESSIONS, Usage, UsageWord};

use super::artifacts::{Refusal, SessionRecorder, UsageBuckets};
use super::evm::{self, MOST_GAS, slot_in};
use super::world::{ACCOUNT, GRACE_DAYS, OTHER, PROVIDER, World, id, open};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, TODAY};

const NOW: u64 = MIDNIGHT + 2 * HOUR;
const SOURCE: Address = Address::repeat_byte(0x11);
/// Arachnid's factory, which stands where it does on every chain: salt, then init code.
const FACTORY: Address = address!("4e59b44847b379578588920ca78fbf26c0b4956c");

/// The slot of the word that holds `day` of `subnet`, as the documentation of the buckets has it.
fn slot_of(subnet: Address, day: u32) -> B256 {
    let index = B256::from(U256::from(UsageWord::index_of(day)));
    slot_in(slot_in(B256::ZERO, subnet.into_word()), index)
}

fn set(world: &mut World, subnet: Address, day: u32, usage: Usage) {
    let packed = UsageWord::default().with_added(day, usage).unwrap().to_bytes();
    world.chain.set_slot(world.buckets, slot_of(subnet, day).into(), U256::from_be_bytes(packed));
}

fn overflow(day: u32) -> Refusal {
    Refusal::BucketOverflow(SessionRecorder::BucketOverflow { subnet: PROVIDER, day })
}

/// A recorder that is created through [`FACTORY`]: its address and code hash, and those of its buckets.
fn through_the_factory(chain: &mut Chain, source: Address, grace_days: u32) -> [(Address, B256); 2] {
    let init = [SessionRecorder::BYTECODE.to_vec(), (source, grace_days).abi_encode_params()].concat();
    let recorder = FACTORY.create2(B256::ZERO, keccak256(&init));
    let data = [B256::ZERO.to_vec(), init].concat();
    let request = TransactionRequest::default().with_to(FACTORY).with_input(data).with_gas_limit(MOST_GAS);
    assert!(chain.transact(request, DEV_ACCOUNT).unwrap().success);
    let buckets = evm::view(chain, NOW, recorder, &SessionRecorder::bucketsCall {});
    [recorder, buckets].map(|address| (address, keccak256(chain.code(address))))
}

#[test]
fn source_grace_and_buckets_are_fixed_at_construction_and_recorder_and_buckets_know_each_other() {
    let mut world = World::new();

    assert_eq!(world.view_at(NOW, &SessionRecorder::sourceCall {}), world.source);
    assert_eq!(world.view_at(NOW, &SessionRecorder::graceDaysCall {}), GRACE_DAYS);
    assert_eq!(evm::view(&mut world.chain, NOW, world.buckets, &UsageBuckets::recorderCall {}), world.recorder);
    assert_eq!(world.buckets, world.recorder.create(1));
}

#[test]
fn a_source_of_zero_and_a_grace_above_ninety_days_are_refused() {
    let mut chain = evm::chain();

    let zero = evm::create_recorder(&mut chain, Address::ZERO, 3).unwrap_err();
    let long = evm::create_recorder(&mut chain, SOURCE, 91).unwrap_err();

    assert_eq!(zero, SessionRecorder::ZeroAddress {}.abi_encode());
    assert_eq!(long, SessionRecorder::GraceTooLong { graceDays: 91, max: 90 }.abi_encode());
    assert!(evm::create_recorder(&mut chain, SOURCE, 90).is_ok());
}

#[test]
fn the_code_hash_of_the_buckets_stands_for_source_and_grace_of_their_recorder() {
    let mut chain = evm::chain();
    let [recorder, buckets] = through_the_factory(&mut chain, SOURCE, 3);

    for (source, grace_days) in [(SOURCE, 4), (Address::repeat_byte(0x12), 3)] {
        let [other, other_buckets] = through_the_factory(&mut chain, source, grace_days);
        assert!(recorder.0 != other.0 && recorder.1 != other.1);
        assert!(buckets.0 != other_buckets.0 && buckets.1 != other_buckets.1);
    }
    // On another chain it is the same again.
    assert_eq!(through_the_factory(&mut evm::chain(), SOURCE, 3), [recorder, buckets]);
}

#[test]
fn the_slots_are_the_documented_ones_and_nothing_else_is_stored() {
    let mut world = World::new();
    world.host(id(7), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.host(id(8), open(MIDNIGHT + 1, MIDNIGHT + 9 * HOUR).by(OTHER));
    world.name(OTHER, OTHER, ACCOUNT).unwrap();
    world.record_many_at(NOW, &[id(7), id(8)]);

    let session = |subnet: Address, booked_until, is_complete| {
        SessionWord { subnet: subnet.into_array(), booked_until, is_complete }.to_bytes()
    };
    let usage = |seconds| UsageWord::default().with_added(TODAY, Usage { seconds, sessions: 1 }).unwrap().to_bytes();
    let one = B256::with_last_byte(1);
    let expect = |words: &[(B256, [u8; 32])]| {
        let mut words: Vec<(U256, U256)> =
            words.iter().map(|(slot, word)| ((*slot).into(), U256::from_be_bytes(*word))).collect();
        words.sort_unstable();
        words
    };
    let stored = |world: &World, contract| {
        let mut words: Vec<_> = world.chain.storage(contract).collect();
        words.sort_unstable();
        words
    };

    let expected = expect(&[
        (slot_in(B256::ZERO, id(7)), session(PROVIDER, MIDNIGHT + HOUR, true)),
        (slot_in(B256::ZERO, id(8)), session(ACCOUNT, NOW, false)),
        (slot_in(one, OTHER.into_word()), ACCOUNT.into_word().0),
    ]);
    assert_eq!(stored(&world, world.recorder), expected);
    let expected = expect(&[(slot_of(PROVIDER, TODAY), usage(HOUR)), (slot_of(ACCOUNT, TODAY), usage(2 * HOUR - 1))]);
    assert_eq!(stored(&world, world.buckets), expected);
}

#[test]
fn every_day_lies_where_the_word_has_it_and_the_word_is_answered_as_it_is_stored() {
    for day in 20_000..20_004_u32 {
        let mut world = World::new();
        set(&mut world, PROVIDER, day, Usage { seconds: MAX_SECONDS, sessions: MAX_SESSIONS - 1 });

        assert_eq!(world.booked(day), (MAX_SECONDS, MAX_SESSIONS - 1));
        for other in (19_999..20_005).filter(|other| *other != day) {
            assert_eq!(world.booked(other), (0, 0));
        }
        let asked = UsageBuckets::usageCall { subnet: PROVIDER, index: U256::from(day / 4) };
        let answered = evm::view(&mut world.chain, NOW, world.buckets, &asked);
        assert_eq!(answered, world.chain.slot(world.buckets, slot_of(PROVIDER, day).into()));
    }
}

#[test]
fn nobody_but_the_recorder_adds() {
    let mut world = World::new();
    let add = UsageBuckets::addCall { subnet: PROVIDER, from: MIDNIGHT, to: NOW, counted: true };

    let outcome = evm::send(&mut world.chain, NOW, world.buckets, &add);

    assert_eq!(outcome.output, UsageBuckets::NotRecorder { caller: DEV_ACCOUNT }.abi_encode());
    assert_eq!(world.booked(TODAY), (0, 0));
}

#[test]
fn a_bucket_takes_seconds_until_it_is_full_and_then_refuses_and_changes_no_day() {
    for (room, is_full) in [(HOUR - 1, true), (HOUR, false), (HOUR + 1, false)] {
        let mut world = World::new();
        set(&mut world, PROVIDER, TODAY, Usage { seconds: MAX_SECONDS - room, sessions: 0 });
        world.host(id(1), open(MIDNIGHT - 60, MIDNIGHT + HOUR));

        if is_full {
            assert_eq!(world.record_at(NOW, id(1)), Err(overflow(TODAY)));
            assert_eq!(world.record_many_at(NOW, &[id(1)]), 0);
            assert_eq!((world.session(id(1)).1, world.booked(TODAY - 1)), (0, (0, 0)));
        } else {
            assert_eq!(world.record_at(NOW, id(1)), Ok(HOUR + 60));
            assert_eq!(world.booked(TODAY), (MAX_SECONDS - room + HOUR, 0));
        }
    }
}

#[test]
fn a_bucket_counts_sessions_until_it_is_full_and_then_refuses() {
    for (sessions, is_full) in [(MAX_SESSIONS - 1, false), (MAX_SESSIONS, true)] {
        let mut world = World::new();
        set(&mut world, PROVIDER, TODAY, Usage { seconds: 5, sessions });
        world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR));

        let answer = world.record_at(NOW, id(1));

        assert_eq!(answer, if is_full { Err(overflow(TODAY)) } else { Ok(HOUR) });
        assert_eq!(world.booked(TODAY), if is_full { (5, MAX_SESSIONS) } else { (5 + HOUR, MAX_SESSIONS) });
    }
}

#[test]
fn a_full_day_names_itself_and_full_neighbours_spill_into_no_other() {
    for full in TODAY..TODAY + 4 {
        let mut world = World::with_grace(8);
        set(&mut world, PROVIDER, full, Usage { seconds: MAX_SECONDS, sessions: MAX_SESSIONS });
        world.host(id(1), open(MIDNIGHT + HOUR, MIDNIGHT + 4 * DAY));

        assert_eq!(world.record_at(MIDNIGHT + 4 * DAY, id(1)), Err(overflow(full)));
        for day in (TODAY..TODAY + 4).filter(|day| *day != full) {
            assert_eq!(world.booked(day), (0, 0));
        }
    }
}
