//! A level with its history in memory: what `StakeAlignment` keeps in storage.

use mrc53_ledger::checkpoint::Checkpoint;
use mrc53_ledger::history::{self, Cursor};
use mrc53_ledger::level::{Level, Step};
use mrc53_maths::Day;

/// A level and the checkpoints before its present one, the oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Past {
    level: Level,
    before: Vec<Checkpoint>,
}

impl Past {
    pub(super) fn balance(&self) -> u128 {
        self.level.checkpoint.balance
    }

    /// Second of the last deposit, 0 before the first.
    pub(super) fn last_deposit(&self) -> u64 {
        self.level.mark.into()
    }

    /// Adds or takes; `None` where the contracts' word refuses.
    pub(super) fn change(&mut self, change: Change, now: u64) -> Option<()> {
        let Step { mut level, pushed } = match change {
            Change::Deposit(wei) => self.level.deposit(wei, now)?,
            Change::Withdrawal(wei) => self.level.withdraw(wei, now)?,
        };
        if let Change::Deposit(_) = change {
            level.mark = u32::try_from(now).unwrap_or(u32::MAX);
        }
        self.before.extend(pushed);
        self.level = level;
        Some(())
    }

    /// MOR wei · s of a UTC day, as if nothing changed any more.
    pub(super) fn stake_seconds(&self, day: Day) -> u128 {
        Cursor::at(history::count(self.level), day.0, |number| self.numbered(number)).stake_seconds(day.0)
    }

    /// The days from `from` on and before `end` on which the balance changed, in order.
    pub(super) fn changed_days(&self, from: Day, end: Day) -> impl Iterator<Item = Day> + '_ {
        let all = (0..history::count(self.level)).map(|number| Day(self.numbered(number).day.into()));
        all.filter(move |day| (from.0..end.0).contains(&day.0))
    }

    fn numbered(&self, number: u32) -> Checkpoint {
        history::checkpoint(self.level, number, |number| self.before.get(number as usize).copied().unwrap_or_default())
    }
}

/// A change of a balance, MOR wei.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    Deposit(u128),
    Withdrawal(u128),
}
