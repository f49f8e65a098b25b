//! On which days a subnet's sessions count. Pure.

use alloy::primitives::U256;
use mrc53_console::show::date;
use serde::Serialize;

/// Seconds of a UTC day.
pub(super) const DAY_SECONDS: u64 = 86_400;

/// UTC days `[from_day, to_day)` on which a subnet was not eligible, before one on which it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PassedOver {
    /// The first.
    pub from_day: u32,
    /// The first one behind.
    pub to_day: u32,
}

impl PassedOver {
    /// `2025-02-21`, `2025-02-21 to 2025-02-23`.
    #[must_use]
    pub fn words(self) -> String {
        let Self { from_day, to_day } = self;
        let last = to_day.saturating_sub(1);
        if last <= from_day { date(from_day) } else { format!("{} to {}", date(from_day), date(last)) }
    }
}

/// On which days sessions of a subnet count, as `StakeAlignment.eligibleDays` answers. Other days do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EligibleDays {
    first: u32,
    bits: U256,
    /// Those on which nothing can be earned, by anybody.
    unpaid: U256,
}

impl EligibleDays {
    /// Bit i of `bits` for day `first` + i.
    #[must_use]
    pub const fn new(first: u32, bits: U256) -> Self {
        Self { first, bits, unpaid: U256::ZERO }
    }

    /// The same where something can be earned only on the days of `earning`, in the order of its own bits.
    #[must_use]
    pub fn earning_on(self, earning: U256) -> Self {
        Self { unpaid: !earning, ..self }
    }

    /// Of the days that count, those on which something can be earned.
    #[must_use]
    pub fn that_earn(self) -> Self {
        Self { bits: self.bits & !self.unpaid, ..self }
    }

    /// Whether any day counts.
    #[must_use]
    pub fn any(self) -> bool {
        !self.bits.is_zero()
    }

    /// Whether `day` or a later one counts.
    #[must_use]
    pub fn any_from(self, day: u32) -> bool {
        self.counting().any(|counts| counts >= day)
    }

    /// How many seconds of `[from, to)` lie on days that count. Only the 256 days that were asked for can.
    #[must_use]
    pub fn seconds_of(self, from: u64, to: u64) -> u64 {
        let seconds = |day: u32| to.min(start(day) + DAY_SECONDS).saturating_sub(from.max(start(day)));
        self.counting().map(seconds).sum()
    }

    /// The first day with a second of `[from, to)` that counts.
    #[must_use]
    pub fn first_of(self, from: u64, to: u64) -> Option<u32> {
        self.counting().find(|day| from.max(start(*day)) < to.min(start(*day) + DAY_SECONDS))
    }

    /// The days of `[from, to)` that do not count and come before one that does, in adjacent runs: as the recorder's
    /// `DaysPassedOver` names them.
    #[must_use]
    pub fn passed_over(self, from: u64, to: u64) -> Vec<PassedOver> {
        let mut runs = Vec::new();
        let mut next = u32::try_from(from / DAY_SECONDS).unwrap_or(u32::MAX);
        for day in self.counting().filter(|day| start(*day) + DAY_SECONDS > from && start(*day) < to) {
            if day > next {
                runs.push(PassedOver { from_day: next, to_day: day });
            }
            next = day + 1;
        }
        runs
    }

    /// The days that count, the earliest first.
    fn counting(self) -> impl Iterator<Item = u32> {
        (0..256_u32).filter(move |bit| self.bits.bit(*bit as usize)).map(move |bit| self.first.saturating_add(bit))
    }
}

/// The first second of `day`.
fn start(day: u32) -> u64 {
    u64::from(day) * DAY_SECONDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_or_a_later_one_counts_up_to_the_last_that_does() {
        let days = EligibleDays::new(100, U256::from(0b101));
        assert_eq!([99, 100, 101, 102, 103].map(|day| days.any_from(day)), [true, true, true, true, false]);
    }

    #[test]
    fn days_that_were_passed_over_are_named_by_the_first_and_the_last() {
        let words = |from_day, to_day| PassedOver { from_day, to_day }.words();
        assert_eq!([words(20_140, 20_141), words(20_140, 20_142)], ["2025-02-21", "2025-02-21 to 2025-02-22"]);
    }
}
