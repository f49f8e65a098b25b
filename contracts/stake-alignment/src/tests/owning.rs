//! Ownership in two steps, the pause of new stakes, and that ownership speaks as OpenZeppelin's does.

use alloy_sol_types::{SolError, SolEvent};
use openzeppelin_stylus::access::{ownable, ownable_two_step};

use super::*;
use crate::{OwnableUnauthorizedAccount, OwnershipTransferStarted, OwnershipTransferred, StakingPausedSet};

fn unauthorized(account: Address) -> Error {
    OwnableUnauthorizedAccount { account }.into()
}

impl World {
    fn owners(&self) -> (Address, Address) {
        let view = self.alignment.sender(BOB);
        (view.owner(), view.pending_owner())
    }
}

#[test]
fn ownership_moves_when_the_new_owner_accepts() {
    let world = World::new();

    world.alignment.sender(OWNER).transfer_ownership(ALICE).motsu_unwrap();
    assert_eq!(world.owners(), (OWNER, ALICE));
    world.alignment.assert_emitted(&OwnershipTransferStarted { previousOwner: OWNER, newOwner: ALICE });

    world.alignment.sender(ALICE).accept_ownership().motsu_unwrap();
    assert_eq!(world.owners(), (ALICE, Address::ZERO));
    world.alignment.assert_emitted(&OwnershipTransferred { previousOwner: OWNER, newOwner: ALICE });
}

#[test]
fn only_the_one_it_was_offered_to_accepts() {
    let world = World::new();
    world.alignment.sender(OWNER).transfer_ownership(ALICE).motsu_unwrap();

    for caller in [BOB, OWNER] {
        assert_eq!(world.alignment.sender(caller).accept_ownership().motsu_unwrap_err(), unauthorized(caller));
    }
    assert_eq!(world.owners(), (OWNER, ALICE));
}

#[test]
fn an_offer_is_replaced_by_the_next_and_called_off_with_zero() {
    let world = World::new();

    world.alignment.sender(OWNER).transfer_ownership(ALICE).motsu_unwrap();
    world.alignment.sender(OWNER).transfer_ownership(BOB).motsu_unwrap();
    assert_eq!(world.alignment.sender(ALICE).accept_ownership().motsu_unwrap_err(), unauthorized(ALICE));

    world.alignment.sender(OWNER).transfer_ownership(Address::ZERO).motsu_unwrap();
    assert_eq!(world.alignment.sender(BOB).accept_ownership().motsu_unwrap_err(), unauthorized(BOB));
    assert_eq!(world.owners(), (OWNER, Address::ZERO));
}

#[test]
fn nobody_but_the_owner_offers_ownership_or_pauses() {
    let world = World::new();

    for caller in [ALICE, SUBNET] {
        let refusals = [
            world.alignment.sender(caller).transfer_ownership(caller).motsu_unwrap_err(),
            world.alignment.sender(caller).pause_staking().motsu_unwrap_err(),
            world.alignment.sender(caller).unpause_staking().motsu_unwrap_err(),
        ];
        for refusal in refusals {
            assert_eq!(refusal, unauthorized(caller));
        }
    }
    assert_eq!(world.owners(), (OWNER, Address::ZERO));
}

#[test]
fn a_former_owner_owns_nothing() {
    let world = World::new();
    world.alignment.sender(OWNER).transfer_ownership(ALICE).motsu_unwrap();
    world.alignment.sender(ALICE).accept_ownership().motsu_unwrap();

    assert_eq!(world.alignment.sender(OWNER).pause_staking().motsu_unwrap_err(), unauthorized(OWNER));
    world.alignment.sender(ALICE).pause_staking().motsu_unwrap();
}

#[test]
fn the_owner_pauses_new_stakes_and_takes_them_again() {
    let world = World::new();

    world.alignment.sender(OWNER).pause_staking().motsu_unwrap();
    assert!(world.alignment.sender(BOB).staking_paused());
    world.alignment.assert_emitted(&StakingPausedSet { paused: true });

    world.alignment.sender(OWNER).unpause_staking().motsu_unwrap();
    assert!(!world.alignment.sender(BOB).staking_paused());
    world.alignment.assert_emitted(&StakingPausedSet { paused: false });
}

#[test]
fn pausing_leaves_token_and_lock_alone() {
    let world = World::new();

    world.alignment.sender(OWNER).pause_staking().motsu_unwrap();

    let view = world.alignment.sender(BOB);
    assert_eq!((view.token(), view.lock_seconds()), (world.mor.address(), LOCK));
}

#[test]
fn events_and_error_are_those_of_openzeppelin() {
    assert_eq!(OwnershipTransferred::SIGNATURE, ownable::OwnershipTransferred::SIGNATURE);
    assert_eq!(OwnershipTransferStarted::SIGNATURE, ownable_two_step::OwnershipTransferStarted::SIGNATURE);
    assert_eq!(OwnableUnauthorizedAccount::SIGNATURE, ownable::OwnableUnauthorizedAccount::SIGNATURE);
}
