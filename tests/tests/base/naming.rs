//! Under which account a provider's sessions are booked: named by the provider or its contract's owner, once for each
//! session, at its first booking.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes, address, hex};
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::SolEvent;
use mrc53_devnode::chain::{At, Simulation};

use super::artifacts::{Refusal, Scripted, SessionRecorder};
use super::world::{ACCOUNT, CONTRACT, OTHER, PROVIDER, World, id, open, owner_call};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, TODAY};

const NOW: u64 = MIDNIGHT + 2 * HOUR;
const OWNER: Address = Address::repeat_byte(0x0e);

fn not_named(provider: Address) -> Refusal {
    Refusal::SubnetNotNamed(SessionRecorder::SubnetNotNamed { provider })
}

fn not_provider(provider: Address, caller: Address) -> Refusal {
    Refusal::NotProvider(SessionRecorder::NotProvider { provider, caller })
}

/// A world in which [`CONTRACT`], owned by [`OWNER`], has hosted an hour.
fn with_a_contract() -> World {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + HOUR).by(CONTRACT));
    world.give_code(CONTRACT, Some(OWNER));
    world
}

#[test]
fn a_provider_without_code_is_its_own_account_until_it_names_another() {
    let mut world = World::new();
    assert_eq!(world.subnet_of(PROVIDER), PROVIDER);

    world.name(PROVIDER, PROVIDER, ACCOUNT).unwrap();
    world.host(id(1), open(MIDNIGHT, NOW));
    world.record_at(NOW, id(1)).unwrap();

    assert_eq!(world.subnet_of(PROVIDER), ACCOUNT);
    assert_eq!((world.booked(TODAY), world.hosted(ACCOUNT, TODAY)), ((0, 0), (2 * HOUR, 1)));
    assert_eq!(world.session(id(1)), (ACCOUNT, NOW));
}

#[test]
fn a_provider_with_code_that_has_named_nobody_is_refused_and_nothing_is_lost_within_the_grace() {
    let mut world = with_a_contract();
    let last = MIDNIGHT + 4 * DAY - 1;

    assert_eq!(world.subnet_of(CONTRACT), Address::ZERO);
    assert_eq!(world.record_at(NOW, id(1)), Err(not_named(CONTRACT)));
    world.assert_untouched(id(1), TODAY);
    world.name(OWNER, CONTRACT, ACCOUNT).unwrap();

    assert_eq!(world.record_at(last, id(1)), Ok(HOUR));
    assert_eq!((world.hosted(ACCOUNT, TODAY), world.hosted(CONTRACT, TODAY)), ((HOUR, 1), (0, 0)));
}

#[test]
fn what_came_too_late_of_a_provider_that_has_named_nobody_is_neither_dropped_nor_given_to_anybody() {
    let mut world = with_a_contract();
    let late = MIDNIGHT + 4 * DAY;

    assert_eq!(world.record_at(late, id(1)), Err(not_named(CONTRACT)));
    world.assert_untouched(id(1), TODAY);
    world.name(OWNER, CONTRACT, ACCOUNT).unwrap();

    assert_eq!(world.record_at(late, id(1)), Ok(0));
    assert_eq!(world.session(id(1)), (ACCOUNT, MIDNIGHT + HOUR));
}

#[test]
fn a_session_without_a_new_second_needs_no_name() {
    let mut world = with_a_contract();
    world.host(id(2), open(NOW, NOW + HOUR).by(CONTRACT));

    assert_eq!(world.record_at(NOW, id(2)), Ok(0));
    assert_eq!(world.record_at(NOW + 1, id(2)), Err(not_named(CONTRACT)));
}

#[test]
fn a_contract_is_named_for_by_itself_or_what_its_owner_answers_at_that_moment_and_by_nobody_else() {
    let mut world = with_a_contract();

    for caller in [OTHER, ACCOUNT, PROVIDER] {
        assert_eq!(world.name(caller, CONTRACT, ACCOUNT), Err(not_provider(CONTRACT, caller)));
    }
    assert_eq!(world.name(OWNER, CONTRACT, ACCOUNT), Ok(()));
    assert_eq!(world.name(CONTRACT, CONTRACT, CONTRACT), Ok(()));
    world.give_code(CONTRACT, Some(OTHER));
    assert_eq!(world.name(OWNER, CONTRACT, ACCOUNT), Err(not_provider(CONTRACT, OWNER)));
    assert_eq!(world.name(OTHER, CONTRACT, ACCOUNT), Ok(()));
}

#[test]
fn a_contract_without_an_owner_or_whose_answer_is_no_address_is_named_for_by_itself_alone() {
    // The byte that a short answer leaves out is that of this owner.
    let owner = address!("0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e00");
    let mut dirty = owner.into_word();
    dirty[11] = 1;
    for answer in [None, Some(dirty.to_vec()), Some(owner.into_word()[..31].to_vec()), Some(Vec::new())] {
        let mut world = with_a_contract();
        let asked = owner_call();
        match answer {
            None => world.at_once(CONTRACT, &Scripted::refuseCall { asked }),
            Some(answer) => world.at_once(CONTRACT, &Scripted::writeCall { asked, answer: answer.into() }),
        }

        assert_eq!(world.name(owner, CONTRACT, ACCOUNT), Err(not_provider(CONTRACT, owner)));
        assert_eq!(world.name(CONTRACT, CONTRACT, ACCOUNT), Ok(()));
    }
}

