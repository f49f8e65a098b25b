//! A Merkle-Patricia trie that stays. alloy-trie makes its nodes; what is kept between two roots are the hashes of its
//! branches, so that only what lies on the way to a change is made anew.

use alloy::consensus::EMPTY_ROOT_HASH;
use alloy::primitives::{B256, Bytes};
use alloy::rlp::Encodable;
use alloy_trie::proof::ProofRetainer;
use alloy_trie::{BranchNodeCompact, HashBuilder, Nibbles};
use std::collections::{BTreeMap, BTreeSet};

/// What a parent names by its hash; shorter nodes stand inside of it.
const HASHED_BYTES: usize = 32;

/// A trie of hashed keys.
#[derive(Debug)]
pub(super) struct Trie<V> {
    leaves: BTreeMap<Nibbles, V>,
    /// Those with branches below them, by the way to them.
    branches: BTreeMap<Nibbles, BranchNodeCompact>,
    /// Keys whose value is not in `root` yet.
    changed: BTreeSet<Nibbles>,
    root: B256,
}

impl<V> Default for Trie<V> {
    fn default() -> Self {
        let (leaves, branches, changed) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        Self { leaves, branches, changed, root: EMPTY_ROOT_HASH }
    }
}

impl<V: Encodable + PartialEq> Trie<V> {
    /// Gives a key another value, or none.
    pub(super) fn set(&mut self, key: B256, value: Option<V>) {
        let key = Nibbles::unpack_array(&key);
        if self.leaves.get(&key) == value.as_ref() {
            return;
        }
        match value {
            Some(value) => self.leaves.insert(key, value),
            None => self.leaves.remove(&key),
        };
        self.changed.insert(key);
    }

    /// The value of a key.
    pub(super) fn get(&self, key: B256) -> Option<&V> {
        self.leaves.get(&Nibbles::unpack_array(&key))
    }

    /// The root.
    pub(super) fn root(&mut self) -> B256 {
        if !self.changed.is_empty() {
            let changed: Vec<_> = std::mem::take(&mut self.changed).into_iter().collect();
            let mut walk = Walk { builder: HashBuilder::default().with_updates(true), visited: Vec::new() };
            self.walk(&mut walk, Nibbles::new(), &changed);
            self.root = walk.builder.root();
            for path in &walk.visited {
                self.branches.remove(path);
            }
            self.branches.extend(walk.builder.split().1);
        }
        self.root
    }

    /// For each key the nodes that prove its value, or that it has none, from the root on; as geth lists them: of those
    /// that stand inside another none, and nothing of an empty trie.
    pub(super) fn prove(&mut self, keys: &[B256]) -> Vec<Vec<Bytes>> {
        self.root();
        if self.leaves.is_empty() {
            return vec![Vec::new(); keys.len()];
        }
        let ways: Vec<_> = keys.iter().map(|key| Nibbles::unpack_array(key)).collect();
        let mut ordered = ways.clone();
        ordered.sort_unstable();
        let builder = HashBuilder::default().with_proof_retainer(ProofRetainer::new(ordered.clone()));
        let mut walk = Walk { builder, visited: Vec::new() };
        self.walk(&mut walk, Nibbles::new(), &ordered);
        walk.builder.root();
        let nodes = walk.builder.take_proof_nodes();
        let is_listed = |(path, node): &(Nibbles, Bytes)| path.is_empty() || node.len() >= HASHED_BYTES;
        let proof =
            |way| nodes.matching_nodes_sorted(way).into_iter().filter(is_listed).map(|(_, node)| node).collect();
        ways.iter().map(proof).collect()
    }

    /// Adds what is below `path`: all that leads to one of `wanted`, which are in order and all below it, and the hashes
    /// of the rest.
    fn walk(&self, walk: &mut Walk, path: Nibbles, wanted: &[Nibbles]) {
        let Some(branch) = self.branches.get(&path) else {
            // Branches that lie deeper, behind an extension, are made again.
            walk.visited.extend(below(&self.branches, path).map(|(deeper, _)| *deeper));
            return self.add_leaves(walk, path);
        };
        walk.visited.push(path);
        let mut wanted = wanted;
        for nibble in 0..16 {
            let mut child = path;
            child.push(nibble);
            let here = wanted.partition_point(|key| key.starts_with(&child));
            if here > 0 {
                self.walk(walk, child, &wanted[..here]);
            } else if branch.hash_mask.is_bit_set(nibble) {
                walk.builder.add_branch(child, branch.hash_for_nibble(nibble), true);
            } else if branch.state_mask.is_bit_set(nibble) {
                self.add_leaves(walk, child);
            }
            wanted = &wanted[here..];
        }
    }

    fn add_leaves(&self, walk: &mut Walk, path: Nibbles) {
        let mut rlp = Vec::new();
        for (key, value) in below(&self.leaves, path) {
            rlp.clear();
            value.encode(&mut rlp);
            walk.builder.add_leaf(*key, &rlp);
        }
    }
}

/// One way through a trie.
struct Walk {
    builder: HashBuilder,
    /// Branches that it made again.
    visited: Vec<Nibbles>,
}

/// What a map has for the keys that begin with `path`.
fn below<V>(map: &BTreeMap<Nibbles, V>, path: Nibbles) -> impl Iterator<Item = (&Nibbles, &V)> {
    map.range(path..).take_while(move |(key, _)| key.starts_with(&path))
}
