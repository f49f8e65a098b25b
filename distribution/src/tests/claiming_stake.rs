//! Paying stakers: what each stake earned, however long ago, however often it changed.

use super::{stand_ins::Manner, *};

/// Of 100 MOR a day the stakers share 80.
const POT: u128 = 80 * MOR;

#[test]
fn a_staker_is_paid_the_pot_of_its_days() {
    let world = World::settled(3);

    assert_eq!(world.claim_stake(ALICE, 10), (3 * POT - 1, 0));
    assert_eq!((world.tokens_of(ALICE), world.paid()), (3 * POT - 1, 3 * POT - 1));
    let amount = U256::from(3 * POT - 1);
    world.distributor.assert_emitted(&StakerPaid { subnet: SUBNET, staker: ALICE, amount });
}

#[test]
fn stakers_share_the_pot_by_their_stake() {
    let world = World::with_stake();
    staked_all_day(BOB, DAY, 40_000 * MOR);
    world.settle(2);

    assert_eq!(world.claim_stake(ALICE, 10).0, 120 * MOR - 1);
    assert_eq!(world.claim_stake(BOB, 10).0, 40 * MOR - 1);
}

#[test]
fn stake_that_arrives_at_noon_counts_for_half_of_the_day() {
    let world = World::with_stake();
    changed(BOB, DAY + 1, 120_000 * MOR, 120_000 * MOR * 43_200);
    world.settle(3);

    // Alice: a whole pot, two thirds, one half; Bob: one third, one half.
    assert_eq!(world.claim_stake(ALICE, 10).0, POT + POT * 2 / 3 + POT / 2);
    assert_eq!(world.claim_stake(BOB, 10).0, POT / 3 + POT / 2);
}

#[test]
fn stake_that_is_withdrawn_earns_until_then() {
    let world = World::with_stake();
    staked_all_day(BOB, DAY, 120_000 * MOR);
    changed(BOB, DAY + 1, 0, 120_000 * MOR * 43_200);
    world.settle(4);

    assert_eq!(world.claim_stake(BOB, 10).0, POT / 2 + POT / 3);
    assert_eq!(world.claim_stake(BOB, 10).0, 0);
}

#[test]
fn stake_that_comes_and_goes_within_a_day_earns_its_seconds() {
    let world = World::with_stake();
    changed(BOB, DAY, 0, 120_000 * MOR * 21_600);
    world.settle(1);

    assert_eq!(world.claim_stake(BOB, 10).0, POT / 5 - 1);
}

#[test]
fn a_claim_with_nothing_owed_succeeds_and_pays_nothing() {
    let world = World::settled(1);
    world.claim_stake(ALICE, 10);

    assert_eq!(world.claim_stake(ALICE, 10), (0, 0));
    assert_eq!(world.claim_stake(BOB, 10), (0, 0));
    assert_eq!(World::with_stake().claim_stake(ALICE, 10), (0, 0));
    assert_eq!(world.count::<StakerPaid>(), 1);
}

#[test]
fn only_settled_days_count() {
    let world = World::settled(1);
    changed(ALICE, DAY + 1, 0, 0);

    assert_eq!(world.claim_stake(ALICE, 10).0, POT - 1);
    world.settle(1);
    assert_eq!(world.claim_stake(ALICE, 10).0, 0);
}

#[test]
fn a_staker_that_came_before_the_first_day_is_paid_from_the_first_day_on() {
    let world = World::beginning_on(DAY + 4);
    staked_all_day(ALICE, DAY, 60_000 * MOR);
    staked_all_day(ALICE, DAY + 2, 120_000 * MOR);
    world.settle(1);

    assert_eq!(world.claim_stake(ALICE, 10).0, POT - 1);
}

#[test]
fn a_staker_that_comes_later_has_no_part_in_earlier_days() {
    let world = World::settled(3);
    staked_all_day(BOB, DAY + 3, 120_000 * MOR);
    assert_eq!(world.claim_stake(BOB, 10).0, 0);
    world.settle(1);

    assert_eq!(world.claim_stake(BOB, 10).0, POT / 2 - 1);
}

