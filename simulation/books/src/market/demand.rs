//! What is asked for: sessions a day, each of as many seconds.

use mrc53_maths::Day;

/// Sessions that consumers open on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    /// As many on every day.
    Constant {
        /// Sessions a day.
        sessions: u64,
        /// Seconds that each lasts.
        seconds_each: u64,
    },
    /// More by as many parts of 10,000 each day, compounded over whole sessions.
    Growing {
        /// Sessions on the first day.
        sessions: u64,
        /// Seconds that each lasts.
        seconds_each: u64,
        /// Parts of 10,000 by which a day has more than the one before.
        daily_growth: u64,
        /// The most.
        most: u64,
    },
    /// What was counted: sessions and seconds by day, from the first day on; nothing afterwards.
    Counted(Vec<Asked>),
}

/// What is asked for on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Sessions that open.
    pub sessions: u64,
    /// Seconds that all of them serve.
    pub seconds: u64,
}

impl Asked {
    fn of(sessions: u64, seconds_each: u64) -> Self {
        Self { sessions, seconds: sessions.saturating_mul(seconds_each) }
    }

    /// The part of who has `share` of `shares`, rounded down.
    #[must_use]
    pub fn part(self, share: u64, shares: u64) -> Self {
        let shares = shares.max(1);
        // The share is at most all of them, so the quotient fits; the product does, as a rule.
        let wide = |of: u64| u64::try_from(u128::from(of) * u128::from(share) / u128::from(shares)).unwrap_or(of);
        let part = |of: u64| of.checked_mul(share).map_or_else(|| wide(of), |product| product / shares);
        Self { sessions: part(self.sessions), seconds: part(self.seconds) }
    }
}

/// Asks day after day.
#[derive(Clone, Debug)]
pub(super) struct Asking<'a> {
    demand: &'a Demand,
    first: Day,
    /// Sessions of the next day, in 10,000ths, where they grow.
    grown: u128,
}

impl<'a> Asking<'a> {
    pub(super) const fn of(demand: &'a Demand, first: Day) -> Self {
        let grown = match demand {
            Demand::Growing { sessions, .. } => *sessions as u128 * 10_000,
            _ => 0,
        };
        Self { demand, first, grown }
    }

    /// What is asked for on `day`; to be called for each day once, in order.
    pub(super) fn on(&mut self, day: Day) -> Asked {
        match self.demand {
            Demand::Constant { sessions, seconds_each } => Asked::of(*sessions, *seconds_each),
            Demand::Growing { seconds_each, daily_growth, most, .. } => {
                let sessions = u64::try_from(self.grown / 10_000).unwrap_or(u64::MAX).min(*most);
                let limit = u128::from(*most).saturating_mul(10_000);
                let more = self.grown.saturating_mul(u128::from(*daily_growth)) / 10_000;
                self.grown = self.grown.saturating_add(more).min(limit);
                Asked::of(sessions, *seconds_each)
            }
            Demand::Counted(days) => {
                let passed = day.0.checked_sub(self.first.0);
                passed.and_then(|passed| days.get(passed as usize)).copied().unwrap_or_default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(demand: &Demand, days: u32) -> Vec<Asked> {
        let mut asking = Asking::of(demand, Day(100));
        (100..100 + days).map(|day| asking.on(Day(day))).collect()
    }

    #[test]
    fn a_constant_demand_is_the_same_on_every_day() {
        let demand = Demand::Constant { sessions: 567, seconds_each: 300 };
        assert_eq!(asked(&demand, 3), [Asked { sessions: 567, seconds: 170_100 }; 3]);
    }

    #[test]
    fn a_growing_demand_grows_up_to_its_most() {
        let demand = Demand::Growing { sessions: 100, seconds_each: 1, daily_growth: 1_000, most: 125 };
        assert_eq!(asked(&demand, 5).iter().map(|day| day.sessions).collect::<Vec<_>>(), [100, 110, 121, 125, 125]);
    }

    #[test]
    fn what_was_counted_is_asked_for_on_its_day_and_nothing_afterwards() {
        let day = |sessions| Asked { sessions, seconds: 10 * sessions };
        assert_eq!(asked(&Demand::Counted(vec![day(1), day(2)]), 3), [day(1), day(2), day(0)]);
    }

    #[test]
    fn parts_add_up_to_no_more_than_was_asked_for() {
        let all = Asked { sessions: 10, seconds: u64::MAX };
        let parts = [1, 2, 3].map(|share| all.part(share, 6));
        assert_eq!(parts.map(|part| part.sessions), [1, 3, 5]);
        assert!(parts.iter().map(|part| u128::from(part.seconds)).sum::<u128>() <= u128::from(u64::MAX));
        assert_eq!(all.part(6, 6), all);
        assert_eq!(all.part(0, 0), Asked::default());
    }
}
