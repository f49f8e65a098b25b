//! What the recorder answers of its buckets, and that no calculator can be pointed at it.

use alloy::sol_types::{SolCall, SolError, SolEvent};
use mrc53_abi::SessionRecorder as Stylus;

use super::artifacts::{Hosted, SessionRecorder, UsageBuckets};
use super::world::{GRACE_DAYS, OTHER, PROVIDER, World, id, open};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, TODAY};

/// The second in which `day` becomes final.
fn final_at(day: u32) -> u64 {
    u64::from(day + 1 + GRACE_DAYS) * DAY
}

/// One hour on [`TODAY`], two on the next day, and so on for six days.
fn a_week_of_usage() -> World {
    let mut world = World::new();
    for day in 0..6 {
        let midnight = MIDNIGHT + day * DAY;
        world.host(id(day), open(midnight, midnight + (day + 1) * HOUR));
        world.record_at(midnight + DAY, id(day)).unwrap();
    }
    world
}

fn final_hosted_at(world: &mut World, now: u64, from_day: u32, to_day: u32) -> Vec<Hosted> {
    world.view_at(now, &SessionRecorder::finalHostedCall { subnet: PROVIDER, fromDay: from_day, toDay: to_day })
}

#[test]
fn what_was_hosted_finally_is_what_was_hosted_day_by_day() {
    let mut world = a_week_of_usage();

    for (from_day, to_day) in [(TODAY, TODAY + 6), (TODAY + 1, TODAY + 6), (TODAY - 2, TODAY + 5)] {
        let days: Vec<_> = (from_day..to_day).map(|day| world.booked(day)).collect();
        let finally = final_hosted_at(&mut world, final_at(TODAY + 6), from_day, to_day);
        assert_eq!(finally.iter().map(|day| (day.sessionSeconds, day.sessions)).collect::<Vec<_>>(), days);
    }
    assert_eq!(world.booked(TODAY + 5), (6 * HOUR, 1));
}

#[test]
fn what_was_hosted_finally_ends_before_the_first_day_that_is_not_final() {
    let mut world = a_week_of_usage();

    let times = [(final_at(TODAY + 3) - 1, 3), (final_at(TODAY + 3), 4), (final_at(TODAY + 3) + 1, 4)];
    for (now, days) in times {
        assert_eq!(final_hosted_at(&mut world, now, TODAY, TODAY + 6).len(), days);
    }
}

#[test]
fn an_empty_reversed_or_future_range_is_answered_with_nothing() {
    let mut world = a_week_of_usage();

    for (from_day, to_day) in [(TODAY, TODAY), (TODAY + 1, TODAY), (u32::MAX, 0), (u32::MAX - 1, u32::MAX)] {
        assert_eq!(final_hosted_at(&mut world, final_at(TODAY + 6), from_day, to_day), []);
    }
    assert_eq!(final_hosted_at(&mut world, final_at(TODAY + 6), TODAY + 5, u32::MAX).len(), 2);
}

#[test]
fn a_day_or_a_subnet_without_sessions_has_hosted_nothing() {
    let mut world = a_week_of_usage();

    assert_eq!((world.booked(TODAY - 1), world.booked(u32::MAX), world.hosted(OTHER, TODAY)), ((0, 0), (0, 0), (0, 0)));
}

#[test]
fn neither_contract_answers_what_a_calculator_asks_a_recorder() {
    let asked = [Stylus::usageOfCall::SELECTOR, Stylus::finalUsageCall::SELECTOR];
    let answered: Vec<[u8; 4]> = SessionRecorder::SessionRecorderCalls::SELECTORS
        .iter()
        .chain(UsageBuckets::UsageBucketsCalls::SELECTORS)
        .copied()
        .collect();

    assert!(answered.contains(&Stylus::recordCall::SELECTOR));
    assert!(asked.iter().all(|selector| !answered.contains(selector)));
}

#[test]
fn calls_events_and_errors_that_both_recorders_have_are_the_same() {
    let calls = [
        (SessionRecorder::recordCall::SELECTOR, Stylus::recordCall::SELECTOR),
        (SessionRecorder::recordManyCall::SELECTOR, Stylus::recordManyCall::SELECTOR),
        (SessionRecorder::sessionCall::SELECTOR, Stylus::sessionCall::SELECTOR),
        (SessionRecorder::firstOpenDayCall::SELECTOR, Stylus::firstOpenDayCall::SELECTOR),
        (SessionRecorder::sourceCall::SELECTOR, Stylus::sourceCall::SELECTOR),
        (SessionRecorder::graceDaysCall::SELECTOR, Stylus::graceDaysCall::SELECTOR),
    ];
    let errors = [
        (SessionRecorder::SessionUnknown::SELECTOR, Stylus::SessionUnknown::SELECTOR),
        (SessionRecorder::SessionTimesInvalid::SELECTOR, Stylus::SessionTimesInvalid::SELECTOR),
        (SessionRecorder::SourceCallFailed::SELECTOR, Stylus::SourceCallFailed::SELECTOR),
        (SessionRecorder::BucketOverflow::SELECTOR, Stylus::BucketOverflow::SELECTOR),
        (SessionRecorder::ZeroAddress::SELECTOR, Stylus::ZeroAddress::SELECTOR),
        (SessionRecorder::GraceTooLong::SELECTOR, Stylus::GraceTooLong::SELECTOR),
    ];
    let events = [
        (SessionRecorder::SessionBooked::SIGNATURE_HASH, Stylus::SessionBooked::SIGNATURE_HASH),
        (SessionRecorder::SecondsDropped::SIGNATURE_HASH, Stylus::SecondsDropped::SIGNATURE_HASH),
        (SessionRecorder::RecordSkipped::SIGNATURE_HASH, Stylus::RecordSkipped::SIGNATURE_HASH),
    ];

    assert!(calls.into_iter().chain(errors).all(|(base, stylus)| base == stylus));
    assert!(events.into_iter().all(|(base, stylus)| base == stylus));
}
