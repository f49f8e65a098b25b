//! From the opening of a session to the payment: finality, fees, pauses, a pool that runs dry.

use reward_distributor::DayNotFinal;

use super::*;

/// A suite with one subnet that hosts all sessions of [`DAY`] and of the next four, with 100,000 MOR of Alice's.
fn five_days() -> Suite {
    let suite = Suite::with_subnets();
    suite.stake(SUBNET, ALICE, 100_000 * MOR);
    for day in DAY..DAY + 5 {
        suite.serve(SUBNET, day, 10_000);
    }
    finalise(DAY + 4);
    suite
}

#[test]
fn a_day_can_be_settled_from_the_second_on_in_which_it_is_final() {
    let suite = Suite::with_subnets();
    suite.stake(SUBNET, ALICE, 100_000 * MOR);
    suite.serve(SUBNET, DAY, 10_000);
    let second = midnight(DAY + 1 + GRACE_DAYS);

    clock::set(second - 1);
    assert_eq!(suite.try_settle(SUBNET, 9).expect("the day before").0, 1);
    assert_eq!(suite.try_settle(SUBNET, 9), Err(DayNotFinal { day: DAY }.into()));
    clock::set(second);
    assert_eq!(suite.try_settle(SUBNET, 9).expect("the day").0, 1);
    clock::set(second + 1);
    assert_eq!(suite.try_settle(SUBNET, 9), Err(DayNotFinal { day: DAY + 1 }.into()));
}

#[test]
fn a_session_that_is_recorded_too_late_changes_nothing_that_is_settled() {
    let suite = five_days();
    suite.settle(SUBNET, 3);
    let before = (suite.credited(), suite.operator_owed(SUBNET));
    suite.stake(OTHER_SUBNET, BOB, MOR);
    suite.host(1, OTHER_SUBNET, midnight(DAY), midnight(DAY + 1));

    assert_eq!(suite.record(1), 0);
    assert_eq!((suite.credited(), suite.operator_owed(SUBNET)), before);
}

#[test]
fn the_order_in_which_subnets_settle_does_not_matter() {
    let outcome = |order: [Address; 2]| {
        let suite = Suite::with_subnets();
        suite.stake(SUBNET, ALICE, 100_000 * MOR);
        suite.stake(OTHER_SUBNET, BOB, 2_000_000 * MOR);
        suite.serve(SUBNET, DAY, 10_000);
        suite.serve(OTHER_SUBNET, DAY, 30_000);
        finalise(DAY);
        for subnet in order {
            suite.settle(subnet, 2);
        }
        [SUBNET, OTHER_SUBNET].map(|subnet| suite.claim(subnet))
    };

    assert_eq!(outcome([SUBNET, OTHER_SUBNET]), outcome([OTHER_SUBNET, SUBNET]));
}

#[test]
fn a_fee_cut_favours_the_stakers_on_days_not_yet_settled_and_on_no_others() {
    let suite = five_days();
    // The day before the first session, and the first one.
    suite.settle(SUBNET, 2);
    let (operator, staker) = (suite.operator_owed(SUBNET), suite.staker_owed(SUBNET, ALICE));
    suite.alignment.sender(SUBNET).set_fee(SUBNET, U256::ZERO).motsu_unwrap();

    assert_eq!((suite.operator_owed(SUBNET), suite.staker_owed(SUBNET, ALICE)), (operator, staker));
    let credited = suite.settle(SUBNET, 9);
    assert_eq!(suite.operator_owed(SUBNET), operator);
    assert!(staker + credited - suite.staker_owed(SUBNET, ALICE) <= 1);
}

#[test]
fn an_unfunded_pool_owes_until_it_is_funded() {
    let suite = five_days();
    suite.fund(&suite.distributor, 0);
    suite.settle(SUBNET, 9);
    let (operator, staker) = (suite.operator_owed(SUBNET), suite.staker_owed(SUBNET, ALICE));
    assert_eq!((suite.claim(SUBNET), suite.claim_stake(SUBNET, ALICE)), (0, 0));

    suite.fund(&suite.distributor, operator + staker - 1);
    assert_eq!((suite.claim(SUBNET), suite.claim_stake(SUBNET, ALICE)), (operator, staker - 1));
    suite.fund(&suite.distributor, 1);
    assert_eq!((suite.claim(SUBNET), suite.claim_stake(SUBNET, ALICE)), (0, 1));
    assert_eq!(suite.paid(), operator + staker);
}

