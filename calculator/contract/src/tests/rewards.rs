//! A range of days for settlement.

use motsu::prelude::*;

use super::{
    held_all_day,
    stand_ins::{Books, Manner, Mute},
    World, DAY, SUBNET,
};
use crate::{AlignmentCallFailed, Error, RecorderCallFailed, MAX_DAYS};

/// Ten days from [`DAY`] on, each with other usage and stake; all final.
fn ten_days() -> World {
    let world = World::of_the_proposal();
    for day in DAY..DAY + 10 {
        let k = day - DAY + 1;
        Books::use_day(SUBNET, day, (u64::from(k) * 100, 10_000), (0, 0));
        Books::stake_day(SUBNET, day, held_all_day(60_000), held_all_day(900_000));
    }
    Books::write(|books| books.first_open_day = DAY + 10);
    world
}

#[test]
fn each_day_pays_what_the_reward_of_that_day_says() {
    let world = ten_days();
    let rewards = world.ask().rewards(SUBNET, DAY, DAY + 10).motsu_unwrap();
    let one_by_one: Vec<u128> =
        (DAY..DAY + 10).map(|day| world.ask().reward(SUBNET, day).motsu_unwrap().payableWei).collect();
    assert_eq!(rewards, one_by_one);
    assert!(rewards.windows(2).any(|pair| pair[0] != pair[1]));
}

#[test]
fn the_answer_ends_before_the_first_day_that_is_not_final() {
    let world = ten_days();
    let all = world.ask().rewards(SUBNET, DAY, DAY + 10).motsu_unwrap();
    for (first_open_day, days) in [(DAY + 4, 4), (DAY + 9, 9), (DAY + 10, 10), (DAY + 11, 10)] {
        Books::write(|books| books.first_open_day = first_open_day);
        let rewards = world.ask().rewards(SUBNET, DAY, DAY + 10).motsu_unwrap();
        assert_eq!(rewards, all[..days]);
    }
}

#[test]
fn where_no_day_is_final_the_answer_is_empty_and_no_stake_is_asked_for() {
    let world = ten_days();
    Books::write(|books| (books.first_open_day, books.alignment) = (DAY, Manner::Reverting));
    assert!(world.ask().rewards(SUBNET, DAY, DAY + 10).motsu_unwrap().is_empty());
}

#[test]
fn an_empty_or_reversed_range_is_empty_and_nobody_is_asked() {
    let world = ten_days();
    Books::silence();
    assert!(world.ask().rewards(SUBNET, DAY, DAY).motsu_unwrap().is_empty());
    assert!(world.ask().rewards(SUBNET, DAY + 1, DAY).motsu_unwrap().is_empty());
    assert!(world.ask().rewards(SUBNET, u32::MAX, 0).motsu_unwrap().is_empty());
}

#[test]
fn a_range_to_the_end_of_time_costs_no_more_than_its_final_days() {
    let world = ten_days();
    assert_eq!(world.ask().rewards(SUBNET, DAY, u32::MAX).motsu_unwrap().len(), 10);
}

#[test]
fn an_answer_is_cut_after_its_most_days() {
    let world = ten_days();
    Books::write(|books| books.first_open_day = DAY + MAX_DAYS + 1);
    let days_up_to = |to_day| world.ask().rewards(SUBNET, DAY, to_day).motsu_unwrap().len();
    let most = MAX_DAYS as usize;
    assert_eq!(days_up_to(DAY + MAX_DAYS - 1), most - 1);
    assert_eq!(days_up_to(DAY + MAX_DAYS), most);
    assert_eq!(days_up_to(DAY + MAX_DAYS + 1), most);
}

#[test]
fn days_after_the_end_of_the_emission_pay_nothing() {
    let world = World::of_the_proposal();
    for day in 25_594..25_597 {
        Books::use_day(SUBNET, day, (1, 1), (1, 1));
        Books::stake_day(SUBNET, day, held_all_day(20_000_000), held_all_day(20_000_000));
    }
    Books::write(|books| books.first_open_day = 25_597);
    let rewards = world.ask().rewards(SUBNET, 25_594, 25_597).motsu_unwrap();
    assert_eq!(rewards, [98_748_452_160_000_000, 0, 0]);
}

#[test]
fn a_recorder_that_reverts_or_answers_too_many_days_is_named() {
    let world = ten_days();
    let refusal = Error::RecorderCallFailed(RecorderCallFailed { recorder: world.recorder.address() });
    for manner in [Manner::Reverting, Manner::OneDayTooMany] {
        Books::write(|books| books.recorder = manner);
        assert_eq!(world.ask().rewards(SUBNET, DAY, DAY + 10).motsu_unwrap_err(), refusal);
    }
}

#[test]
fn an_alignment_that_reverts_or_answers_another_number_of_days_is_named() {
    let world = ten_days();
    let refusal = Error::AlignmentCallFailed(AlignmentCallFailed { alignment: world.alignment.address() });
    for manner in [Manner::Reverting, Manner::OneDayTooMany, Manner::OneDayTooFew] {
        Books::write(|books| books.alignment = manner);
        assert_eq!(world.ask().rewards(SUBNET, DAY, DAY + 10).motsu_unwrap_err(), refusal);
    }
}

#[test]
fn those_without_an_answer_are_named() {
    let mute = Contract::<Mute>::new();
    let world = World::with_mute(Some(&mute), None);
    let refusal = Error::RecorderCallFailed(RecorderCallFailed { recorder: mute.address() });
    assert_eq!(world.ask().rewards(SUBNET, DAY, DAY + 1).motsu_unwrap_err(), refusal);

    let world = World::with_mute(None, Some(&mute));
    Books::write(|books| books.first_open_day = DAY + 1);
    let refusal = Error::AlignmentCallFailed(AlignmentCallFailed { alignment: mute.address() });
    assert_eq!(world.ask().rewards(SUBNET, DAY, DAY + 1).motsu_unwrap_err(), refusal);
}
