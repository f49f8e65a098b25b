//! Which calculator counts for which day.

use super::*;

/// The day on which the world stands.
const TODAY: u32 = DAY + 10;

fn schedule(world: &World, calculator: Address, from_day: u32) -> Result<(), Error> {
    world.distributor.sender(OWNER).schedule_calculator(calculator, from_day).motsu_res()
}

/// The calculators of these days.
fn of_days<const N: usize>(world: &World, days: [u32; N]) -> [Address; N] {
    days.map(|day| world.distributor.sender(ANYONE).calculator_of(day))
}

#[test]
fn a_calculator_needs_seven_days_of_notice() {
    let world = World::new();
    let refusal = NoticeTooShort { fromDay: TODAY + 6, earliest: TODAY + 7 };

    world.assert_refused(|world| schedule(world, BOB, TODAY + 6), refusal);
    schedule(&world, BOB, TODAY + 7).expect("just in time");
    schedule(&world, BOB, TODAY + 8).expect("early");
}

#[test]
fn the_notice_is_counted_from_the_running_day() {
    let world = World::new();

    clock::set(midnight(TODAY + 1) - 1);
    schedule(&world, BOB, TODAY + 7).expect("the last second in which it is in time");
    clock::set(midnight(TODAY + 1));
    let refusal = NoticeTooShort { fromDay: TODAY + 7, earliest: TODAY + 8 };
    world.assert_refused(|world| schedule(world, ALICE, TODAY + 7), refusal);
}

#[test]
fn a_scheduled_calculator_counts_from_its_day_on() {
    let world = World::new();
    schedule(&world, BOB, TODAY + 7).expect("in time");

    let first = world.calculator.address();
    assert_eq!(of_days(&world, [0, TODAY + 6, TODAY + 7, u32::MAX]), [first, first, BOB, BOB]);
    world.distributor.assert_emitted(&CalculatorScheduled { calculator: BOB, fromDay: TODAY + 7 });
}

#[test]
fn several_calculators_count_in_turn() {
    let world = World::new();
    schedule(&world, ALICE, TODAY + 7).expect("in time");
    schedule(&world, BOB, TODAY + 8).expect("in time");

    let first = world.calculator.address();
    assert_eq!(of_days(&world, [TODAY + 6, TODAY + 7, TODAY + 8, TODAY + 9]), [first, ALICE, BOB, BOB]);
}

#[test]
fn scheduling_drops_what_was_scheduled_from_that_day_or_later() {
    let world = World::new();
    for (calculator, from_day) in [(ALICE, TODAY + 7), (BOB, TODAY + 20), (RECEIVER, TODAY + 30)] {
        schedule(&world, calculator, from_day).expect("in time");
    }

    schedule(&world, ANYONE, TODAY + 20).expect("in time");
    assert_eq!(of_days(&world, [TODAY + 19, TODAY + 20, TODAY + 30]), [ALICE, ANYONE, ANYONE]);
    schedule(&world, SUBNET, TODAY + 7).expect("in time");
    assert_eq!(of_days(&world, [TODAY + 6, TODAY + 7, u32::MAX]), [world.calculator.address(), SUBNET, SUBNET]);
}

#[test]
fn a_calculator_is_a_contract_not_zero() {
    World::new().assert_refused(|world| schedule(world, Address::ZERO, TODAY + 7), ZeroAddress {});
}

#[test]
fn each_day_is_asked_of_its_own_calculator_in_one_settlement() {
    let world = World::with_stake();
    let second = Contract::<CalculatorStandIn>::random();
    schedule(&world, second.address(), TODAY + 7).expect("in time");
    rewards_of(second.address(), |books| (books.usual, books.first_open_day) = (MOR, DAY + 20));
    world.advance_to(DAY + 20);

    assert_eq!(world.settle(100), (20, 17 * 100 * MOR + 3 * MOR));
}

#[test]
fn the_calculator_before_one_that_was_dropped_counts_until_its_new_successor_only() {
    let world = World::with_stake();
    let (dropped, successor) = (Contract::<CalculatorStandIn>::random(), Contract::<CalculatorStandIn>::random());
    schedule(&world, dropped.address(), TODAY + 9).expect("in time");
    schedule(&world, successor.address(), TODAY + 7).expect("in time");
    rewards_of(successor.address(), |books| (books.usual, books.first_open_day) = (MOR, DAY + 20));
    world.advance_to(DAY + 20);

    assert_eq!(world.settle(100), (20, 17 * 100 * MOR + 3 * MOR));
}

#[test]
fn days_are_final_for_their_own_calculator() {
    let world = World::with_stake();
    let second = Contract::<CalculatorStandIn>::random();
    schedule(&world, second.address(), TODAY + 7).expect("in time");
    rewards_of(second.address(), |books| (books.usual, books.first_open_day) = (MOR, DAY + 20));
    world.advance_to(DAY + 20);
    rewards_of(world.calculator.address(), |books| books.first_open_day = DAY + 15);

    assert_eq!(world.settle(100).0, 15);
    world.assert_refused(|world| world.try_settle(1), DayNotFinal { day: DAY + 15 });
}

#[test]
fn a_failing_calculator_does_not_stand_in_the_way_of_the_days_before_it() {
    let world = World::with_stake();
    schedule(&world, world.alignment.address(), TODAY + 7).expect("in time");
    world.advance_to(DAY + 20);

    let refusal = CalculatorCallFailed { calculator: world.alignment.address() };
    world.assert_refused(|world| world.try_settle(18), refusal);
    assert_eq!(world.settle(17).0, 17);
}
