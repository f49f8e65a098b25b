//! What a stake earns while the accumulator of its subnet grows, change by change.

use mrc53_interfaces::alignment::StakeChange;
use mrc53_ledger::growth::GrowthWord;
use mrc53_maths::{Accrual, SECONDS_PER_DAY};

/// One staker's stake toward one subnet, followed through the settled days.
///
/// Between two changes the balance is constant: `d` whole days whose increments add up to `Δ` earn
/// `balance · 86400 · Δ`. A day with a change is counted by the staker's own stake-seconds of that day. Nothing is
/// rounded on the way.
///
/// Widths: a balance is below 2^87, a day's stake-seconds below 2^104, the accumulator below 2^115.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position {
    /// The accumulator up to which everything is credited.
    accumulator: u128,
    /// The balance from there on, MOR wei.
    balance: u128,
    /// What has been earned since the position was taken up.
    earned: Accrual,
}

impl Position {
    /// Takes up a stake of `balance` wei, credited up to `accumulator`.
    pub(crate) const fn new(accumulator: u128, balance: u128) -> Self {
        Self { accumulator, balance, earned: Accrual::ZERO }
    }

    /// Holds the balance until the accumulator stands at `accumulator`.
    pub(crate) fn held_until(self, accumulator: u128) -> Self {
        // The accumulator never falls; an alignment that answers days out of order earns nothing by it.
        let growth = accumulator.saturating_sub(self.accumulator);
        let stake_seconds = self.balance.saturating_mul(u128::from(SECONDS_PER_DAY));
        Self { accumulator, earned: self.earned.plus(growth, stake_seconds), ..self }
    }

    /// Goes through a day with a change, on which the accumulator grew by `growth`.
    pub(crate) fn changed(self, growth: GrowthWord, change: &StakeChange) -> Self {
        let at_midnight = self.held_until(growth.before);
        Self {
            accumulator: growth.after(),
            balance: change.balance,
            earned: at_midnight.earned.plus(growth.increment, change.stakeSeconds),
        }
    }

    /// The accumulator up to which everything is credited, and what was earned, in MOR wei, floored once.
    pub(crate) fn floored(self) -> (u128, u128) {
        (self.accumulator, self.earned.to_wei_down())
    }
}
