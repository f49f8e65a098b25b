//! The formula on recorded settlements and at its edges.

use mrc53_maths::{compute::emission_of, compute::emitted_by_end_of, reward, Binds, Day, RewardInputs};

use crate::{held_all_day, vectors, MOR};

/// A day on which both sides are worth 100 MOR to the subnet.
fn balanced() -> RewardInputs {
    RewardInputs {
        emission: 1_000 * MOR,
        emitted: 10_000 * MOR,
        subnet_weight: 10,
        total_weight: 100,
        subnet_stake_seconds: held_all_day(1_000),
        total_stake_seconds: held_all_day(5_000),
    }
}

#[test]
fn every_recorded_settlement_is_equal_to_the_wei() {
    for settlement in vectors::settlement().settlements {
        let name = &settlement.name;
        let day = Day(settlement.day);
        assert_eq!(emission_of(day), settlement.emission, "{name}");
        assert_eq!(emitted_by_end_of(day), settlement.cumulative_at_day_end, "{name}");

        let mut unpaid = settlement.emission;
        for subnet in settlement.subnets {
            let breakdown = reward(&RewardInputs {
                emission: emission_of(day),
                emitted: emitted_by_end_of(day),
                subnet_weight: subnet.seconds,
                total_weight: settlement.total_seconds,
                subnet_stake_seconds: subnet.stake * 86_400,
                total_stake_seconds: settlement.total_stake * 86_400,
            });
            assert_eq!(breakdown.usage_reward, subnet.usage_reward, "{name}");
            assert_eq!(breakdown.stake_reward, subnet.stake_reward, "{name}");
            assert_eq!(breakdown.payable, subnet.payout, "{name}");
            unpaid -= breakdown.payable;
        }
        assert_eq!(unpaid, settlement.undistributed, "{name}");
    }
}

#[test]
fn equal_sides_bind_neither() {
    let breakdown = reward(&balanced());
    assert_eq!((breakdown.payable, breakdown.binds), (100 * MOR, Binds::None));
}

#[test]
fn a_second_less_makes_usage_bind() {
    let breakdown = reward(&RewardInputs { subnet_weight: 9, ..balanced() });
    assert_eq!((breakdown.payable, breakdown.binds), (90 * MOR, Binds::Usage));
}

#[test]
fn a_wei_second_less_makes_stake_bind() {
    let inputs = balanced();
    let stake_seconds = inputs.subnet_stake_seconds - 1;
    let breakdown = reward(&RewardInputs { subnet_stake_seconds: stake_seconds, ..inputs });
    assert_eq!((breakdown.payable, breakdown.binds), (100 * MOR - 1, Binds::Stake));
}

#[test]
fn stake_is_measured_against_emission_until_more_is_staked_than_emitted() {
    let at = |total| reward(&RewardInputs { total_stake_seconds: total, ..balanced() }).stake_reward;
    let emitted = held_all_day(10_000);
    assert_eq!(at(emitted - 1), 100 * MOR);
    assert_eq!(at(emitted), 100 * MOR);
    assert_eq!(at(emitted + 1), 100 * MOR - 1);
    assert_eq!(at(2 * emitted), 50 * MOR);
}

#[test]
fn a_day_without_sessions_pays_nothing() {
    let breakdown = reward(&RewardInputs { subnet_weight: 0, total_weight: 0, ..balanced() });
    assert_eq!((breakdown.usage_reward, breakdown.payable, breakdown.binds), (0, 0, Binds::Usage));
}

#[test]
fn a_day_without_stake_pays_nothing() {
    let breakdown = reward(&RewardInputs { subnet_stake_seconds: 0, total_stake_seconds: 0, ..balanced() });
    assert_eq!((breakdown.stake_reward, breakdown.payable, breakdown.binds), (0, 0, Binds::Stake));
}

#[test]
fn a_day_without_emission_pays_nothing() {
    let breakdown = reward(&RewardInputs { emission: 0, ..balanced() });
    assert_eq!((breakdown.payable, breakdown.binds), (0, Binds::None));
}

#[test]
fn before_the_launch_nothing_is_divided_by_zero() {
    let nothing = RewardInputs::default();
    assert_eq!(reward(&nothing).payable, 0);
}

#[test]
fn inconsistent_books_never_pay_more_than_the_emission() {
    let breakdown = reward(&RewardInputs {
        emission: u128::MAX,
        emitted: u128::MAX,
        subnet_weight: u64::MAX,
        total_weight: 1,
        subnet_stake_seconds: u128::MAX,
        total_stake_seconds: 1,
    });
    assert_eq!(breakdown.payable, u128::MAX);
}
