use core::cell::Cell;
use std::vec::Vec;

use proptest::prelude::*;

use super::{checkpoint, count, Cursor};
use crate::{checkpoint::Checkpoint, level::Level};

/// A level whose balance became `day` wei on each of `days`.
struct Past(Vec<Checkpoint>);

impl Past {
    fn of(days: &[u16]) -> Self {
        let checkpoint = |day: &u16| Checkpoint { balance: u128::from(*day), stake_seconds: 1, day: *day };
        Self(days.iter().map(checkpoint).collect())
    }

    fn level(&self) -> Level {
        let Some(latest) = self.0.last() else { return Level::default() };
        Level { checkpoint: *latest, history_len: self.0.len() as u16 - 1, mark: 0 }
    }

    fn read(&self, number: u32) -> Checkpoint {
        assert!(number < u32::from(self.level().history_len), "only history is read");
        self.0[number as usize]
    }

    /// The checkpoint of a number, by `read` unless it is the latest; nobody asks for one that is not there.
    fn entry(&self, number: u32, read: impl Fn(u32) -> Checkpoint) -> Checkpoint {
        assert!(number < count(self.level()), "only what there is is read");
        checkpoint(self.level(), number, read)
    }

    fn cursor(&self, day: u32, read: impl Fn(u32) -> Checkpoint) -> Cursor<Checkpoint> {
        Cursor::at(count(self.level()), day, |number| self.entry(number, &read))
    }

    fn stake_seconds_on(&self, day: u32) -> u128 {
        let in_force = self.0.iter().rev().find(|checkpoint| u32::from(checkpoint.day) <= day);
        in_force.map_or(0, |checkpoint| checkpoint.stake_seconds_on(day))
    }
}

#[test]
fn a_level_that_never_changed_has_no_stake_seconds_and_no_changes() {
    let past = Past::of(&[]);

    let cursor = past.cursor(20_140, |number| past.read(number));

    assert_eq!(cursor.stake_seconds(20_140), 0);
    assert!(!cursor.changed(20_140));
    assert_eq!(count(past.level()), 0);
}

#[test]
fn a_registered_subnet_without_stake_has_no_changes() {
    assert_eq!(count(Level { mark: 20_140, ..Level::default() }), 0);
}

#[test]
fn a_day_is_found_at_the_change_before_it_and_after_it() {
    let past = Past::of(&[100, 200, 300]);

    for (day, stake_seconds, changed) in [
        (99, 0, false),
        (100, 1, true),
        (101, 100 * 86_400, false),
        (199, 100 * 86_400, false),
        (200, 1, true),
        (300, 1, true),
        (301, 300 * 86_400, false),
    ] {
        let cursor = past.cursor(day, |number| past.read(number));
        assert_eq!((cursor.stake_seconds(day), cursor.changed(day)), (stake_seconds, changed), "day {day}");
    }
}

#[test]
fn the_present_costs_no_read() {
    let past = Past::of(&[100, 200, 300]);

    let cursor = past.cursor(300, |_| unreachable!("the latest checkpoint is at hand"));

    assert!(cursor.changed(300));
}

#[test]
fn the_reads_for_a_recent_day_do_not_grow_with_the_history() {
    let reads_for = |changes: u16| {
        let past = Past::of(&(1..=changes).collect::<Vec<_>>());
        let reads = Cell::new(0);
        past.cursor(u32::from(changes) - 30, |number| {
            reads.set(reads.get() + 1);
            past.read(number)
        });
        reads.get()
    };

    assert_eq!(reads_for(100), reads_for(60_000));
    assert!(reads_for(60_000) <= 10);
}

#[test]
fn walking_on_reads_each_checkpoint_once() {
    let past = Past::of(&(1..=1_000).collect::<Vec<_>>());
    let mut cursor = past.cursor(500, |number| past.read(number));

    let reads = Cell::new(0);
    cursor.advance(510, |number| {
        reads.set(reads.get() + 1);
        past.read(number)
    });

    assert_eq!(reads.get(), 10);
    assert!(cursor.changed(510));
}

#[test]
fn every_checkpoint_has_its_number() {
    let past = Past::of(&[100, 200, 300]);

    let days: Vec<_> = (0..count(past.level())).map(|n| checkpoint(past.level(), n, |n| past.read(n)).day).collect();

    assert_eq!(days, [100, 200, 300]);
}

proptest! {
    #[test]
    fn searching_and_walking_agree_with_looking_at_every_checkpoint(
        days in prop::collection::btree_set(1_u16..400, 0..120),
        from in 0_u32..420,
        length in 0_u32..100,
    ) {
        let past = Past::of(&days.iter().copied().collect::<Vec<_>>());
        let mut cursor = past.cursor(from, |number| past.read(number));

        for day in from..from + length {
            cursor.advance(day, |number| past.entry(number, |number| past.read(number)));
            prop_assert_eq!(cursor.stake_seconds(day), past.stake_seconds_on(day));
            prop_assert_eq!(cursor.changed(day), u16::try_from(day).is_ok_and(|day| days.contains(&day)));
        }
    }
}
