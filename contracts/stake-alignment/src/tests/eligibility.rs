//! When a subnet's sessions count, and when a new minimum does.

use super::*;
use crate::{MinSubnetStakeScheduled, MinimumTooHigh, OwnableUnauthorizedAccount};
use mrc53_ledger::checkpoint::MAX_TOTAL_STAKE_WEI;

/// A world in which the subnet has exactly the minimum.
fn eligible() -> World {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, MINIMUM);
    world
}

impl World {
    fn schedule(&self, amount: u128) {
        self.alignment.sender(OWNER).set_min_subnet_stake(U256::from(amount)).motsu_unwrap();
    }

    fn minimum(&self) -> u128 {
        self.alignment.sender(BOB).min_subnet_stake().to()
    }

    fn scheduled(&self) -> (u128, u32) {
        let (amount, from_day) = self.alignment.sender(BOB).scheduled_min_subnet_stake();
        (amount.to(), from_day)
    }
}

#[test]
fn a_subnet_is_eligible_from_the_minimum_on() {
    let world = World::with_subnet();

    world.stake(SUBNET, ALICE, MINIMUM - 1);
    assert!(!world.is_eligible(SUBNET));
    world.stake(SUBNET, BOB, 1);
    assert!(world.is_eligible(SUBNET));
    world.stake(SUBNET, BOB, 1);
    assert!(world.is_eligible(SUBNET));
}

#[test]
fn a_subnet_that_falls_below_the_minimum_is_no_longer_eligible() {
    let world = eligible();
    clock::set(NOON + LOCK);

    world.withdraw(SUBNET, ALICE, 1);

    assert!(!world.is_eligible(SUBNET));
}

#[test]
fn without_a_minimum_any_stake_makes_a_subnet_eligible_and_none_does_not() {
    let world = World::with_subnet();
    world.schedule(0);
    clock::set(start_of(DAY + 8));

    assert_eq!((world.is_eligible(SUBNET), world.is_eligible(OTHER_SUBNET)), (false, false));
    world.stake(SUBNET, ALICE, 1);
    assert!(world.is_eligible(SUBNET));
}

#[test]
fn stake_toward_another_subnet_makes_nobody_else_eligible() {
    let world = eligible();
    world.register(OTHER_SUBNET);

    assert!(!world.is_eligible(OTHER_SUBNET));
}

#[test]
fn a_raise_is_in_force_after_seven_full_days() {
    let world = eligible();

    world.schedule(MINIMUM + 1);

    let in_force = start_of(DAY + 8);
    for (at, minimum, is_eligible, scheduled) in [
        (NOON, MINIMUM, true, (MINIMUM + 1, DAY + 8)),
        (in_force - 1, MINIMUM, true, (MINIMUM + 1, DAY + 8)),
        (in_force, MINIMUM + 1, false, (0, 0)),
        (in_force + 1, MINIMUM + 1, false, (0, 0)),
    ] {
        clock::set(at);
        assert_eq!((world.minimum(), world.is_eligible(SUBNET)), (minimum, is_eligible), "at {at}");
        assert_eq!(world.scheduled(), scheduled, "at {at}");
    }
}

#[test]
fn a_cut_is_in_force_after_seven_full_days() {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, MINIMUM - 1);

    world.schedule(MINIMUM - 1);

    let in_force = start_of(DAY + 8);
    for (at, is_eligible, scheduled) in
        [(in_force - 1, false, (MINIMUM - 1, DAY + 8)), (in_force, true, (0, 0)), (in_force + 1, true, (0, 0))]
    {
        clock::set(at);
        assert_eq!((world.is_eligible(SUBNET), world.scheduled()), (is_eligible, scheduled), "at {at}");
    }
}

#[test]
fn a_new_minimum_is_announced_with_its_first_day() {
    let world = World::new();

    world.schedule(MINIMUM + 1);
    world.alignment.assert_emitted(&MinSubnetStakeScheduled { amount: U256::from(MINIMUM + 1), fromDay: DAY + 8 });

    world.schedule(MINIMUM - 1);
    world.alignment.assert_emitted(&MinSubnetStakeScheduled { amount: U256::from(MINIMUM - 1), fromDay: DAY + 8 });
}

#[test]
fn a_raise_is_called_off_by_setting_what_is_in_force() {
    let world = eligible();
    world.schedule(2 * MINIMUM);

    world.schedule(MINIMUM);
    clock::set(start_of(DAY + 100));

    assert!(world.is_eligible(SUBNET));
}

#[test]
fn raising_again_before_a_raise_is_in_force_starts_its_notice_anew() {
    let world = eligible();
    world.schedule(MINIMUM + 1);
    clock::set(start_of(DAY + 8) - 1);

    world.schedule(MINIMUM + 2);

    assert_eq!(world.scheduled(), (MINIMUM + 2, DAY + 7 + 8));
    clock::set(start_of(DAY + 15) - 1);
    assert!(world.is_eligible(SUBNET));
    clock::set(start_of(DAY + 15));
    assert!(!world.is_eligible(SUBNET));
}

#[test]
fn a_minimum_that_nobody_could_reach_is_refused() {
    let world = World::new();
    let max = U256::from(MAX_TOTAL_STAKE_WEI);

    for amount in [max + U256::from(1), U256::from(u128::MAX), U256::MAX] {
        let refusal = world.alignment.sender(OWNER).set_min_subnet_stake(amount).motsu_unwrap_err();
        assert_eq!(refusal, MinimumTooHigh { amount, max }.into());
    }
    world.schedule(MAX_TOTAL_STAKE_WEI);
    assert_eq!(world.scheduled(), (MAX_TOTAL_STAKE_WEI, DAY + 8));
}

#[test]
fn nobody_but_the_owner_sets_the_minimum() {
    let world = World::new();

    let refusal = world.alignment.sender(ALICE).set_min_subnet_stake(U256::ZERO).motsu_unwrap_err();

    assert_eq!(refusal, OwnableUnauthorizedAccount { account: ALICE }.into());
    assert_eq!(world.scheduled(), (0, 0));
}
