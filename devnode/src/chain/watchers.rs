//! What clients wait for, and what of it they were told.

use super::error::ChainError;
use alloy::rpc::types::Filter;
use std::collections::BTreeMap;
use std::ops::Range;

/// The most filters and subscriptions at once. Then the filter that was not asked for longest gives way, since clients
/// forget theirs; subscriptions end with their connections, and never give way.
const MOST_WATCHES: usize = 1_000;

/// What a client waits for.
#[derive(Debug, Clone)]
pub(crate) enum Watch {
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
    /// How often filters were asked for and installed.
    asked: u64,
}

impl Watchers {
    /// The chain went back to block `head`: what comes after it is new again.
    pub(super) fn rewind(&mut self, head: u64) {
        for installed in self.installed.values_mut() {
            installed.next = installed.next.min(head + 1);
        }
    }

    /// Installs a filter, or a subscription of `session`, that reports from block `next` on; returns its number.
    pub(super) fn install(&mut self, watch: Watch, session: Option<u64>, next: u64) -> Result<u64, ChainError> {
        self.make_room()?;
        self.last += 1;
        self.asked += 1;
        self.installed.insert(self.last, Installed { watch, session, next, asked: self.asked });
        Ok(self.last)
    }

    /// Removes a filter, or a subscription of `session`; false if it is not known.
    pub(super) fn remove(&mut self, id: u64, session: Option<u64>) -> bool {
        let is_known = self.get_mut(id, session).is_ok();
        if is_known {
            self.installed.remove(&id);
        }
        is_known
    }

    /// What a filter, or a subscription of `session`, waits for, and at most `most` blocks up to `head` to report now.
    pub(super) fn poll(
        &mut self,
        id: u64,
        session: Option<u64>,
        head: u64,
        most: u64,
    ) -> Result<(Watch, Range<u64>), ChainError> {
        let installed = self.get_mut(id, session)?;
        let start = installed.next;
        installed.next = (head + 1).min(start.saturating_add(most));
        Ok((installed.watch.clone(), start..installed.next))
    }

    /// What a filter, which anyone may ask for, waits for.
    pub(super) fn filter(&mut self, id: u64) -> Result<&Watch, ChainError> {
        self.get_mut(id, None).map(|installed| &installed.watch)
    }

    /// The subscriptions of `session`.
    pub(super) fn of_session(&self, session: u64) -> Vec<u64> {
        let installed = self.installed.iter();
        installed.filter(|(_, installed)| installed.session == Some(session)).map(|(id, _)| *id).collect()
    }

    /// Ends all subscriptions of `session`.
    pub(super) fn end_session(&mut self, session: u64) {
        self.installed.retain(|_, installed| installed.session != Some(session));
    }

    fn get_mut(&mut self, id: u64, session: Option<u64>) -> Result<&mut Installed, ChainError> {
        self.asked += 1;
        let installed = self.installed.get_mut(&id).filter(|installed| installed.session == session);
        let installed = installed.ok_or_else(|| ChainError::refused("filter not found"))?;
        installed.asked = self.asked;
        Ok(installed)
    }

    fn make_room(&mut self) -> Result<(), ChainError> {
        if self.installed.len() < MOST_WATCHES {
            return Ok(());
        }
        let filters = self.installed.iter().filter(|(_, installed)| installed.session.is_none());
        let Some(id) = filters.min_by_key(|(_, filter)| filter.asked).map(|(id, _)| *id) else {
            return Err(ChainError::refused(format!("more than {MOST_WATCHES} subscriptions: end some")));
        };
        self.installed.remove(&id);
        Ok(())
    }
}

#[derive(Debug)]
struct Installed {
    watch: Watch,
    /// The connection that is told; `None` for a filter, which anyone may poll.
    session: Option<u64>,
    /// The first block not yet reported.
    next: u64,
    /// When it was last asked for, as [`Watchers::asked`] counts.
    asked: u64,
}
