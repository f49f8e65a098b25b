//! The way through a proof, for one key after the other.

use crate::{
    link::{Link, HASHED_FROM},
    node::{step, Step},
    number,
    path::{shared, Key, NIBBLES},
    rlp::{first, Item, Malformed, EMPTY_STRING},
    Keccak, EMPTY_ROOT,
};

/// Nodes on the longest path: a branch for each nibble, and a leaf.
const MAX_NODES: usize = NIBBLES + 1;

/// Why a proof is refused, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The key, counted from 0 in the order in which they were asked for. Of [`Reason::NodesLeft`], their number.
    pub key: u32,
    /// The node, counted from 0 in the order of the proof.
    pub node: u32,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The key is not above the one before it; the node is the next.
    KeyNotAscending,
    /// The proof ends where the node is needed.
    NodeMissing,
    /// The node is another than its parent, or the root, names.
    NodeUnexpected,
    /// The node, or something embedded in it, is malformed.
    NodeMalformed,
    /// The value in the node is no number.
    ValueMalformed,
    /// Nobody needs the node, nor what comes behind it.
    NodesLeft,
}

/// A node on the path of the latest key.
#[derive(Clone, Copy)]
struct Visited<'a> {
    /// What its list holds.
    payload: &'a [u8],
    /// How many nibbles lead to it.
    depth: usize,
    /// Its number in the proof, or that of the node that it is embedded in.
    number: u32,
}

/// A proof while it is read; see the crate for its form.
pub struct Walk<'a, K> {
    keccak: K,
    root: &'a [u8; 32],
    /// What of the proof was not needed so far.
    rest: &'a [u8],
    /// How many nodes were.
    nodes: u32,
    /// How many keys were asked for, and the latest.
    keys: u32,
    key: Key,
    /// Its path, from the root down.
    path: [Option<Visited<'a>>; MAX_NODES],
    height: usize,
}

impl<'a, K: Keccak> Walk<'a, K> {
    /// Begins to read `proof`, nodes of the trie with this `root`.
    #[must_use]
    pub fn new(root: &'a [u8; 32], proof: &'a [u8], keccak: K) -> Self {
        Self { keccak, root, rest: proof, nodes: 0, keys: 0, key: [0; 32], path: [None; MAX_NODES], height: 0 }
    }

    /// The value of `key`, which must be above all keys asked for before; nothing if it is not in the trie.
    ///
    /// # Errors
    /// [`Refusal`] if the proof does not prove it. After that, nothing more must be asked.
    pub fn value(&mut self, key: &Key) -> Result<Option<&'a [u8]>, Refusal> {
        self.keys += 1;
        if self.keys == 1 {
            self.enter()?;
        } else {
            let shared = shared(&self.key, key).ok_or_else(|| self.refusal(self.nodes, Reason::KeyNotAscending))?;
            while self.latest().is_some_and(|visited| visited.depth > shared) {
                self.height -= 1;
            }
        }
        self.key = *key;
        while let Some(Visited { payload, depth, number }) = self.latest() {
            match step(payload, depth, key) {
                Ok(Step::Below(link, depth)) => self.visit(link, depth)?,
                Ok(Step::Value(value)) => return Ok(Some(value)),
                Ok(Step::Absent) => break,
                Err(Malformed) => return Err(self.refusal(number, Reason::NodeMalformed)),
            }
        }
        Ok(None)
    }

    /// The word of storage at `key`, as [`Self::value`]; zero if it is not in the trie.
    ///
    /// # Errors
    /// [`Refusal`] also if the value is no number.
    pub fn word(&mut self, key: &Key) -> Result<[u8; 32], Refusal> {
        let Some(value) = self.value(key)? else { return Ok([0; 32]) };
        let node = self.latest().map_or(0, |leaf| leaf.number);
        number::word(value).map_err(|Malformed| self.refusal(node, Reason::ValueMalformed))
    }

    /// Ends it.
    ///
    /// # Errors
    /// [`Reason::NodesLeft`] if something of the proof was not needed.
    pub fn end(self) -> Result<(), Refusal> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Refusal { key: self.keys, node: self.nodes, reason: Reason::NodesLeft })
        }
    }

    /// Begins with the root, if the trie has one.
    fn enter(&mut self) -> Result<(), Refusal> {
        if *self.root != EMPTY_ROOT {
            return self.visit(Link::Hash(self.root), 0);
        }
        if self.rest == [EMPTY_STRING] {
            self.rest = &[];
            self.nodes = 1;
        }
        Ok(())
    }

    /// The last node of the path; none in an empty trie.
    fn latest(&self) -> Option<Visited<'a>> {
        *self.path.get(self.height.checked_sub(1)?)?
    }

    /// Goes on to the node that `link` names.
    fn visit(&mut self, link: Link<'a>, depth: usize) -> Result<(), Refusal> {
        let payload = match link {
            Link::Hash(hash) => self.take(hash)?,
            Link::Embedded(node) => {
                // It can be mistaken for no other: what follows instead is named by its hash, and longer.
                if let Some(rest) = self.rest.strip_prefix(node) {
                    self.rest = rest;
                    self.nodes += 1;
                }
                &node[1..]
            }
        };
        // There is room: every node but a leaf takes a nibble of the path.
        self.path[self.height] = Some(Visited { payload, depth, number: self.nodes - 1 });
        self.height += 1;
        Ok(())
    }

    /// The list of the next node of the proof, which must be the one with this `hash`.
    fn take(&mut self, hash: &[u8; 32]) -> Result<&'a [u8], Refusal> {
        let refuse = |reason| Err(self.refusal(self.nodes, reason));
        if self.rest.is_empty() {
            return refuse(Reason::NodeMissing);
        }
        let Ok(Item { is_list: true, payload, rest }) = first(self.rest) else {
            return refuse(Reason::NodeMalformed);
        };
        let node = &self.rest[..self.rest.len() - rest.len()];
        if node.len() < HASHED_FROM || !same(&self.keccak.keccak256(node), hash) {
            return refuse(Reason::NodeUnexpected);
        }
        self.rest = rest;
        self.nodes += 1;
        Ok(payload)
    }

    /// What is wrong with node number `node`, for the latest key.
    fn refusal(&self, node: u32, reason: Reason) -> Refusal {
        Refusal { key: self.keys - 1, node, reason }
    }
}

/// Whether two hashes are the same, eight bytes at a time.
fn same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    let (one, other) = (one.as_chunks().0, other.as_chunks().0);
    let word = |chunk: &[u8; 8]| u64::from_ne_bytes(*chunk);
    one.iter().zip(other).fold(0, |others, (one, other)| others | word(one) ^ word(other)) == 0
}

#[cfg(test)]
mod tests;