#[test]
fn stake_can_be_withdrawn_while_everything_else_stands_still() {
    let suite = five_days();
    suite.distributor.sender(OWNER).set_settling_paused(true).motsu_unwrap();
    suite.distributor.sender(OWNER).set_claiming_paused(true).motsu_unwrap();
    suite.alignment.sender(OWNER).pause_staking().motsu_unwrap();
    suite.fund(&suite.distributor, 0);

    // Invariant 11.
    suite.withdraw(SUBNET, ALICE, 100_000 * MOR);
    assert_eq!(suite.tokens_of(ALICE), 100_000 * MOR);

    suite.distributor.sender(OWNER).set_settling_paused(false).motsu_unwrap();
    suite.distributor.sender(OWNER).set_claiming_paused(false).motsu_unwrap();
    suite.fund(&suite.distributor, 10_000 * MOR);
    let credited = suite.settle(SUBNET, 6);
    assert!(credited - suite.claim(SUBNET) - suite.claim_stake(SUBNET, ALICE) <= 1);
}

#[test]
fn an_unstaked_subnet_earns_nothing_and_dilutes_nobody() {
    let suite = Suite::with_subnets();
    suite.stake(SUBNET, ALICE, 2_000_000 * MOR);
    suite.serve(SUBNET, DAY, 10_000);
    suite.host(1, OTHER_SUBNET, midnight(DAY), midnight(DAY) + 50_000);
    suite.recorder.sender(ANYONE).record(session_id(1)).motsu_unwrap_err();
    finalise(DAY);

    assert_eq!(suite.settle(SUBNET, 2), 3_231_716_521_361_160_000_000);
    assert_eq!(suite.settle(OTHER_SUBNET, 2), 0);
}

#[test]
fn a_stake_of_the_last_open_second_dilutes_no_day_before_it() {
    let suite = Suite::with_subnets();
    suite.stake(SUBNET, ALICE, 2_000_000 * MOR);
    suite.serve(SUBNET, DAY, 10_000);
    suite.host(1, OTHER_SUBNET, midnight(DAY), midnight(DAY + 7));
    clock::set(midnight(DAY + 1 + GRACE_DAYS) - 1);
    suite.stake(OTHER_SUBNET, BOB, 10_000 * MOR);

    // One stake-second of the running day is all that the minimum of a wei lets through.
    assert_eq!(suite.record(1), SECONDS_PER_DAY - 1);

    finalise(DAY);
    assert_eq!(suite.settle(SUBNET, 2), 3_231_716_521_361_160_000_000);
    assert_eq!(suite.settle(OTHER_SUBNET, 2), 0);
}

#[test]
fn a_session_across_midnight_earns_on_both_days() {
    let suite = Suite::with_subnets();
    suite.stake(SUBNET, ALICE, 2_000_000 * MOR);
    suite.stake(OTHER_SUBNET, BOB, 2_000_000 * MOR);
    clock::set(midnight(DAY + 1) + 7_200);
    suite.host(1, SUBNET, midnight(DAY + 1) - 3_600, midnight(DAY + 1) + 1_800);
    suite.record(1);
    suite.host(2, OTHER_SUBNET, midnight(DAY + 1) - 1_200, midnight(DAY + 1) + 1_800);
    suite.record(2);
    finalise(DAY + 1);

    // 3,600 of 4,800 seconds before midnight and half of those after it; the stake is half of all.
    suite.settle(SUBNET, 1);
    let before = suite.settle(SUBNET, 1);
    let after = suite.settle(SUBNET, 1);
    assert_eq!(before, 3_231_716_521_361_160_000_000 / 2);
    assert!(after > 0 && after < before);
}
