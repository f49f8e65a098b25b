//! Session-seconds and sessions by day and provider, as the recorder would have booked them in time.

use std::collections::BTreeMap;

use mrc53_maths::Day;

use super::sessions::Sessions;
use mrc53_books::ledger::usage::Usage;

/// What was served in UTC days `[from, to)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageByDay {
    /// The first day.
    pub from: Day,
    /// How many providers there are.
    providers: usize,
    /// By day, then by the provider's number: who served something on it.
    days: Vec<BTreeMap<usize, Usage>>,
}

impl UsageByDay {
    /// Counts `sessions` in `[from, to)`. A session counts once, on the day on which it opened.
    #[must_use]
    pub fn count(sessions: &Sessions, from: Day, to: Day) -> Self {
        let mut days = vec![BTreeMap::<usize, Usage>::new(); to.0.saturating_sub(from.0) as usize];
        for session in sessions.served() {
            let first = Day::of(session.opened_at);
            let last = Day::of(session.ended_at.saturating_sub(1)).max(first);
            for day in (first.0.max(from.0)..=last.0.min(to.0.saturating_sub(1))).map(Day) {
                let usage = days[(day.0 - from.0) as usize].entry(session.provider as usize).or_default();
                usage.seconds += day.seconds_of(session.opened_at, session.ended_at);
                usage.sessions += u64::from(day == first);
            }
        }
        Self { from, providers: sessions.providers().len(), days }
    }

    /// Each day, with what those served that did, by the provider's number.
    pub fn days(&self) -> impl Iterator<Item = (Day, &BTreeMap<usize, Usage>)> {
        (self.from.0..).map(Day).zip(&self.days)
    }

    /// What each provider served on all days.
    #[must_use]
    pub fn of_providers(&self) -> Vec<Usage> {
        let mut sums = vec![Usage::default(); self.providers];
        for day in &self.days {
            for (number, usage) in day {
                let sum = &mut sums[*number];
                sum.seconds += usage.seconds;
                sum.sessions += usage.sessions;
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::super::sessions::Told;
    use super::*;

    const DAY: u64 = 86_400;

    fn count(times: &[[u64; 3]], from: u32, to: u32) -> Vec<(u64, u64)> {
        let mut sessions = Sessions::default();
        for (id, times) in (1..).zip(times) {
            sessions.add(&Told { id: &format!("0x{id}"), provider: "0xa", times: *times }).unwrap();
        }
        let usage = UsageByDay::count(&sessions, Day(from), Day(to));
        let of_day = |day: &BTreeMap<usize, Usage>| day.get(&0).copied().unwrap_or_default();
        usage.days().map(|(_, day)| (of_day(day).seconds, of_day(day).sessions)).collect()
    }

    #[test]
    fn a_session_over_midnight_serves_both_days_and_counts_on_the_first() {
        let over = [[10 * DAY - 100, 10 * DAY + 50, 0]];
        assert_eq!(count(&over, 8, 12), [(0, 0), (100, 1), (50, 0), (0, 0)]);
        assert_eq!(count(&over, 10, 11), [(50, 0)]);
        assert_eq!(count(&over, 9, 10), [(100, 1)]);
    }

    #[test]
    fn providers_that_serve_nothing_on_a_day_take_no_place_on_it() {
        let mut sessions = Sessions::default();
        for number in 0..100_000_u64 {
            let (id, opened_at) = (format!("0x{number}"), (100 + number % 5_700) * DAY);
            sessions.add(&Told { id: &id, provider: &id, times: [opened_at, opened_at + 10, 0] }).unwrap();
        }
        let usage = UsageByDay::count(&sessions, Day(100), Day(5_800));
        assert_eq!(usage.days().map(|(_, day)| day.len()).sum::<usize>(), 100_000);
        assert!(usage.of_providers().iter().all(|usage| (usage.seconds, usage.sessions) == (10, 1)));
    }

    #[test]
    fn a_session_that_ends_at_midnight_serves_no_second_of_the_next_day() {
        assert_eq!(count(&[[9 * DAY, 10 * DAY, 0]], 9, 11), [(DAY, 1), (0, 0)]);
        assert_eq!(count(&[[9 * DAY, 9 * DAY, 0]], 9, 11), [(0, 1), (0, 0)]);
    }
}
