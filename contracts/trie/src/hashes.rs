//! A branch that names all below it by their hashes, as nearly all do: read with few steps, which are what a wasm program
//! pays for.

use crate::{link::HASH, rlp::EMPTY_STRING};

/// A hash with its code.
const HASH_BYTES: usize = 33;
/// Bytes of a branch that names two nodes, without its own code: no leaf of a storage is as long.
const SHORTEST: usize = 2 * HASH_BYTES + 15;
/// The bit by which the codes of a hash and of an empty place differ. It is worth as many bytes as a hash has.
const HASH_BIT: u8 = HASH ^ EMPTY_STRING;

/// A place of such a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place<'a> {
    /// Nothing is below it.
    Empty,
    /// The node with this hash is.
    Hash(&'a [u8; 32]),
}

/// The place `nibble` of the branch whose list has this `payload`; nothing if it is no such branch, or a malformed one.
pub(crate) fn at(payload: &[u8], nibble: u8) -> Option<Place<'_>> {
    if payload.len() < SHORTEST {
        return None;
    }
    if let Some(places) = full(payload) {
        let [_, hash @ ..] = places.get(usize::from(nibble))?;
        return Some(Place::Hash(hash));
    }
    let (mut at, mut others) = (0, 0);
    let mut skip = |at: usize| {
        let code = *payload.get(at)?;
        others |= code & !HASH_BIT ^ EMPTY_STRING;
        Some(at + 1 + usize::from(code & HASH_BIT))
    };
    for _ in 0..nibble {
        at = skip(at)?;
    }
    let wanted = at;
    for _ in nibble..16 {
        at = skip(at)?;
    }
    if others != 0 || payload.get(at..) != Some(&[EMPTY_STRING]) {
        return None;
    }
    match payload.get(wanted..)?.split_first()? {
        (&HASH, hash) => hash.first_chunk().map(Place::Hash),
        _ => Some(Place::Empty),
    }
}

/// All places of a branch without an empty one.
fn full(payload: &[u8]) -> Option<&[[u8; HASH_BYTES]; 16]> {
    let (places, [EMPTY_STRING]) = payload.as_chunks() else { return None };
    let places: &[[u8; HASH_BYTES]; 16] = places.try_into().ok()?;
    // Not place by place: sixteen questions cost three times as much as one.
    let codes = places.iter().fold((HASH, HASH), |(all, any), [code, ..]| (all & code, any | code));
    (codes == (HASH, HASH)).then_some(places)
}

#[cfg(test)]
mod tests;
