//! A trie.

use std::collections::BTreeMap;

use crate::key::{Keccak, Key};
use crate::nibbles::{compact, nibbles};
use crate::rlp;

/// A trie in memory.
#[derive(Clone, Debug)]
pub struct Trie {
    pub(crate) root: Option<Node>,
    keccak: Keccak,
}

/// A node with what is below it.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The node as a proof lists it.
    pub(crate) rlp: Vec<u8>,
    /// The nibbles between this node and those below: a leaf's and an extension's path, none of a branch.
    pub(crate) path: Vec<u8>,
    pub(crate) below: Below,
}

#[derive(Clone, Debug)]
pub(crate) enum Below {
    Value,
    Node(Box<Node>),
    Places(Vec<Option<Node>>),
}

impl Trie {
    /// The trie in which each key has its value, bytes as they are.
    #[must_use]
    pub fn new(values: &BTreeMap<Key, Vec<u8>>, keccak: Keccak) -> Self {
        let entries: Vec<_> = values.iter().map(|(key, value)| (nibbles(key), value.as_slice())).collect();
        Self { root: (!entries.is_empty()).then(|| node(&entries, 0, keccak)), keccak }
    }

    /// The trie of a contract's storage: each hashed slot has its word, and no word is zero.
    ///
    /// # Panics
    /// If one is.
    #[must_use]
    pub fn of_storage(words: &BTreeMap<Key, [u8; 32]>, keccak: Keccak) -> Self {
        assert!(words.values().all(|word| *word != [0; 32]), "a trie holds no zeros");
        Self::new(&words.iter().map(|(key, word)| (*key, rlp::number(word))).collect(), keccak)
    }

    /// Its root.
    #[must_use]
    pub fn root(&self) -> [u8; 32] {
        (self.keccak)(self.root.as_ref().map_or(&[0x80], |root| &root.rlp))
    }
}

/// The node of `entries`, ascending, all of which share their first `depth` nibbles.
fn node(entries: &[(Vec<u8>, &[u8])], depth: usize, keccak: Keccak) -> Node {
    let (first, last) = (&entries[0].0, &entries[entries.len() - 1].0);
    let shared = first.iter().zip(last).take_while(|(one, other)| one == other).count();
    let path = first[depth..shared].to_vec();
    if let [(_, value)] = entries {
        let items = [rlp::string(&compact(&path, true)), rlp::string(value)];
        return Node { rlp: rlp::list(&items), path, below: Below::Value };
    }
    if !path.is_empty() {
        let child = node(entries, shared, keccak);
        let items = [rlp::string(&compact(&path, false)), named(&child.rlp, keccak)];
        return Node { rlp: rlp::list(&items), path, below: Below::Node(Box::new(child)) };
    }
    let at = |place: u8| {
        let group: Vec<_> = entries.iter().filter(|(key, _)| key[depth] == place).cloned().collect();
        (!group.is_empty()).then(|| node(&group, depth + 1, keccak))
    };
    let places: Vec<_> = (0..16).map(at).collect();
    let mut items: Vec<_> =
        places.iter().map(|child| child.as_ref().map_or(vec![0x80], |child| named(&child.rlp, keccak))).collect();
    items.push(vec![0x80]);
    Node { rlp: rlp::list(&items), path, below: Below::Places(places) }
}

/// How a parent names a node: by all of it if it is shorter than a hash.
fn named(node: &[u8], keccak: Keccak) -> Vec<u8> {
    if node.len() < 32 { node.to_vec() } else { rlp::string(&keccak(node)) }
}
