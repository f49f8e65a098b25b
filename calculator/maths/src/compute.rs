//! The Compute pool's emission by UTC day: `E(d)` and `C(d)`.
//!
//! The pool's intervals begin at 12:00 UTC and last a day, so UTC day `k` after the launch day holds the second half
//! of interval `k − 1` and the first half of interval `k`. With the even constants of the pool both halves are whole
//! wei, and the integral over the day is exact:
//!
//! ```text
//! C = I·(2k + 1)/2 − D·k²/2        emitted by the end of the k-th day after launch
//! E = I − D·(2k − 1)/2             for k ≥ 1;  I/2 on the launch day
//! ```
//!
//! Two 128-bit multiplications and no division: this runs on chain once for every settled day. The tests hold it
//! equal to [`EmissionSchedule::period_reward`] and to Morpheus' Solidity library for every day of the emission.

use crate::{day::SECONDS_PER_DAY, Day, EmissionSchedule};

/// The emission of the Compute pool, 24 % of all MOR: 3456 MOR in the interval from 2024-02-08 12:00 UTC, and
/// 0.59255872824 MOR less in each following one; 5,833 intervals, until 2040-01-28 12:00 UTC.
pub const COMPUTE: EmissionSchedule = EmissionSchedule {
    initial: 3_456_000_000_000_000_000_000,
    decrease: 592_558_728_240_000_000,
    payout_start: 1_707_393_600,
    interval: SECONDS_PER_DAY,
};

/// UTC day on which the emission starts, at noon: 2024-02-08.
pub const LAUNCH_DAY: Day = Day::of(COMPUTE.payout_start);

/// UTC day on which the emission ends, at noon: 2040-01-28. From the next day on `E` is 0.
pub const LAST_DAY: Day = Day(LAUNCH_DAY.0 + INTERVALS as u32);

/// All that the Compute pool ever emits, in MOR wei: 10,079,999.99972144928 MOR.
pub const TOTAL: u128 = INTERVALS * COMPUTE.initial - HALF_DECREASE * INTERVALS * (INTERVALS - 1);

const INTERVALS: u128 = match COMPUTE.intervals() {
    Some(intervals) => intervals,
    None => 0,
};
const HALF_INITIAL: u128 = COMPUTE.initial / 2;
const HALF_DECREASE: u128 = COMPUTE.decrease / 2;

// What the closed forms rest on, and the widths that the crate's table states.
const _: () = {
    assert!(COMPUTE.interval == SECONDS_PER_DAY);
    assert!(Day::seconds_into(COMPUTE.payout_start) == SECONDS_PER_DAY / 2);
    assert!(COMPUTE.initial.is_multiple_of(2) && COMPUTE.decrease.is_multiple_of(2));
    assert!(INTERVALS == 5_833);
    assert!(COMPUTE.initial < 1 << 72);
    assert!(TOTAL < 1 << 84);
};

/// `E(d)`: MOR wei that the Compute pool emits inside the UTC day. 0 before the launch and after the end.
#[must_use]
pub const fn emission_of(day: Day) -> u128 {
    if day.0 < LAUNCH_DAY.0 || day.0 > LAST_DAY.0 {
        return 0;
    }
    let k = (day.0 - LAUNCH_DAY.0) as u128;
    if k == 0 {
        HALF_INITIAL
    } else if k == INTERVALS {
        HALF_INITIAL - HALF_DECREASE * (INTERVALS - 1)
    } else {
        COMPUTE.initial - HALF_DECREASE * (2 * k - 1)
    }
}

/// `C(d)`: MOR wei that the Compute pool has emitted from the launch to the **end** of the UTC day. 0 before the
/// launch, [`TOTAL`] after the end.
///
/// `C(d) − C(d−1) = E(d)` for every day (invariant 8).
#[must_use]
pub const fn emitted_by_end_of(day: Day) -> u128 {
    if day.0 < LAUNCH_DAY.0 {
        return 0;
    }
    if day.0 >= LAST_DAY.0 {
        return TOTAL;
    }
    let k = (day.0 - LAUNCH_DAY.0) as u128;
    HALF_INITIAL * (2 * k + 1) - HALF_DECREASE * k * k
}

/// MOR wei that the Compute pool emits in the UTC days `[from, to)`; 0 for an empty or reversed range.
#[must_use]
pub const fn emission_of_days(from: Day, to: Day) -> u128 {
    emitted_before(to).saturating_sub(emitted_before(from))
}

/// MOR wei emitted before the day begins.
const fn emitted_before(day: Day) -> u128 {
    match day.0.checked_sub(1) {
        Some(before) => emitted_by_end_of(Day(before)),
        None => 0,
    }
}
