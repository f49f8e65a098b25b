//! Every day number and every bucket.

use mrc53_ledger::{
    checkpoint::{Checkpoint, LAST_DAY},
    usage::{Usage, UsageWord, DAYS_PER_WORD, MAX_SECONDS, MAX_SESSIONS},
    voided::{self, VoidedDays},
};

/// Every day up to 2149, the last that words of the suite can hold, and the ends of wider numbers.
fn days() -> impl Iterator<Item = u32> {
    let wider = (17..32).flat_map(|bits| [(1 << bits) - 1, 1 << bits, (1 << bits) + 1]);
    (0..=u32::from(LAST_DAY) + 1).chain(wider).chain([u32::MAX - 1, u32::MAX])
}

#[test]
fn every_day_has_a_bucket_of_its_own_in_the_word_of_its_four_days() {
    let more = Usage { seconds: 1, sessions: 1 };
    for day in days() {
        let word = UsageWord::default().with_added(day, more).expect("within the bucket");
        let first = UsageWord::index_of(day) * DAYS_PER_WORD;

        assert!((first..=first + 3).contains(&day), "{day}");
        let filled: Vec<u32> = (first..=first + 3).filter(|other| word.day(*other) == more).collect();
        assert_eq!(filled, [day]);
    }
}

#[test]
fn every_day_has_a_bit_of_its_own_in_the_word_of_its_256_days() {
    for day in days() {
        let first = VoidedDays::index_of(day) * voided::DAYS_PER_WORD;
        let word = VoidedDays::default().with(day);

        assert!((first..=first + 255).contains(&day) && word.contains(day), "{day}");
        assert_eq!(word.to_bytes().iter().map(|byte| byte.count_ones()).sum::<u32>(), 1, "{day}");
    }
}

#[test]
fn every_number_of_sessions_fits_every_bucket_beside_full_neighbours() {
    let full = Usage { seconds: MAX_SECONDS, sessions: MAX_SESSIONS };
    for day in 0..DAYS_PER_WORD {
        let others = (0..DAYS_PER_WORD).filter(|other| *other != day);
        let word = others.fold(UsageWord::default(), |word, other| word.with_added(other, full).expect("empty"));
        for sessions in 0..=MAX_SESSIONS {
            let usage = Usage { seconds: u64::from(!sessions), sessions };
            assert_eq!(word.with_added(day, usage).expect("empty").day(day), usage);
        }
    }
}

#[test]
fn a_checkpoint_of_every_day_tells_its_own_day_from_all_later_ones() {
    for day in 1..=LAST_DAY {
        let checkpoint = Checkpoint { balance: 10, stake_seconds: 7, day };
        let told = [0, 1, u32::MAX - u32::from(day)].map(|later| checkpoint.stake_seconds_on(u32::from(day) + later));
        assert_eq!(told, [7, 864_000, 864_000], "{day}");
    }
}
