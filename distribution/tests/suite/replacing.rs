//! Replacing a calculator or a distributor: no day is lost and none is paid twice.

use reward_distributor::DayNotFinal;

use super::*;

/// A suite with stake, and service on each of the days `[DAY, DAY + days)`: two subnets at one to three.
fn served(days: u32) -> Suite {
    let suite = Suite::with_subnets();
    suite.stake(SUBNET, ALICE, 2_000_000 * MOR);
    suite.stake(OTHER_SUBNET, BOB, 2_000_000 * MOR);
    for day in DAY..DAY + days {
        suite.serve(SUBNET, day, 10_000);
        suite.serve(OTHER_SUBNET, day, 30_000);
    }
    suite
}

#[test]
fn a_scheduled_calculator_counts_from_its_day_on_and_not_before() {
    let suite = Suite::with_subnets();
    let by_sessions = Contract::<RewardCalculator>::random();
    let (recorder, alignment) = (suite.recorder.address(), suite.alignment.address());
    by_sessions.sender(OWNER).constructor(recorder, alignment, SESSIONS).motsu_unwrap();
    clock::set(midnight(DAY - 1));
    suite.distributor.sender(OWNER).schedule_calculator(by_sessions.address(), DAY + 7).motsu_unwrap();
    suite.stake(SUBNET, ALICE, 4_000_000 * MOR);
    suite.stake(OTHER_SUBNET, BOB, 4_000_000 * MOR);
    // A quarter of the seconds, half of the sessions.
    for day in [DAY + 6, DAY + 7] {
        suite.serve(SUBNET, day, 10_000);
        suite.serve(OTHER_SUBNET, day, 30_000);
    }
    finalise(DAY + 7);

    suite.settle(SUBNET, 7);
    let emission = |day| suite.calculator.sender(ANYONE).reward(SUBNET, day).motsu_unwrap().emission;
    assert_eq!(suite.settle(SUBNET, 1), emission(DAY + 6) / 4);
    assert_eq!(suite.settle(SUBNET, 1), emission(DAY + 7) / 2);
}

#[test]
fn a_successor_takes_over_on_the_day_from_which_the_old_one_is_voided() {
    let expected = {
        let suite = served(6);
        finalise(DAY + 5);
        suite.settle(SUBNET, 7)
    };

    let suite = served(6);
    let successor = Contract::<RewardDistributor>::random();
    suite.construct(&successor, DAY + 2);
    let end_of_days = reward_distributor::END_OF_DAYS;
    suite.distributor.sender(OWNER).void_days(DAY + 2, end_of_days).motsu_unwrap();
    finalise(DAY + 5);
    let in_the_old = suite.settle(SUBNET, 7);
    let (days, in_the_new) = successor.sender(ANYONE).settle(SUBNET, 7).motsu_unwrap();

    assert_eq!(days, 4);
    assert!(in_the_old > 0 && in_the_new > U256::ZERO);
    assert_eq!(in_the_old + in_the_new.to::<u128>(), expected);

    // Stakers and operators claim in both; old debts stay claimable in the old.
    let old = suite.claim(SUBNET) + suite.claim_stake(SUBNET, ALICE);
    suite.fund(&successor, 1_000_000 * MOR);
    let (operator, _) = successor.sender(ANYONE).claim(SUBNET).motsu_unwrap();
    let (staker, _) = successor.sender(ANYONE).claim_stake(SUBNET, ALICE, 10).motsu_unwrap();
    assert!(expected - old - (operator + staker).to::<u128>() <= 2);
}

#[test]
fn a_successor_settles_nothing_before_its_first_day() {
    let suite = served(1);
    let successor = Contract::<RewardDistributor>::random();
    suite.construct(&successor, DAY + 1);
    finalise(DAY);

    let refused = successor.sender(ANYONE).settle(SUBNET, 1).motsu_unwrap_err();
    assert_eq!(refused, DayNotFinal { day: DAY + 1 }.into());
}

#[test]
fn a_voided_day_pays_nobody_who_has_not_settled_it() {
    let suite = served(2);
    finalise(DAY + 1);
    let before = suite.settle(SUBNET, 2);
    suite.distributor.sender(OWNER).void_days(DAY, DAY + 1).motsu_unwrap();

    // Settled before: kept. Settled after: nothing for the voided day, all of the other one.
    assert!(before > 0);
    assert_eq!(suite.claim(SUBNET), before / 5);
    assert_eq!(suite.settle(OTHER_SUBNET, 2), 0);
    assert!(suite.settle(OTHER_SUBNET, 1) > 0);
}
