//! On which days a subnet's sessions count, as `StakeAlignment` answered, and what that makes of a span of seconds.
//!
//! Pure, like [`crate::window`]: bits and times in, spans out.

use alloy_primitives::U256;
use mrc53_maths::Day;

use crate::window::Span;

/// The eligible days among those that were asked for. A day that was not asked for is not eligible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EligibleDays {
    first: u32,
    bits: U256,
}

impl EligibleDays {
    /// Bit i of `bits` for day `first` + i.
    pub(crate) const fn new(first: Day, bits: U256) -> Self {
        Self { first: first.0, bits }
    }

    fn holds(self, day: u32) -> bool {
        day.checked_sub(self.first).is_some_and(|bit| self.bits.bit(bit as usize))
    }

    /// The runs of adjacent eligible days within `span`, oldest first, each with the gap before it. What of `span` lies
    /// behind the last run is left out. At most one step a day.
    pub(crate) fn runs(self, span: Span) -> impl Iterator<Item = Run> {
        let (first, last) = span.days();
        let (mut day, end) = (first.0, if span.is_empty() { first.0 } else { last.0.saturating_add(1) });
        core::iter::from_fn(move || {
            let gap_from = day;
            let from_day = (day..end).find(|day| self.holds(*day))?;
            let to_day = (from_day..end).find(|day| !self.holds(*day)).unwrap_or(end);
            day = to_day;
            let span = Span { from: span.from.max(Day(from_day).start()), to: span.to.min(Day(to_day).start()) };
            Some(Run { gap_from, from_day, span })
        })
    }
}

/// Adjacent eligible days, and the days before them that are passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// First day of the gap `[gap_from, from_day)` before the run; the gap is empty if it is `from_day`.
    pub(crate) gap_from: u32,
    /// First day of the run.
    pub(crate) from_day: u32,
    /// The seconds of the run: never empty.
    pub(crate) span: Span,
}
