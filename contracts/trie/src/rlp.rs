//! RLP, read in place and by the canonical rules only: what can be written shorter is refused.

/// Bytes that are no canonical RLP, or not of the shape that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// The code of the empty string.
pub(crate) const EMPTY_STRING: u8 = 0x80;
/// The code of the first list; what is below it is a string.
const FIRST_LIST: u8 = 0xc0;
/// The longest payload that an item's first byte can tell.
const LONGEST_SHORT: usize = 55;

/// The first item of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item<'a> {
    pub(crate) is_list: bool,
    pub(crate) payload: &'a [u8],
    /// What comes behind the item.
    pub(crate) rest: &'a [u8],
}

/// The first item of `bytes`. No item of a trie or a header is longer than 65,535 bytes, and none longer is taken.
///
/// # Errors
/// [`Malformed`] if there is none, if it is cut off, or if it could be written shorter.
pub(crate) fn first(bytes: &[u8]) -> Result<Item<'_>, Malformed> {
    let (&code, behind) = bytes.split_first().ok_or(Malformed)?;
    if code < EMPTY_STRING {
        return Ok(Item { is_list: false, payload: &bytes[..1], rest: behind });
    }
    let is_list = code >= FIRST_LIST;
    let told = usize::from(code & 0x3f);
    let (length, behind) = match told.checked_sub(LONGEST_SHORT) {
        None | Some(0) => (told, behind),
        Some(1) => {
            let (&length, behind) = behind.split_first().ok_or(Malformed)?;
            (long(usize::from(length), LONGEST_SHORT)?, behind)
        }
        Some(2) => {
            let (&length, behind) = behind.split_first_chunk().ok_or(Malformed)?;
            (long(usize::from(u16::from_be_bytes(length)), 0xff)?, behind)
        }
        Some(_) => return Err(Malformed),
    };
    let (payload, rest) = behind.split_at_checked(length).ok_or(Malformed)?;
    if !is_list && matches!(payload, [byte] if *byte < EMPTY_STRING) {
        return Err(Malformed);
    }
    Ok(Item { is_list, payload, rest })
}

/// A length that fewer bytes could not tell.
fn long(length: usize, longest_shorter: usize) -> Result<usize, Malformed> {
    if length > longest_shorter {
        Ok(length)
    } else {
        Err(Malformed)
    }
}

/// The first item of `bytes`, a string: its payload, and what comes behind it.
///
/// # Errors
/// [`Malformed`] if it is none, or not canonical.
// Headers and accounts are read once in a while, item by item: once in the program is enough.
#[inline(never)]
pub fn string(bytes: &[u8]) -> Result<(&[u8], &[u8]), Malformed> {
    match first(bytes)? {
        Item { is_list: false, payload, rest } => Ok((payload, rest)),
        Item { .. } => Err(Malformed),
    }
}

/// The payload of the list that is all of `bytes`.
///
/// # Errors
/// [`Malformed`] if they are no list, not canonical, or more than one item.
pub fn list(bytes: &[u8]) -> Result<&[u8], Malformed> {
    match first(bytes)? {
        Item { is_list: true, payload, rest: [] } => Ok(payload),
        Item { .. } => Err(Malformed),
    }
}

/// The first item of `bytes`, a string of 32 bytes, and what comes behind it.
///
/// # Errors
/// [`Malformed`] if it is none, or of another length.
pub fn word(bytes: &[u8]) -> Result<(&[u8; 32], &[u8]), Malformed> {
    let (payload, rest) = string(bytes)?;
    Ok((payload.try_into().map_err(|_| Malformed)?, rest))
}

/// The first item of `bytes`, a number: its digits without leading zeros, at most `N` (none for zero), and what comes
/// behind it.
///
/// # Errors
/// [`Malformed`] if it is no string, longer, or has a leading zero.
pub fn digits<const N: usize>(bytes: &[u8]) -> Result<(&[u8], &[u8]), Malformed> {
    let (digits, rest) = string(bytes)?;
    if digits.len() > N || digits.first() == Some(&0) {
        return Err(Malformed);
    }
    Ok((digits, rest))
}

#[cfg(test)]
mod tests;
