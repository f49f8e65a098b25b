//! What a withdrawal does, when it is refused, and that nothing else can refuse it.

use super::*;
use crate::{InsufficientStake, StakeLocked, Withdrawn, ZeroAmount};

/// A world in which Alice has staked 5 MOR and her lock has just ended.
fn unlocked() -> World {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, 5 * MOR);
    clock::set(NOON + LOCK);
    world
}

#[test]
fn a_withdrawal_pays_out_and_counts_on_all_three_levels() {
    let world = unlocked();
    world.stake(SUBNET, BOB, MOR);

    world.withdraw(SUBNET, ALICE, 2 * MOR);

    assert_eq!(world.balance(SUBNET, ALICE), 3 * MOR);
    assert_eq!((world.subnet_stake(SUBNET), world.total_stake()), (4 * MOR, 4 * MOR));
    assert_eq!(world.tokens_of(ALICE), 2 * MOR);
    assert_eq!(world.tokens_of(world.alignment.address()), 4 * MOR);
    let amount = U256::from(2 * MOR);
    world.alignment.assert_emitted(&Withdrawn { subnet: SUBNET, staker: ALICE, amount });
}

#[test]
fn stake_is_locked_until_the_second_at_which_it_is_free() {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, 5 * MOR);
    let unlock_at = NOON + LOCK;

    clock::set(unlock_at - 1);
    assert_eq!(world.try_withdraw(SUBNET, ALICE, MOR), Err(StakeLocked { unlockAt: unlock_at }.into()));
    clock::set(unlock_at);
    assert_eq!(world.try_withdraw(SUBNET, ALICE, MOR), Ok(()));
    clock::set(unlock_at + 1);
    assert_eq!(world.try_withdraw(SUBNET, ALICE, MOR), Ok(()));
}

#[test]
fn a_locked_withdrawal_changes_nothing() {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, MOR);
    let before = (world.books(), world.stake_seconds(SUBNET, DAY));
    clock::set(NOON + 1);

    world.try_withdraw(SUBNET, ALICE, MOR).expect_err("locked");

    assert_eq!((world.books(), world.stake_seconds(SUBNET, DAY)), before);
}

#[test]
fn a_withdrawal_does_not_lock_the_rest() {
    let world = unlocked();

    world.withdraw(SUBNET, ALICE, MOR);
    world.withdraw(SUBNET, ALICE, MOR);

    assert_eq!(world.unlock_at(SUBNET, ALICE), NOON + LOCK);
}

#[test]
fn any_rest_may_stay_even_one_wei() {
    let world = unlocked();

    world.withdraw(SUBNET, ALICE, 5 * MOR - 1);
    assert_eq!(world.balance(SUBNET, ALICE), 1);

    world.withdraw(SUBNET, ALICE, 1);
    assert_eq!((world.balance(SUBNET, ALICE), world.total_stake()), (0, 0));
}

#[test]
fn a_withdrawal_of_nothing_is_refused() {
    let world = unlocked();

    assert_eq!(world.try_withdraw(SUBNET, ALICE, 0), Err(ZeroAmount {}.into()));
}

#[test]
fn a_withdrawal_above_the_balance_is_refused() {
    let world = unlocked();
    world.stake(SUBNET, BOB, 5 * MOR);
    let before = world.books();

    for amount in [U256::from(5 * MOR + 1), U256::from(u128::MAX), U256::MAX] {
        let refusal = world.alignment.sender(ALICE).withdraw(SUBNET, amount).motsu_unwrap_err();
        assert_eq!(refusal, InsufficientStake { amount, balance: U256::from(5 * MOR) }.into());
    }
    assert_eq!(world.books(), before);
}

#[test]
fn nobody_withdraws_what_others_staked_or_from_another_subnet() {
    let world = unlocked();
    let nothing = |amount: u128| InsufficientStake { amount: U256::from(amount), balance: U256::ZERO };

    assert_eq!(world.try_withdraw(SUBNET, BOB, 1), Err(nothing(1).into()));
    assert_eq!(world.try_withdraw(SUBNET, SUBNET, 1), Err(nothing(1).into()));
    assert_eq!(world.try_withdraw(SUBNET, OWNER, 1), Err(nothing(1).into()));
    assert_eq!(world.try_withdraw(OTHER_SUBNET, ALICE, 1), Err(nothing(1).into()));
}

#[test]
fn invariant_11_a_withdrawal_succeeds_while_staking_is_paused() {
    let world = unlocked();
    world.alignment.sender(OWNER).pause_staking().motsu_unwrap();

    assert_eq!(world.try_withdraw(SUBNET, ALICE, 5 * MOR), Ok(()));
}

#[test]
fn invariant_11_a_withdrawal_succeeds_below_the_minimum_and_under_a_new_owner() {
    let world = unlocked();
    world.alignment.sender(OWNER).set_min_subnet_stake(U256::from(1_000_000 * MOR)).motsu_unwrap();
    world.alignment.sender(OWNER).transfer_ownership(BOB).motsu_unwrap();
    world.alignment.sender(BOB).accept_ownership().motsu_unwrap();
    clock::set(NOON + LOCK + 30 * SECONDS_PER_DAY);

    assert_eq!(world.try_withdraw(SUBNET, ALICE, 5 * MOR), Ok(()));
}

#[test]
fn invariant_11_a_withdrawal_succeeds_long_after_the_emission_and_the_last_day_number() {
    let world = unlocked();
    let (after_day_numbers, after_u32_seconds) = (65_536 * SECONDS_PER_DAY, u64::from(u32::MAX) + LOCK);

    for at in [after_u32_seconds, after_day_numbers, u64::MAX] {
        clock::set(at);
        assert_eq!(world.try_withdraw(SUBNET, ALICE, MOR), Ok(()));
    }
    assert_eq!(world.total_stake(), 2 * MOR);
}

#[test]
fn invariant_11_what_was_staked_after_the_last_day_number_is_withdrawn() {
    let world = World::with_subnet();
    clock::set(65_536 * SECONDS_PER_DAY);
    world.stake(SUBNET, ALICE, MOR);

    assert_eq!(world.try_withdraw(SUBNET, ALICE, MOR), Ok(()));
    assert_eq!((world.balance(SUBNET, ALICE), world.total_stake()), (0, 0));
}
