//! The laws of settling and claiming, on random histories: the suite's invariants 9, 10 and 12.

use proptest::prelude::*;

use super::*;

/// Days of a history.
const DAYS: u32 = 12;
const STAKERS: [Address; 3] = [ALICE, BOB, ANYONE];

/// What happens on one day: what the calculator pays, and which stakers change their stake to what, at which second.
#[derive(Clone, Debug)]
struct DayOfHistory {
    payable: u128,
    changes: [Option<(u128, u64)>; 3],
}

fn day() -> impl Strategy<Value = DayOfHistory> {
    let payable = prop_oneof![Just(0), 1_u128..1_000, 0..400 * MOR];
    let balance = prop_oneof![Just(0), 1_u128..1_000, 0..200_000 * MOR];
    let change = prop::option::weighted(0.3, (balance, 0..SECONDS_PER_DAY));
    (payable, [change.clone(), change.clone(), change]).prop_map(|(payable, changes)| DayOfHistory { payable, changes })
}

fn history() -> impl Strategy<Value = (u128, Vec<DayOfHistory>)> {
    (0..=WHOLE, prop::collection::vec(day(), DAYS as usize))
}

/// A world in which the history happened and nothing is settled.
fn world_after(fee: u128, history: &[DayOfHistory]) -> World {
    let world = World::new();
    stakes(|books| books.fee = U256::from(fee));
    let mut balances = [0; 3];
    for (day, of_day) in (DAY..).zip(history) {
        rewards_of(world.calculator.address(), |books| books.days.extend([(day, of_day.payable)]));
        for ((staker, balance), change) in STAKERS.into_iter().zip(&mut balances).zip(of_day.changes) {
            if let Some((after, second)) = change {
                let left = u128::from(SECONDS_PER_DAY - second);
                changed(staker, day, after, *balance * u128::from(second) + after * left);
                *balance = after;
            }
        }
    }
    world.advance_to(DAY + DAYS);
    world
}

/// What everybody was credited with, paid or not: the operator, then the stakers.
fn credits(world: &World) -> [u128; 4] {
    let stakers = STAKERS.map(|staker| world.tokens_of(staker) + world.staker_owed(staker));
    [world.tokens_of(RECEIVER) + world.operator_owed(), stakers[0], stakers[1], stakers[2]]
}

/// What a settlement leaves behind, for all that comes later.
fn settlement(world: &World) -> (u128, u128, (u32, u128), [u128; 3]) {
    let accumulator = world.distributor.sender(ANYONE).accumulator(SUBNET);
    (accumulator, world.credited(), world.operator(), STAKERS.map(|staker| world.staker_owed(staker)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Invariant 9.
    #[test]
    fn settling_in_any_rhythm_equals_settling_at_once(
        (fee, history) in history(),
        rhythm in prop::collection::vec(1_u32..5, DAYS as usize),
    ) {
        let at_once = world_after(fee, &history);
        at_once.settle(DAYS);
        let expected = settlement(&at_once);

        let in_parts = world_after(fee, &history);
        for days in rhythm {
            if in_parts.next_day() < DAY + DAYS {
                in_parts.settle(days);
            }
        }

        prop_assert_eq!(settlement(&in_parts), expected);
    }

    /// Invariant 10, with claims of any length at any time and a pool that is short now and then.
    #[test]
    fn what_is_credited_is_paid_owed_or_less_than_a_wei_of_dust_per_staker_and_claim(
        (fee, history) in history(),
        claims in prop::collection::vec((0..4_usize, 0..3_u32, 0..300 * MOR), DAYS as usize),
    ) {
        let world = world_after(fee, &history);
        let mut claimed = 0;
        for (who, max_changes, pool) in claims {
            world.settle(1);
            world.approve(pool);
            match STAKERS.get(who) {
                Some(staker) => drop(world.claim_stake(*staker, max_changes)),
                None => drop(world.claim()),
            }
            claimed += 1;
        }

        let sum: u128 = credits(&world).iter().sum();
        prop_assert!(sum <= world.credited());
        // One floor for each claim and each balance read at the end; the days' own floors come to less than one more.
        prop_assert!(world.credited() - sum <= claimed + 3 + 1);
        prop_assert!(world.paid() <= world.credited());
    }

    /// Invariant 12: what others claim, and how often, changes nothing for the rest.
    #[test]
    fn what_one_claims_changes_nothing_for_the_others(
        (fee, history) in history(),
        claims in prop::collection::vec(0..3_u32, 1..8),
    ) {
        let undisturbed = world_after(fee, &history);
        undisturbed.settle(DAYS);
        let expected = credits(&undisturbed);

        let disturbed = world_after(fee, &history);
        disturbed.settle(DAYS);
        for max_changes in claims {
            disturbed.claim_stake(ALICE, max_changes);
            disturbed.claim();
        }

        let found = credits(&disturbed);
        prop_assert_eq!((found[0], found[2], found[3]), (expected[0], expected[2], expected[3]));
        prop_assert!(expected[1] - found[1] <= 8);
    }
}
