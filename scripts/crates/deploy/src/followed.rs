//! What the book has otherwise than before, because owners have changed it on the chain: for people and for machines.

use std::path::PathBuf;

use anyhow::Result;
use mrc53_node::book::{Book, Inputs};
use mrc53_node::connection::Connection;
use mrc53_node::follow::{self, Change};
use serde_json::{Value, json};

use super::goal::Goal;

/// What owners have changed since the book was written.
#[derive(Clone, Debug)]
pub struct Followed {
    before: Book,
    now: Inputs,
    file: PathBuf,
    changes: Vec<Change>,
}

impl Followed {
    /// What `goal` has otherwise than the book `before` of `connection`; nothing if no contract is in it yet.
    #[must_use]
    pub fn of(before: &Book, goal: &Goal, connection: &Connection) -> Self {
        let now = goal.inputs(true);
        let changes = if before.contracts.is_empty() { Vec::new() } else { follow::changes(&before.inputs, &now) };
        Self { before: before.clone(), now, file: Book::path(&connection.folder, &connection.network), changes }
    }

    /// The same with what was found later.
    #[must_use]
    pub fn and(mut self, later: Vec<Change>) -> Self {
        self.changes.extend(later);
        self
    }

    /// The book's file and what changes in it.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({ "file": self.file, "changes": self.changes })
    }

    /// What changes in the book, as a diff beneath a line that says so; empty if nothing does.
    ///
    /// # Errors
    /// Fails if a book cannot be written as JSON.
    pub fn diff(&self, is_written: bool) -> Result<String> {
        if self.changes.is_empty() {
            return Ok(String::new());
        }
        let how = if is_written { "follows" } else { "would follow" };
        let diff = follow::diff(&self.before, &self.now, &self.file.display().to_string())?.unwrap_or_default();
        Ok(format!("\n\nthe book {how} the chain:\n{}", diff.trim_end()))
    }
}
