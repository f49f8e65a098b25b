use core::cell::RefCell;
use std::collections::BTreeSet;

use mrc53_maths::SECONDS_PER_DAY;
use proptest::prelude::*;

use super::{first_day_not_covered, first_open_day, moved, CoverageWord, Entry, LAST_SECOND};

const GRACE_DAYS: u32 = 3;
const WINDOW_DAYS: u32 = 7;
const DAY: u32 = 20_140;

fn entry(first_day_not_covered: u32, opened_at: u64) -> Entry {
    Entry { first_day_not_covered, opened_at }
}

#[test]
fn the_layout_of_a_word_is_the_documented_one() {
    let word = CoverageWord([0; 32]).with(4, entry(0x01_0203, 0x04_0506_0708)).with(7, entry(1, 2));

    assert_eq!(word.0[..8], [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(word.0[8..24], [0; 16]);
    assert_eq!(word.0[24..], [0, 0, 1, 0, 0, 0, 0, 2]);
    assert_eq!((word.entry(0), word.entry(3)), (entry(0x01_0203, 0x04_0506_0708), entry(1, 2)));
}

#[test]
fn the_last_entry_there_can_be_fits_its_word() {
    let last = entry(first_day_not_covered(LAST_SECOND, 0), LAST_SECOND);

    assert!(last.first_day_not_covered < 1 << 24);
    assert_eq!(CoverageWord([0; 32]).with(1, last).entry(1), last);
    assert_eq!(CoverageWord([0xff; 32]).with(1, entry(0, 0)).0[8..16], [0; 8]);
}

#[test]
fn a_day_is_covered_from_the_end_of_its_grace_on() {
    let covered_from = u64::from(DAY + 1 + GRACE_DAYS) * SECONDS_PER_DAY;

    for (timestamp, expected) in [(covered_from - 1, DAY), (covered_from, DAY + 1), (covered_from + 1, DAY + 1)] {
        assert_eq!(first_day_not_covered(timestamp, GRACE_DAYS), expected);
    }
}

#[test]
fn before_the_first_grace_is_over_nothing_is_covered_and_no_time_is_too_late() {
    assert_eq!(first_day_not_covered(3 * SECONDS_PER_DAY, GRACE_DAYS), 0);
    assert_eq!(first_day_not_covered(4 * SECONDS_PER_DAY, GRACE_DAYS), 1);
    assert_eq!(first_day_not_covered(u64::MAX, GRACE_DAYS), u32::MAX);
}

#[test]
fn coverage_moves_forward_only() {
    assert_eq!(moved(None, 0, 5), None);
    assert_eq!(moved(None, 1, 5), Some(entry(1, 5)));
    assert_eq!(moved(Some(entry(7, 1)), 7, 5), None);
    assert_eq!(moved(Some(entry(7, 1)), 8, 5), Some(entry(8, 5)));
    assert_eq!(moved(Some(entry(7, 1)), 8, LAST_SECOND), Some(entry(8, LAST_SECOND)));
    assert_eq!(moved(Some(entry(7, 1)), 8, LAST_SECOND + 1), None);
}

#[test]
fn near_the_end_few_entries_are_read() {
    // A root a day, opened a day and a half after its header.
    let opened_at = |number: u32| (u64::from(number + 1 + GRACE_DAYS) * 2 + 3) * SECONDS_PER_DAY / 2;
    for count in [1, 2, 9, 100, 5_000] {
        let read = RefCell::new(BTreeSet::new());
        first_open_day(count, opened_at(count), GRACE_DAYS, WINDOW_DAYS, |number| {
            read.borrow_mut().insert(number);
            entry(number + 1, opened_at(number))
        });
        assert!(read.borrow().len() <= 8, "{count}: {read:?}");
    }
}

/// As the rule says it, day by day.
fn is_final(day: u32, entries: &[Entry], now: u64) -> bool {
    let Some(covering) = entries.iter().find(|entry| entry.first_day_not_covered > day) else { return false };
    let header = |entry: &Entry| u64::from(entry.first_day_not_covered + GRACE_DAYS) * SECONDS_PER_DAY;
    covering.opened_at + u64::from(WINDOW_DAYS) * SECONDS_PER_DAY <= now
        && entries.iter().any(|entry| {
            header(entry) >= covering.opened_at + SECONDS_PER_DAY / 2 && entry.opened_at + SECONDS_PER_DAY <= now
        })
}

proptest! {
    #[test]
    fn a_day_is_final_by_halving_if_it_is_by_the_rule(
        steps in prop::collection::vec((1_u32..5, 0_u64..4 * SECONDS_PER_DAY, any::<bool>()), 0..40),
        after in 0_u64..12 * SECONDS_PER_DAY,
    ) {
        let (mut entries, mut day, mut now) = (Vec::new(), 5, 0);
        for (days, later, at_once) in steps {
            day += days;
            let header = u64::from(day + GRACE_DAYS) * SECONDS_PER_DAY;
            // No root is opened before its time.
            now = now.max(header) + if at_once { 0 } else { later };
            entries.push(entry(day, now));
        }
        for now in [now.saturating_sub(after), now, now + after] {
            let open = first_open_day(entries.len() as u32, now, GRACE_DAYS, WINDOW_DAYS, |at| entries[at as usize]);
            for day in 0..day + 2 {
                prop_assert_eq!(day < open, is_final(day, &entries, now), "day {} of {:?} at {}", day, &entries, now);
            }
        }
    }
}
