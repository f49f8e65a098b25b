//! A word of storage, as a leaf holds it.

use crate::rlp::{digits, Malformed};

/// The word that a leaf's `value` is the RLP of: a number without leading zeros, padded on the left to 32 bytes.
///
/// # Errors
/// [`Malformed`] for anything else. Zero too: a slot that holds it is in no trie.
pub fn word(value: &[u8]) -> Result<[u8; 32], Malformed> {
    let (digits, rest) = digits::<32>(value)?;
    if digits.is_empty() || !rest.is_empty() {
        return Err(Malformed);
    }
    Ok(padded(digits))
}

/// `digits`, at most `N` of them, behind zeros.
pub(crate) fn padded<const N: usize>(digits: &[u8]) -> [u8; N] {
    let mut number = [0; N];
    if let Some(zeros) = N.checked_sub(digits.len()) {
        number[zeros..].copy_from_slice(digits);
    }
    number
}

#[cfg(test)]
mod tests;
