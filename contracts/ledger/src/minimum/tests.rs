use core::cell::Cell;
use std::vec::Vec;

use proptest::prelude::*;

use super::{DatedMinimum, Minimum, Rescheduled};
use crate::{checkpoint::MAX_TOTAL_STAKE_WEI, history::Cursor};

/// A minimum with its history beside it, as a contract keeps them.
#[derive(Clone)]
struct Kept {
    minimum: Minimum,
    history: Vec<DatedMinimum>,
}

impl Kept {
    fn new(amount: u128, today: u32) -> Self {
        Self { minimum: Minimum::new(amount, today).expect("within bounds"), history: Vec::new() }
    }

    fn schedule(&mut self, amount: u128, today: u32) {
        let Rescheduled { minimum, pushed } = self.minimum.schedule(amount, today).expect("within bounds");
        self.history.extend(pushed);
        assert_eq!(usize::from(minimum.history_len), self.history.len());
        self.minimum = minimum;
    }

    fn on(&self, day: u32) -> Option<u128> {
        let read = |number| self.minimum.numbered(number, |number| self.history[number as usize]);
        Cursor::at(self.minimum.count(), day, read).current().map(|minimum| minimum.amount)
    }
}

fn minimum(amount: u128) -> Minimum {
    Minimum::new(amount, 90).expect("within bounds")
}

fn scheduled(minimum: Minimum, amount: u128, today: u32) -> Minimum {
    minimum.schedule(amount, today).expect("within bounds").minimum
}

#[test]
fn the_layout_of_a_minimum_is_the_documented_one() {
    let first = Minimum::new(0x0102, 0x0506).expect("within bounds");
    let bytes = scheduled(first, 0x0304, 0x0708).to_bytes();

    assert_eq!(bytes[..11], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
    assert_eq!(bytes[11..22], [0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4]);
    assert_eq!(bytes[22..24], [7, 8 + 8]);
    assert_eq!(bytes[24..26], [5, 6]);
    assert_eq!(bytes[26..], [0; 6]);
    let again = scheduled(Minimum::from_bytes(bytes), 0, 0x0710);
    assert_eq!(again.to_bytes()[24..28], [7, 0x10, 0, 1]);
}

#[test]
fn the_layout_of_a_past_minimum_is_the_documented_one() {
    let bytes = DatedMinimum { amount: 0x0102, from_day: 0x0304 }.to_bytes();

    assert_eq!(bytes[..13], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]);
    assert_eq!(bytes[13..], [0; 19]);
}

#[test]
fn any_change_is_in_force_after_seven_full_days() {
    for amount in [0, 9, 10, 11] {
        let changed = scheduled(minimum(10), amount, 100);

        assert_eq!((changed.on(107), changed.on(108)), (10, amount));
        assert_eq!(changed.pending(107), Some((amount, 108)));
        assert_eq!(changed.pending(108), None);
    }
}

#[test]
fn a_change_that_is_not_in_force_is_replaced_and_leaves_no_trace() {
    let raised = scheduled(minimum(10), 20, 100);

    let again = raised.schedule(15, 107).expect("within bounds");

    assert_eq!(again.pushed, None);
    assert_eq!((again.minimum.on(108), again.minimum.on(114), again.minimum.on(115)), (10, 10, 15));
}

#[test]
fn a_change_that_is_in_force_keeps_its_days_when_the_next_is_scheduled() {
    let raised = scheduled(minimum(10), 20, 100);

    let again = raised.schedule(15, 108).expect("within bounds");

    assert_eq!(again.pushed, Some(DatedMinimum { amount: 10, from_day: 90 }));
    assert_eq!((again.minimum.on(108), again.minimum.on(115), again.minimum.on(116)), (20, 20, 15));
}

#[test]
fn setting_what_is_in_force_calls_a_pending_change_off() {
    let called_off = scheduled(scheduled(minimum(10), 20, 100), 10, 101);

    assert!((101..200).all(|day| called_off.on(day) == 10));
}

#[test]
fn every_minimum_that_was_in_force_is_found_by_its_days() {
    let mut kept = Kept::new(10, 100);
    kept.schedule(20, 100);
    kept.schedule(30, 108);
    kept.schedule(40, 109);
    kept.schedule(50, 200);

    for (day, expected) in [
        (99, None),
        (100, Some(10)),
        (107, Some(10)),
        (108, Some(20)),
        (116, Some(20)),
        (117, Some(40)),
        (207, Some(40)),
        (208, Some(50)),
    ] {
        assert_eq!(kept.on(day), expected, "day {day}");
    }
}

#[test]
fn the_running_day_costs_no_read_of_history() {
    let mut kept = Kept::new(10, 100);
    for day in (100..1_000).step_by(8) {
        kept.schedule(u128::from(day), day);
        let reads = Cell::new(0);
        let read = |number| {
            kept.minimum.numbered(number, |number| {
                reads.set(reads.get() + 1);
                kept.history[number as usize]
            })
        };
        Cursor::at(kept.minimum.count(), day, read);
        assert_eq!(reads.get(), 0, "day {day}");
    }
}

#[test]
fn the_required_stake_seconds_are_the_amount_all_day_and_never_none() {
    for (amount, required) in [(0, 1), (1, 86_400), (MAX_TOTAL_STAKE_WEI, MAX_TOTAL_STAKE_WEI * 86_400)] {
        assert_eq!(DatedMinimum { amount, from_day: 1 }.required_stake_seconds(), required);
    }
}

#[test]
fn after_the_last_day_number_a_change_is_in_force_at_once() {
    assert_eq!(scheduled(minimum(10), 20, 70_000).on(70_000), 20);
}

proptest! {
    #[test]
    fn no_change_ever_changes_the_minimum_of_a_day_that_has_begun(
        changes in prop::collection::vec((0_u128..5, 0_u32..20), 0..60),
    ) {
        let (mut kept, mut today) = (Kept::new(3, 100), 100);
        for (amount, later) in changes {
            today += later;
            let before: Vec<_> = (90..=today + 7).map(|day| kept.on(day)).collect();
            kept.schedule(amount, today);
            // Up to today as it was; the days of the notice as today.
            for (day, before) in (90..).zip(&before) {
                let expected = if day <= today { *before } else { kept.on(today) };
                prop_assert_eq!(kept.on(day), expected, "day {}", day);
            }
            prop_assert_eq!(kept.on(today + 8), Some(amount));
            prop_assert_eq!(kept.on(today), Some(kept.minimum.on(today)));
        }
    }
}
