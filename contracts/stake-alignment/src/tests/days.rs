//! Stake counts by time: stake-seconds of days, past and running, and the changes behind them.

use mrc53_interfaces::alignment::{DayStake, StakeChange};

use super::*;
use crate::{ledger::MAX_DAYS, DayRangeInvalid};

/// A whole day in seconds.
const DAY_LONG: u128 = 86_400;

impl World {
    fn days(&self, subnet: Address, from_day: u32, to_day: u32) -> Vec<DayStake> {
        self.alignment.sender(BOB).stake_seconds(subnet, from_day, to_day).expect("a valid range")
    }

    fn staker_day(&self, day: u32) -> u128 {
        self.alignment.sender(BOB).staker_stake_seconds(SUBNET, ALICE, day)
    }

    fn changes(&self, from_index: u32, max_changes: u32) -> Vec<StakeChange> {
        self.alignment.sender(BOB).staker_changes(SUBNET, ALICE, from_index, max_changes)
    }
}

/// Alice stakes 10 wei at noon of [`DAY`], 5 more five days later, and takes 12 back ten days later.
fn eventful() -> World {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, 10);
    clock::set(NOON + 5 * SECONDS_PER_DAY);
    world.stake(SUBNET, ALICE, 5);
    clock::set(NOON + 15 * SECONDS_PER_DAY);
    world.withdraw(SUBNET, ALICE, 12);
    world
}

#[test]
fn a_stake_counts_for_the_seconds_left_of_its_day_and_for_whole_days_after() {
    for (at, day, seconds) in [
        (MIDNIGHT - 1, DAY - 1, 1),
        (MIDNIGHT, DAY, DAY_LONG),
        (MIDNIGHT + 1, DAY, DAY_LONG - 1),
        (MIDNIGHT + 86_399, DAY, 1),
    ] {
        let world = World::with_subnet();
        clock::set(at);

        world.stake(SUBNET, ALICE, 10);

        assert_eq!(world.stake_seconds(SUBNET, day - 1), (0, 0), "the day before {at}");
        assert_eq!(world.stake_seconds(SUBNET, day), (10 * seconds, 10 * seconds), "the day of {at}");
        assert_eq!(world.stake_seconds(SUBNET, day + 1), (10 * DAY_LONG, 10 * DAY_LONG), "the day after {at}");
        assert_eq!(world.staker_day(day), 10 * seconds, "the staker's at {at}");
    }
}

#[test]
fn a_withdrawal_stops_counting_at_its_second() {
    let free = start_of(DAY + 20);
    for (at, day, seconds) in [(free - 1, DAY + 19, DAY_LONG - 1), (free, DAY + 20, 0), (free + 1, DAY + 20, 1)] {
        let world = World::with_subnet();
        world.stake(SUBNET, ALICE, 10);
        clock::set(at);

        world.withdraw(SUBNET, ALICE, 10);

        assert_eq!(world.stake_seconds(SUBNET, day - 1), (10 * DAY_LONG, 10 * DAY_LONG), "the day before {at}");
        assert_eq!(world.stake_seconds(SUBNET, day), (10 * seconds, 10 * seconds), "the day of {at}");
        assert_eq!(world.stake_seconds(SUBNET, day + 1), (0, 0), "the day after {at}");
    }
}

#[test]
fn stake_for_a_minute_earns_a_minute() {
    let world = World::with_subnet();
    clock::set(start_of(DAY + 1) - 60);
    world.stake(SUBNET, ALICE, 10);
    clock::set(start_of(DAY + 9) + 60);

    world.withdraw(SUBNET, ALICE, 10);

    assert_eq!(world.stake_seconds(SUBNET, DAY), (600, 600));
    assert_eq!(world.stake_seconds(SUBNET, DAY + 9), (600, 600));
    assert_eq!(world.stake_seconds(SUBNET, DAY + 10), (0, 0));
}

#[test]
fn a_range_answers_every_day_of_it_oldest_first() {
    let world = eventful();

    let days = world.days(SUBNET, DAY - 1, DAY + 17);

    let seconds: Vec<_> = days.iter().map(|day| day.subnetStakeSeconds).collect();
    let (half, whole) = (DAY_LONG / 2, DAY_LONG);
    let mut expected = vec![0, 10 * half];
    expected.extend([10 * whole; 4]);
    expected.push(10 * whole + 5 * half);
    expected.extend([15 * whole; 9]);
    expected.push(15 * whole - 12 * half);
    expected.push(3 * whole);
    assert_eq!(seconds, expected);
}

#[test]
fn a_range_says_on_which_days_the_subnet_changed() {
    let world = eventful();
    world.register(OTHER_SUBNET);
    clock::set(NOON + 16 * SECONDS_PER_DAY);
    world.stake(OTHER_SUBNET, BOB, 1);

    let changed = |subnet| -> Vec<_> {
        let days = world.days(subnet, DAY, DAY + 20);
        (DAY..).zip(days).filter(|(_, day)| day.subnetChanged).map(|(day, _)| day).collect()
    };

    assert_eq!(changed(SUBNET), [DAY, DAY + 5, DAY + 15]);
    assert_eq!(changed(OTHER_SUBNET), [DAY + 16]);
}

