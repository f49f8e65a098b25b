//! The session source: the Morpheus Compute Diamond as deployed, or anything that answers its two views.
//!
//! What it answers is data, not truth: only a bounded prefix is read, and the caller judges the times.

use alloy_primitives::{Address, B256};
use alloy_sol_types::sol;

use crate::{
    call::ask,
    words::{Words, WORD},
    CallFailed,
};

sol! {
    /// The two views of the Diamond that the suite reads (`getSession` 0x39b240bd, `getBid` 0x91704e1e).
    interface ISessionSource {
        /// Returns the `Session` tuple; declared without results because the tuple is dynamic and read by hand.
        function getSession(bytes32 sessionId) external view;
        /// Returns the `Bid` tuple.
        function getBid(bytes32 bidId) external view;
    }
}

/// Words of a `Session` answer that are read: the offset of the tuple, then its first nine fields.
const SESSION_WORDS: usize = 10;
/// Words of a `Bid` answer that are read: the provider.
const BID_WORDS: usize = 1;

/// The fields of the Diamond's `Session` that the recorder needs. Times are unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// The bid the session was opened on; it names the provider.
    pub bid_id: B256,
    /// When it was opened; 0 for an unknown session.
    pub opened_at: u128,
    /// When it ends by itself; fixed at opening.
    pub ends_at: u128,
    /// When it was closed; 0 while open.
    pub closed_at: u128,
}

/// Reads a session: word 0 is the tuple's offset (32), then user, bidId, stake, receipt offset, closeoutType,
/// providerWithdrawnAmount, openedAt, endsAt, closedAt, … The receipt's bytes behind are never copied.
///
/// # Errors
/// [`CallFailed`] if the source reverts, answers less than ten words, another offset, or times above 128 bits.
pub fn session(source: Address, session_id: B256, gas: u64) -> Result<Session, CallFailed> {
    let answer = ask::<ISessionSource::getSessionCall>(source, &[session_id], gas, SESSION_WORDS * WORD)?;
    let words = Words::new(&answer);
    if words.u32(0)? != 32 {
        return Err(CallFailed);
    }
    Ok(Session {
        bid_id: B256::new(*words.word(2)?),
        opened_at: words.u128(7)?,
        ends_at: words.u128(8)?,
        closed_at: words.u128(9)?,
    })
}

/// Reads the provider of a bid: the subnet. A deleted bid still answers; its provider never changes.
///
/// # Errors
/// [`CallFailed`] if the source reverts or answers less than one word or no address.
pub fn provider(source: Address, bid_id: B256, gas: u64) -> Result<Address, CallFailed> {
    let answer = ask::<ISessionSource::getBidCall>(source, &[bid_id], gas, BID_WORDS * WORD)?;
    Words::new(&answer).address(0)
}
