//! `acceptRoot`: from the relay alone, and once.

use alloy_primitives::{Address, B256};

use super::*;
use crate::NotRelay;

const ROOT: B256 = B256::repeat_byte(0x11);

#[test]
fn a_root_that_the_relay_sends_is_remembered() {
    let world = World::new();

    let events = world.events_of(|| world.accept(ROOT));

    assert_eq!(world.proofs.sender(ANYONE).root(ROOT), (true, false, 0, B256::ZERO));
    assert_eq!(events, [accepted_event(ROOT)]);
}

#[test]
fn a_root_from_anybody_else_is_refused() {
    let world = World::new();
    for caller in [ANYONE, BUCKETS, Address::ZERO] {
        let refusal = world.proofs.sender(caller).accept_root(ROOT).motsu_unwrap_err();

        assert_eq!(refusal, NotRelay { caller }.into());
    }
    assert_eq!(world.proofs.sender(ANYONE).root(ROOT), (false, false, 0, B256::ZERO));
}

#[test]
fn a_root_that_is_sent_again_changes_nothing() {
    let world = World::new();
    world.accept(ROOT);

    assert_eq!(world.events_of(|| world.accept(ROOT)), []);
}

#[test]
fn a_root_that_is_sent_again_stays_open() {
    let (world, block) = World::opened(&Base::default(), covers(DAY));

    world.accept(block.root);

    let storage_root = B256::new(block.storage.root());
    assert_eq!(world.proofs.sender(ANYONE).root(block.root), (true, true, covers(DAY), storage_root));
}
