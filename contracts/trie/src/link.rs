//! How a node names the one below it.

use crate::rlp::{Malformed, EMPTY_STRING};

/// Bytes from which on a node is named by its hash; a shorter one stands inside its parent.
pub(crate) const HASHED_FROM: usize = 32;
/// The code of a string of 32 bytes.
pub(crate) const HASH: u8 = 0xa0;
/// The codes of lists that are shorter than a hash with their code, but for the empty one.
const FIRST_EMBEDDED: u8 = 0xc1;
const LAST_EMBEDDED: u8 = 0xde;

/// The name of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link<'a> {
    /// Its hash.
    Hash(&'a [u8; 32]),
    /// All of it.
    Embedded(&'a [u8]),
}

/// What the first of `items` names, nothing if it is the empty string, and what comes behind it.
///
/// # Errors
/// [`Malformed`] if it is neither, nor a name.
pub(crate) fn link(items: &[u8]) -> Result<(Option<Link<'_>>, &[u8]), Malformed> {
    let (&code, behind) = items.split_first().ok_or(Malformed)?;
    match code {
        EMPTY_STRING => Ok((None, behind)),
        HASH => {
            let (hash, rest) = behind.split_first_chunk().ok_or(Malformed)?;
            Ok((Some(Link::Hash(hash)), rest))
        }
        FIRST_EMBEDDED..=LAST_EMBEDDED => {
            let length = usize::from(code - FIRST_EMBEDDED) + 2;
            let (node, rest) = items.split_at_checked(length).ok_or(Malformed)?;
            Ok((Some(Link::Embedded(node)), rest))
        }
        _ => Err(Malformed),
    }
}
