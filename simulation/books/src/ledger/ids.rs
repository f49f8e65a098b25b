//! Numbers for whom and what the books are of, given by whoever keeps the names.

/// A subnet.
pub type Subnet = u32;
/// A staker.
pub type Staker = u32;
/// A session of the Diamond.
pub type Session = u32;
