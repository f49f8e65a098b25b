//! The least stake that makes a subnet eligible, and the change that is on its way.

use crate::{
    bytes::{put_uint, uint},
    checkpoint::{LAST_DAY, MAX_TOTAL_STAKE_WEI},
};

/// Full days between the announcement of a raise and the first day it is in force.
pub const RAISE_NOTICE_DAYS: u32 = 7;

/// The minimum subnet stake in one word.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 0–10 | `amount` before `next_day` | MOR wei, ≤ [`MAX_TOTAL_STAKE_WEI`] |
/// | 11–21 | `next_amount` from `next_day` on | MOR wei, ≤ [`MAX_TOTAL_STAKE_WEI`] |
/// | 22–23 | `next_day`; 0 until the first change is scheduled | UTC day number |
/// | 24–31 | zero | |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Minimum {
    amount: u128,
    next_amount: u128,
    next_day: u16,
}

impl Minimum {
    /// A minimum of `amount` wei, in force at once, with no change on its way. `None` above [`MAX_TOTAL_STAKE_WEI`],
    /// which nobody could ever reach.
    #[must_use]
    pub const fn new(amount: u128) -> Option<Self> {
        if amount > MAX_TOTAL_STAKE_WEI {
            return None;
        }
        Some(Self { amount, next_amount: 0, next_day: 0 })
    }

    /// Reads the word as stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self {
            amount: uint(&bytes[..11]),
            next_amount: uint(&bytes[11..22]),
            next_day: u16::from_be_bytes([bytes[22], bytes[23]]),
        }
    }

    /// The word to store.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        put_uint(&mut bytes[..11], self.amount);
        put_uint(&mut bytes[11..22], self.next_amount);
        bytes[22..24].copy_from_slice(&self.next_day.to_be_bytes());
        bytes
    }

    /// The minimum in force on `day`, in wei.
    #[must_use]
    pub const fn on(self, day: u32) -> u128 {
        if self.next_day != 0 && self.next_day as u32 <= day {
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

    /// Schedules `amount` wei, replacing any change that is not in force yet: a raise above what is in force `today`
    /// for the day after [`RAISE_NOTICE_DAYS`] full days, anything else for tomorrow. Setting what is in force already
    /// calls a pending change off.
    ///
    /// `None` above [`MAX_TOTAL_STAKE_WEI`]. Days past [`LAST_DAY`] are held to it.
    #[must_use]
    pub fn schedule(self, amount: u128, today: u32) -> Option<Self> {
        let in_force = Self::new(self.on(today))?;
        let notice = if amount > in_force.amount { RAISE_NOTICE_DAYS } else { 0 };
        let from = today.saturating_add(1).saturating_add(notice);
        let next = Self::new(amount)?;
        Some(Self { next_amount: next.amount, next_day: u16::try_from(from).unwrap_or(LAST_DAY), ..in_force })
    }
}

#[cfg(test)]
mod tests;