#[test]
fn what_answers_without_code_has_no_owner() {
    let mut world = World::new();
    // RIPEMD-160 answers everything with a word that is an address.
    let precompile = Address::with_last_byte(3);
    let request = TransactionRequest::default().with_to(precompile).with_input(owner_call());
    let answer = world.chain.call(Simulation::new(request, At::Pending)).unwrap();
    let owner = Address::from_word(B256::from_slice(&answer));
    assert!(!owner.is_zero());

    assert_eq!(world.name(owner, precompile, ACCOUNT), Err(not_provider(precompile, owner)));
}

#[test]
fn nobody_else_names_for_a_provider_without_code() {
    let mut world = World::new();

    assert_eq!(world.name(OTHER, PROVIDER, OTHER), Err(not_provider(PROVIDER, OTHER)));
    assert_eq!(world.name(OTHER, Address::ZERO, OTHER), Err(not_provider(Address::ZERO, OTHER)));
    assert_eq!(world.subnet_of(PROVIDER), PROVIDER);
}

#[test]
fn nobody_can_be_named_zero_and_zero_has_no_account() {
    let mut world = with_a_contract();
    let zero = Refusal::ZeroAddress(SessionRecorder::ZeroAddress {});

    assert_eq!(world.name(PROVIDER, PROVIDER, Address::ZERO), Err(zero.clone()));
    assert_eq!(world.name(OWNER, CONTRACT, Address::ZERO), Err(zero));
    assert_eq!(world.subnet_of(Address::ZERO), Address::ZERO);
}

#[test]
fn any_number_of_providers_may_name_one_account_and_what_that_names_for_itself_does_not_matter() {
    let mut world = with_a_contract();
    world.host(id(2), open(MIDNIGHT, MIDNIGHT + HOUR));
    world.host(id(3), open(MIDNIGHT, MIDNIGHT + HOUR).by(ACCOUNT));
    world.name(OWNER, CONTRACT, ACCOUNT).unwrap();
    world.name(PROVIDER, PROVIDER, ACCOUNT).unwrap();
    world.name(ACCOUNT, ACCOUNT, OTHER).unwrap();

    assert_eq!(world.record_many_at(NOW, &[id(1), id(2), id(3)]), 3 * HOUR);

    assert_eq!((world.hosted(ACCOUNT, TODAY), world.hosted(OTHER, TODAY)), ((2 * HOUR, 2), (HOUR, 1)));
}

#[test]
fn the_account_of_a_session_is_fixed_at_its_first_booking_whoever_sends_it() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, NOW));
    world.host(id(2), open(MIDNIGHT, NOW));
    world.record_at(MIDNIGHT + HOUR, id(1)).unwrap();

    world.name(PROVIDER, PROVIDER, ACCOUNT).unwrap();
    world.record_many_at(NOW, &[id(1), id(2)]);

    assert_eq!((world.booked(TODAY), world.hosted(ACCOUNT, TODAY)), ((2 * HOUR, 1), (2 * HOUR, 1)));
}

#[test]
fn a_dropping_fixes_the_account_as_a_booking_does() {
    let mut world = World::with_grace(0);
    world.host(id(1), open(MIDNIGHT, MIDNIGHT + 2 * DAY));
    world.host(id(2), open(MIDNIGHT, MIDNIGHT + DAY + HOUR));
    assert_eq!(world.record_at(MIDNIGHT + DAY, id(1)), Ok(0));

    world.name(PROVIDER, PROVIDER, ACCOUNT).unwrap();
    world.record_many_at(MIDNIGHT + DAY + HOUR, &[id(1), id(2)]);

    assert_eq!((world.booked(TODAY + 1), world.hosted(ACCOUNT, TODAY + 1)), ((HOUR, 0), (HOUR, 0)));
}

#[test]
fn a_provider_that_gets_code_later_is_refused_for_new_sessions_only() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, NOW));
    world.host(id(2), open(MIDNIGHT, NOW));
    world.record_at(MIDNIGHT + HOUR, id(1)).unwrap();
    world.give_code(PROVIDER, None);

    assert_eq!(world.record_at(NOW, id(1)), Ok(HOUR));
    assert_eq!(world.record_at(NOW, id(2)), Err(not_named(PROVIDER)));
}

#[test]
fn an_account_that_has_delegated_to_code_names_itself_and_keeps_its_name_when_it_no_longer_does() {
    let mut world = World::new();
    world.host(id(1), open(MIDNIGHT, NOW));
    let delegation: Bytes = [&hex!("ef0100")[..], world.source.as_slice()].concat().into();
    world.chain.set_code(PROVIDER, delegation);

    assert_eq!(world.record_at(NOW, id(1)), Err(not_named(PROVIDER)));
    world.name(PROVIDER, PROVIDER, PROVIDER).unwrap();
    assert_eq!(world.record_at(NOW, id(1)), Ok(2 * HOUR));
    world.chain.set_code(PROVIDER, Bytes::new());
    assert_eq!(world.subnet_of(PROVIDER), PROVIDER);
}

#[test]
fn a_naming_is_reported() {
    let mut world = World::new();

    world.name(PROVIDER, PROVIDER, ACCOUNT).unwrap();

    let expected = SessionRecorder::SubnetSet { provider: PROVIDER, subnet: ACCOUNT }.encode_log_data();
    assert_eq!(world.events, [expected]);
}
