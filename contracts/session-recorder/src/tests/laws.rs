//! The recorder's invariants under any order of openings, closings, recordings and lapses of time.

use mrc53_interfaces::recorder::DayUsage;
use proptest::prelude::*;

use super::{id, open, World, DAY, GRACE_DAYS, HOUR, MIDNIGHT, OTHER_SUBNET, SECONDS_PER_DAY, SUBNET};
use crate::SecondsDropped;
use alloy_sol_types::SolEvent;

const DAYS: std::ops::Range<u32> = DAY..DAY + 40 * 3 + 7;

/// One thing that happens after some time has passed.
#[derive(Clone, Debug)]
enum Step {
    /// Opens the next session, toward one of the two subnets, for so many seconds.
    Open { other: bool, seconds: u64 },
    /// Closes the session of this number, if it is open.
    Close(usize),
    /// Records the session of this number.
    Record(usize),
    /// Records all sessions in one batch.
    RecordAll,
}

fn step() -> impl Strategy<Value = (u64, Step)> {
    let step = prop_oneof![
        3 => (any::<bool>(), 1..7 * SECONDS_PER_DAY).prop_map(|(other, seconds)| Step::Open { other, seconds }),
        2 => (0..8_usize).prop_map(Step::Close),
        3 => (0..8_usize).prop_map(Step::Record),
        1 => Just(Step::RecordAll),
    ];
    let elapsed = prop_oneof![3 => 0..HOUR, 2 => 0..SECONDS_PER_DAY, 1 => 0..3 * SECONDS_PER_DAY];
    (elapsed, step)
}

fn usage_of_both(world: &World, day: u32) -> (DayUsage, DayUsage) {
    (world.usage(SUBNET, day), world.usage(OTHER_SUBNET, day))
}

fn dropped_seconds(world: &World) -> u64 {
    world
        .events()
        .iter()
        .filter_map(|log| SecondsDropped::decode_log_data(log, true).ok())
        .map(|e| e.droppedSeconds)
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn invariants_1_4_and_5_hold_in_any_order_of_events(steps in prop::collection::vec(step(), 1..40)) {
        let world = World::new();
        let mut sessions = Vec::new();
        let mut now = MIDNIGHT;
        let mut final_days: Vec<(u32, (DayUsage, DayUsage))> = Vec::new();

        for (elapsed, step) in steps {
            now += elapsed;
            for day in DAYS.skip(final_days.len()).take_while(|day| u64::from(day + 1 + GRACE_DAYS) * SECONDS_PER_DAY <= now) {
                final_days.push((day, usage_of_both(&world, day)));
            }
            match step {
                Step::Open { other, seconds } => {
                    let subnet = if other { OTHER_SUBNET } else { SUBNET };
                    sessions.push(open(now, now + seconds).by(subnet));
                }
                Step::Close(number) => {
                    if let Some(session) = sessions.get_mut(number).filter(|session| session.closed_at == 0) {
                        *session = session.closed(now);
                    }
                }
                Step::Record(_) | Step::RecordAll => {}
            }
            for (number, session) in sessions.iter().enumerate() {
                world.host(id(number as u64), *session);
            }
            match step {
                Step::Record(number) if number < sessions.len() => {
                    world.record_at(now, id(number as u64)).unwrap();
                }
                Step::RecordAll => {
                    let ids: Vec<_> = (0..sessions.len() as u64).map(id).collect();
                    world.record_many_at(now, &ids);
                }
                _ => {}
            }
        }

        let mut booked = 0;
        for day in DAYS {
            let (ours, theirs) = usage_of_both(&world, day);
            prop_assert_eq!(ours.subnetSeconds + theirs.subnetSeconds, ours.totalSeconds, "invariant 1, day {}", day);
            prop_assert_eq!(ours.subnetSessions + theirs.subnetSessions, ours.totalSessions);
            booked += ours.totalSeconds;
        }
        let accounted: u64 = sessions
            .iter()
            .enumerate()
            .map(|(number, session)| world.session(id(number as u64)).1.saturating_sub(session.opened_at))
            .sum();
        let served: u64 = sessions
            .iter()
            .map(|s| s.ends_at.min(now).min(if s.closed_at == 0 { now } else { s.closed_at }) - s.opened_at)
            .sum();
        prop_assert_eq!(booked + dropped_seconds(&world), accounted, "invariant 4");
        prop_assert!(accounted <= served, "invariant 4: {} of {}", accounted, served);
        for (day, usage) in final_days {
            prop_assert_eq!(usage_of_both(&world, day), usage, "invariant 5, day {}", day);
        }
    }
}
