//! Required stake, the bound on a credit, the annual rate.

use mrc53_maths::{
    apr, compute::emission_of, compute::emitted_by_end_of, credit_bound, required_stake, reward, Day, RewardInputs,
    APR_PRECISION, U256,
};
use proptest::prelude::*;

use crate::{held_all_day, MOR};

/// The stake side of a subnet that holds `stake` wei all day beside `others` stake-seconds.
fn stake_side(emission: u128, emitted: u128, stake: u128, others: u128) -> u128 {
    reward(&RewardInputs {
        emission,
        emitted,
        subnet_stake_seconds: stake * 86_400,
        total_stake_seconds: stake * 86_400 + others,
        ..RewardInputs::default()
    })
    .stake_reward
}

#[test]
fn a_target_of_zero_needs_no_stake() {
    assert_eq!(required_stake(0, 1_000, 1_000, 5), Some(U256::ZERO));
    assert_eq!(required_stake(0, 0, 0, 0), Some(U256::ZERO));
}

#[test]
fn a_target_above_the_emission_is_out_of_reach() {
    assert!(required_stake(1_000, 1_000, 50_000, 0).is_some());
    assert_eq!(required_stake(1_001, 1_000, 50_000, 0), None);
    assert_eq!(required_stake(1, 0, 50_000, 0), None);
}

#[test]
fn the_whole_emission_is_out_of_reach_while_others_stake() {
    assert_eq!(required_stake(1_000, 1_000, 50_000, 1), None);
    assert!(required_stake(999, 1_000, 50_000, 1).is_some());
}

#[test]
fn where_nothing_is_emitted_yet_one_wei_has_everything() {
    assert_eq!(required_stake(7, 1_000, 0, 0), Some(U256::from(1)));
}

#[test]
fn the_proposals_323_mor_need_126_899_mor_on_its_day() {
    let day = Day(20_140);
    let target = emission_of(day) / 10;
    let stake = required_stake(target, emission_of(day), emitted_by_end_of(day), 0).unwrap();
    assert_eq!(stake, U256::from(emitted_by_end_of(day).div_ceil(10)));
    assert_eq!(stake / U256::from(MOR), U256::from(126_899));
}

#[test]
fn others_stake_counts_once_it_exceeds_the_emission() {
    // Half of all rewards need as much stake as all others hold.
    let stake = required_stake(500, 1_000, 10 * MOR, held_all_day(20)).unwrap();
    assert_eq!(stake, U256::from(20 * MOR));
}

#[test]
fn without_stake_nothing_can_be_credited() {
    assert_eq!(credit_bound(1_000, 10, 0), 0);
    assert_eq!(credit_bound(1_000, 0, 1), 0);
}

#[test]
fn a_credit_is_bounded_by_the_emission() {
    assert_eq!(credit_bound(1_000, 10, 10 * 86_400 - 1), 999);
    assert_eq!(credit_bound(1_000, 10, 10 * 86_400), 1_000);
    assert_eq!(credit_bound(1_000, 10, u128::MAX), 1_000);
}

#[test]
fn the_annual_rate_is_zero_where_nothing_is_emitted_or_staked() {
    assert_eq!(apr(1_000, 0, 0), 0);
    assert_eq!(apr(0, 1_000, 0), 0);
}

#[test]
fn the_annual_rate_falls_when_more_is_staked_than_emitted() {
    assert_eq!(apr(MOR, 365 * MOR, held_all_day(365)), APR_PRECISION);
    assert_eq!(apr(MOR, 365 * MOR, held_all_day(730)), APR_PRECISION / 2);
}

#[test]
fn the_annual_rate_of_absurd_inputs_saturates() {
    assert_eq!(apr(u128::MAX, 1, 0), u128::MAX);
}

proptest! {
    #[test]
    fn the_required_stake_reaches_the_target_and_one_wei_less_does_not(
        emission in 1..1_u128 << 72,
        emitted in 0..1_u128 << 84,
        others in prop_oneof![Just(0), 0..1_u128 << 104],
        part in 0..=u128::MAX,
    ) {
        let target = part % emission;
        let stake = required_stake(target, emission, emitted, others).unwrap();
        // Beyond what fits a day's stake-seconds nobody can stake.
        prop_assume!(stake < U256::from(1_u128 << 110));
        let stake = u128::try_from(stake).unwrap();
        prop_assert!(stake_side(emission, emitted, stake, others) >= target);
        if stake > 0 {
            prop_assert!(stake_side(emission, emitted, stake - 1, others) < target);
        }
    }

    #[test]
    fn no_arguments_panic(target: u128, emission: u128, emitted: u128, seconds: u128) {
        let _ = required_stake(target, emission, emitted, seconds);
        let _ = apr(emission, emitted, seconds);
        prop_assert!(credit_bound(emission, emitted, seconds) <= emission);
    }
}
