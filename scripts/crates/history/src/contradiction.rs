//! What cannot be true of a node's answers, all of one chain.

use alloy::primitives::{Address, B256};
use mrc53_console::show::moment;

/// Two answers of a node that contradict each other.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Contradiction {
    /// A session opened in the blocks that were read, and no event says so.
    #[error("session {id} of {provider} opened at {} and no SessionOpened of it is among the events", moment(*.opened_at))]
    NoOpening { id: B256, provider: Address, opened_at: u64 },
    /// A session was closed in the blocks that were read, and no event says so.
    #[error("session {id} was closed at {} and no SessionClosed of it is among the events", moment(*.closed_at))]
    NoClosing { id: B256, closed_at: u64 },
    /// A session with times that no session has.
    #[error("session {id}: opened at {}, ends at {}, closed at {}: {why}", times[0], times[1], times[2])]
    Impossible { id: B256, times: [u64; 3], why: &'static str },
    /// An opening of a session that did not open then.
    #[error(
        "block {block} has a SessionOpened of session {id}, which opened at {opened_at}: not on the day of that block"
    )]
    AnotherOpening { id: B256, block: u64, opened_at: u64 },
    /// A closing of a session that was not closed then.
    #[error(
        "block {block} has a SessionClosed of session {id}, which was closed at {closed_at}: not on the day of that block"
    )]
    AnotherClosing { id: B256, block: u64, closed_at: u64 },
    /// A closing of a session that was never closed.
    #[error("block {block} has a SessionClosed of session {id}, which by getSession was never closed")]
    NeverClosed { id: B256, block: u64 },
    /// A block that is earlier than one before it, or of two times.
    #[error(
        "session {id} was at {time} in block {block}, session {other} at {later} in block {before}: blocks are in the \
         order of their times"
    )]
    Backwards { id: B256, block: u64, time: u64, other: B256, before: u64, later: u64 },
    /// An event of a session that there is not.
    #[error("block {block} has an event of session {id}, of which getSession knows nothing")]
    Unknown { id: B256, block: u64 },
    /// An event of a session that is not in its provider's list.
    #[error("session {id} is not in the list of {provider}, whose event opened it")]
    NotListed { id: B256, provider: Address },
}
