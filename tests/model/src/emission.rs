//! The Compute pool's emission, added up interval by interval.
//!
//! Interval n, from 0, begins at `PAYOUT_START + n·INTERVAL_SECONDS` and emits `initial − n·decrease` evenly, until
//! that is not positive any more. Source: the pool's parameters in the Morpheus Diamond.

use std::cell::RefCell;
use std::collections::HashMap;

use num_bigint::BigUint;

use crate::time::{Day, Span};

/// Emission of the first interval, MOR wei.
const INITIAL_WEI: u128 = 3_456_000_000_000_000_000_000;
/// What each interval emits less than the one before, MOR wei.
const DECREASE_WEI: u128 = 592_558_728_240_000_000;
/// When the first interval begins: 2024-02-08 12:00 UTC.
const PAYOUT_START: u64 = 1_707_393_600;
/// Seconds of an interval.
const INTERVAL_SECONDS: u64 = 86_400;

/// E(d): MOR wei emitted inside the UTC day.
#[must_use]
pub fn emission(day: Day) -> BigUint {
    emitted_inside(Span::of_day(day))
}

/// C(d): MOR wei emitted from launch to the end of the UTC day.
#[must_use]
pub fn emitted(day: Day) -> BigUint {
    emitted_inside(Span { from: 0, to: Span::of_day(day).to })
}

thread_local! {
    /// What has been added up before: the same days are asked about over and over.
    static KNOWN: RefCell<HashMap<(u64, u64), BigUint>> = RefCell::default();
}

/// MOR wei emitted inside a span, rounded down once; exact where the span begins and ends at noon or midnight.
fn emitted_inside(span: Span) -> BigUint {
    let key = (span.from, span.to);
    if let Some(known) = KNOWN.with_borrow(|known| known.get(&key).cloned()) {
        return known;
    }
    let emitted = added_up(span);
    KNOWN.with_borrow_mut(|known| known.insert(key, emitted.clone()));
    emitted
}

/// [`emitted_inside`], interval by interval.
fn added_up(span: Span) -> BigUint {
    let first = span.from.saturating_sub(PAYOUT_START) / INTERVAL_SECONDS;
    let mut wei_times_interval = BigUint::ZERO;
    for n in first.. {
        let Some(rate) = rate(n).filter(|_| interval(n).from < span.to) else { break };
        wei_times_interval += rate * interval(n).overlap(span).seconds();
    }
    wei_times_interval / INTERVAL_SECONDS
}

/// The n-th interval.
fn interval(n: u64) -> Span {
    let from = PAYOUT_START + n * INTERVAL_SECONDS;
    Span { from, to: from + INTERVAL_SECONDS }
}

/// What the n-th interval emits, MOR wei, while that is positive.
fn rate(n: u64) -> Option<BigUint> {
    let initial = BigUint::from(INITIAL_WEI);
    let less = BigUint::from(DECREASE_WEI) * n;
    (less < initial).then(|| initial - less)
}
