//! The numbers in MRC-53's own text, both versions.

use mrc53_maths::{
    apr, compute::emission_of, compute::emitted_by_end_of, reward, Binds, Day, RewardInputs, Weight, COMPUTE,
};

use crate::{held_all_day, MOR};

/// 2025-02-21, the day whose emission version 2 quotes as 3,231 MOR.
const V2_DAY: Day = Day(20_140);

#[test]
fn v2_example_with_the_proposals_round_numbers_pays_323_1_mor() {
    let breakdown = reward(&RewardInputs {
        emission: 3_231 * MOR,
        emitted: 1_200_000 * MOR,
        subnet_weight: 10_000,
        total_weight: 100_000,
        subnet_stake_seconds: held_all_day(120_000),
        total_stake_seconds: held_all_day(120_000),
    });
    assert_eq!(breakdown.usage_reward, 323_100_000_000_000_000_000);
    assert_eq!(breakdown.stake_reward, 323_100_000_000_000_000_000);
    assert_eq!(breakdown.payable, 323_100_000_000_000_000_000);
    assert_eq!(breakdown.binds, Binds::None);
}

#[test]
fn v2_example_on_its_own_day_is_capped_by_stake_at_305_601083255596990795_mor() {
    let breakdown = reward(&RewardInputs {
        emission: emission_of(V2_DAY),
        emitted: emitted_by_end_of(V2_DAY),
        subnet_weight: 10_000,
        total_weight: 100_000,
        subnet_stake_seconds: held_all_day(120_000),
        total_stake_seconds: held_all_day(1_200_000),
    });
    assert_eq!(breakdown.usage_reward, 323_171_652_136_116_000_000);
    assert_eq!(breakdown.stake_reward, 305_601_083_255_596_990_795);
    assert_eq!(breakdown.payable, 305_601_083_255_596_990_795);
    assert_eq!(breakdown.binds, Binds::Stake);
}

#[test]
fn v1_example_by_session_count_pays_325_4_mor() {
    let breakdown = reward(&RewardInputs {
        emission: 3_254 * MOR,
        emitted: 1_200_000 * MOR,
        subnet_weight: Weight::Sessions.of(7_200, 100),
        total_weight: Weight::Sessions.of(36_000, 1_000),
        subnet_stake_seconds: held_all_day(120_000),
        total_stake_seconds: held_all_day(120_000),
    });
    assert_eq!(breakdown.usage_reward, 325_400_000_000_000_000_000);
    assert_eq!(breakdown.payable, 325_400_000_000_000_000_000);
}

#[test]
fn the_quoted_daily_emissions_are_those_of_their_interval_days() {
    assert_eq!(emission_of(V2_DAY) / MOR, 3_231);
    assert_eq!(emission_of(Day(20_102)) / MOR, 3_254);
}

#[test]
fn the_quoted_1_200_000_mor_were_emitted_on_2025_01_31() {
    assert!(emitted_by_end_of(Day(20_118)) < 1_200_000 * MOR);
    assert!(emitted_by_end_of(Day(20_119)) > 1_200_000 * MOR);
}

/// The simple annual rate in tenths of a percent, rounded to the nearest.
fn apr_in_tenths(emission: u128, emitted: u128) -> u128 {
    (apr(emission, emitted, 0) + 500_000_000_000_000) / 1_000_000_000_000_000
}

#[test]
fn the_quoted_75_percent_is_98_3_with_the_proposals_numbers() {
    assert_eq!(apr_in_tenths(3_231 * MOR, 1_200_000 * MOR), 983);
}

#[test]
fn at_noon_the_annual_rate_falls_to_93_1_then_75_7_then_32_5_percent() {
    let rate_on = |day| {
        let noon = Day(day).start() + 43_200;
        let interval = COMPUTE.period_reward(noon, noon + 86_400);
        apr_in_tenths(interval.to(), COMPUTE.period_reward(0, noon).to())
    };
    assert_eq!(rate_on(20_140), 931);
    assert_eq!(rate_on(20_223), 757);
    assert_eq!(rate_on(20_777), 325);
}

#[test]
fn over_a_utc_day_the_annual_rate_of_2025_02_21_is_93_0_percent() {
    assert_eq!(apr_in_tenths(emission_of(V2_DAY), emitted_by_end_of(V2_DAY)), 930);
}

#[test]
fn a_stake_exceeds_the_most_it_can_earn_in_a_year_for_years_that_begin_from_2024_08_28_on() {
    let stake = 10_000;
    let earned_in_a_year_from = |first: u32| -> u128 {
        let of_day = |day| {
            reward(&RewardInputs {
                emission: emission_of(Day(day)),
                emitted: emitted_by_end_of(Day(day)),
                subnet_weight: 1,
                total_weight: 1,
                subnet_stake_seconds: held_all_day(stake),
                total_stake_seconds: held_all_day(stake),
            })
        };
        (first..first + 365).map(|day| of_day(day).stake_reward).sum()
    };
    assert!(earned_in_a_year_from(19_962) > stake * MOR);
    assert!(earned_in_a_year_from(19_963) < stake * MOR);
}