/// Alice stakes more on each of the first five days; Bob holds the rest of what makes 200,000 MOR each day.
fn stake_grows_daily() -> World {
    let world = World::new();
    for day in 0..5 {
        let stake = (u128::from(day) + 1) * 20_000 * MOR;
        staked_all_day(ALICE, DAY + day, stake);
        staked_all_day(BOB, DAY + day, 200_000 * MOR - stake);
    }
    world.settle(7);
    world
}

#[test]
fn a_claim_walks_no_more_changes_than_it_may_and_the_next_goes_on_there() {
    let world = stake_grows_daily();
    let owed = |changes| world.distributor.sender(ANYONE).staker_owed(SUBNET, ALICE, changes).motsu_unwrap();

    // 10 % of the pot on the first day, 20 % on the second, and so on; 50 % on the fifth and after.
    let part = |tenths: u128| (U256::from(POT * tenths / 10 - 1), false);
    assert_eq!([owed(0), owed(1), owed(2), owed(4)], [(U256::ZERO, false), part(1), part(3), part(10)]);
    assert_eq!(owed(5), (U256::from(POT * 25 / 10 - 1), true));
    assert_eq!(world.claim_stake(ALICE, 0).0, 0);
    assert_eq!(world.claim_stake(ALICE, 2).0, POT * 3 / 10 - 1);
    assert_eq!(world.claim_stake(ALICE, 1).0, POT * 3 / 10 - 1);
    assert_eq!(world.claim_stake(ALICE, 2).0, POT * 19 / 10 - 1);
    assert_eq!(world.claim_stake(ALICE, 2).0, 0);
}

#[test]
fn a_staker_whose_stake_has_not_changed_needs_no_changes_walked() {
    let world = World::settled(1);
    world.claim_stake(ALICE, 1);
    world.settle(5);

    assert_eq!(world.claim_stake(ALICE, 0).0, 5 * POT - 1);
}

#[test]
fn claiming_often_loses_less_than_a_wei_a_claim() {
    let world = World::with_stake();
    let mut paid = 0;
    for _ in 0..10 {
        world.settle(1);
        paid += world.claim_stake(ALICE, 1).0;
    }

    assert!(10 * POT - paid <= 10 && paid < 10 * POT);
}

#[test]
fn a_short_pool_keeps_a_stakers_debt_and_pays_it_later() {
    let world = World::settled(1);
    world.drain_pool_to(30 * MOR);
    let debt = POT - 1 - 30 * MOR;

    assert_eq!(world.claim_stake(ALICE, 10), (30 * MOR, debt));
    world.distributor.assert_emitted(&DebtKept { subnet: SUBNET, account: ALICE, owed: U256::from(debt) });
    assert_eq!(world.staker_owed(ALICE), debt);
    world.fund(1_000 * MOR);
    assert_eq!(world.claim_stake(ALICE, 0), (debt, 0));
}

#[test]
fn an_alignment_that_fails_is_refused_by_name() {
    let world = World::settled(1);
    stakes(|books| books.manner = Manner::Reverting);

    world.assert_refused(
        |world| world.try_claim_stake(ALICE, 10),
        AlignmentCallFailed { alignment: world.alignment.address() },
    );
}

#[test]
fn an_alignment_that_forgets_changes_is_refused_by_name() {
    let world = World::settled(1);
    world.claim_stake(ALICE, 10);
    stakes(|books| books.changes.clear());

    world.assert_refused(
        |world| world.try_claim_stake(ALICE, 10),
        AlignmentCallFailed { alignment: world.alignment.address() },
    );
}

#[test]
fn an_alignment_that_invents_stake_cannot_make_more_be_paid_than_was_credited() {
    let world = World::settled(1);
    staked_all_day(BOB, DAY, 1_000_000 * MOR);

    let (paid, rest) = world.claim_stake(BOB, 10);
    assert_eq!(paid, world.credited());
    assert!(rest > 0);
    assert_eq!(world.claim_stake(ALICE, 10), (0, POT - 1));
}

#[test]
fn an_alignment_that_invents_absurd_stake_is_refused_by_name() {
    let world = World::settled(1);
    changed(BOB, DAY, u128::MAX, u128::MAX);

    world.assert_refused(
        |world| world.try_claim_stake(BOB, 10),
        AlignmentCallFailed { alignment: world.alignment.address() },
    );
}
