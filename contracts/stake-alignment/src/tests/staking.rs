//! What a stake does and when it is refused.

use super::*;
use crate::{StakeTooLarge, Staked, StakingIsPaused, SubnetNotRegistered, TokenTransferFailed, ZeroAmount};
use mrc53_ledger::checkpoint::MAX_TOTAL_STAKE_WEI;

impl World {
    fn try_stake(&self, subnet: Address, staker: Address, amount: U256) -> Result<(), Error> {
        self.alignment.sender(staker).stake(subnet, amount).motsu_res()
    }
}

#[test]
fn a_stake_moves_the_token_in_and_counts_on_all_three_levels() {
    let world = World::with_subnet();
    world.register(OTHER_SUBNET);

    world.stake(SUBNET, ALICE, 5 * MOR);
    world.stake(SUBNET, BOB, 3 * MOR);
    world.stake(OTHER_SUBNET, ALICE, 2 * MOR);

    assert_eq!(world.balance(SUBNET, ALICE), 5 * MOR);
    assert_eq!(world.balance(SUBNET, BOB), 3 * MOR);
    assert_eq!(world.balance(OTHER_SUBNET, ALICE), 2 * MOR);
    assert_eq!((world.subnet_stake(SUBNET), world.subnet_stake(OTHER_SUBNET)), (8 * MOR, 2 * MOR));
    assert_eq!(world.total_stake(), 10 * MOR);
    assert_eq!(world.tokens_of(world.alignment.address()), 10 * MOR);
    assert_eq!(world.tokens_of(ALICE), 0);
}

#[test]
fn a_stake_is_announced_with_the_end_of_its_lock() {
    let world = World::with_subnet();

    world.stake(SUBNET, ALICE, MOR);

    let (amount, unlock_at) = (U256::from(MOR), NOON + LOCK);
    world.alignment.assert_emitted(&Staked { subnet: SUBNET, staker: ALICE, amount, unlockAt: unlock_at });
    assert_eq!(world.unlock_at(SUBNET, ALICE), unlock_at);
}

#[test]
fn who_never_staked_has_no_lock() {
    let world = World::with_subnet();

    assert_eq!(world.unlock_at(SUBNET, ALICE), 0);
}

#[test]
fn another_stake_locks_all_of_it_anew() {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, MOR);

    clock::set(NOON + LOCK - 1);
    world.stake(SUBNET, ALICE, 1);

    assert_eq!(world.unlock_at(SUBNET, ALICE), NOON + LOCK - 1 + LOCK);
}

#[test]
fn a_stake_leaves_the_lock_of_others_and_of_other_subnets_alone() {
    let world = World::with_subnet();
    world.register(OTHER_SUBNET);
    world.stake(SUBNET, ALICE, MOR);

    clock::set(NOON + 1);
    world.stake(SUBNET, BOB, MOR);
    world.stake(OTHER_SUBNET, ALICE, MOR);

    assert_eq!(world.unlock_at(SUBNET, ALICE), NOON + LOCK);
    assert_eq!(world.unlock_at(SUBNET, BOB), NOON + 1 + LOCK);
    assert_eq!(world.unlock_at(OTHER_SUBNET, ALICE), NOON + 1 + LOCK);
}

#[test]
fn a_stake_of_nothing_is_refused() {
    let world = World::with_subnet();
    let before = world.books();

    assert_eq!(world.try_stake(SUBNET, ALICE, U256::ZERO), Err(ZeroAmount {}.into()));
    assert_eq!(world.books(), before);
}

#[test]
fn a_stake_toward_an_unregistered_subnet_is_refused() {
    let world = World::with_subnet();
    world.fund(ALICE, MOR);

    let refusal = world.try_stake(OTHER_SUBNET, ALICE, U256::from(MOR));

    assert_eq!(refusal, Err(SubnetNotRegistered { subnet: OTHER_SUBNET }.into()));
    assert_eq!(world.tokens_of(ALICE), MOR);
}

#[test]
fn a_stake_while_paused_is_refused_and_taken_again_afterwards() {
    let world = World::with_subnet();
    world.fund(ALICE, MOR);
    world.alignment.sender(OWNER).pause_staking().motsu_unwrap();

    assert_eq!(world.try_stake(SUBNET, ALICE, U256::from(MOR)), Err(StakingIsPaused {}.into()));

    world.alignment.sender(OWNER).unpause_staking().motsu_unwrap();
    assert_eq!(world.try_stake(SUBNET, ALICE, U256::from(MOR)), Ok(()));
}

#[test]
fn all_stake_together_reaches_the_bound_and_not_one_wei_more() {
    let world = World::with_subnet();
    world.register(OTHER_SUBNET);
    world.stake(SUBNET, ALICE, MOR);
    let available = MAX_TOTAL_STAKE_WEI - MOR;
    world.fund(BOB, available + 1);

    for amount in [U256::from(available + 1), U256::from(u128::MAX), U256::MAX] {
        let refusal = StakeTooLarge { amount, available: U256::from(available) };
        assert_eq!(world.try_stake(OTHER_SUBNET, BOB, amount), Err(refusal.into()));
    }
    assert_eq!(world.try_stake(OTHER_SUBNET, BOB, U256::from(available)), Ok(()));

    assert_eq!(world.total_stake(), MAX_TOTAL_STAKE_WEI);
    let refusal = StakeTooLarge { amount: U256::from(1), available: U256::ZERO };
    assert_eq!(world.try_stake(SUBNET, BOB, U256::from(1)), Err(refusal.into()));
}

#[test]
fn a_stake_without_allowance_or_balance_is_refused_and_changes_nothing() {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, MOR);
    let before = (world.books(), world.stake_seconds(SUBNET, DAY));

    let refusal = world.try_stake(SUBNET, ALICE, U256::from(MOR));

    assert_eq!(refusal, Err(TokenTransferFailed { token: world.mor.address() }.into()));
    assert_eq!((world.books(), world.stake_seconds(SUBNET, DAY)), before);
}

#[test]
fn a_subnet_may_stake_toward_itself() {
    let world = World::with_subnet();

    world.stake(SUBNET, SUBNET, MOR);

    assert_eq!((world.balance(SUBNET, SUBNET), world.subnet_stake(SUBNET)), (MOR, MOR));
}
