//! One subnet on one day.

use alloy_primitives::Address;
use motsu::prelude::*;
use mrc53_interfaces::calculator::RewardBreakdown;
use mrc53_testing::clock;

use super::{
    held_all_day,
    stand_ins::{Books, Manner, Mute},
    World, DAY, SECONDS, SESSIONS, SUBNET,
};
use crate::{AlignmentCallFailed, Error, RecorderCallFailed};

#[test]
fn the_proposals_subnet_is_capped_by_its_stake() {
    let world = World::of_the_proposal();
    let expected = RewardBreakdown {
        emission: 3_231_716_521_361_160_000_000,
        usageReward: 323_171_652_136_116_000_000,
        stakeReward: 305_601_083_255_596_990_795,
        payableWei: 305_601_083_255_596_990_795,
        binds: 2,
    };
    assert_eq!(world.ask().reward(SUBNET, DAY).motsu_unwrap(), expected);
}

#[test]
fn with_stake_enough_usage_binds() {
    let world = World::of_the_proposal();
    Books::stake_day(SUBNET, DAY, held_all_day(130_000), held_all_day(1_210_000));
    let breakdown = world.ask().reward(SUBNET, DAY).motsu_unwrap();
    assert_eq!(breakdown.payableWei, 323_171_652_136_116_000_000);
    assert_eq!(breakdown.binds, 1);
}

#[test]
fn equal_sides_bind_neither() {
    let world = World::of_the_proposal();
    Books::stake_day(SUBNET, DAY, held_all_day(200_000), held_all_day(2_000_000));
    let breakdown = world.ask().reward(SUBNET, DAY).motsu_unwrap();
    assert_eq!(breakdown.payableWei, breakdown.usageReward);
    assert_eq!(breakdown.payableWei, breakdown.stakeReward);
    assert_eq!(breakdown.binds, 0);
}

#[test]
fn version_1_counts_sessions_and_version_2_seconds() {
    let usage_by = |weight| {
        let world = World::new(weight);
        Books::use_day(SUBNET, DAY, (10, 100), (1, 4));
        world.ask().reward(SUBNET, DAY).motsu_unwrap().usageReward
    };
    assert_eq!(usage_by(SECONDS), 3_231_716_521_361_160_000_000 / 10);
    assert_eq!(usage_by(SESSIONS), 3_231_716_521_361_160_000_000 / 4);
}

#[test]
fn each_subnet_and_each_day_has_its_own_figures() {
    let world = World::of_the_proposal();
    let other = Address::repeat_byte(0x33);
    assert_eq!(world.ask().reward(other, DAY).motsu_unwrap().payableWei, 0);
    assert_eq!(world.ask().reward(SUBNET, DAY - 1).motsu_unwrap().payableWei, 0);
    assert_eq!(world.ask().reward(SUBNET, DAY + 1).motsu_unwrap().payableWei, 0);
}

#[test]
fn a_day_without_emission_is_all_zeros_and_nobody_is_asked() {
    let world = World::of_the_proposal();
    Books::silence();
    for day in [0, 19_760, 25_595, u32::MAX] {
        assert_eq!(world.ask().reward(SUBNET, day).motsu_unwrap(), RewardBreakdown::default());
    }
    for day in [19_761, 25_594] {
        world.ask().reward(SUBNET, day).motsu_unwrap_err();
    }
}

#[test]
fn the_preview_is_of_the_running_day() {
    let world = World::of_the_proposal();
    let midnight = u64::from(DAY) * 86_400;
    let preview_at = |now| {
        clock::set(now);
        world.ask().preview(SUBNET).motsu_unwrap().payableWei
    };
    let payable = 305_601_083_255_596_990_795;
    assert_eq!(preview_at(midnight - 1), 0);
    assert_eq!(preview_at(midnight), payable);
    assert_eq!(preview_at(midnight + 86_399), payable);
    assert_eq!(preview_at(midnight + 86_400), 0);
}

#[test]
fn a_recorder_that_reverts_is_named() {
    let world = World::of_the_proposal();
    Books::write(|books| books.recorder = Manner::Reverting);
    let refusal = Error::RecorderCallFailed(RecorderCallFailed { recorder: world.recorder.address() });
    assert_eq!(world.ask().reward(SUBNET, DAY).motsu_unwrap_err(), refusal);
    assert_eq!(world.ask().preview(SUBNET).motsu_unwrap_err(), refusal);
}

#[test]
fn an_alignment_that_reverts_is_named() {
    let world = World::of_the_proposal();
    Books::write(|books| books.alignment = Manner::Reverting);
    let refusal = Error::AlignmentCallFailed(AlignmentCallFailed { alignment: world.alignment.address() });
    assert_eq!(world.ask().reward(SUBNET, DAY).motsu_unwrap_err(), refusal);
    assert_eq!(world.ask().preview(SUBNET).motsu_unwrap_err(), refusal);
}

#[test]
fn an_alignment_with_another_number_of_days_is_named() {
    let world = World::of_the_proposal();
    let refusal = Error::AlignmentCallFailed(AlignmentCallFailed { alignment: world.alignment.address() });
    for manner in [Manner::OneDayTooMany, Manner::OneDayTooFew] {
        Books::write(|books| books.alignment = manner);
        assert_eq!(world.ask().reward(SUBNET, DAY).motsu_unwrap_err(), refusal);
    }
}

#[test]
fn a_recorder_without_an_answer_is_named() {
    let mute = Contract::<Mute>::new();
    let world = World::with_mute(Some(&mute), None);
    let refusal = Error::RecorderCallFailed(RecorderCallFailed { recorder: mute.address() });
    assert_eq!(world.ask().reward(SUBNET, DAY).motsu_unwrap_err(), refusal);
}

#[test]
fn an_alignment_without_an_answer_is_named() {
    let mute = Contract::<Mute>::new();
    let world = World::with_mute(None, Some(&mute));
    let refusal = Error::AlignmentCallFailed(AlignmentCallFailed { alignment: mute.address() });
    assert_eq!(world.ask().reward(SUBNET, DAY).motsu_unwrap_err(), refusal);
}
