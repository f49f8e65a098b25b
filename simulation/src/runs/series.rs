//! What a run came to in the course of time: a span for each UTC day of a short run, for each month of a longer one.

use mrc53_console::show::date;
use mrc53_maths::{Day, SECONDS_PER_DAY};

use mrc53_books::market::Market;
use mrc53_books::market::run::MarketDay;

/// The most days of a run that is shown day by day.
const MOST_DAYS: u32 = 62;
/// Characters of a date: of all, of its month, of its year.
const DAY: usize = "2026-11-27".len();
const MONTH: usize = "2026-11".len();
const YEAR: usize = "2026".len();

/// Days one after the other, half open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The day, month or year: `2026-11-27`, `2026-11`, `2026`.
    pub name: String,
    /// The first UTC day.
    pub from: Day,
    /// The UTC day after the last.
    pub to: Day,
    /// What was divided, MOR wei.
    pub emission: u128,
    /// What was paid of it, MOR wei.
    pub paid: u128,
    /// Stake of all subnets, MOR wei · s.
    pub stake_seconds: u128,
    /// The last day.
    pub last: MarketDay,
}

impl Span {
    /// Stake of all subnets, were it the same all the time; MOR wei, rounded down.
    #[must_use]
    pub fn mean_stake(&self) -> u128 {
        self.stake_seconds / (u128::from(self.to.0 - self.from.0) * u128::from(SECONDS_PER_DAY)).max(1)
    }

    fn of_day(day: &MarketDay, letters: usize) -> Self {
        Self {
            name: date(day.day.0).chars().take(letters).collect(),
            from: day.day,
            to: day.day.next(),
            emission: day.emission,
            paid: day.paid,
            stake_seconds: day.total_stake_seconds,
            last: *day,
        }
    }

    /// `self` and what comes right after it.
    fn append(&mut self, next: &Self) {
        self.to = next.to;
        self.emission += next.emission;
        self.paid += next.paid;
        self.stake_seconds += next.stake_seconds;
        self.last = next.last;
    }
}

/// Gathers the days of one run.
#[derive(Clone, Debug)]
pub(super) struct Series {
    letters: usize,
    spans: Vec<Span>,
}

impl Series {
    pub(super) const fn of(market: &Market) -> Self {
        let letters = if market.to.0 - market.from.0 <= MOST_DAYS { DAY } else { MONTH };
        Self { letters, spans: Vec::new() }
    }

    pub(super) fn add(&mut self, day: &MarketDay) {
        append(&mut self.spans, Span::of_day(day, self.letters));
    }

    pub(super) fn into_spans(self) -> Vec<Span> {
        self.spans
    }
}

/// The same time in spans of years.
#[must_use]
pub fn by_year(spans: &[Span]) -> Vec<Span> {
    let mut years = Vec::new();
    for span in spans {
        append(&mut years, Span { name: span.name.chars().take(YEAR).collect(), ..span.clone() });
    }
    years
}

/// Puts `next` behind `spans`, or into the last of them where that has the same name.
fn append(spans: &mut Vec<Span>, next: Span) {
    match spans.last_mut().filter(|last| last.name == next.name) {
        Some(last) => last.append(&next),
        None => spans.push(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: u32, to: u32, letters: usize) -> Vec<Span> {
        let mut series = Series { letters, spans: Vec::new() };
        for day in from..to {
            let total_stake_seconds = 10 * u128::from(SECONDS_PER_DAY);
            let day = Day(day);
            series.add(&MarketDay { day, emission: 3, paid: 2, total_stake_seconds, ..MarketDay::default() });
        }
        series.into_spans()
    }

    fn shape(spans: &[Span]) -> Vec<(&str, u32, u128)> {
        spans.iter().map(|span| (span.name.as_str(), span.to.0 - span.from.0, span.paid)).collect()
    }

    #[test]
    fn days_fall_into_their_months_and_months_into_their_years() {
        // 2026-11-27 to 2027-02-02.
        let months = days(20_784, 20_851, MONTH);
        assert_eq!(shape(&months), [("2026-11", 4, 8), ("2026-12", 31, 62), ("2027-01", 31, 62), ("2027-02", 1, 2)]);
        assert_eq!(shape(&by_year(&months)), [("2026", 35, 70), ("2027", 32, 64)]);
        assert!(months.iter().all(|month| month.mean_stake() == 10));
    }

    #[test]
    fn spans_lie_one_after_the_other() {
        for spans in [days(20_784, 20_851, DAY), days(20_784, 20_851, MONTH)] {
            assert!(spans.windows(2).all(|pair| pair[0].to == pair[1].from), "{spans:?}");
        }
    }
}
