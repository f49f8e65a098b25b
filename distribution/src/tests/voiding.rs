//! Voided days: the owner's brake, which can only withhold. When they can be passed is in `passing`.

use super::*;

fn void(world: &World, from_day: u32, to_day: u32) -> Result<(), Error> {
    world.distributor.sender(OWNER).void_days(from_day, to_day).motsu_res()
}

fn is_voided(world: &World, day: u32) -> bool {
    world.distributor.sender(ANYONE).is_voided(day)
}

#[test]
fn a_voided_day_settles_at_zero_and_its_neighbours_do_not() {
    let world = World::with_stake();
    void(&world, DAY + 1, DAY + 3).expect("a range");

    assert_eq!(world.settle(4), (4, 200 * MOR));
    assert_eq!(world.count::<DaySettled>(), 2);
    assert_eq!(world.count::<CreditClamped>(), 0);
    assert_eq!(world.operator_owed(), 40 * MOR);
    assert!(160 * MOR - world.staker_owed(ALICE) <= 1);
}

#[test]
fn a_settled_day_keeps_what_it_was_credited_with() {
    let world = World::settled(5);
    let before = (world.books(), world.staker_owed(ALICE));
    void(&world, DAY, DAY + 5).expect("a range");

    assert_eq!((world.books(), world.staker_owed(ALICE)), before);
}

#[test]
fn a_stake_change_on_a_voided_day_is_still_walked() {
    let world = World::with_stake();
    changed(ALICE, DAY + 1, 60_000 * MOR, 90_000 * MOR * 86_400);
    staked_all_day(BOB, DAY + 2, 60_000 * MOR);
    void(&world, DAY + 1, DAY + 2).expect("a range");
    world.settle(3);

    assert_eq!(world.staker_owed(ALICE), (80 + 40) * MOR - 1);
    assert_eq!(world.staker_owed(BOB), 40 * MOR - 1);
}

#[test]
fn the_range_is_half_open_across_words() {
    let world = World::new();
    for (from, to) in [(0, 1), (255, 257), (1_000, 2_000), (20_479, 20_480)] {
        void(&world, from, to).expect("a range");

        assert!(is_voided(&world, from) && is_voided(&world, to - 1), "{from} to {to}");
        assert!(!is_voided(&world, to) && (from == 0 || !is_voided(&world, from - 1)), "{from} to {to}");
        world.distributor.assert_emitted(&DaysVoided { fromDay: from, toDay: to });
    }
}

#[test]
fn voiding_adds_to_what_is_voided() {
    let world = World::new();
    void(&world, 10, 12).expect("a range");
    void(&world, 14, 15).expect("a range");

    assert_eq!(
        [9, 10, 11, 12, 13, 14, 15].map(|day| is_voided(&world, day)),
        [false, true, true, false, false, true, false]
    );
}

#[test]
fn an_empty_or_reversed_range_is_refused() {
    for (from, to) in [(5, 5), (6, 5), (u32::MAX, 0)] {
        World::new().assert_refused(|world| void(world, from, to), DayRangeInvalid { fromDay: from, toDay: to });
    }
}

#[test]
fn a_range_ends_with_the_days_that_can_be_counted() {
    let world = World::new();
    let (from, to) = (END_OF_DAYS - 1, END_OF_DAYS + 1);

    world.assert_refused(|world| void(world, from, to), DayRangeInvalid { fromDay: from, toDay: to });
    void(&world, from, END_OF_DAYS).expect("a range");
}

#[test]
fn everything_from_a_day_on_can_be_voided_at_once() {
    let world = World::new();
    void(&world, DAY, END_OF_DAYS).expect("a range");

    assert!(is_voided(&world, DAY) && is_voided(&world, END_OF_DAYS - 1) && !is_voided(&world, DAY - 1));
}
