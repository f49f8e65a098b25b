//! A share of all usage, and what it needs: session-seconds, and the stake with which they are paid in full.

use mrc53_maths::{Day, SECONDS_PER_DAY, U256, compute, required_stake, share_down};

/// All of it, in the parts of [`Share`].
pub const ALL: u64 = 10_000;

/// A share of all usage: more than nothing and less than all of it, in parts of 10,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u64);

impl Share {
    /// The share of so many parts of 10,000; none of 0, nor of 10,000 and more.
    #[must_use]
    pub const fn of(parts: u64) -> Option<Self> {
        if parts == 0 || parts >= ALL { None } else { Some(Self(parts)) }
    }

    /// Its parts of 10,000.
    #[must_use]
    pub const fn parts(self) -> u64 {
        self.0
    }

    /// The least session-seconds that are this share of all, where others host `others`: p / (1 − p) of them, rounded up.
    #[must_use]
    pub fn seconds_beside(self, others: u64) -> u64 {
        let seconds = (u128::from(others) * u128::from(self.0)).div_ceil((ALL - self.0).into());
        u64::try_from(seconds).unwrap_or(u64::MAX)
    }
}

/// The least stake, MOR wei held all day long, with which `own` session-seconds beside those of `others` are paid in full
/// on each of the UTC days `[from, to)`, where others stake `others_stake`; none where no stake suffices on some day.
#[must_use]
pub fn stake_for_all(own: u64, others: u64, others_stake: u128, [from, to]: [Day; 2]) -> Option<U256> {
    let total = u128::from(own) + u128::from(others);
    let others_stake_seconds = others_stake.saturating_mul(SECONDS_PER_DAY.into());
    let of_a_day = |day| {
        let emission = compute::emission_of(day);
        let target = share_down(emission, own.into(), total);
        required_stake(target, emission, compute::emitted_by_end_of(day), others_stake_seconds)
    };
    (from.0..to.0).map(|day| of_a_day(Day(day))).try_fold(U256::ZERO, |most, stake| stake.map(|stake| most.max(stake)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_and_all_are_no_share() {
        assert_eq!(
            [0, 1, 9_999, 10_000].map(|parts| Share::of(parts).map(Share::parts)),
            [None, Some(1), Some(9_999), None]
        );
    }

    #[test]
    fn a_tenth_is_a_ninth_of_the_others_and_nine_tenths_are_nine_times_as_much() {
        let beside = |parts| Share::of(parts).unwrap().seconds_beside(170_100);
        assert_eq!([1_000, 5_000, 9_000].map(beside), [18_900, 170_100, 1_530_900]);
    }

    proptest! {
        #[test]
        fn the_seconds_of_a_share_reach_it_and_one_second_less_does_not(parts in 1..ALL, others in 1..1_u64 << 40) {
            let share = Share::of(parts).unwrap();
            let reaches = |own: u64| u128::from(own) * u128::from(ALL) >= u128::from(parts) * u128::from(own + others);
            let own = share.seconds_beside(others);
            prop_assert!(reaches(own) && !reaches(own - 1));
        }
    }
}
