//! Filters and subscriptions, from the next block on.

use super::Chain;
use super::error::ChainError;
use super::watchers::Watch;
use std::ops::Range;

impl Chain {
    /// Installs a filter, or a subscription of `session`, that reports from the next block on; returns its number.
    ///
    /// # Errors
    /// If there are as many subscriptions as may be.
    pub(crate) fn watch(&mut self, watch: Watch, session: Option<u64>) -> Result<u64, ChainError> {
        self.watchers.install(watch, session, self.number() + 1)
    }

    /// Removes a filter, or a subscription of `session`; false if it is not known.
    pub(crate) fn unwatch(&mut self, id: u64, session: Option<u64>) -> bool {
        self.watchers.remove(id, session)
    }

    /// What a filter, or a subscription of `session`, waits for, and at most `most` blocks to report now, which count
    /// as reported from then on.
    ///
    /// # Errors
    /// If it is not known.
    pub(crate) fn poll(&mut self, id: u64, session: Option<u64>, most: u64) -> Result<(Watch, Range<u64>), ChainError> {
        self.watchers.poll(id, session, self.number(), most)
    }

    /// What a filter waits for.
    ///
    /// # Errors
    /// If the filter is not known.
    pub(crate) fn watched(&mut self, id: u64) -> Result<&Watch, ChainError> {
        self.watchers.filter(id)
    }

    /// The subscriptions of `session`.
    #[must_use]
    pub(crate) fn subscriptions(&self, session: u64) -> Vec<u64> {
        self.watchers.of_session(session)
    }

    /// Ends all subscriptions of `session`.
    pub(crate) fn end_session(&mut self, session: u64) {
        self.watchers.end_session(session);
    }
}
