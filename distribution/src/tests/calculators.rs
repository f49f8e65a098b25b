//! Which calculator counts for which day, and what can be one.

use super::{
    stand_ins::{Manner, Mute},
    *,
};

/// The day on which the world stands, and the first one for which a calculator can be scheduled on it.
const TODAY: u32 = DAY + 10;
const EARLIEST: u32 = TODAY + 8;

fn schedule(world: &World, calculator: Address, from_day: u32) -> Result<(), Error> {
    world.distributor.sender(OWNER).schedule_calculator(calculator, from_day).motsu_res()
}

/// The calculators of these days.
fn of_days<const N: usize>(world: &World, days: [u32; N]) -> [Address; N] {
    days.map(|day| world.distributor.sender(ANYONE).calculator_of(day))
}

/// Contracts that answer as calculators do; they pay nothing.
fn calculators<const N: usize>() -> [Contract<CalculatorStandIn>; N] {
    core::array::from_fn(|_| Contract::random())
}

/// One that pays 1 MOR a day and calls the days before `first_open_day` final.
fn paying_one(first_open_day: u32) -> Contract<CalculatorStandIn> {
    let [calculator] = calculators();
    rewards_of(calculator.address(), |books| (books.usual, books.first_open_day) = (MOR, first_open_day));
    calculator
}

#[test]
fn a_calculator_needs_seven_full_days_of_notice() {
    let world = World::new();
    let [one, other] = calculators();
    let refusal = NoticeTooShort { fromDay: EARLIEST - 1, earliest: EARLIEST };

    world.assert_refused(|world| schedule(world, one.address(), EARLIEST - 1), refusal);
    schedule(&world, one.address(), EARLIEST).expect("just in time");
    schedule(&world, other.address(), EARLIEST + 1).expect("early");
}

#[test]
fn the_notice_is_counted_from_the_running_day() {
    let world = World::new();
    let [one, other] = calculators();

    clock::set(midnight(TODAY + 1) - 1);
    schedule(&world, one.address(), EARLIEST).expect("the last second in which it is in time");
    clock::set(midnight(TODAY + 1));
    let refusal = NoticeTooShort { fromDay: EARLIEST, earliest: EARLIEST + 1 };
    world.assert_refused(|world| schedule(world, other.address(), EARLIEST), refusal);
}

#[test]
fn a_scheduled_calculator_counts_from_its_day_on() {
    let world = World::new();
    let [second] = calculators();
    schedule(&world, second.address(), EARLIEST).expect("in time");

    let (first, second) = (world.calculator.address(), second.address());
    assert_eq!(of_days(&world, [0, EARLIEST - 1, EARLIEST, u32::MAX]), [first, first, second, second]);
    world.distributor.assert_emitted(&CalculatorScheduled { calculator: second, fromDay: EARLIEST });
}

#[test]
fn several_calculators_count_in_turn() {
    let world = World::new();
    let all = calculators::<2>();
    let [second, third] = [0, 1].map(|index: usize| all[index].address());
    schedule(&world, second, EARLIEST).expect("in time");
    schedule(&world, third, EARLIEST + 1).expect("in time");

    let first = world.calculator.address();
    let days = [EARLIEST - 1, EARLIEST, EARLIEST + 1, EARLIEST + 2];
    assert_eq!(of_days(&world, days), [first, second, third, third]);
}

#[test]
fn scheduling_drops_what_was_scheduled_from_that_day_or_later() {
    let world = World::new();
    let all = calculators::<5>();
    let [first, second, third, in_place_of_two, in_place_of_all] =
        [0, 1, 2, 3, 4].map(|index: usize| all[index].address());
    for (calculator, from_day) in [(first, EARLIEST), (second, EARLIEST + 20), (third, EARLIEST + 30)] {
        schedule(&world, calculator, from_day).expect("in time");
    }

    schedule(&world, in_place_of_two, EARLIEST + 20).expect("in time");
    let days = [EARLIEST + 19, EARLIEST + 20, EARLIEST + 30];
    assert_eq!(of_days(&world, days), [first, in_place_of_two, in_place_of_two]);
    schedule(&world, in_place_of_all, EARLIEST).expect("in time");
    let days = [EARLIEST - 1, EARLIEST, u32::MAX];
    assert_eq!(of_days(&world, days), [world.calculator.address(), in_place_of_all, in_place_of_all]);
}

#[test]
fn a_calculator_is_a_contract_not_zero() {
    World::new().assert_refused(|world| schedule(world, Address::ZERO, EARLIEST), ZeroAddress {});
}

#[test]
fn what_does_not_answer_for_no_day_with_an_empty_list_is_not_scheduled() {
    let world = World::new();
    let (mute, [reverting, lavish]) = (Contract::<Mute>::random(), calculators());
    rewards_of(reverting.address(), |books| books.manner = Manner::Reverting);
    rewards_of(lavish.address(), |books| (books.manner, books.first_open_day) = (Manner::OneDayTooMany, u32::MAX));

    // The last is a contract, and no calculator.
    for calculator in [mute.address(), reverting.address(), lavish.address(), world.alignment.address()] {
        world.assert_refused(|world| schedule(world, calculator, EARLIEST), CalculatorCallFailed { calculator });
        assert_eq!(of_days(&world, [EARLIEST]), [world.calculator.address()]);
    }
}

#[test]
fn what_comes_too_early_is_not_asked() {
    let (world, mute) = (World::new(), Contract::<Mute>::random());
    let refusal = NoticeTooShort { fromDay: EARLIEST - 1, earliest: EARLIEST };

    world.assert_refused(|world| schedule(world, mute.address(), EARLIEST - 1), refusal);
}

#[test]
fn each_day_is_asked_of_its_own_calculator_in_one_settlement() {
    let (world, second) = (World::with_stake(), paying_one(DAY + 20));
    schedule(&world, second.address(), EARLIEST).expect("in time");
    world.advance_to(DAY + 20);

    assert_eq!(world.settle(100), (20, 18 * 100 * MOR + 2 * MOR));
}

#[test]
fn the_calculator_before_one_that_was_dropped_counts_until_its_new_successor_only() {
    let (world, [dropped], successor) = (World::with_stake(), calculators(), paying_one(DAY + 20));
    schedule(&world, dropped.address(), EARLIEST + 2).expect("in time");
    schedule(&world, successor.address(), EARLIEST).expect("in time");
    world.advance_to(DAY + 20);

    assert_eq!(world.settle(100), (20, 18 * 100 * MOR + 2 * MOR));
}

#[test]
fn days_are_final_for_their_own_calculator() {
    let (world, second) = (World::with_stake(), paying_one(DAY + 20));
    schedule(&world, second.address(), EARLIEST).expect("in time");
    world.advance_to(DAY + 20);
    rewards_of(world.calculator.address(), |books| books.first_open_day = DAY + 15);

    assert_eq!(world.settle(100).0, 15);
    world.assert_refused(|world| world.try_settle(1), DayNotFinal { day: DAY + 15 });
}

#[test]
fn a_failing_calculator_does_not_stand_in_the_way_of_the_days_before_it() {
    let (world, failing) = (World::with_stake(), paying_one(DAY + 20));
    schedule(&world, failing.address(), EARLIEST).expect("in time");
    rewards_of(failing.address(), |books| books.manner = Manner::Reverting);
    world.advance_to(DAY + 20);

    let refusal = CalculatorCallFailed { calculator: failing.address() };
    world.assert_refused(|world| world.try_settle(19), refusal);
    assert_eq!(world.settle(18).0, 18);
}
