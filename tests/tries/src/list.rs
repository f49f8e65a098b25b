//! The nodes that prove keys.

use crate::key::Key;
use crate::nibbles::nibbles;
use crate::trie::{Below, Node, Trie};

/// Which nodes are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Those that are named by their hash, and the root; nothing of an empty trie. As geth does.
    Hashed,
    /// Those that stand inside their parent too; `0x80` of an empty trie. As anvil does.
    All,
}

impl Trie {
    /// The nodes that prove `keys`, ascending: each once for each place, depth first, in the order in which the keys need
    /// them.
    #[must_use]
    pub fn nodes(&self, keys: &[Key], listing: Listing) -> Vec<Vec<u8>> {
        let mut nodes = Vec::new();
        let keys: Vec<_> = keys.iter().map(nibbles).collect();
        match &self.root {
            Some(root) if !keys.is_empty() => {
                nodes.push(root.rlp.clone());
                below(root, &keys, 0, listing, &mut nodes);
            }
            None if listing == Listing::All && !keys.is_empty() => nodes.push(vec![0x80]),
            _ => {}
        }
        nodes
    }

    /// The same, one behind the other.
    #[must_use]
    pub fn proof(&self, keys: &[Key], listing: Listing) -> Vec<u8> {
        self.nodes(keys, listing).concat()
    }
}

/// Adds the nodes below `node`, to which `depth` nibbles lead, that the `keys` need.
fn below(node: &Node, keys: &[Vec<u8>], depth: usize, listing: Listing, nodes: &mut Vec<Vec<u8>>) {
    let visit = |child: &Node, keys: &[Vec<u8>], depth: usize, nodes: &mut Vec<Vec<u8>>| {
        if keys.is_empty() {
            return;
        }
        if child.rlp.len() >= 32 || listing == Listing::All {
            nodes.push(child.rlp.clone());
        }
        below(child, keys, depth, listing, nodes);
    };
    match &node.below {
        Below::Value => {}
        Below::Node(child) => {
            let depth_below = depth + node.path.len();
            let leading: Vec<_> = keys.iter().filter(|key| key[depth..].starts_with(&node.path)).cloned().collect();
            visit(child, &leading, depth_below, nodes);
        }
        Below::Places(places) => {
            for (place, child) in places.iter().enumerate() {
                let there: Vec<_> = keys.iter().filter(|key| usize::from(key[depth]) == place).cloned().collect();
                if let Some(child) = child {
                    visit(child, &there, depth + 1, nodes);
                }
            }
        }
    }
}
