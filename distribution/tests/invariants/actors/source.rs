//! A session source that says what it likes about its sessions, and something else the next time.

use std::{cell::RefCell, collections::BTreeMap};

use alloy_primitives::{Address, B256};
use mrc53_testing::diamond;
use serde::{Deserialize, Serialize};
use stylus_sdk::{prelude::*, ArbResult};

/// What the source answers of one session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Unix seconds, as the source claims.
    pub(crate) opened_at: u128,
    pub(crate) ends_at: u128,
    pub(crate) closed_at: u128,
    /// The provider of the session's bid.
    pub(crate) provider: Address,
    pub(crate) manner: Manner,
}

/// How the source answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Manner {
    /// As the Diamond encodes it.
    Plain,
    /// Reverts when asked for the session, or for the bid.
    SessionReverts,
    BidReverts,
    /// Answers this many bytes of the session, or of the bid.
    SessionCut(u16),
    BidCut(u16),
    /// Appends 100,000 bytes to the session: a receipt without an end.
    Giant,
    /// Sets every bit above the session's times: they do not fit their type.
    TimesTooWide,
    /// Says that the session lies elsewhere in the answer.
    OtherOffset,
    /// Answers a provider that is no address.
    BidTooWide,
}

/// Bytes of a session's answer that the recorder reads.
pub(crate) const SESSION_BYTES: u16 = 320;
/// Bytes of a bid's answer that the recorder reads.
pub(crate) const BID_BYTES: u16 = 32;

std::thread_local! {
    static ANSWERS: RefCell<BTreeMap<B256, Answer>> = RefCell::default();
}

/// Forgets all sessions.
pub(crate) fn reset() {
    ANSWERS.with_borrow_mut(BTreeMap::clear);
}

/// From now on, this is answered of session `id`, whose bid has the same number.
pub(crate) fn answer(id: B256, answer: Answer) {
    ANSWERS.with_borrow_mut(|all| all.insert(id, answer));
}

/// In the place of the Diamond.
#[storage]
pub(crate) struct Source {}

#[allow(unsafe_code)]
// SAFETY: deployed as a contract of its own, never a field of another.
unsafe impl TopLevelStorage for Source {}

#[public]
impl Source {
    #[fallback]
    fn fallback(&mut self, calldata: &[u8]) -> ArbResult {
        let id = B256::from_slice(&calldata[4..36]);
        let asked_for_the_session = calldata == diamond::get_session(id);
        match ANSWERS.with_borrow(|all| all.get(&id).copied()) {
            // As the Diamond answers of what it does not know.
            None => Ok(diamond::session(B256::ZERO, 0, 0, 0)),
            Some(answer) if asked_for_the_session => session(id, answer),
            Some(answer) => bid(answer),
        }
    }
}

fn session(id: B256, answer: Answer) -> ArbResult {
    let mut bytes = diamond::session(id, answer.opened_at, answer.ends_at, answer.closed_at);
    match answer.manner {
        Manner::SessionReverts => return Err(vec![0xfe]),
        Manner::SessionCut(length) => bytes.truncate(length.into()),
        Manner::Giant => bytes.extend(std::iter::repeat_n(0xff, 100_000)),
        Manner::TimesTooWide => bytes[7 * 32..7 * 32 + 16].fill(0xff),
        Manner::OtherOffset => bytes[31] = 64,
        Manner::Plain | Manner::BidReverts | Manner::BidCut(_) | Manner::BidTooWide => {}
    }
    Ok(bytes)
}

fn bid(answer: Answer) -> ArbResult {
    let mut bytes = diamond::bid(answer.provider);
    match answer.manner {
        Manner::BidReverts => return Err(vec![0xfe]),
        Manner::BidCut(length) => bytes.truncate(length.into()),
        Manner::BidTooWide => bytes[..12].fill(0xff),
        _ => {}
    }
    Ok(bytes)
}
