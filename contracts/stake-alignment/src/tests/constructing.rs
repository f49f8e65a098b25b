//! What the constructor takes and refuses.

use super::*;
use crate::{
    LockTooLong, LockTooShort, MinSubnetStakeScheduled, MinimumTooHigh, OwnershipTransferred, TokenTransferFailed,
    ZeroAddress, MAX_LOCK_SECONDS, MIN_LOCK_SECONDS,
};
use mrc53_ledger::checkpoint::MAX_TOTAL_STAKE_WEI;

struct Blank {
    alignment: Contract<StakeAlignment>,
    mor: Contract<Mor>,
}

impl Blank {
    fn new() -> Self {
        clock::set(NOON);
        Self { alignment: Contract::random(), mor: Contract::random() }
    }

    fn construct(&self, token: Address, owner: Address, lock: u64, minimum: u128) -> Result<(), Error> {
        self.alignment.sender(BOB).constructor(token, owner, lock, U256::from(minimum)).motsu_res()
    }
}

#[test]
fn the_constructor_fixes_token_and_lock_and_sets_owner_and_minimum() {
    let world = World::new();

    let view = world.alignment.sender(BOB);
    assert_eq!(view.token(), world.mor.address());
    assert_eq!(view.lock_seconds(), LOCK);
    assert_eq!(view.min_subnet_stake(), U256::from(MINIMUM));
    assert_eq!(view.scheduled_min_subnet_stake(), (U256::ZERO, 0));
    assert_eq!((view.owner(), view.pending_owner()), (OWNER, Address::ZERO));
    assert!(!view.staking_paused());
    assert_eq!(view.total_stake(), 0);
}

#[test]
fn the_constructor_announces_owner_and_minimum() {
    let world = World::new();

    world.alignment.assert_emitted(&MinSubnetStakeScheduled { amount: U256::from(MINIMUM), fromDay: DAY });
    world.alignment.assert_emitted(&OwnershipTransferred { previousOwner: Address::ZERO, newOwner: OWNER });
}

#[test]
fn a_zero_token_is_refused() {
    let blank = Blank::new();

    assert_eq!(blank.construct(Address::ZERO, OWNER, LOCK, MINIMUM), Err(ZeroAddress {}.into()));
}

#[test]
fn a_zero_owner_is_refused() {
    let blank = Blank::new();

    assert_eq!(blank.construct(blank.mor.address(), Address::ZERO, LOCK, MINIMUM), Err(ZeroAddress {}.into()));
}

#[test]
fn a_token_without_code_is_refused() {
    let blank = Blank::new();

    let refusal = blank.construct(ALICE, OWNER, LOCK, MINIMUM);

    assert_eq!(refusal, Err(TokenTransferFailed { token: ALICE }.into()));
}

#[test]
fn a_lock_of_a_year_is_taken() {
    let blank = Blank::new();

    assert_eq!(blank.construct(blank.mor.address(), OWNER, u64::from(MAX_LOCK_SECONDS), MINIMUM), Ok(()));
}

#[test]
fn a_lock_of_a_day_is_taken_and_a_shorter_one_is_refused() {
    for lock in [MIN_LOCK_SECONDS, MIN_LOCK_SECONDS + 1] {
        let blank = Blank::new();
        assert_eq!(blank.construct(blank.mor.address(), OWNER, lock, MINIMUM), Ok(()));
    }
    for lock in [0, MIN_LOCK_SECONDS - 1] {
        let blank = Blank::new();
        let refusal = blank.construct(blank.mor.address(), OWNER, lock, MINIMUM);
        assert_eq!(refusal, Err(LockTooShort { lockSeconds: lock, min: 86_400 }.into()));
    }
}

#[test]
fn a_lock_of_a_second_over_a_year_is_refused() {
    let blank = Blank::new();
    let max = u64::from(MAX_LOCK_SECONDS);

    for lock in [max + 1, u64::from(u32::MAX) + 1, u64::MAX] {
        let refusal = blank.construct(blank.mor.address(), OWNER, lock, MINIMUM);
        assert_eq!(refusal, Err(LockTooLong { lockSeconds: lock, max }.into()));
    }
}

#[test]
fn a_minimum_is_taken_up_to_what_can_be_staked_at_all() {
    let blank = Blank::new();

    assert_eq!(blank.construct(blank.mor.address(), OWNER, LOCK, MAX_TOTAL_STAKE_WEI), Ok(()));
}

#[test]
fn a_minimum_above_what_can_be_staked_at_all_is_refused() {
    let blank = Blank::new();

    for amount in [MAX_TOTAL_STAKE_WEI + 1, u128::MAX] {
        let refusal = blank.construct(blank.mor.address(), OWNER, LOCK, amount);
        let max = U256::from(MAX_TOTAL_STAKE_WEI);
        assert_eq!(refusal, Err(MinimumTooHigh { amount: U256::from(amount), max }.into()));
    }
}
