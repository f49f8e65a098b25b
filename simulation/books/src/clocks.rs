//! By which clocks people read a day's emission. They differ by up to half of what a day's emission falls, so a number
//! without its clock cannot be compared.
//!
//! | clock | window of a UTC date | amount, with k days since 2024-02-08, initial I, decrease D |
//! |---|---|---|
//! | [`Clock::Day`] | the UTC day: what MRC-53 divides | I − D·(2k − 1)/2, half an interval each on the first and last day |
//! | [`Clock::Contracts`] | the interval that begins at its noon | I − D·k |
//! | [`Clock::Gateway`] | the UTC date, as the inference gateway counts its credits | I − D·k, six digits; 0 from its day 5833 |
//! | [`Clock::Explorer`] | the UTC day, as a public explorer draws it | I − D·k |

use mrc53_maths::compute::LAUNCH_DAY;
use mrc53_maths::{COMPUTE, Day, SECONDS_PER_DAY};

use crate::pools::Pool;

/// The gateway's day from which on it reckons with nothing, the first being 1: one before the contracts end.
pub const GATEWAY_LAST: u32 = 5_833;

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// What the contracts emit inside the UTC day.
    Day,
    /// The contracts' own intervals, from noon to noon.
    Contracts,
    /// The inference gateway, by UTC date.
    Gateway,
    /// An explorer, from midnight to midnight.
    Explorer,
}

/// What one clock says of one UTC date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Whose.
    pub clock: Clock,
    /// Its number of that date; the contracts and the explorer begin with 0, the gateway with 1. None for the UTC day.
    pub number: Option<u32>,
    /// Unix seconds of its window, half open.
    pub window: [u64; 2],
    /// MOR wei.
    pub wei: u128,
}

impl Clock {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Day, Self::Contracts, Self::Gateway, Self::Explorer];

    /// How people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "UTC day",
            Self::Contracts => "contracts",
            Self::Gateway => "gateway",
            Self::Explorer => "explorer",
        }
    }

    /// What it says of `pools` together on `day`; nothing before the launch.
    #[must_use]
    pub fn read(self, day: Day, pools: &[Pool]) -> Reading {
        let passed = day.0.checked_sub(LAUNCH_DAY.0);
        let of_interval = |number| pools.iter().map(|pool| pool.of_interval(number)).sum::<u128>();
        let noon = day.start() + Day::seconds_into(COMPUTE.payout_start);
        let midnights = [day.start(), day.end()];
        let (number, window, wei) = match self {
            Self::Day => (None, midnights, pools.iter().map(|pool| pool.emitted(day, day.next())).sum()),
            Self::Contracts => (passed, [noon, noon + SECONDS_PER_DAY], passed.map_or(0, of_interval)),
            Self::Explorer => (passed, midnights, passed.map_or(0, of_interval)),
            Self::Gateway => {
                let number = passed.map(|passed| passed + 1);
                let counted = passed.filter(|passed| passed + 1 < GATEWAY_LAST);
                (number, midnights, counted.map_or(0, |passed| to_six_digits(of_interval(passed))))
            }
        };
        Reading { clock: self, number, window, wei }
    }
}

/// MOR wei to six digits behind the point, half a unit up.
const fn to_six_digits(wei: u128) -> u128 {
    const UNIT: u128 = 1_000_000_000_000;
    (wei + UNIT / 2) / UNIT * UNIT
}

#[cfg(test)]
mod tests {
    use mrc53_maths::compute::LAST_DAY;

    use super::*;

    const MICRO: u128 = 1_000_000_000_000;

    fn all(day: u32) -> [Reading; 4] {
        Clock::ALL.map(|clock| clock.read(Day(day), &Pool::ALL))
    }

    #[test]
    fn the_clocks_differ_by_half_of_what_a_day_falls() {
        let [day, contracts, gateway, explorer] = all(20_784).map(|reading| reading.wei);
        assert_eq!(contracts, explorer);
        assert_eq!(day - contracts, 2_468_994_701_000_000_000 / 2);
        assert_eq!(gateway, 11_874_218_421 * MICRO);
        assert!(gateway.abs_diff(contracts) <= MICRO / 2);
    }

    #[test]
    fn on_the_launch_day_half_an_interval_lies_inside_the_utc_day() {
        let [day, contracts, gateway, _] = all(LAUNCH_DAY.0);
        assert_eq!((day.wei, contracts.wei), (7_200_000_000 * MICRO, 14_400_000_000 * MICRO));
        assert_eq!((contracts.number, gateway.number, day.number), (Some(0), Some(1), None));
        assert_eq!(contracts.window[0], COMPUTE.payout_start);
        assert_eq!(all(LAUNCH_DAY.0 - 1).map(|reading| reading.wei), [0; 4]);
    }

    #[test]
    fn the_gateway_ends_a_day_before_the_contracts() {
        let last = all(LAST_DAY.0 - 1).map(|reading| reading.wei > 0);
        assert_eq!(last, [true, true, false, true]);
        assert!(all(LAST_DAY.0 - 2)[2].wei > 0);
        assert_eq!(all(LAST_DAY.0).map(|reading| reading.wei > 0), [true, false, false, false]);
    }
}
