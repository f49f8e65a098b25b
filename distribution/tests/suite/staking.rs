//! What stakers get: by their own stake-seconds, whenever they came, went, and claimed.

use super::*;

/// A suite in which [`SUBNET`] serves on the ten days from [`DAY`] on.
fn ten_days_of_service(between: impl Fn(&Suite, u32)) -> Suite {
    let suite = Suite::with_subnets();
    suite.stake(SUBNET, ALICE, 100_000 * MOR);
    for day in DAY..DAY + 10 {
        between(&suite, day);
        suite.serve(SUBNET, day, 10_000);
    }
    finalise(DAY + 9);
    suite
}

/// What the stakers' pots of the days of `[from, to)` give a staker by its stake-seconds, each floored apart.
fn by_stake_seconds(suite: &Suite, staker: Address, from: u32, to: u32) -> u128 {
    let alignment = suite.alignment.sender(ANYONE);
    (from..to)
        .map(|day| {
            let payable = suite.calculator.sender(ANYONE).reward(SUBNET, day).motsu_unwrap().payableWei;
            let pot = U256::from(mrc53_maths::split(payable, WHOLE / 5).stakers);
            let of_staker = U256::from(alignment.staker_stake_seconds(SUBNET, staker, day));
            let of_subnet = alignment.stake_seconds(SUBNET, day, day + 1).motsu_unwrap()[0].subnetStakeSeconds;
            (pot * of_staker / U256::from(of_subnet)).to::<u128>()
        })
        .sum()
}

#[test]
fn mid_day_changes_count_by_their_own_seconds() {
    let suite = ten_days_of_service(|suite, day| {
        clock::set(midnight(day) + 12_345);
        match day - DAY {
            2 => suite.stake(SUBNET, BOB, 50_000 * MOR),
            5 => suite.stake(SUBNET, ALICE, 1),
            9 => suite.withdraw(SUBNET, BOB, 20_000 * MOR),
            _ => {}
        }
    });
    suite.settle(SUBNET, u32::MAX);

    for staker in [ALICE, BOB] {
        let expected = by_stake_seconds(&suite, staker, DAY, DAY + 10);
        let paid = suite.claim_stake(SUBNET, staker);
        // Ten floors on paper, one on chain.
        assert!(paid + 1 >= expected && paid <= expected + 10, "{paid} for {expected}");
    }
}

#[test]
fn a_staker_that_came_and_went_before_the_first_settlement_is_paid_for_its_time() {
    let suite = ten_days_of_service(|suite, day| match day - DAY {
        1 => suite.stake(SUBNET, BOB, 300_000 * MOR),
        8 => suite.withdraw(SUBNET, BOB, 300_000 * MOR),
        _ => {}
    });
    suite.settle(SUBNET, u32::MAX);

    let expected = by_stake_seconds(&suite, BOB, DAY, DAY + 10);
    let paid = suite.claim_stake(SUBNET, BOB);
    assert!(expected > 0 && paid + 1 >= expected && paid <= expected + 10);
}

#[test]
fn stake_that_comes_after_a_day_is_over_takes_no_part_in_it() {
    let suite = ten_days_of_service(|_, _| {});
    suite.stake(SUBNET, BOB, 1_000_000 * MOR);
    let credited = suite.settle(SUBNET, u32::MAX);

    assert_eq!(suite.claim_stake(SUBNET, BOB), 0);
    assert!(credited - suite.claim(SUBNET) - suite.claim_stake(SUBNET, ALICE) <= 1);
}

#[test]
fn stake_toward_another_subnet_earns_nothing_here() {
    let suite = ten_days_of_service(|suite, day| {
        if day == DAY {
            suite.stake(OTHER_SUBNET, BOB, 100_000 * MOR);
        }
    });
    suite.settle(SUBNET, u32::MAX);

    assert_eq!(suite.claim_stake(SUBNET, BOB), 0);
    assert_eq!(suite.claim_stake(OTHER_SUBNET, BOB), 0);
}

#[test]
fn a_year_without_a_claim_is_paid_in_one() {
    let suite = ten_days_of_service(|_, _| {});
    clock::set(midnight(DAY + 400));
    let credited = suite.settle(SUBNET, u32::MAX);

    let before_last = suite.distributor.sender(ANYONE).claim_stake(SUBNET, ALICE, 0).motsu_unwrap().0;
    assert_eq!(before_last, U256::ZERO);
    let (paid, _) = suite.distributor.sender(ANYONE).claim_stake(SUBNET, ALICE, 1).motsu_unwrap();
    assert!(credited - suite.claim(SUBNET) - paid.to::<u128>() <= 1);
}

#[test]
fn a_claim_between_changes_goes_on_where_it_stopped() {
    let changes = |suite: &Suite, day: u32| suite.stake(SUBNET, ALICE, u128::from(day - DAY + 1) * 1_000 * MOR);
    let at_once = ten_days_of_service(changes);
    at_once.settle(SUBNET, u32::MAX);
    let expected = at_once.claim_stake(SUBNET, ALICE);

    let in_parts = ten_days_of_service(changes);
    let mut paid = 0;
    for max_changes in [3, 0, 1, 2, 4, 1, 7, 7] {
        let _ = in_parts.try_settle(SUBNET, 2);
        let claim = in_parts.distributor.sender(ANYONE).claim_stake(SUBNET, ALICE, max_changes).motsu_unwrap();
        paid += claim.0.to::<u128>();
    }
    assert!(paid <= expected && expected - paid <= 8);
}
