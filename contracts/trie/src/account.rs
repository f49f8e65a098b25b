//! An account, as a leaf of the state trie holds it.

use crate::rlp::{digits, list, word, Malformed};

/// What the proofs need of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account<'a> {
    /// The root of its storage.
    pub storage_root: &'a [u8; 32],
    /// The hash of its code.
    pub code_hash: &'a [u8; 32],
}

impl<'a> Account<'a> {
    /// Reads a leaf's `value`: exactly nonce, balance, storage root and code hash.
    ///
    /// # Errors
    /// [`Malformed`] for anything else.
    pub fn read(value: &'a [u8]) -> Result<Self, Malformed> {
        let items = list(value)?;
        let (_nonce, items) = digits::<8>(items)?;
        let (_balance, items) = digits::<32>(items)?;
        let (storage_root, items) = word(items)?;
        let (code_hash, items) = word(items)?;
        if !items.is_empty() {
            return Err(Malformed);
        }
        Ok(Self { storage_root, code_hash })
    }
}

#[cfg(test)]
mod tests;
