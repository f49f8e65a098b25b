//! What is wrong with a dump, and where.

use super::sessions::Impossible;

/// Why a text is no such dump.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum DumpError {
    /// Another schema.
    #[error("the table `sessions` has no column `{0}`: a snapshot of another schema")]
    NoColumn(&'static str),
    /// No table of that name before its rows, or none at all.
    #[error("there is no table `sessions`: a snapshot of another schema")]
    NoTable,
    /// A statement that cannot be read.
    #[error("line {line}: {fault}")]
    Statement {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        fault: String,
    },
    /// A row that cannot be read.
    #[error("session number {row}: {fault}")]
    Malformed {
        /// Its number in the table, from 1.
        row: usize,
        /// What is wrong.
        fault: String,
    },
    /// A session that cannot have been.
    #[error(transparent)]
    Impossible(#[from] Impossible),
}
