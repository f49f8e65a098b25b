//! Which days are covered, and which are final. Pure: entries and times in, days out.
//!
//! A root covers day `d` if the time of its header is at least `(d + 1 + grace) · 86400`: then the day was final on Base
//! in that state. Whenever a root is opened that covers more than any before, an [`Entry`] keeps how far, and when it was
//! opened; both only grow.

use mrc53_maths::{Day, SECONDS_PER_DAY};

/// Entries that share one word.
pub(crate) const ENTRIES_PER_WORD: u32 = 4;
/// Bytes of a word that one entry takes.
const ENTRY_BYTES: usize = 8;
/// Bits of an entry that hold the time.
const TIME_BITS: u32 = 40;
/// Whoever starts to fetch proofs so long after a day was covered is still in time.
const HEAD_START_SECONDS: u64 = SECONDS_PER_DAY / 2;
/// The last second that an entry can hold, in the year 36812; its day fits the other 24 bits.
const LAST_SECOND: u64 = (1 << TIME_BITS) - 1;

/// How far coverage had come, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The first day that was not covered.
    pub(crate) first_day_not_covered: u32,
    /// When the root that covered the day before it was opened, unix seconds.
    pub(crate) opened_at: u64,
}

/// Four entries in one word, entry number `4·i + k` in the word number `i`.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 8·k – 8·k+2 | first day that is not covered, of entry `4·i + k` | below 2^24 |
/// | 8·k+3 – 8·k+7 | when that began, of entry `4·i + k` | unix seconds below 2^40 |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CoverageWord(pub(crate) [u8; 32]);

impl CoverageWord {
    /// Entry number `number`; only its place in the word is looked at.
    pub(crate) fn entry(self, number: u32) -> Entry {
        let mut bytes = [0; ENTRY_BYTES];
        bytes.copy_from_slice(&self.0[place_of(number)]);
        let packed = u64::from_be_bytes(bytes);
        Entry { first_day_not_covered: (packed >> TIME_BITS) as u32, opened_at: packed & LAST_SECOND }
    }

    /// The word with `entry` as number `number`.
    pub(crate) fn with(mut self, number: u32, entry: Entry) -> Self {
        let packed = u64::from(entry.first_day_not_covered) << TIME_BITS | entry.opened_at;
        self.0[place_of(number)].copy_from_slice(&packed.to_be_bytes());
        self
    }
}

const fn place_of(number: u32) -> core::ops::Range<usize> {
    let start = (number % ENTRIES_PER_WORD) as usize * ENTRY_BYTES;
    start..start + ENTRY_BYTES
}

/// The first day that a root whose header is of `timestamp` does not cover.
pub(crate) fn first_day_not_covered(timestamp: u64, grace_days: u32) -> u32 {
    let day = (timestamp / SECONDS_PER_DAY).saturating_sub(u64::from(grace_days));
    u32::try_from(day).unwrap_or(u32::MAX)
}

/// The entry to keep if a root that covers the days before `first_day_not_covered` is opened at `now`, behind `latest`;
/// none if coverage does not move, or the clock has passed the last second that an entry can hold.
pub(crate) fn moved(latest: Option<Entry>, first_day_not_covered: u32, now: u64) -> Option<Entry> {
    let covered = latest.map_or(0, |entry| entry.first_day_not_covered);
    (first_day_not_covered > covered && now <= LAST_SECOND).then_some(Entry { first_day_not_covered, opened_at: now })
}

/// The first day that is not final at `now`. Day `d` is final if both:
///
/// - the first root that covers it was opened at least `window_days` ago;
/// - a root whose header's time is not before that opening and half a day was opened at least a day ago.
///
/// The header's time is known by what the root covers: an entry whose first day not covered is `c` is of a header at or
/// after `(c + grace_days) · 86400`. Why half a day: a proof is of a block from after somebody started to fetch, and by
/// this rule such a block's root has been open for a day, whenever within that half day it was.
///
/// `entry` reads an entry by its number, of which there are `entries`.
pub(crate) fn first_open_day(
    entries: u32,
    now: u64,
    grace_days: u32,
    window_days: u32,
    entry: impl Fn(u32) -> Entry,
) -> u32 {
    let opened_by =
        |time: Option<u64>| last(entries, |number| Some(entry(number)).filter(|entry| Some(entry.opened_at) <= time));
    let Some(seen) = opened_by(now.checked_sub(SECONDS_PER_DAY)) else { return 0 };
    let header = Day(seen.first_day_not_covered.saturating_add(grace_days)).start();
    // Coverage begins with a first day not covered of 1, so the header is never of the first half day there was.
    let followed = header.saturating_sub(HEAD_START_SECONDS);
    let old_enough = now.checked_sub(u64::from(window_days) * SECONDS_PER_DAY);
    opened_by(old_enough.map(|time| time.min(followed))).map_or(0, |entry| entry.first_day_not_covered)
}

/// The last of `count` things that there is, where all up to it are there and none behind it is. Looks at the latest
/// first, then twice as far back every time, then between.
fn last<T>(count: u32, there: impl Fn(u32) -> Option<T>) -> Option<T> {
    let (mut end, mut back) = (count, 1);
    let (mut from, mut found) = loop {
        let probe = end.checked_sub(1)?.saturating_sub(back - 1);
        if let Some(found) = there(probe) {
            break (probe + 1, found);
        }
        end = probe;
        back *= 2;
    };
    while from < end {
        let middle = from + (end - from) / 2;
        match there(middle) {
            Some(better) => (from, found) = (middle + 1, better),
            None => end = middle,
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests;
