//! A moment of the chain that it can return to.

use super::clock::Clock;

/// A moment to return to.
#[derive(Debug, Clone)]
pub(super) struct Snapshot {
    /// The newest block then.
    pub(super) number: u64,
    /// How many of that block's undo records existed.
    pub(super) undo: usize,
    pub(super) clock: Clock,
}
