//! The five pools of MOR's emission, and what each emits.
//!
//! All begin at 2024-02-08 12:00 UTC and pay less by the same amount in each interval of a day, 5,833 intervals long.
//! Four have 24 % each and Protection has 4 %; together 14,400 MOR in the first interval and 2.468994701 MOR less in each
//! following one. The contracts keep a pool by its number; which of 1 and 2 is Code is not verified, and both are alike.

use mrc53_maths::{COMPUTE, Day, EmissionSchedule, U256};

/// One of the five.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pool {
    /// Depositors of the Capital contract.
    Capital,
    /// Contributors of code.
    Code,
    /// Builders and their stakers.
    Builders,
    /// Compute providers: the pool that MRC-53 divides.
    Compute,
    /// The protection fund.
    Protection,
}

impl Pool {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 5] = [Self::Capital, Self::Code, Self::Builders, Self::Compute, Self::Protection];

    /// How people call it, in small letters.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Capital => "capital",
            Self::Code => "code",
            Self::Builders => "builders",
            Self::Compute => "compute",
            Self::Protection => "protection",
        }
    }

    /// The pool called so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pool| pool.name() == name)
    }

    /// Its part of all emission, in per cent.
    #[must_use]
    pub const fn percent(self) -> u8 {
        match self {
            Self::Protection => 4,
            _ => 24,
        }
    }

    /// What it emits, and when.
    #[must_use]
    pub const fn schedule(self) -> EmissionSchedule {
        match self {
            Self::Protection => {
                EmissionSchedule { initial: 576_000_000_000_000_000_000, decrease: 98_759_788_040_000_000, ..COMPUTE }
            }
            _ => COMPUTE,
        }
    }

    /// MOR wei emitted in the UTC days `[from, to)`; 0 for an empty or reversed range.
    ///
    /// Exact: the ends of UTC days halve intervals, and the constants are even.
    #[must_use]
    pub fn emitted(self, from: Day, to: Day) -> u128 {
        narrow(self.schedule().period_reward(from.start(), to.start()))
    }

    /// MOR wei emitted from the launch to the end of the UTC day.
    #[must_use]
    pub fn emitted_by_end_of(self, day: Day) -> u128 {
        self.emitted(Day(0), day.next())
    }

    /// MOR wei of the interval with this number, the first being 0; 0 after the last.
    #[must_use]
    pub fn of_interval(self, number: u32) -> u128 {
        let schedule = self.schedule();
        let start = schedule.payout_start + u64::from(number) * schedule.interval;
        narrow(schedule.period_reward(start, start + schedule.interval))
    }
}

/// A sum of MOR wei: all that is ever emitted, 42 million MOR, is below 2^86.
fn narrow(wei: U256) -> u128 {
    u128::try_from(wei).unwrap_or(u128::MAX)
}

#[cfg(test)]
mod tests {
    use mrc53_maths::compute::{self, LAST_DAY, LAUNCH_DAY};

    use super::*;

    const MOR: u128 = 1_000_000_000_000_000_000;

    fn all(from: Day, to: Day) -> u128 {
        Pool::ALL.iter().map(|pool| pool.emitted(from, to)).sum()
    }

    #[test]
    fn five_pools_add_up_to_all_of_it() {
        assert_eq!(Pool::ALL.iter().map(|pool| u32::from(pool.percent())).sum::<u32>(), 100);
        let sum = |of: fn(EmissionSchedule) -> u128| Pool::ALL.iter().map(|pool| of(pool.schedule())).sum::<u128>();
        assert_eq!(sum(|schedule| schedule.initial), 14_400 * MOR);
        assert_eq!(sum(|schedule| schedule.decrease), 2_468_994_701_000_000_000);
    }

    #[test]
    fn every_pool_emits_its_part_of_every_interval() {
        for number in [0, 1, 379, 1_023, 5_832] {
            let all: u128 = Pool::ALL.iter().map(|pool| pool.of_interval(number)).sum();
            for pool in Pool::ALL {
                assert_eq!(pool.of_interval(number) * 100, all * u128::from(pool.percent()), "{number} {pool:?}");
            }
        }
    }

    #[test]
    fn the_compute_pool_is_the_contracts_own_on_every_day() {
        for day in (LAUNCH_DAY.0 - 1..=LAST_DAY.0 + 1).map(Day) {
            assert_eq!(Pool::Compute.emitted(day, day.next()), compute::emission_of(day), "{day:?}");
            assert_eq!(Pool::Compute.emitted_by_end_of(day), compute::emitted_by_end_of(day), "{day:?}");
        }
    }

    #[test]
    fn emission_by_interval_is_what_others_publish() {
        let tenths = |wei: u128| (wei + MOR / 20) / (MOR / 10);
        // 2025-02-21, 2026-07-05, 2026-11-27: tenths of MOR of a pool of 24 % and of all five.
        for (number, pool, all) in [(379, 32_314, 134_643), (878, 29_357, 122_322), (1_023, 28_498, 118_742)] {
            assert_eq!(tenths(Pool::Compute.of_interval(number)), pool, "{number}");
            assert_eq!(tenths(Pool::ALL.iter().map(|pool| pool.of_interval(number)).sum()), all, "{number}");
        }
    }

    #[test]
    fn after_365_intervals_all_pools_have_emitted_5_091_985_mor() {
        let first_year: u128 = Pool::ALL.iter().flat_map(|pool| (0..365).map(|number| pool.of_interval(number))).sum();
        assert_eq!((first_year + MOR / 2) / MOR, 5_091_985);
    }

    #[test]
    fn years_of_365_intervals_add_up_to_all_that_is_emitted() {
        for pool in Pool::ALL {
            let years: Vec<u128> = (0..16)
                .map(|year| (year * 365..(year + 1) * 365).map(|number| pool.of_interval(number)).sum())
                .collect();
            assert!(years.is_sorted_by(|a, b| a > b), "{pool:?}: {years:?}");
            assert_eq!(years.iter().sum::<u128>(), pool.emitted_by_end_of(LAST_DAY), "{pool:?}");
        }
    }

    #[test]
    fn the_end_is_at_10_08_and_42_million_mor() {
        let (start, end) = (LAUNCH_DAY, LAST_DAY.next());
        let compute = Pool::Compute.emitted(start, end);
        assert_eq!(compute, compute::TOTAL);
        assert!(10_080_000 * MOR - compute < MOR / 1_000);
        assert!(42_000_000 * MOR - all(start, end) < MOR / 100);
        assert_eq!(all(end, Day(LAST_DAY.0 + 400)), 0);
        assert_eq!(Pool::Capital.of_interval(5_833), 0);
    }

    #[test]
    fn a_pool_is_found_by_its_name_alone() {
        assert_eq!(Pool::ALL.map(|pool| Pool::named(pool.name())), Pool::ALL.map(Some));
        assert_eq!(Pool::named("Compute"), None);
    }
}
