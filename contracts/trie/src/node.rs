//! One node of a trie: what it says of a key.

use crate::{
    path::{nibble, Key, Path, NIBBLES},
    rlp::{first, Item, Malformed, EMPTY_STRING},
};

/// Bytes from which on a node is named by its hash; a shorter one stands inside its parent.
pub(crate) const HASHED_FROM: usize = 32;
/// The code of a string of 32 bytes.
const HASH: u8 = 0xa0;
/// The codes of lists shorter than a hash with their code, but for the empty one.
const FIRST_EMBEDDED: u8 = 0xc1;
const LAST_EMBEDDED: u8 = 0xde;

/// How a node names the one below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link<'a> {
    /// By its hash.
    Hash(&'a [u8; 32]),
    /// By all of it.
    Embedded(&'a [u8]),
}

/// What a node says of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// It lies below: the node there, and how many nibbles lead to it.
    Below(Link<'a>, usize),
    /// It has this value.
    Value(&'a [u8]),
    /// It is not in the trie.
    Absent,
}

/// What the node whose list has this `payload`, to which the first `depth` nibbles lead, says of `key`.
///
/// # Errors
/// [`Malformed`] if the node is, or anything embedded in it.
pub(crate) fn step<'a>(payload: &'a [u8], depth: usize, key: &Key) -> Result<Step<'a>, Malformed> {
    match pair(payload) {
        Some((path, second)) => path_step(Path::read(path)?, second, depth, key),
        None => branch_step(payload, depth, key),
    }
}

/// The path and the second item, with its code, if the node is of two items: a leaf or an extension.
fn pair(payload: &[u8]) -> Option<(&[u8], &[u8])> {
    let Item { is_list: false, payload: path, rest } = first(payload).ok()? else { return None };
    first(rest).ok()?.rest.is_empty().then_some((path, rest))
}

fn path_step<'a>(path: Path<'_>, second: &'a [u8], depth: usize, key: &Key) -> Result<Step<'a>, Malformed> {
    let end = depth + path.len();
    if path.is_leaf {
        let Item { is_list: false, payload: value, .. } = first(second)? else { return Err(Malformed) };
        if end != NIBBLES || value.is_empty() {
            return Err(Malformed);
        }
        return Ok(if path.leads(key, depth) { Step::Value(value) } else { Step::Absent });
    }
    // A branch stands below, which takes a nibble itself.
    let (link, rest) = link(second)?;
    if path.len() == 0 || end >= NIBBLES || !rest.is_empty() {
        return Err(Malformed);
    }
    if let Some(Link::Embedded([_, below @ ..])) = link {
        branch_step(below, end, key)?;
    }
    let link = link.ok_or(Malformed)?;
    Ok(if path.leads(key, depth) { Step::Below(link, end) } else { Step::Absent })
}

fn branch_step<'a>(payload: &'a [u8], depth: usize, key: &Key) -> Result<Step<'a>, Malformed> {
    if depth >= NIBBLES {
        return Err(Malformed);
    }
    let wanted = nibble(key, depth);
    let (mut items, mut found) = (payload, Step::Absent);
    for place in 0..16 {
        let (link, rest) = link(items)?;
        items = rest;
        let Some(link) = link else { continue };
        if let Link::Embedded([_, below @ ..]) = link {
            step(below, depth + 1, key)?;
        }
        if place == wanted {
            found = Step::Below(link, depth + 1);
        }
    }
    // Its own value, which no trie of hashed keys has.
    if items == [EMPTY_STRING] {
        Ok(found)
    } else {
        Err(Malformed)
    }
}

/// What the first item names, nothing if it is the empty string, and what comes behind it.
fn link(items: &[u8]) -> Result<(Option<Link<'_>>, &[u8]), Malformed> {
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

#[cfg(test)]
mod tests;
