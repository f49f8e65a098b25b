//! Morpheus' linearly decreasing emission, in closed form, for any schedule and any window.

use crate::mul_div::U256;

/// An emission that pays `initial − n·decrease` in its n-th interval (n from 0) until that is no longer positive.
///
/// The rule is `LinearDistributionIntervalDecrease.getPeriodReward` of the Morpheus smart contracts, which every
/// bucket of the MOR emission uses. [`crate::COMPUTE`] is the Compute pool's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmissionSchedule {
    /// What the first interval pays, in MOR wei.
    pub initial: u128,
    /// What each interval pays less than the one before, in MOR wei; 0 means an emission without an end.
    pub decrease: u128,
    /// Unix second at which the first interval begins.
    pub payout_start: u64,
    /// Length of an interval in seconds; 0 means that nothing is ever paid.
    pub interval: u64,
}

impl EmissionSchedule {
    /// Number of intervals that pay anything: `ceil(initial / decrease)`, or `None` for an emission without an end.
    #[must_use]
    pub const fn intervals(&self) -> Option<u128> {
        if self.decrease == 0 {
            None
        } else {
            Some(self.initial.div_ceil(self.decrease))
        }
    }

    /// MOR wei emitted in the half-open window `[start, end)` of Unix seconds; 0 for an empty or reversed window.
    ///
    /// Equal to the wei to Morpheus' `getPeriodReward` for every schedule whose end that library can represent in
    /// its `uint128`. As there: an interval that the window covers in part pays in proportion to the seconds, floored;
    /// the parts at the window's two ends are floored separately, so adjacent windows add up exactly only where they
    /// meet on a whole wei. Windows aligned to half an interval of the Compute pool are exact.
    ///
    /// Cannot overflow: interval counts and seconds are below 2^64 and rates below 2^128, so every product is below
    /// 2^192.
    #[must_use]
    pub fn period_reward(&self, start: u64, end: u64) -> U256 {
        if self.interval == 0 {
            return U256::ZERO;
        }
        let start = start.max(self.payout_start);
        let end = end.min(self.ends_at());
        if start >= end {
            return U256::ZERO;
        }
        let (from, to) = (start - self.payout_start, end - self.payout_start);
        let (first, last) = (from / self.interval, to / self.interval);
        if first == last {
            return self.part_of(first, to - from);
        }

        let into_first = from % self.interval;
        let (head, whole_from) = if into_first == 0 {
            (U256::ZERO, first)
        } else {
            (self.part_of(first, self.interval - into_first), first + 1)
        };
        let tail = self.part_of(last, to % self.interval);
        head + self.whole_intervals(whole_from, last) + tail
    }

    /// Unix second at which the emission ends, or 2^64 − 1 where it does not end before.
    fn ends_at(&self) -> u64 {
        let length = self.intervals().and_then(|n| n.checked_mul(u128::from(self.interval)));
        let end = length.and_then(|length| length.checked_add(u128::from(self.payout_start)));
        end.map_or(u64::MAX, |end| u64::try_from(end).unwrap_or(u64::MAX))
    }

    /// What interval `n` pays in full: `initial − n·decrease`, 0 once the schedule has ended.
    fn rate(&self, n: u64) -> U256 {
        U256::from(self.initial).saturating_sub(U256::from(n) * U256::from(self.decrease))
    }

    /// What `seconds` of interval `n` pay, floored. The interval is not zero.
    fn part_of(&self, n: u64, seconds: u64) -> U256 {
        self.rate(n) * U256::from(seconds) / U256::from(self.interval)
    }

    /// What the whole intervals `[from, to)` pay: the sum of an arithmetic series.
    ///
    /// All of them pay (`to` is at most the number of paying intervals), so the subtraction cannot go below zero.
    fn whole_intervals(&self, from: u64, to: u64) -> U256 {
        let count = U256::from(to - from);
        let pairs = count * count.saturating_sub(U256::from(1)) / U256::from(2);
        (self.rate(from) * count).saturating_sub(U256::from(self.decrease) * pairs)
    }
}
