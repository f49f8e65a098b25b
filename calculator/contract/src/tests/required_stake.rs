//! How much stake a target takes today.

use alloy_primitives::U256;
use motsu::prelude::*;
use mrc53_testing::clock;

use super::{
    held_all_day,
    stand_ins::{Books, Manner},
    World, DAY, MOR, SECONDS, SUBNET,
};
use crate::{AlignmentCallFailed, Error, TargetAboveEmission};

/// E of [`DAY`].
const EMISSION: u128 = 3_231_716_521_361_160_000_000;

#[test]
fn it_reaches_the_target_and_one_wei_less_does_not() {
    let world = World::of_the_proposal();
    let target = 323 * MOR;
    let stake: u128 = world.ask().required_stake(SUBNET, U256::from(target)).motsu_unwrap().to();

    let stake_side_with = |stake: u128| {
        let others = held_all_day(1_080_000);
        Books::stake_day(SUBNET, DAY, stake * 86_400, others + stake * 86_400);
        world.ask().preview(SUBNET).motsu_unwrap().stakeReward
    };
    assert!(stake_side_with(stake) >= target);
    assert!(stake_side_with(stake - 1) < target);
}

#[test]
fn the_subnets_own_stake_of_today_does_not_count_as_others() {
    let world = World::new(SECONDS);
    Books::stake_day(SUBNET, DAY, held_all_day(5_000_000), held_all_day(5_000_000));
    let alone = world.ask().required_stake(SUBNET, U256::from(EMISSION)).motsu_unwrap();
    assert_eq!(alone, U256::from(crate::RewardCalculator::emitted(DAY)));
}

#[test]
fn a_target_of_zero_needs_nothing() {
    let world = World::of_the_proposal();
    assert_eq!(world.ask().required_stake(SUBNET, U256::ZERO).motsu_unwrap(), U256::ZERO);
}

#[test]
fn a_target_above_the_emission_is_refused() {
    let world = World::new(SECONDS);
    world.ask().required_stake(SUBNET, U256::from(EMISSION)).motsu_unwrap();
    for target in [U256::from(EMISSION + 1), U256::from(u128::MAX) + U256::from(1), U256::MAX] {
        let refusal = TargetAboveEmission { target, emission: U256::from(EMISSION) };
        let error = world.ask().required_stake(SUBNET, target).motsu_unwrap_err();
        assert_eq!(error, Error::TargetAboveEmission(refusal));
    }
}

#[test]
fn the_whole_emission_is_refused_while_others_stake() {
    let world = World::of_the_proposal();
    let refusal = TargetAboveEmission { target: U256::from(EMISSION), emission: U256::from(EMISSION) };
    let error = world.ask().required_stake(SUBNET, U256::from(EMISSION)).motsu_unwrap_err();
    assert_eq!(error, Error::TargetAboveEmission(refusal));
}

#[test]
fn after_the_end_of_the_emission_any_target_is_refused() {
    let world = World::of_the_proposal();
    clock::set(25_595 * 86_400 - 1);
    world.ask().required_stake(SUBNET, U256::from(1)).motsu_unwrap();
    clock::set(25_595 * 86_400);
    let refusal = TargetAboveEmission { target: U256::from(1), emission: U256::ZERO };
    let error = world.ask().required_stake(SUBNET, U256::from(1)).motsu_unwrap_err();
    assert_eq!(error, Error::TargetAboveEmission(refusal));
}

#[test]
fn an_alignment_that_reverts_is_named() {
    let world = World::of_the_proposal();
    Books::write(|books| books.alignment = Manner::Reverting);
    let refusal = Error::AlignmentCallFailed(AlignmentCallFailed { alignment: world.alignment.address() });
    assert_eq!(world.ask().required_stake(SUBNET, U256::from(1)).motsu_unwrap_err(), refusal);
}
