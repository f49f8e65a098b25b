//! What a trie is keyed by, and what it hashes with.

/// keccak256, which the two workspaces take from different releases of one library.
pub type Keccak = fn(&[u8]) -> [u8; 32];

/// The hash of an address or of a slot.
pub type Key = [u8; 32];
