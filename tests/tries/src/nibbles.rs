//! Keys in nibbles, and paths in their compact form.

use crate::key::Key;

/// The 64 nibbles of a key.
pub(crate) fn nibbles(key: &Key) -> Vec<u8> {
    key.iter().flat_map(|byte| [byte >> 4, byte & 0xf]).collect()
}

/// A path as a leaf or an extension has it.
pub(crate) fn compact(path: &[u8], is_leaf: bool) -> Vec<u8> {
    let flag = 2 * u8::from(is_leaf) + u8::from(path.len() % 2 == 1);
    let head = if path.len() % 2 == 1 { vec![flag] } else { vec![flag, 0] };
    let all = [head.as_slice(), path].concat();
    all.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}
