//! One node of a trie: what it says of a key.
//!
//! Nodes stand inside nodes, so the functions here call each other.

use crate::{
    hashes::{self, Place},
    link::{link, Link},
    path::{nibble, Key, Path, NIBBLES},
    rlp::{first, Item, Malformed, EMPTY_STRING},
};

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
    // The common case first: it costs half of what the rules below do.
    if depth < NIBBLES {
        match hashes::at(payload, nibble(key, depth)) {
            Some(Place::Hash(hash)) => return Ok(Step::Below(Link::Hash(hash), depth + 1)),
            Some(Place::Empty) => return Ok(Step::Absent),
            None => {}
        }
    }
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
    let (Some(link), []) = link(second)? else { return Err(Malformed) };
    if path.len() == 0 || end >= NIBBLES {
        return Err(Malformed);
    }
    if let Link::Embedded([_, below @ ..]) = link {
        branch_step(below, end, key)?;
    }
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

#[cfg(test)]
mod tests;
