//! Filters that a client polls: what is new since it last asked.

use super::Chain;
use super::error::ChainError;
use alloy::rpc::types::Filter;
use std::collections::BTreeMap;

/// The most filters at once; further ones are refused until some are uninstalled.
const MOST_WATCHES: usize = 1_000;

/// What a client waits for.
#[derive(Debug, Clone)]
pub enum Watch {
    /// Logs that match.
    Logs(Box<Filter>),
    /// Hashes of blocks.
    Blocks,
    /// Hashes of transactions.
    Transactions,
}

/// The installed filters by number.
#[derive(Debug, Default)]
pub(super) struct Watchers {
    installed: BTreeMap<u64, Installed>,
    last: u64,
}

#[derive(Debug)]
struct Installed {
    watch: Watch,
    /// The first block not yet reported.
    next: u64,
}

impl Chain {
    /// Installs a filter that reports from the next block on, and returns its number.
    ///
    /// # Errors
    /// If there are too many.
    pub fn watch(&mut self, watch: Watch) -> Result<u64, ChainError> {
        if self.watchers.installed.len() >= MOST_WATCHES {
            return Err(ChainError::refused(format!("more than {MOST_WATCHES} filters: uninstall some")));
        }
        let next = self.number() + 1;
        self.watchers.last += 1;
        self.watchers.installed.insert(self.watchers.last, Installed { watch, next });
        Ok(self.watchers.last)
    }

    /// Removes a filter; false if it is not known.
    pub fn unwatch(&mut self, id: u64) -> bool {
        self.watchers.installed.remove(&id).is_some()
    }

    /// What a filter waits for, and the blocks to report now, which count as reported from then on.
    ///
    /// # Errors
    /// If the filter is not known.
    pub fn poll(&mut self, id: u64) -> Result<(Watch, std::ops::Range<u64>), ChainError> {
        let end = self.number() + 1;
        let installed = self.watchers.installed.get_mut(&id).ok_or_else(|| ChainError::refused("filter not found"))?;
        // A snapshot may have taken the chain back.
        let start = installed.next.min(end);
        installed.next = end;
        Ok((installed.watch.clone(), start..end))
    }

    /// What a filter waits for.
    ///
    /// # Errors
    /// If the filter is not known.
    pub fn watched(&self, id: u64) -> Result<&Watch, ChainError> {
        let installed = self.watchers.installed.get(&id);
        installed.map(|i| &i.watch).ok_or_else(|| ChainError::refused("filter not found"))
    }
}
