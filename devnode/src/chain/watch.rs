//! What clients wait for, and what of it is new since they were last told.

use super::Chain;
use super::error::ChainError;
use alloy::rpc::types::Filter;
use std::collections::BTreeMap;
use std::ops::Range;

/// The most filters and subscriptions at once; further ones are refused until some end.
const MOST_WATCHES: usize = 1_000;

/// What a client waits for.
#[derive(Debug, Clone)]
pub enum Watch {
    /// Logs that match.
    Logs(Box<Filter>),
    /// Hashes of blocks.
    Blocks,
    /// Headers of blocks.
    Heads,
    /// Transactions, or only their hashes.
    Transactions {
        /// True for the whole transactions.
        full: bool,
    },
}

/// The installed filters and subscriptions by number.
#[derive(Debug, Default)]
pub(super) struct Watchers {
    installed: BTreeMap<u64, Installed>,
    last: u64,
}

impl Watchers {
    /// The chain went back to block `head`: what comes after it is new again.
    pub(super) fn rewind(&mut self, head: u64) {
        for installed in self.installed.values_mut() {
            installed.next = installed.next.min(head + 1);
        }
    }

    fn get_mut(&mut self, id: u64, session: Option<u64>) -> Result<&mut Installed, ChainError> {
        let installed = self.installed.get_mut(&id).filter(|installed| installed.session == session);
        installed.ok_or_else(|| ChainError::refused("filter not found"))
    }
}

#[derive(Debug)]
struct Installed {
    watch: Watch,
    /// The connection that is told; `None` for a filter, which anyone may poll.
    session: Option<u64>,
    /// The first block not yet reported.
    next: u64,
}

impl Chain {
    /// Installs a filter, or a subscription of `session`, that reports from the next block on; returns its number.
    ///
    /// # Errors
    /// If there are too many.
    pub fn watch(&mut self, watch: Watch, session: Option<u64>) -> Result<u64, ChainError> {
        if self.watchers.installed.len() >= MOST_WATCHES {
            return Err(ChainError::refused(format!("more than {MOST_WATCHES} filters: uninstall some")));
        }
        let next = self.number() + 1;
        self.watchers.last += 1;
        self.watchers.installed.insert(self.watchers.last, Installed { watch, session, next });
        Ok(self.watchers.last)
    }

    /// Removes a filter, or a subscription of `session`; false if it is not known.
    pub fn unwatch(&mut self, id: u64, session: Option<u64>) -> bool {
        let is_known = self.watchers.get_mut(id, session).is_ok();
        if is_known {
            self.watchers.installed.remove(&id);
        }
        is_known
    }

    /// What a filter, or a subscription of `session`, waits for, and at most `most` blocks to report now, which count
    /// as reported from then on.
    ///
    /// # Errors
    /// If it is not known.
    pub fn poll(&mut self, id: u64, session: Option<u64>, most: u64) -> Result<(Watch, Range<u64>), ChainError> {
        let head = self.number();
        let installed = self.watchers.get_mut(id, session)?;
        let start = installed.next;
        installed.next = (head + 1).min(start.saturating_add(most));
        Ok((installed.watch.clone(), start..installed.next))
    }

    /// What a filter waits for.
    ///
    /// # Errors
    /// If the filter is not known.
    pub fn watched(&mut self, id: u64) -> Result<&Watch, ChainError> {
        self.watchers.get_mut(id, None).map(|installed| &installed.watch)
    }

    /// The subscriptions of `session`.
    #[must_use]
    pub fn subscriptions(&self, session: u64) -> Vec<u64> {
        let installed = self.watchers.installed.iter();
        installed.filter(|(_, installed)| installed.session == Some(session)).map(|(id, _)| *id).collect()
    }

    /// Ends all subscriptions of `session`.
    pub fn end_session(&mut self, session: u64) {
        self.watchers.installed.retain(|_, installed| installed.session != Some(session));
    }
}
