//! A block's header.

use crate::{
    number::padded,
    rlp::{digits, list, string, word, Malformed},
};

/// Items before the state root: the parent's hash, the ommers' hash, the beneficiary.
const BEFORE_STATE_ROOT: usize = 3;
/// Items between state root and time: roots of transactions and receipts, bloom, difficulty, number, gas limit, gas used.
const BEFORE_TIMESTAMP: usize = 7;

/// What the proofs need of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header<'a> {
    /// The root of the state after the block.
    pub state_root: &'a [u8; 32],
    /// The block's time, unix seconds.
    pub timestamp: u64,
}

impl<'a> Header<'a> {
    /// Reads a header: a list of strings whose fourth is the state root and whose twelfth the time, as in every fork so
    /// far. What comes behind may grow.
    ///
    /// # Errors
    /// [`Malformed`] for anything else.
    pub fn read(rlp: &'a [u8]) -> Result<Self, Malformed> {
        let items = skip(list(rlp)?, BEFORE_STATE_ROOT)?;
        let (state_root, items) = word(items)?;
        let (timestamp, mut items) = digits::<8>(skip(items, BEFORE_TIMESTAMP)?)?;
        while !items.is_empty() {
            items = skip(items, 1)?;
        }
        Ok(Self { state_root, timestamp: u64::from_be_bytes(padded(timestamp)) })
    }
}

/// What comes behind the first `count` strings.
fn skip(mut items: &[u8], count: usize) -> Result<&[u8], Malformed> {
    for _ in 0..count {
        items = string(items)?.1;
    }
    Ok(items)
}

#[cfg(test)]
mod tests;
