//! Which days count for a subnet: by the stake-seconds of the day and the minimum that was in force on it, for good.

use proptest::prelude::*;

use super::*;
use crate::DayRangeInvalid;

impl World {
    /// Whether each of `[from_day, to_day)` counts for [`SUBNET`].
    fn eligible_days(&self, from_day: u32, to_day: u32) -> Vec<bool> {
        let bits = self.alignment.sender(BOB).eligible_days(SUBNET, from_day, to_day).expect("a range");
        (0..(to_day - from_day) as usize).map(|bit| bits.bit(bit)).collect()
    }

    fn counts(&self, day: u32) -> bool {
        self.eligible_days(day, day + 1)[0]
    }

    fn set_minimum(&self, amount: u128) {
        self.alignment.sender(OWNER).set_min_subnet_stake(U256::from(amount)).motsu_unwrap();
    }
}

#[test]
fn a_day_counts_from_the_minimum_held_all_day_on() {
    let at_noon = World::with_subnet();

    at_noon.stake(SUBNET, ALICE, 2 * MINIMUM - 1);
    assert_eq!(at_noon.eligible_days(DAY - 1, DAY + 3), [false, false, true, true]);
    at_noon.stake(SUBNET, BOB, 1);
    assert_eq!(at_noon.eligible_days(DAY - 1, DAY + 3), [false, true, true, true]);
}

#[test]
fn a_stake_of_the_last_second_makes_no_day_count_but_those_to_come() {
    let world = World::with_subnet();
    clock::set(start_of(DAY + 1) - 1);

    world.stake(SUBNET, ALICE, MINIMUM);

    assert_eq!(world.eligible_days(DAY - 3, DAY + 2), [false, false, false, false, true]);
}

#[test]
fn a_day_that_begins_with_the_minimum_counts_until_a_withdrawal_of_that_day() {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, MINIMUM);
    clock::set(NOON + LOCK);
    let day = DAY + 7;
    assert!(world.counts(day));

    world.withdraw(SUBNET, ALICE, 1);

    assert_eq!(world.eligible_days(day - 1, day + 2), [true, false, false]);
}

#[test]
fn without_a_minimum_a_day_needs_one_stake_second() {
    let world = World::with_subnet();
    world.set_minimum(0);
    clock::set(start_of(DAY + 9) - 1);
    assert_eq!(world.eligible_days(DAY + 8, DAY + 10), [false, false]);

    world.stake(SUBNET, ALICE, 1);

    assert_eq!(world.eligible_days(DAY + 7, DAY + 10), [false, true, true]);
}

#[test]
fn invariant_15_a_change_of_the_minimum_does_not_reach_back() {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, MINIMUM);
    world.set_minimum(MINIMUM + 1);
    clock::set(start_of(DAY + 8));
    world.set_minimum(1);
    clock::set(start_of(DAY + 17));
    world.set_minimum(MINIMUM + 2);

    let mut expected = vec![false; 20];
    expected[1..8].fill(true);
    expected[16..20].fill(true);
    assert_eq!(world.eligible_days(DAY, DAY + 20), expected);
    assert!(!world.counts(DAY + 25));
}

#[test]
fn a_day_that_is_not_over_is_answered_by_what_is_scheduled() {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, MINIMUM);

    world.set_minimum(MINIMUM + 1);

    assert_eq!(world.eligible_days(DAY + 6, DAY + 9), [true, true, false]);
}

#[test]
fn a_subnet_that_was_never_registered_counts_on_no_day() {
    assert_eq!(World::new().eligible_days(0, 256), [false; 256]);
}

#[test]
fn one_answer_holds_up_to_256_days_and_none_runs_backwards() {
    let world = World::new();
    let ask = |from_day, to_day| world.alignment.sender(BOB).eligible_days(SUBNET, from_day, to_day).motsu_res();

    assert_eq!((ask(DAY, DAY), ask(DAY, DAY + 256)), (Ok(U256::ZERO), Ok(U256::ZERO)));
    for (from_day, to_day) in [(DAY, DAY + 257), (DAY + 1, DAY), (0, u32::MAX)] {
        assert_eq!(ask(from_day, to_day), Err(DayRangeInvalid { fromDay: from_day, toDay: to_day }.into()));
    }
    assert_eq!(ask(u32::MAX - 1, u32::MAX), Ok(U256::ZERO));
}

/// What may happen after some hours.
#[derive(Clone, Copy, Debug)]
enum Step {
    Stake(u128),
    Withdraw,
    Minimum(u128),
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn invariant_15_a_day_that_is_over_never_changes_its_answer(
        steps in prop::collection::vec((0_u64..80, prop_oneof![
            (1..3_u128).prop_map(|tenths| Step::Stake(tenths * MINIMUM / 2)),
            Just(Step::Withdraw),
            (0..4_u128).prop_map(|halves| Step::Minimum(halves * MINIMUM / 2)),
        ]), 1..40),
    ) {
        let world = World::with_subnet();
        let (mut now, mut over) = (NOON, Vec::new());
        for (hours, step) in steps {
            now += hours * 3_600;
            clock::set(now);
            let today = (now / SECONDS_PER_DAY) as u32;
            for day in DAY + over.len() as u32..today {
                over.push(world.counts(day));
            }
            match step {
                Step::Stake(amount) => world.stake(SUBNET, ALICE, amount),
                Step::Withdraw if world.unlock_at(SUBNET, ALICE) <= now && world.balance(SUBNET, ALICE) > 0 => {
                    world.withdraw(SUBNET, ALICE, world.balance(SUBNET, ALICE));
                }
                Step::Withdraw => {}
                Step::Minimum(amount) => world.set_minimum(amount),
            }
            let recent = over.len().saturating_sub(256);
            prop_assert_eq!(&world.eligible_days(DAY + recent as u32, DAY + over.len() as u32), &over[recent..]);
        }
    }
}
