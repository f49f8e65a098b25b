//! Which moment of the chain a request is about.

/// Which state and which block a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The state after this block, seen from within it.
    Block(u64),
    /// The newest state, seen from the block that comes next.
    Pending,
}
