//! What eligible days make of a span, without a contract around it.

use alloy_primitives::U256;
use mrc53_maths::Day;
use proptest::prelude::*;

use super::{DAY, HOUR, MIDNIGHT, SECONDS_PER_DAY};
use crate::{
    eligible::{EligibleDays, Run},
    window::Span,
};

fn runs(bits: u32, span: Span) -> Vec<Run> {
    EligibleDays::new(Day(DAY), U256::from(bits)).runs(span).collect()
}

fn span(from: u64, to: u64) -> Span {
    Span { from: MIDNIGHT + from, to: MIDNIGHT + to }
}

#[test]
fn a_run_begins_and_ends_with_the_span_or_at_midnight() {
    let whole = span(HOUR, 3 * SECONDS_PER_DAY + HOUR);

    let found = runs(0b0110, whole);

    let expected = Run { gap_from: DAY, from_day: DAY + 1, span: span(SECONDS_PER_DAY, 3 * SECONDS_PER_DAY) };
    assert_eq!(found, [expected]);
    assert_eq!(runs(0b1111, whole), [Run { gap_from: DAY, from_day: DAY, span: whole }]);
}

#[test]
fn a_span_that_ends_at_midnight_does_not_reach_the_day_that_begins() {
    for (to, bits, expected) in
        [(SECONDS_PER_DAY - 1, 0b10, 0), (SECONDS_PER_DAY, 0b10, 0), (SECONDS_PER_DAY + 1, 0b10, 1)]
    {
        assert_eq!(runs(bits, span(0, to)).len(), expected);
    }
}

#[test]
fn days_before_and_behind_those_asked_for_are_not_eligible() {
    let days = EligibleDays::new(Day(DAY), U256::MAX);
    let at = |day: u32| Span { from: Day(day).start(), to: Day(day).start() + 1 };

    let found = [DAY - 1, DAY, DAY + 255, DAY + 256].map(|day| days.runs(at(day)).count());

    assert_eq!(found, [0, 1, 1, 0]);
}

#[test]
fn an_empty_span_has_no_runs() {
    assert_eq!(runs(u32::MAX, span(HOUR, HOUR)), []);
}

proptest! {
    #[test]
    fn runs_hold_every_second_of_every_eligible_day_and_no_other(
        bits: u32,
        from in 0..20 * SECONDS_PER_DAY,
        seconds in 0..12 * SECONDS_PER_DAY,
    ) {
        let whole = span(from, from + seconds);
        let found = runs(bits, whole);

        for day in DAY..DAY + 33 {
            let eligible = bits.checked_shr(day - DAY).is_some_and(|rest| rest & 1 == 1);
            let expected = if eligible { Day(day).seconds_of(whole.from, whole.to) } else { 0 };
            let held: u64 = found.iter().map(|run| Day(day).seconds_of(run.span.from, run.span.to)).sum();
            prop_assert_eq!(held, expected, "day {}", day);
        }
        // Each gap begins where the run before it ends, and no run is empty or touches the next.
        let mut end = Day::of(whole.from).0;
        for (number, run) in found.iter().enumerate() {
            prop_assert_eq!(run.gap_from, end);
            prop_assert!(number == 0 || run.from_day > end);
            prop_assert!(!run.span.is_empty());
            end = run.span.days().1.next().0;
        }
    }
}