#[test]
fn a_range_is_the_same_whole_or_in_parts() {
    let world = eventful();
    let whole = world.days(SUBNET, DAY - 3, DAY + 20);

    for split in DAY - 3..DAY + 20 {
        let parts = [world.days(SUBNET, DAY - 3, split), world.days(SUBNET, split, DAY + 20)].concat();
        assert_eq!(parts, whole, "split at {split}");
    }
}

#[test]
fn all_stake_counts_in_the_total_of_any_subnet() {
    let world = World::with_subnet();
    world.register(OTHER_SUBNET);
    world.stake(SUBNET, ALICE, 10);
    world.stake(OTHER_SUBNET, BOB, 7);

    assert_eq!(world.stake_seconds(SUBNET, DAY + 1), (10 * DAY_LONG, 17 * DAY_LONG));
    assert_eq!(world.stake_seconds(OTHER_SUBNET, DAY + 1), (7 * DAY_LONG, 17 * DAY_LONG));
    assert_eq!(world.stake_seconds(ALICE, DAY + 1), (0, 17 * DAY_LONG));
}

#[test]
fn today_and_later_are_answered_as_if_nothing_changed_any_more() {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, 10);

    assert_eq!(world.staker_day(DAY), 10 * DAY_LONG / 2);
    assert_eq!(world.staker_day(DAY + 10_000), 10 * DAY_LONG);

    clock::set(NOON + 60);
    world.stake(SUBNET, ALICE, 1);

    assert_eq!(world.staker_day(DAY), 10 * DAY_LONG / 2 + DAY_LONG / 2 - 60);
}

#[test]
fn past_days_never_change() {
    let world = eventful();
    let before = world.days(SUBNET, DAY - 1, DAY + 15);

    clock::set(NOON + 40 * SECONDS_PER_DAY);
    world.stake(SUBNET, ALICE, 100);
    world.stake(SUBNET, BOB, 100);

    assert_eq!(world.days(SUBNET, DAY - 1, DAY + 15), before);
}

#[test]
fn an_empty_range_has_no_days() {
    let world = eventful();

    assert_eq!(world.days(SUBNET, DAY, DAY), []);
    assert_eq!(world.days(SUBNET, u32::MAX, u32::MAX), []);
}

#[test]
fn a_range_that_runs_backwards_is_refused() {
    let world = eventful();

    let refusal = world.alignment.sender(BOB).stake_seconds(SUBNET, DAY, DAY - 1).motsu_unwrap_err();

    assert_eq!(refusal, DayRangeInvalid { fromDay: DAY, toDay: DAY - 1 }.into());
}

#[test]
fn a_range_holds_more_days_than_the_whole_emission_and_no_more_than_an_answer_can() {
    let world = eventful();

    assert_eq!(world.days(SUBNET, DAY, DAY + MAX_DAYS).len(), MAX_DAYS as usize);
    for to_day in [DAY + MAX_DAYS + 1, u32::MAX] {
        let refusal = world.alignment.sender(BOB).stake_seconds(SUBNET, DAY, to_day).motsu_unwrap_err();
        assert_eq!(refusal, DayRangeInvalid { fromDay: DAY, toDay: to_day }.into());
    }
}

#[test]
fn a_stakers_changes_are_numbered_by_day() {
    let world = eventful();
    let (half, whole) = (DAY_LONG / 2, DAY_LONG);

    let changes = world.changes(0, 10);

    assert_eq!(
        changes,
        [
            StakeChange { day: DAY, balance: 10, stakeSeconds: 10 * half },
            StakeChange { day: DAY + 5, balance: 15, stakeSeconds: 10 * whole + 5 * half },
            StakeChange { day: DAY + 15, balance: 3, stakeSeconds: 15 * whole - 12 * half },
        ]
    );
}

#[test]
fn several_changes_on_one_day_are_one() {
    let world = World::with_subnet();
    world.stake(SUBNET, ALICE, 10);
    clock::set(NOON + 1);
    world.stake(SUBNET, ALICE, 5);

    let stake_seconds = 10 * 43_200 + 5 * 43_199;
    assert_eq!(world.changes(0, 10), [StakeChange { day: DAY, balance: 15, stakeSeconds: stake_seconds }]);
}

#[test]
fn changes_are_read_in_pages_of_those_that_exist() {
    let world = eventful();
    let all = world.changes(0, 3);

    assert_eq!(world.changes(0, 1), all[..1]);
    assert_eq!(world.changes(1, 1), all[1..2]);
    assert_eq!(world.changes(1, u32::MAX), all[1..]);
    assert_eq!(world.changes(3, 1), []);
    assert_eq!(world.changes(u32::MAX, u32::MAX), []);
    assert_eq!(world.changes(0, 0), []);
}

#[test]
fn who_never_staked_has_no_changes() {
    let world = World::with_subnet();

    assert_eq!(world.changes(0, u32::MAX), []);
    assert_eq!(world.staker_day(DAY), 0);
}
