//! Passing voided days, whatever their calculators do. Invariant 13 of the protocol, 43 of `docs/properties.md`.

use super::{
    stand_ins::{Manner, Rewards},
    *,
};

fn void(world: &World, from_day: u32, to_day: u32) {
    world.distributor.sender(OWNER).void_days(from_day, to_day).motsu_unwrap();
}

/// Makes a calculator fail.
type Fail = fn(&mut Rewards);

/// What a calculator does that holds a subnet up, by its name.
const FAILURES: [(&str, Fail); 3] = [
    ("reverts", |books| books.manner = Manner::Reverting),
    ("answers with too many days", |books| books.manner = Manner::OneDayTooMany),
    ("calls no day final", |books| books.first_open_day = 0),
];

/// A world whose first calculator has failed, and in which another pays 1 MOR a day from `DAY + 18` on, now, on
/// `DAY + 25`.
fn replaced(fail: Fail) -> (World, Contract<CalculatorStandIn>) {
    let (world, second) = (World::with_stake(), Contract::<CalculatorStandIn>::random());
    world.distributor.sender(OWNER).schedule_calculator(second.address(), DAY + 18).motsu_unwrap();
    world.advance_to(DAY + 25);
    rewards_of(second.address(), |books| (books.usual, books.first_open_day) = (MOR, DAY + 25));
    rewards_of(world.calculator.address(), fail);
    (world, second)
}

#[test]
fn whatever_a_calculator_does_all_later_days_settle_once_its_days_are_voided() {
    for (failure, fail) in FAILURES {
        let (world, _second) = replaced(fail);
        world.try_settle(u32::MAX).expect_err(failure);

        void(&world, DAY, DAY + 18);
        assert_eq!(world.settle(u32::MAX), (25, 7 * MOR), "{failure}");
    }
}

#[test]
fn voided_days_before_between_and_after_those_of_live_calculators_are_passed_in_one_settlement() {
    let (world, _second) = replaced(|_| {});
    // Of the first calculator's days 2, 5 to 7 and 16, 17, of the second's 18, 20 and 24: over the change of both.
    for (from, to) in [(2, 3), (5, 8), (16, 19), (20, 21), (24, 25)] {
        void(&world, DAY + from, DAY + to);
    }

    assert_eq!(world.settle(u32::MAX), (25, 12 * 100 * MOR + 4 * MOR));
    assert_eq!(world.count::<DaySettled>(), 16);
    assert_eq!(world.count::<Settled>(), 1);
}

#[test]
fn settling_mixed_days_one_by_one_comes_to_the_same() {
    let settled = |most: u32| {
        let (world, _second) = replaced(|_| {});
        for (from, to) in [(2, 3), (5, 8), (16, 19), (20, 21), (24, 25)] {
            void(&world, DAY + from, DAY + to);
        }
        while world.next_day() < DAY + 25 {
            world.settle(most);
        }
        world.books()
    };

    let at_once = settled(u32::MAX);
    for most in [1, 2, 3, 7] {
        assert_eq!(settled(most), at_once, "{most} days a call");
    }
}

#[test]
fn a_voided_day_is_passed_from_the_second_on_in_which_it_is_over() {
    for (now, passed) in [(midnight(DAY + 12) - 1, 11), (midnight(DAY + 12), 12), (midnight(DAY + 12) + 1, 12)] {
        let world = World::with_stake();
        rewards_of(world.calculator.address(), |books| books.manner = Manner::Reverting);
        void(&world, DAY, END_OF_DAYS);
        clock::set(now);

        assert_eq!(world.settle(u32::MAX), (passed, 0));
        world.assert_refused(|world| world.try_settle(1), DayNotFinal { day: DAY + passed });
    }
}

#[test]
fn a_day_after_voided_ones_waits_until_its_calculator_calls_it_final() {
    let world = World::with_stake();
    rewards_of(world.calculator.address(), |books| books.first_open_day = DAY + 3);
    void(&world, DAY + 3, DAY + 6);

    assert_eq!(world.settle(u32::MAX), (6, 300 * MOR));
    world.assert_refused(|world| world.try_settle(1), DayNotFinal { day: DAY + 6 });
}

#[test]
fn a_day_before_voided_ones_that_is_not_final_is_not_jumped_over() {
    let world = World::with_stake();
    rewards_of(world.calculator.address(), |books| books.first_open_day = DAY + 2);
    void(&world, DAY + 3, DAY + 6);

    assert_eq!(world.settle(u32::MAX), (2, 200 * MOR));
    world.assert_refused(|world| world.try_settle(u32::MAX), DayNotFinal { day: DAY + 2 });
}

#[test]
fn voided_days_are_passed_across_words_and_beyond_one_question_to_the_others() {
    // A word of voided days ends with day 20,223.
    for (from, to) in [(0, 1), (0, 64), (0, 65), (83, 84), (84, 85), (80, 90), (20, 190)] {
        let world = World::with_stake();
        world.advance_to(DAY + 200);
        void(&world, DAY + from, DAY + to);

        assert_eq!(world.settle(200), (200, u128::from(200 + from - to) * 100 * MOR), "{from} to {to}");
    }
}

#[test]
fn a_stake_change_on_a_voided_day_that_is_passed_early_is_still_walked() {
    let world = World::with_stake();
    changed(ALICE, DAY + 1, 60_000 * MOR, 90_000 * MOR * 86_400);
    staked_all_day(BOB, DAY + 1, 60_000 * MOR);
    rewards_of(world.calculator.address(), |books| books.first_open_day = DAY + 1);
    void(&world, DAY + 1, DAY + 2);
    assert_eq!(world.settle(u32::MAX), (2, 100 * MOR));

    rewards_of(world.calculator.address(), |books| books.first_open_day = DAY + 3);
    assert_eq!(world.settle(u32::MAX), (1, 100 * MOR));
    assert_eq!((world.staker_owed(ALICE), world.staker_owed(BOB)), ((80 + 40) * MOR - 1, 40 * MOR - 1));
}
