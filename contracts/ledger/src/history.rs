//! Finding a past day among checkpoints, and walking on from there.
//!
//! A level's checkpoints are numbered by time: those in history 0, 1, …, `history_len − 1`, the latest one
//! `history_len`. The search starts at the latest and doubles its stride backwards before it halves, so it costs reads
//! in the logarithm of how many changes ago the day was, not of how many there ever were: recent days stay cheap
//! however long the history grows.

use crate::{checkpoint::Checkpoint, level::Level};

/// A reader that stands on one day of a level and moves forward.
#[derive(Clone, Copy, Debug)]
pub struct Cursor {
    latest: Level,
    /// The checkpoint in force, or none before the first change.
    current: Option<Checkpoint>,
    /// Number of the next checkpoint.
    next: u32,
    /// The next checkpoint, or none behind the latest.
    ahead: Option<Checkpoint>,
}

impl Cursor {
    /// Stands on `day`. `read` returns the checkpoint of a number below `latest.history_len`; at most 34 reads.
    pub fn at(latest: Level, day: u32, mut read: impl FnMut(u32) -> Checkpoint) -> Self {
        let found = find(latest, day, &mut read);
        let next = found.map_or(0, |(number, _)| number + 1);
        let mut cursor = Self { latest, current: found.map(|(_, checkpoint)| checkpoint), next, ahead: None };
        cursor.ahead = cursor.peek(read);
        cursor
    }

    /// Moves on to `day`, not before the one it stands on: one read for every checkpoint that it passes.
    pub fn advance(&mut self, day: u32, mut read: impl FnMut(u32) -> Checkpoint) {
        while let Some(ahead) = self.ahead.filter(|ahead| u32::from(ahead.day) <= day) {
            self.current = Some(ahead);
            self.next += 1;
            self.ahead = self.peek(&mut read);
        }
    }

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

    fn peek(&self, mut read: impl FnMut(u32) -> Checkpoint) -> Option<Checkpoint> {
        let len = u32::from(self.latest.history_len);
        if self.next < len {
            Some(read(self.next))
        } else {
            Some(self.latest.checkpoint).filter(|latest| self.next == len && !latest.is_none())
        }
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

/// The last checkpoint on or before `day`, with its number.
fn find(latest: Level, day: u32, mut read: impl FnMut(u32) -> Checkpoint) -> Option<(u32, Checkpoint)> {
    let is_past = |checkpoint: Checkpoint| u32::from(checkpoint.day) <= day;
    if latest.checkpoint.is_none() {
        return None;
    }
    // Every number from `above` on is after `day`.
    let mut above = u32::from(latest.history_len);
    if is_past(latest.checkpoint) {
        return Some((above, latest.checkpoint));
    }
    let mut stride = 1;
    let mut below = loop {
        if above == 0 {
            return None;
        }
        let probe = above.saturating_sub(stride);
        let checkpoint = read(probe);
        if is_past(checkpoint) {
            break (probe, checkpoint);
        }
        above = probe;
        stride *= 2;
    };
    while above - below.0 > 1 {
        let middle = u32::midpoint(below.0, above);
        let checkpoint = read(middle);
        if is_past(checkpoint) {
            below = (middle, checkpoint);
        } else {
            above = middle;
        }
    }
    Some(below)
}

#[cfg(test)]
mod tests;
