//! What the Diamond's views are asked and answer, encoded: the lines of a [`Scripted`](crate::Scripted) source.

use alloc::vec::Vec;

use alloy_primitives::{hex, Address, B256, U256};

const GET_SESSION: [u8; 4] = hex!("39b240bd");
const GET_BID: [u8; 4] = hex!("91704e1e");

/// Calldata of `getSession(session_id)`.
#[must_use]
pub fn get_session(session_id: B256) -> Vec<u8> {
    [&GET_SESSION[..], &session_id[..]].concat()
}

/// Calldata of `getBid(bid_id)`.
#[must_use]
pub fn get_bid(bid_id: B256) -> Vec<u8> {
    [&GET_BID[..], &bid_id[..]].concat()
}

/// The 416 bytes of a session without a receipt. Times are unix seconds; an opening time of 0 is an unknown session.
#[must_use]
pub fn session(bid_id: B256, opened_at: u128, ends_at: u128, closed_at: u128) -> Vec<u8> {
    let mut words = [U256::ZERO; 13];
    words[0] = U256::from(32);
    words[2] = bid_id.into();
    words[4] = U256::from(11 * 32);
    words[7] = U256::from(opened_at);
    words[8] = U256::from(ends_at);
    words[9] = U256::from(closed_at);
    encode(&words)
}

/// The 192 bytes of a bid of `provider`.
#[must_use]
pub fn bid(provider: Address) -> Vec<u8> {
    let mut words = [U256::ZERO; 6];
    words[0] = U256::from_be_bytes(provider.into_word().0);
    encode(&words)
}

fn encode(words: &[U256]) -> Vec<u8> {
    words.iter().flat_map(U256::to_be_bytes::<32>).collect()
}
