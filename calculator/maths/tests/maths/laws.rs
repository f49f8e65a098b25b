//! The design's invariants 6 and 7 as laws over random days.

use mrc53_maths::{reward, RewardInputs};
use proptest::prelude::*;

/// A subnet's work and stake-seconds on a day.
type Subnet = (u64, u128);

/// A day: emission, emitted by its end, and its subnets.
fn day() -> impl Strategy<Value = (u128, u128, Vec<Subnet>)> {
    let small = || (0..5_u64, 0..5_u128);
    let real = || (0..1_u64 << 50, 0..1_u128 << 98);
    (
        prop_oneof![0..10_u128, 0..1_u128 << 72],
        prop_oneof![0..3_u128, 0..1_u128 << 84],
        prop_oneof![prop::collection::vec(small(), 1..8), prop::collection::vec(real(), 1..32),],
    )
}

fn inputs_of(emission: u128, emitted: u128, subnet: Subnet, all: &[Subnet]) -> RewardInputs {
    RewardInputs {
        emission,
        emitted,
        subnet_weight: subnet.0,
        total_weight: all.iter().map(|each| each.0).sum(),
        subnet_stake_seconds: subnet.1,
        total_stake_seconds: all.iter().map(|each| each.1).sum(),
    }
}

fn payable(emission: u128, emitted: u128, subnet: Subnet, all: &[Subnet]) -> u128 {
    reward(&inputs_of(emission, emitted, subnet, all)).payable
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn invariant_6_all_rewards_of_a_day_add_up_to_at_most_the_emission(
        (emission, emitted, subnets) in day(),
    ) {
        let paid: u128 =
            subnets.iter().map(|&subnet| payable(emission, emitted, subnet, &subnets)).sum();
        prop_assert!(paid <= emission);
    }

    #[test]
    fn invariant_6_the_payable_amount_is_the_smaller_side((emission, emitted, subnets) in day()) {
        let breakdown = reward(&inputs_of(emission, emitted, subnets[0], &subnets));
        prop_assert!(breakdown.payable <= breakdown.usage_reward);
        prop_assert!(breakdown.payable <= breakdown.stake_reward);
        prop_assert_eq!(breakdown.payable, breakdown.usage_reward.min(breakdown.stake_reward));
        prop_assert_eq!(breakdown.emission, emission);
    }

    #[test]
    fn invariant_6_holds_for_any_inputs(
        emission: u128, emitted: u128, subnet_weight: u64, total_weight: u64,
        subnet_stake_seconds: u128, total_stake_seconds: u128,
    ) {
        let breakdown = reward(&RewardInputs {
            emission, emitted, subnet_weight, total_weight, subnet_stake_seconds, total_stake_seconds,
        });
        prop_assert!(breakdown.usage_reward <= emission && breakdown.stake_reward <= emission);
    }

    #[test]
    fn invariant_7_splitting_a_subnet_never_raises_its_sum(
        (emission, emitted, mut subnets) in day(), work in any::<u64>(), stake in any::<u128>(),
    ) {
        let whole = subnets[0];
        let one = (work % (whole.0 + 1), stake % (whole.1 + 1));
        let other = (whole.0 - one.0, whole.1 - one.1);
        let before = payable(emission, emitted, whole, &subnets);

        subnets[0] = one;
        subnets.push(other);
        let after = payable(emission, emitted, one, &subnets)
            + payable(emission, emitted, other, &subnets);

        prop_assert!(after <= before);
    }

    #[test]
    fn more_work_never_earns_less((emission, emitted, mut subnets) in day(), more in 0..1_u64 << 50) {
        let before = payable(emission, emitted, subnets[0], &subnets);
        subnets[0].0 += more;
        prop_assert!(payable(emission, emitted, subnets[0], &subnets) >= before);
    }

    #[test]
    fn more_stake_never_earns_less(
        (emission, emitted, mut subnets) in day(), more in 0..1_u128 << 98,
    ) {
        let before = payable(emission, emitted, subnets[0], &subnets);
        subnets[0].1 += more;
        prop_assert!(payable(emission, emitted, subnets[0], &subnets) >= before);
    }
}
