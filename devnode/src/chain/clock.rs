//! Time: it runs with the wall clock from wherever it was set, and never backwards.

use super::error::ChainError;
use std::time::{SystemTime, UNIX_EPOCH};

/// The last second of the year 9999. What lies beyond is a mistake, most often milliseconds.
pub const LAST_SECOND: u64 = 253_402_300_799;

/// Refuses a time beyond the year 9999.
fn check(timestamp: u64) -> Result<(), ChainError> {
    if timestamp > LAST_SECOND {
        return Err(ChainError::invalid(format!("timestamp {timestamp} is beyond the year 9999: seconds are meant")));
    }
    Ok(())
}

/// The clock of the chain, in unix seconds.
#[derive(Debug, Clone)]
pub struct Clock {
    /// Chain time minus wall time.
    offset: i128,
    next: Option<u64>,
}

impl Clock {
    /// A clock that shows `now` now.
    #[must_use]
    pub fn starting_at(now: u64) -> Self {
        Self { offset: i128::from(now) - i128::from(wall()), next: None }
    }

    /// What the next block's timestamp would be, after a block of time `last`.
    #[must_use]
    pub fn next_timestamp(&self, last: u64) -> u64 {
        self.next.unwrap_or_else(|| self.now()).max(last)
    }

    /// Takes the timestamp of the next block; a timestamp that was set is used up, and time runs on from it.
    pub fn take(&mut self, last: u64) -> u64 {
        let timestamp = self.next_timestamp(last);
        if self.next.take().is_some() {
            *self = Self::starting_at(timestamp);
        }
        timestamp
    }

    /// Moves the clock forward and returns the total shift from wall time in seconds.
    ///
    /// # Errors
    /// If time would pass the year 9999.
    pub fn increase(&mut self, seconds: u64) -> Result<i128, ChainError> {
        check(self.next.unwrap_or_else(|| self.now()).saturating_add(seconds))?;
        self.offset += i128::from(seconds);
        if let Some(next) = &mut self.next {
            *next += seconds;
        }
        Ok(self.offset)
    }

    /// Fixes the timestamp of the next block.
    ///
    /// # Errors
    /// If it lies before that of the last block or beyond the year 9999.
    pub fn set_next(&mut self, timestamp: u64, last: u64) -> Result<(), ChainError> {
        if timestamp < last {
            return Err(ChainError::invalid(format!("timestamp {timestamp} is before that of the last block, {last}")));
        }
        check(timestamp)?;
        self.next = Some(timestamp);
        Ok(())
    }

    fn now(&self) -> u64 {
        let now = i128::from(wall()) + self.offset;
        u64::try_from(now.max(0)).unwrap_or(u64::MAX)
    }
}

/// Unix seconds by the machine's clock.
#[must_use]
pub fn wall() -> u64 {
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
    fn the_last_second_of_the_year_9999_is_the_last_that_can_be_set() {
        let mut clock = Clock::starting_at(1_000);
        assert!(clock.set_next(LAST_SECOND, 1_000).is_ok());
        assert!(clock.set_next(LAST_SECOND + 1, 1_000).is_err());
        assert!(clock.increase(1).is_err(), "one second more than was set");
        assert!(clock.increase(u64::MAX).is_err());
        assert_eq!(clock.take(1_000), LAST_SECOND);
    }

    #[test]
    fn increasing_time_moves_the_next_block_by_exactly_that_much() {
        let mut clock = Clock::starting_at(1_000);
        clock.set_next(2_000, 1_000).unwrap();
        clock.increase(86_400).unwrap();
        assert_eq!(clock.take(1_000), 88_400);
    }

    #[test]
    fn a_clock_that_starts_in_the_past_keeps_the_last_block_as_a_floor() {
        let clock = Clock::starting_at(10);
        assert_eq!(clock.next_timestamp(1_000_000), 1_000_000);
    }
}
