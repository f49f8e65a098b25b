//! Time: it runs with the wall clock from wherever it was set, and never backwards.

use super::error::ChainError;
use std::time::{SystemTime, UNIX_EPOCH};

/// The last second of the year 9999, beyond which no time can be set: a larger number is one of milliseconds.
pub(crate) const LAST_SECOND: u64 = 253_402_300_799;

/// The clock of the chain, in unix seconds.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    /// Chain time minus wall time.
    offset: i128,
    next: Option<u64>,
    /// Seconds from each block to the next, if time does not run by itself.
    interval: Option<u64>,
}

impl Clock {
    /// A clock that shows `now` now.
    #[must_use]
    pub(crate) fn starting_at(now: u64) -> Self {
        Self { offset: i128::from(now) - i128::from(wall()), next: None, interval: None }
    }

    /// What the next block's timestamp would be, after a block of time `last`.
    #[must_use]
    pub(crate) fn next_timestamp(&self, last: u64) -> u64 {
        let running = || self.interval.map_or_else(|| self.now(), |seconds| last.saturating_add(seconds));
        self.next.unwrap_or_else(running).max(last).min(LAST_SECOND.max(last))
    }

    /// Takes the timestamp of the next block; a timestamp that was set is used up, and time runs on from it.
    pub(crate) fn take(&mut self, last: u64) -> u64 {
        let timestamp = self.next_timestamp(last);
        if self.next.take().is_some() || self.interval.is_some() {
            self.start_at(timestamp);
        }
        timestamp
    }

    /// Moves the clock forward, after a block of time `last`, and returns the total shift from wall time in seconds.
    ///
    /// # Errors
    /// If time would leave the year 9999.
    pub(crate) fn increase(&mut self, seconds: u64, last: u64) -> Result<i128, ChainError> {
        let target = check(self.next_timestamp(last).saturating_add(seconds), last)?;
        self.offset += i128::from(seconds);
        if self.next.is_some() || self.interval.is_some() {
            self.next = Some(target);
        }
        Ok(self.offset)
    }

    /// Sets the clock, after a block of time `last`; returns by how many seconds it moved.
    ///
    /// # Errors
    /// If the time lies before the last block or beyond the year 9999.
    pub(crate) fn set(&mut self, timestamp: u64, last: u64) -> Result<i128, ChainError> {
        let before = self.next_timestamp(last);
        self.start_at(check(timestamp, last)?);
        self.next = None;
        Ok(i128::from(timestamp) - i128::from(before))
    }

    /// Makes every block `seconds` later than the one before; `None` lets time run by itself, from the last block on.
    /// True if it did not.
    pub(crate) fn set_interval(&mut self, seconds: Option<u64>) -> bool {
        std::mem::replace(&mut self.interval, seconds).is_some()
    }

    /// Fixes the timestamp of the next block.
    ///
    /// # Errors
    /// If it lies before that of the last block or beyond the year 9999.
    pub(crate) fn set_next(&mut self, timestamp: u64, last: u64) -> Result<(), ChainError> {
        self.next = Some(check(timestamp, last)?);
        Ok(())
    }

    fn start_at(&mut self, now: u64) {
        self.offset = i128::from(now) - i128::from(wall());
    }

    fn now(&self) -> u64 {
        let now = i128::from(wall()) + self.offset;
        u64::try_from(now.max(0)).unwrap_or(u64::MAX)
    }
}

/// Refuses a time that no block after one of time `last` can have.
///
/// # Errors
/// If it lies before `last` or beyond the year 9999.
pub(crate) fn check(timestamp: u64, last: u64) -> Result<u64, ChainError> {
    if timestamp < last {
        return Err(ChainError::invalid(format!("timestamp {timestamp} is before that of the last block, {last}")));
    }
    if timestamp > LAST_SECOND {
        return Err(ChainError::invalid(format!(
            "timestamp {timestamp} is beyond the year 9999: times are in seconds, not milliseconds"
        )));
    }
    Ok(timestamp)
}

/// Unix seconds by the machine's clock.
#[must_use]
pub(crate) fn wall() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::{Clock, LAST_SECOND};

    #[test]
    fn a_set_timestamp_holds_for_one_block_and_time_runs_on_from_it() {
        let mut clock = Clock::starting_at(1_000);
        clock.set_next(5_000, 1_000).unwrap();
        assert_eq!(clock.take(1_000), 5_000);
        assert!((5_000..5_005).contains(&clock.take(5_000)));
    }

    #[test]
    fn a_timestamp_before_the_last_block_is_refused() {
        let mut clock = Clock::starting_at(1_000);
        assert!(clock.set_next(999, 1_000).is_err());
        assert!(clock.set_next(1_000, 1_000).is_ok());
    }

    #[test]
    fn increasing_time_moves_the_next_block_by_exactly_that_much() {
        let mut clock = Clock::starting_at(1_000);
        clock.set_next(2_000, 1_000).unwrap();
        clock.increase(86_400, 1_000).unwrap();
        assert_eq!(clock.take(1_000), 88_400);
    }

    #[test]
    fn the_last_second_of_9999_can_be_set_and_the_next_cannot() {
        let mut clock = Clock::starting_at(1_000);
        assert!(clock.set_next(LAST_SECOND, 1_000).is_ok());
        assert!(clock.increase(1, 1_000).is_err());
        assert!(clock.set_next(LAST_SECOND + 1, 1_000).is_err());
        assert!(clock.set(LAST_SECOND + 1, 1_000).is_err());
        assert_eq!(clock.take(1_000), LAST_SECOND);
    }

    #[test]
    fn setting_the_clock_lets_time_run_from_there() {
        let mut clock = Clock::starting_at(1_000);
        let moved = clock.set(5_000, 1_000).unwrap();
        assert!((3_995..=4_000).contains(&moved));
        assert!((5_000..5_005).contains(&clock.take(1_000)));
        assert!(clock.set(4_999, 5_000).is_err());
    }

    #[test]
    fn with_an_interval_every_block_is_that_much_later_until_it_is_removed() {
        let mut clock = Clock::starting_at(1_000);
        clock.set_interval(Some(12));
        assert_eq!(clock.take(1_000), 1_012);
        assert_eq!(clock.take(1_012), 1_024);
        clock.increase(100, 1_024).unwrap();
        assert_eq!(clock.take(1_024), 1_136);
        assert!(clock.set_interval(None));
        assert!((1_136..1_140).contains(&clock.take(1_136)));
        assert!(!clock.set_interval(None));
    }

    #[test]
    fn a_clock_that_starts_in_the_past_keeps_the_last_block_as_a_floor() {
        let clock = Clock::starting_at(10);
        assert_eq!(clock.next_timestamp(1_000_000), 1_000_000);
    }
}
