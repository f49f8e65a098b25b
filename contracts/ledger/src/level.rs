//! What is staked at one level (a staker's in a subnet, a subnet's, all of it) and how a change moves it.

use mrc53_maths::Day;

use crate::checkpoint::{Checkpoint, LAST_DAY, MAX_TOTAL_STAKE_WEI};

/// The present of one level in one word: its latest checkpoint and two fields beside it. The zero word is a level that
/// was never touched.
///
/// | bytes | field | range |
/// |---|---|---|
/// | 0–25 | `checkpoint`: the latest, see [`Checkpoint`] | |
/// | 26–27 | `history_len`: checkpoints before the latest, stored by their number from 0 | ≤ days since 1970 |
/// | 28–31 | `mark`: of a staker the second of the last deposit, of a subnet the day of registration, of the total 0 | unix seconds or UTC day number |
///
/// A change on the day of the latest checkpoint rewrites this word and no other; the first change on a new day also
/// pushes the checkpoint so far to history. A level has at most one checkpoint a day, so `history_len` fits.
///
/// Day numbers end with [`LAST_DAY`] in 2149. From then on balances still change, and every deposit can be withdrawn;
/// stake-seconds stand still, more than a century after the last emission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// Balance, and stake-seconds of the day of the last change.
    pub checkpoint: Checkpoint,
    /// How many checkpoints came before.
    pub history_len: u16,
    /// Second of the last deposit (staker), day of registration (subnet), 0 (total).
    pub mark: u32,
}

/// What one change makes of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The level after the change.
    pub level: Level,
    /// The checkpoint that goes to history as number `level.history_len − 1`, if the change opened a new day.
    pub pushed: Option<Checkpoint>,
}

impl Level {
    /// Reads the word as stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let [.., h0, h1, m0, m1, m2, m3] = bytes;
        Self {
            checkpoint: Checkpoint::from_bytes(&bytes),
            history_len: u16::from_be_bytes([h0, h1]),
            mark: u32::from_be_bytes([m0, m1, m2, m3]),
        }
    }

    /// The word to store.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = self.checkpoint.to_bytes();
        bytes[26..28].copy_from_slice(&self.history_len.to_be_bytes());
        bytes[28..].copy_from_slice(&self.mark.to_be_bytes());
        bytes
    }

    /// Adds `amount` wei at `now` (unix seconds): `amount` · seconds left of the day to the day's stake-seconds.
    ///
    /// `None` if the balance would pass [`MAX_TOTAL_STAKE_WEI`].
    #[must_use]
    pub fn deposit(self, amount: u128, now: u64) -> Option<Step> {
        let mut step = self.on_day_of(now);
        let checkpoint = &mut step.level.checkpoint;
        checkpoint.balance = checkpoint.balance.checked_add(amount).filter(|sum| *sum <= MAX_TOTAL_STAKE_WEI)?;
        // At most balance · 86400 < 2^104: every wei counts each second of the day at most once.
        checkpoint.stake_seconds += amount * seconds_left(now);
        Some(step)
    }

    /// Takes `amount` wei at `now` (unix seconds): `amount` · seconds left of the day off the day's stake-seconds.
    ///
    /// `None` if the balance is less than `amount`, and for no other reason.
    #[must_use]
    pub fn withdraw(self, amount: u128, now: u64) -> Option<Step> {
        let mut step = self.on_day_of(now);
        let checkpoint = &mut step.level.checkpoint;
        checkpoint.balance = checkpoint.balance.checked_sub(amount)?;
        // Never below zero while block time does not run backwards: the day's stake-seconds hold at least the balance
        // times what is left. A withdrawal must not fail even then, so it saturates.
        checkpoint.stake_seconds = checkpoint.stake_seconds.saturating_sub(amount * seconds_left(now));
        Some(step)
    }

    /// The level with a checkpoint on the day of `now`, nothing else changed.
    fn on_day_of(self, now: u64) -> Step {
        let day = u16::try_from(Day::of(now).0).unwrap_or(LAST_DAY);
        let latest = self.checkpoint;
        if day <= latest.day {
            return Step { level: self, pushed: None };
        }
        let checkpoint = Checkpoint { day, stake_seconds: latest.stake_seconds_on(u32::from(day)), ..latest };
        if latest.is_none() {
            return Step { level: Self { checkpoint, ..self }, pushed: None };
        }
        // One push per day number at most, and day numbers are 16 bits wide.
        let history_len = self.history_len.saturating_add(1);
        Step { level: Self { checkpoint, history_len, ..self }, pushed: Some(latest) }
    }
}

/// Seconds left of the day of `now`; 0 once day numbers have run out.
fn seconds_left(now: u64) -> u128 {
    if Day::of(now).0 > u32::from(LAST_DAY) {
        0
    } else {
        u128::from(Day::seconds_left(now))
    }
}

#[cfg(test)]
mod tests;
