//! Finding a past day among entries that each begin on a day, and walking on from there.
//!
//! Entries are numbered by time from 0; each holds from its own day until the next one's. Those of a level are its
//! checkpoints, of which the latest lies beside the history; those of the minimum are in [`crate::minimum`].
//!
//! The search starts at the last entry and doubles its stride backwards before it halves, so it costs reads in the
//! logarithm of how many entries ago the day was, not of how many there ever were: recent days stay cheap however long
//! the history grows.

use crate::{checkpoint::Checkpoint, level::Level};

/// What holds from a day on.
pub trait Dated: Copy {
    /// The first UTC day on which it holds.
    fn first_day(self) -> u32;
}

impl Dated for Checkpoint {
    fn first_day(self) -> u32 {
        u32::from(self.day)
    }
}

/// A reader that stands on one day and moves forward.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<T> {
    /// How many entries there are.
    count: u32,
    /// The entry in force, or none before the first.
    current: Option<T>,
    /// Number of the next entry.
    next: u32,
    /// The next entry, or none behind the last.
    ahead: Option<T>,
}

impl<T: Dated> Cursor<T> {
    /// Stands on `day`. `read` returns the entry of a number below `count`, in ascending order of their days; at most
    /// 34 reads below 2^16 entries.
    pub fn at(count: u32, day: u32, mut read: impl FnMut(u32) -> T) -> Self {
        let found = find(count, day, &mut read);
        let next = found.map_or(0, |(number, _)| number + 1);
        let ahead = (next < count).then(|| read(next));
        Self { count, current: found.map(|(_, entry)| entry), next, ahead }
    }

    /// Moves on to `day`, not before the one it stands on: one read for every entry that it passes.
    pub fn advance(&mut self, day: u32, mut read: impl FnMut(u32) -> T) {
        while let Some(ahead) = self.ahead.filter(|ahead| ahead.first_day() <= day) {
            self.current = Some(ahead);
            self.next += 1;
            self.ahead = (self.next < self.count).then(|| read(self.next));
        }
    }

    /// The entry in force on the day on which it stands; none before the first.
    #[must_use]
    pub const fn current(&self) -> Option<T> {
        self.current
    }
}

impl Cursor<Checkpoint> {
    /// Stake-seconds of `day`, on which it stands, in MOR wei · s; 0 before the first change.
    #[must_use]
    pub fn stake_seconds(&self, day: u32) -> u128 {
        self.current.map_or(0, |checkpoint| checkpoint.stake_seconds_on(day))
    }

    /// Whether the balance changed on `day`, on which it stands.
    #[must_use]
    pub fn changed(&self, day: u32) -> bool {
        self.current.is_some_and(|checkpoint| u32::from(checkpoint.day) == day)
    }
}

/// The number of `level`'s checkpoints, the latest included; each has its own day.
#[must_use]
pub fn count(level: Level) -> u32 {
    if level.checkpoint.is_none() {
        0
    } else {
        u32::from(level.history_len) + 1
    }
}

/// The checkpoint numbered `number` of `level`, which must be below [`count`]; a read unless it is the latest.
pub fn checkpoint(level: Level, number: u32, read: impl FnOnce(u32) -> Checkpoint) -> Checkpoint {
    if number < u32::from(level.history_len) {
        read(number)
    } else {
        level.checkpoint
    }
}

/// The last of `count` entries that begins on or before `day`, with its number.
fn find<T: Dated>(count: u32, day: u32, mut read: impl FnMut(u32) -> T) -> Option<(u32, T)> {
    // Every number from `above` on begins after `day`.
    let (mut above, mut stride) = (count, 1);
    let mut below = loop {
        if above == 0 {
            return None;
        }
        let probe = above.saturating_sub(stride);
        let entry = read(probe);
        if entry.first_day() <= day {
            break (probe, entry);
        }
        // The last entry is at hand: the first stride behind it is one again.
        stride = if above == count { 1 } else { stride * 2 };
        above = probe;
    };
    while above - below.0 > 1 {
        let middle = u32::midpoint(below.0, above);
        let entry = read(middle);
        if entry.first_day() <= day {
            below = (middle, entry);
        } else {
            above = middle;
        }
    }
    Some(below)
}

#[cfg(test)]
mod tests;
