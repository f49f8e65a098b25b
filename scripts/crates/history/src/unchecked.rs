//! What was read and not held against itself yet: an earlier run may have it of a node that lied.
//!
//! It lies in a file of its own, so that a run that was interrupted goes on, and goes as a whole once it is checked or
//! refused. Midnights of earlier runs are not believed: the last one tells whether it is still the same chain.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use alloy::primitives::B256;
use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::journal::Journal;
use crate::midnights::Midnight;
use crate::session::Session;

/// A line of the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Midnight(Midnight),
    Session(Session),
}

/// The file, and what it has.
#[derive(Debug)]
pub(crate) struct Unchecked {
    journal: Journal,
    /// The last midnight that an earlier run has left.
    pub(crate) left: Option<Midnight>,
    pub(crate) midnights: BTreeMap<u32, Midnight>,
    pub(crate) sessions: BTreeMap<B256, Session>,
}

impl Unchecked {
    /// Reads the file at `path`, and how many bytes were cut off.
    ///
    /// # Errors
    /// As [`Journal::open`].
    pub(crate) fn open(path: &Path) -> Result<(Self, Option<usize>)> {
        let (journal, found) = Journal::open::<Line>(path)?;
        let mut read = Self { journal, left: None, midnights: BTreeMap::new(), sessions: BTreeMap::new() };
        for line in found.lines {
            match line {
                Line::Midnight(midnight) => {
                    read.left =
                        Some(read.left.map_or(midnight, |left| if left.day < midnight.day { midnight } else { left }));
                }
                Line::Session(session) => drop(read.sessions.insert(session.id, session)),
            }
        }
        Ok((read, found.cut_off))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.left.is_none() && self.midnights.is_empty() && self.sessions.is_empty()
    }

    pub(crate) fn add_midnight(&mut self, midnight: Midnight) -> Result<()> {
        self.journal.add(&[Line::Midnight(midnight)])?;
        self.midnights.insert(midnight.day, midnight);
        Ok(())
    }

    pub(crate) fn add_sessions(&mut self, sessions: &[Session]) -> Result<()> {
        self.journal.add(&sessions.iter().cloned().map(Line::Session).collect::<Vec<_>>())?;
        self.sessions.extend(sessions.iter().map(|session| (session.id, session.clone())));
        Ok(())
    }

    /// Forgets all midnights, and the sessions `ids`: they were checked.
    pub(crate) fn forget(&mut self, ids: &BTreeSet<B256>) -> Result<()> {
        self.sessions.retain(|id, _| !ids.contains(id));
        self.journal.replace(&self.sessions.values().cloned().map(Line::Session).collect::<Vec<_>>())?;
        (self.left, self.midnights) = (None, BTreeMap::new());
        Ok(())
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) -> Result<()> {
        self.sessions.clear();
        self.forget(&BTreeSet::new())
    }
}
