//! The least stake that makes a subnet eligible: what holds now, the change that is on its way, and every one that held.

use core::cmp::Ordering;

use mrc53_maths::SECONDS_PER_DAY;

use crate::{
    bytes::{put_uint, uint},
    checkpoint::{LAST_DAY, MAX_TOTAL_STAKE_WEI},
    history::Dated,
};

/// Full days between the announcement of a change and the first day it is in force.
pub const NOTICE_DAYS: u32 = 7;

/// A minimum and the day from which it is in force, until the next one's; in history, one word.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 0–10 | `amount` | MOR wei, ≤ [`MAX_TOTAL_STAKE_WEI`] |
/// | 11–12 | `from_day`: the first day on which it is in force | UTC day number |
/// | 13–31 | zero | |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DatedMinimum {
    /// MOR wei.
    pub amount: u128,
    /// UTC day number.
    pub from_day: u16,
}

impl Dated for DatedMinimum {
    fn first_day(self) -> u32 {
        u32::from(self.from_day)
    }
}

impl DatedMinimum {
    /// Reads the word as stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self { amount: uint(&bytes[..11]), from_day: u16::from_be_bytes([bytes[11], bytes[12]]) }
    }

    /// The word to store.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        put_uint(&mut bytes[..11], self.amount);
        bytes[11..13].copy_from_slice(&self.from_day.to_be_bytes());
        bytes
    }

    /// The least stake-seconds (MOR wei · s) with which a subnet counts on a day on which this is in force: the amount
    /// held all day long, and at least one, so that without a minimum a subnet still needs a stake. Width: 2^87 · 2^17.
    #[must_use]
    pub fn required_stake_seconds(self) -> u128 {
        self.amount.saturating_mul(u128::from(SECONDS_PER_DAY)).max(1)
    }
}

/// The minimum subnet stake in one word.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 0–10 | `amount` before `next_day` | MOR wei, ≤ [`MAX_TOTAL_STAKE_WEI`] |
/// | 11–21 | `next_amount` from `next_day` on | MOR wei, ≤ [`MAX_TOTAL_STAKE_WEI`] |
/// | 22–23 | `next_day`; 0 until the first change is scheduled | UTC day number |
/// | 24–25 | `since_day`: the first day on which `amount` is in force | UTC day number |
/// | 26–27 | `history_len`: how many were in force before, stored by their number from 0 | ≤ 2^16 / 8 |
/// | 28–31 | zero | |
///
/// Every minimum that was ever in force keeps its days: what a past day asked for never changes. They are numbered by
/// time, those in history first, then `amount`, then the next one if there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Minimum {
    /// MOR wei, before `next_day`.
    pub amount: u128,
    /// MOR wei, from `next_day` on.
    pub next_amount: u128,
    /// UTC day number; 0: no change was ever scheduled.
    pub next_day: u16,
    /// UTC day number from which `amount` is in force.
    pub since_day: u16,
    /// How many minima are in history.
    pub history_len: u16,
}

/// What scheduling makes of the minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rescheduled {
    /// The minimum afterwards.
    pub minimum: Minimum,
    /// What goes to history as number `minimum.history_len` − 1, if the change before had come into force.
    pub pushed: Option<DatedMinimum>,
}

impl Minimum {
    /// The first minimum, `amount` wei from `today` on, with no change on its way. `None` above
    /// [`MAX_TOTAL_STAKE_WEI`], which nobody could ever reach.
    #[must_use]
    pub fn new(amount: u128, today: u32) -> Option<Self> {
        (amount <= MAX_TOTAL_STAKE_WEI).then_some(Self { amount, since_day: day_number(today), ..Self::default() })
    }

    /// Reads the word as stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let short = |at: usize| u16::from_be_bytes([bytes[at], bytes[at + 1]]);
        Self {
            amount: uint(&bytes[..11]),
            next_amount: uint(&bytes[11..22]),
            next_day: short(22),
            since_day: short(24),
            history_len: short(26),
        }
    }

    /// The word to store.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        put_uint(&mut bytes[..11], self.amount);
        put_uint(&mut bytes[11..22], self.next_amount);
        bytes[22..24].copy_from_slice(&self.next_day.to_be_bytes());
        bytes[24..26].copy_from_slice(&self.since_day.to_be_bytes());
        bytes[26..28].copy_from_slice(&self.history_len.to_be_bytes());
        bytes
    }

    /// The minimum in force on the running day `today` or a later one as scheduled, in wei.
    #[must_use]
    pub const fn on(self, today: u32) -> u128 {
        if self.has_next() && self.next_day as u32 <= today {
            self.next_amount
        } else {
            self.amount
        }
    }

    /// The change that is not in force on `day` yet: its amount in wei and its first day.
    #[must_use]
    pub const fn pending(self, day: u32) -> Option<(u128, u32)> {
        if self.next_day as u32 > day {
            Some((self.next_amount, self.next_day as u32))
        } else {
            None
        }
    }

    /// How many minima there are by number: those in history, the present one, and one that is scheduled or came into
    /// force since.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.history_len as u32 + 1 + self.has_next() as u32
    }

    /// The minimum of a number below [`Self::count`]; a read if it lies in history.
    pub fn numbered(self, number: u32, read: impl FnOnce(u32) -> DatedMinimum) -> DatedMinimum {
        match number.cmp(&u32::from(self.history_len)) {
            Ordering::Less => read(number),
            Ordering::Equal => self.present(),
            Ordering::Greater => DatedMinimum { amount: self.next_amount, from_day: self.next_day },
        }
    }

    /// Schedules `amount` wei for the day after [`NOTICE_DAYS`] full days, replacing any change that is not in force
    /// yet. Setting what is in force already calls a pending change off. No day up to `today` asks for another minimum
    /// than before.
    ///
    /// `None` above [`MAX_TOTAL_STAKE_WEI`]. Days past [`LAST_DAY`] are held to it.
    #[must_use]
    pub fn schedule(self, amount: u128, today: u32) -> Option<Rescheduled> {
        let next = Self::new(amount, today.saturating_add(1).saturating_add(NOTICE_DAYS))?;
        let came = self.has_next() && u32::from(self.next_day) <= today;
        let pushed = came.then(|| self.present());
        let before = if came {
            // A change has eight days to itself, so 2^16 day numbers hold no 2^16 of them.
            let history_len = self.history_len.saturating_add(1);
            Self { amount: self.next_amount, since_day: self.next_day, history_len, ..Self::default() }
        } else {
            self
        };
        let minimum = Self { next_amount: next.amount, next_day: next.since_day, ..before };
        Some(Rescheduled { minimum, pushed })
    }

    const fn present(self) -> DatedMinimum {
        DatedMinimum { amount: self.amount, from_day: self.since_day }
    }

    const fn has_next(self) -> bool {
        self.next_day != 0
    }
}

/// The number of `day` as the words hold it.
fn day_number(day: u32) -> u16 {
    u16::try_from(day).unwrap_or(LAST_DAY)
}

#[cfg(test)]
mod tests;
