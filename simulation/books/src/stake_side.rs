//! What stake earns and needs while usage never binds: the stake side of the rule by itself.
//!
//! On a day with `S` MOR staked all day long a wei of stake earns `E / max(C, S)`. Stake that is the same on every day of
//! a range, below what Compute has emitted by its beginning, earns `S · ln(C_b / C_a)` in the continuous form: the tests
//! hold the exact sum to it.

use mrc53_ledger::checkpoint::MAX_TOTAL_STAKE_WEI;
use mrc53_maths::{APR_PRECISION, Day, RewardInputs, SECONDS_PER_DAY, U256, apr, compute, reward};

/// One UTC day with this much stake in all, MOR wei held all day long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StakeDay {
    /// `E`, MOR wei.
    pub emission: u128,
    /// `C` at the day's end, MOR wei: the stake with which all of `E` is paid.
    pub full_payout_stake: u128,
    /// What all stake is paid, MOR wei, rounded down.
    pub paid: u128,
    /// The simple annual rate of stake, `APR_PRECISION` being 100 %: 365 · E / max(C, S).
    pub apr: u128,
}

impl StakeDay {
    /// The day `day` with `stake` MOR wei in all; `stake` of 2^87 and more counts as one less than that.
    #[must_use]
    pub fn of(day: Day, stake: u128) -> Self {
        let stake_seconds = stake.min(MAX_TOTAL_STAKE_WEI) * u128::from(SECONDS_PER_DAY);
        let (emission, emitted) = (compute::emission_of(day), compute::emitted_by_end_of(day));
        let all = RewardInputs {
            emission,
            emitted,
            subnet_stake_seconds: stake_seconds,
            total_stake_seconds: stake_seconds,
            ..RewardInputs::default()
        };
        Self {
            emission,
            full_payout_stake: emitted,
            paid: reward(&all).stake_reward,
            apr: apr(emission, emitted, stake_seconds),
        }
    }
}

/// What `stake` MOR wei, the same on every UTC day of `[from, to)`, is paid, and what is emitted there; MOR wei.
#[must_use]
pub fn paid(from: Day, to: Day, stake: u128) -> [u128; 2] {
    let days = (from.0..to.0).map(|day| StakeDay::of(Day(day), stake));
    days.fold([0, 0], |[paid, emitted], day| [paid + day.paid, emitted + day.emission])
}

/// `wei` MOR wei, if so much can be staked.
#[must_use]
pub fn stakeable(wei: U256) -> Option<u128> {
    u128::try_from(wei).ok().filter(|wei| *wei <= MAX_TOTAL_STAKE_WEI)
}

/// An annual rate in per cent, for people.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "a rate on its way to people's eyes")]
pub fn percent(apr: u128) -> f64 {
    apr as f64 / APR_PRECISION as f64 * 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOR: u128 = 1_000_000_000_000_000_000;
    /// 2026-11-27.
    const TODAY: Day = Day(20_784);

    #[allow(clippy::cast_precision_loss, reason = "a logarithm in floating point")]
    fn float(wei: u128) -> f64 {
        wei as f64
    }

    /// What the rate is on a day while the stake is below what has been emitted, tenths of a per cent.
    fn tenths(day: u32) -> u128 {
        let unit = APR_PRECISION / 1_000;
        (StakeDay::of(Day(day), 1).apr + unit / 2) / unit
    }

    #[test]
    fn the_rate_falls_year_by_year() {
        // 2025-02-21, 2026-07-05, 2026-11-27; the first days of 2028, 2030, 2032, 2035; 2040-01-01.
        let days = [20_140, 20_639, 20_784, 21_184, 21_915, 22_645, 23_741, 25_567];
        assert_eq!(days.map(tenths), [930, 382, 322, 221, 131, 85, 44, 1]);
    }

    #[test]
    fn a_constant_stake_is_paid_its_logarithm() {
        let (from, to) = (TODAY, compute::LAST_DAY.next());
        let [paid, emitted] = paid(from, to, 1_000_000 * MOR);
        let [before, end] = [Day(from.0 - 1), to].map(|day| float(compute::emitted_by_end_of(day)));
        let continuous = 1e24 * (end / before).ln();
        // Days are steps of the continuous form: the sum of E/C lies below the integral, by less than a day's rate.
        let short = continuous - float(paid);
        assert!(short > 0.0 && short / continuous < 0.001, "{paid} {continuous}");
        assert_eq!([paid, emitted].map(|wei| wei / (MOR * 10_000)), [113, 685]);
    }

    #[test]
    fn all_is_paid_from_the_stake_of_all_that_was_emitted_on() {
        let full = StakeDay::of(TODAY, 0).full_payout_stake;
        let paid = |stake| StakeDay::of(TODAY, stake).paid;
        assert!(paid(full - 1) < paid(full));
        assert_eq!([paid(full), paid(full * 2), paid(0)], [StakeDay::of(TODAY, 0).emission, paid(full), 0]);
        // 2.81 million MOR on 2026-07-05.
        assert_eq!(StakeDay::of(Day(20_639), 0).full_payout_stake / (MOR * 10_000), 280);
    }

    #[test]
    fn stake_beyond_all_emission_lowers_its_rate() {
        let full = StakeDay::of(TODAY, 0).full_payout_stake;
        let rates = [full, 2 * full, 4 * full].map(|stake| StakeDay::of(TODAY, stake).apr);
        assert_eq!(rates[0] / 2, rates[1]);
        assert_eq!(rates[0] / 4, rates[2]);
    }

    #[test]
    fn before_the_launch_nothing_is_paid_and_nothing_divided_by() {
        assert_eq!(StakeDay::of(Day(0), MOR), StakeDay { emission: 0, full_payout_stake: 0, paid: 0, apr: 0 });
    }
}
