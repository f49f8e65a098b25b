//! What a calculator asks for is bounded by the day's stake and by the emission, whatever it answers.

use mrc53_maths::{compute, credit_bound};

use super::*;

/// What 120,000 MOR can earn on [`DAY`], from the proposal's example.
const BOUND: u128 = 305_601_083_255_596_990_795;

fn asking(amount: u128) -> World {
    let world = World::with_stake();
    rewards_of(world.calculator.address(), |books| books.usual = amount);
    world
}

fn clamp(day: u32, asked: u128, credited: u128) -> CreditClamped {
    CreditClamped { subnet: SUBNET, day, asked: U256::from(asked), credited: U256::from(credited) }
}

#[test]
fn a_day_is_credited_up_to_what_its_stake_can_earn() {
    for (asked, credited) in [(BOUND - 1, BOUND - 1), (BOUND, BOUND), (BOUND + 1, BOUND), (u128::MAX, BOUND)] {
        assert_eq!(asking(asked).settle(1).1, credited);
    }
}

#[test]
fn only_what_is_clamped_is_announced_as_clamped() {
    let honest = asking(BOUND);
    honest.settle(1);
    assert_eq!(honest.count::<CreditClamped>(), 0);

    let greedy = asking(BOUND + 1);
    greedy.settle(1);
    greedy.distributor.assert_emitted(&clamp(DAY, BOUND + 1, BOUND));
    let (payable, pot) = (U256::from(BOUND), U256::from(BOUND * 4 / 5));
    greedy.distributor.assert_emitted(&DaySettled {
        subnet: SUBNET,
        day: DAY,
        payableWei: payable,
        stakersPotWei: pot,
    });
}

#[test]
fn a_day_without_stake_is_credited_with_nothing() {
    let world = World::new();

    assert_eq!(world.settle(1), (1, 0));
    world.distributor.assert_emitted(&clamp(DAY, 100 * MOR, 0));
    assert_eq!((world.operator_owed(), world.distributor.sender(ANYONE).accumulator(SUBNET)), (0, 0));
}

#[test]
fn a_day_is_never_credited_with_more_than_its_emission() {
    let world = World::new();
    staked_all_day(ALICE, DAY, 100_000_000 * MOR);
    rewards_of(world.calculator.address(), |books| books.usual = u128::MAX);

    assert_eq!(world.settle(1).1, compute::emission_of(Day(DAY)));
}

#[test]
fn all_credits_together_stay_within_the_emission_since_the_first_day() {
    let world = World::beginning_on(DAY);
    staked_all_day(ALICE, DAY, 100_000_000 * MOR);
    rewards_of(world.calculator.address(), |books| books.usual = u128::MAX);
    stakes(|books| books.registered = Some((SUBNET, RECEIVER, DAY)));
    world.settle(10);
    assert_eq!(world.credited(), compute::emission_of_days(Day(DAY), Day(DAY + 10)));

    // Another subnet finds nothing left.
    stakes(|books| books.registered = Some((BOB, RECEIVER, DAY)));
    let (days, credited) = world.distributor.sender(ANYONE).settle(BOB, 10).motsu_unwrap();
    assert_eq!((days, credited), (10, U256::ZERO));
    world.advance_to(DAY + 11);
    let (_, credited) = world.distributor.sender(ANYONE).settle(BOB, 1).motsu_unwrap();
    assert_eq!(credited.to::<u128>(), compute::emission_of(Day(DAY + 10)));
}

#[test]
fn the_accumulator_stays_within_its_bound_under_the_greediest_calculator_from_the_first_day_to_the_last() {
    let world = World::beginning_on(compute::LAUNCH_DAY.0);
    stakes(|books| {
        books.fee = U256::ZERO;
        books.registered = Some((SUBNET, RECEIVER, 0));
    });
    staked_all_day(ALICE, 0, 1);
    rewards_of(world.calculator.address(), |books| books.usual = u128::MAX);
    world.advance_to(compute::LAST_DAY.0 + 1);

    world.settle(u32::MAX);
    assert_eq!(world.next_day(), compute::LAST_DAY.0 + 1);
    assert!(world.distributor.sender(ANYONE).accumulator(SUBNET) < 1 << 115);
}

#[test]
fn the_bound_is_the_one_of_the_maths() {
    let (emission, emitted) = (compute::emission_of(Day(DAY)), compute::emitted_by_end_of(Day(DAY)));

    assert_eq!(credit_bound(emission, emitted, 120_000 * MOR * 86_400), BOUND);
}
