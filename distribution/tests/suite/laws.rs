//! The suite's invariants 6, 9, 10 and 12 on random histories of two subnets and three stakers.

use mrc53_maths::{compute, Day};
use proptest::prelude::*;
use stake_alignment::MIN_LOCK_SECONDS;

use super::*;

const DAYS: u32 = 10;
const STAKERS: [Address; 3] = [ALICE, BOB, ANYONE];
const SUBNETS: [Address; 2] = [SUBNET, OTHER_SUBNET];

/// Who stakes or withdraws how much toward which subnet, at which second.
#[derive(Clone, Copy, Debug)]
struct Change {
    second: u64,
    staker: usize,
    subnet: usize,
    amount: u128,
    withdraws: bool,
}

/// Changes and served seconds of each subnet, day by day.
type History = Vec<(Vec<Change>, [u64; 2])>;

fn change() -> impl Strategy<Value = Change> {
    let amount = prop_oneof![1_u128..1_000, MOR..400_000 * MOR];
    (0..SECONDS_PER_DAY, 0..3_usize, 0..2_usize, amount, any::<bool>())
        .prop_map(|(second, staker, subnet, amount, withdraws)| Change { second, staker, subnet, amount, withdraws })
}

fn history() -> impl Strategy<Value = History> {
    let served = prop_oneof![Just(0), 1_u64..100_000];
    let day = (prop::collection::vec(change(), 0..4), [served.clone(), served]);
    prop::collection::vec(day, DAYS as usize)
}

/// A suite with the shortest lock in which the history happened, all of it final and nothing settled.
fn suite_after(history: &History) -> Suite {
    let suite = Suite::on(&Terms { lock_seconds: MIN_LOCK_SECONDS, ..Terms::default() });
    suite.register(SUBNET, WHOLE / 7);
    suite.register(OTHER_SUBNET, 0);

    for (day, (changes, served)) in (DAY..).zip(history) {
        let mut changes = changes.clone();
        changes.sort_by_key(|change| change.second);
        for Change { second, staker, subnet, amount, withdraws } in changes {
            clock::set(midnight(day) + second);
            let (staker, subnet) = (STAKERS[staker], SUBNETS[subnet]);
            let (balance, unlock_at) = suite.alignment.sender(staker).stake_of(subnet, staker);
            let free = if unlock_at <= clock::now() { balance } else { 0 };
            match (withdraws, amount.min(free)) {
                (true, 0) => {}
                (true, amount) => suite.withdraw(subnet, staker, amount),
                (false, _) => suite.stake(subnet, staker, amount),
            }
        }
        clock::set(midnight(day + 1));
        for (subnet, seconds) in SUBNETS.into_iter().zip(served) {
            let counts = suite.alignment.sender(ANYONE).eligible_days(subnet, day, day + 1).motsu_unwrap();
            if *seconds > 0 && !counts.is_zero() {
                suite.serve(subnet, day, *seconds);
            }
        }
    }
    finalise(DAY + DAYS - 1);
    suite
}

/// What everybody is owed: both operators, then each staker by each subnet.
fn owed(suite: &Suite) -> Vec<u128> {
    let operators = SUBNETS.map(|subnet| suite.operator_owed(subnet));
    let stakers = SUBNETS.iter().flat_map(|subnet| STAKERS.map(|staker| suite.staker_owed(*subnet, staker)));
    operators.into_iter().chain(stakers).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Invariants 6 and 10: no day is worth more than its emission, and what is credited is owed but for dust.
    #[test]
    fn what_is_credited_is_owed_but_for_a_wei_a_claim(history in history()) {
        let suite = suite_after(&history);
        for day in DAY - 1..DAY + DAYS {
            let before = suite.credited();
            for subnet in SUBNETS {
                suite.settle(subnet, 1);
            }
            prop_assert!(suite.credited() - before <= compute::emission_of(Day(day)));
        }

        let owed: u128 = owed(&suite).iter().sum();
        prop_assert!(owed <= suite.credited() && suite.credited() - owed <= 6, "{owed} of {}", suite.credited());
    }

    /// Invariants 9 and 12: in which order and rhythm subnets are settled, and who claims meanwhile, changes nothing.
    #[test]
    fn any_order_of_settling_and_claiming_pays_the_same(
        history in history(),
        steps in prop::collection::vec((0..2_usize, 1_u32..5, 0..3_usize), 1..12),
    ) {
        let at_once = suite_after(&history);
        for subnet in SUBNETS {
            at_once.settle(subnet, u32::MAX);
        }
        let expected = owed(&at_once);

        let in_steps = suite_after(&history);
        let mut claims = 0;
        let mut paid = vec![0; expected.len()];
        let steps = steps.into_iter().chain([(0, u32::MAX, 0), (1, u32::MAX, 0)]);
        for (subnet, days, staker) in steps {
            let _ = in_steps.try_settle(SUBNETS[subnet], days);
            paid[2 + 3 * subnet + staker] += in_steps.claim_stake(SUBNETS[subnet], STAKERS[staker]);
            paid[subnet] += in_steps.claim(SUBNETS[subnet]);
            claims += 1;
        }

        prop_assert_eq!(in_steps.credited(), at_once.credited());
        for (index, (found, expected)) in owed(&in_steps).iter().zip(expected).enumerate() {
            let found = found + paid[index];
            prop_assert!(found <= expected && expected - found <= claims, "{found} of {expected} for number {index}");
            prop_assert!(index > 1 || found == expected);
        }
    }
}
