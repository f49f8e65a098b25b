//! Session-seconds and sessions by day and provider, as the recorder would have booked them in time.

use mrc53_maths::Day;

use super::sessions::Sessions;
use crate::ledger::usage::Usage;

/// What was served in UTC days `[from, to)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageByDay {
    /// The first day.
    pub from: Day,
    /// By day, then by the provider's number.
    days: Vec<Vec<Usage>>,
}

impl UsageByDay {
    /// Counts `sessions` in `[from, to)`. A session counts once, on the day on which it opened.
    #[must_use]
    pub fn count(sessions: &Sessions, from: Day, to: Day) -> Self {
        let providers = sessions.providers().len();
        let mut days = vec![vec![Usage::default(); providers]; to.0.saturating_sub(from.0) as usize];
        for session in sessions.served() {
            let first = Day::of(session.opened_at);
            let last = Day::of(session.ended_at.saturating_sub(1)).max(first);
            for day in (first.0.max(from.0)..=last.0.min(to.0.saturating_sub(1))).map(Day) {
                let usage = &mut days[(day.0 - from.0) as usize][session.provider as usize];
                usage.seconds += day.seconds_of(session.opened_at, session.ended_at);
                usage.sessions += u64::from(day == first);
            }
        }
        Self { from, days }
    }

    /// Each day, with what each provider served.
    pub fn days(&self) -> impl Iterator<Item = (Day, &[Usage])> {
        (self.from.0..).map(Day).zip(self.days.iter().map(Vec::as_slice))
    }

    /// What each provider served on all days.
    #[must_use]
    pub fn of_providers(&self) -> Vec<Usage> {
        let mut sums = vec![Usage::default(); self.days.first().map_or(0, Vec::len)];
        for day in &self.days {
            for (sum, usage) in sums.iter_mut().zip(day) {
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
        usage.days().map(|(_, day)| (day[0].seconds, day[0].sessions)).collect()
    }

    #[test]
    fn a_session_over_midnight_serves_both_days_and_counts_on_the_first() {
        let over = [[10 * DAY - 100, 10 * DAY + 50, 0]];
        assert_eq!(count(&over, 8, 12), [(0, 0), (100, 1), (50, 0), (0, 0)]);
        assert_eq!(count(&over, 10, 11), [(50, 0)]);
        assert_eq!(count(&over, 9, 10), [(100, 1)]);
    }

    #[test]
    fn a_session_that_ends_at_midnight_serves_no_second_of_the_next_day() {
        assert_eq!(count(&[[9 * DAY, 10 * DAY, 0]], 9, 11), [(DAY, 1), (0, 0)]);
        assert_eq!(count(&[[9 * DAY, 9 * DAY, 0]], 9, 11), [(0, 1), (0, 0)]);
    }
}
