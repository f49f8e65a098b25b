//! The nibbles of a key, and the part of them that a leaf or an extension stands for.

use crate::rlp::Malformed;

/// A key: the hash of an address or of a slot.
pub(crate) type Key = [u8; 32];

/// Nibbles of a key.
pub(crate) const NIBBLES: usize = 64;

/// The nibble of `bytes` at `at`, the high one of each byte first; zero past the end.
pub(crate) fn nibble(bytes: &[u8], at: usize) -> u8 {
    let byte = bytes.get(at / 2).copied().unwrap_or_default();
    if at.is_multiple_of(2) {
        byte >> 4
    } else {
        byte & 0xf
    }
}

/// How many nibbles `later` shares with `earlier`; nothing unless it is the greater of the two.
pub(crate) fn shared(earlier: &Key, later: &Key) -> Option<usize> {
    let at = (0..earlier.len()).find(|at| earlier[*at] != later[*at])?;
    (earlier[at] < later[at]).then(|| 2 * at + usize::from(earlier[at] ^ later[at] < 0x10))
}

/// A path in its compact form: a flag in the first nibble, padding behind it if the number of nibbles is even.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Path<'a> {
    /// Whether it ends in a leaf, and not in an extension.
    pub(crate) is_leaf: bool,
    compact: &'a [u8],
    /// Where the nibbles begin: 1, or 2 behind padding.
    begin: usize,
}

impl<'a> Path<'a> {
    /// Reads a path.
    ///
    /// # Errors
    /// [`Malformed`] if there is no flag, an unknown one, or padding that is not zero.
    pub(crate) fn read(compact: &'a [u8]) -> Result<Self, Malformed> {
        let (flag, padding) = compact.first().map(|first| (first >> 4, first & 0xf)).ok_or(Malformed)?;
        let is_odd = flag & 1 != 0;
        if flag > 3 || !is_odd && padding != 0 {
            return Err(Malformed);
        }
        Ok(Self { is_leaf: flag & 2 != 0, compact, begin: if is_odd { 1 } else { 2 } })
    }

    /// Its number of nibbles.
    pub(crate) fn len(self) -> usize {
        2 * self.compact.len() - self.begin
    }

    /// Whether the nibbles of `key` from `depth` on begin with it.
    pub(crate) fn leads(self, key: &Key, depth: usize) -> bool {
        let is_odd = self.begin == 1;
        if is_odd && nibble(self.compact, 1) != nibble(key, depth) {
            return false;
        }
        let (whole, depth) = (&self.compact[1..], depth + usize::from(is_odd));
        if depth.is_multiple_of(2) {
            // Always so of a leaf, as its path ends with the key.
            return key.get(depth / 2..depth / 2 + whole.len()).is_some_and(|there| equal(whole, there));
        }
        (0..2 * whole.len()).all(|at| nibble(whole, at) == nibble(key, depth + at))
    }
}

/// Whether two slices are equal, eight bytes at a time: one by one costs a wasm program several times as much.
pub(crate) fn equal(one: &[u8], other: &[u8]) -> bool {
    let (Some(end), Some(other_end)) = (one.last_chunk(), other.last_chunk()) else { return one == other };
    let same = |one: &[u8; 8], other: &[u8; 8]| u64::from_ne_bytes(*one) == u64::from_ne_bytes(*other);
    let (chunks, other_chunks) = (one.as_chunks().0.iter(), other.as_chunks().0.iter());
    one.len() == other.len() && same(end, other_end) && chunks.zip(other_chunks).all(|(one, other)| same(one, other))
}

#[cfg(test)]
mod tests;
