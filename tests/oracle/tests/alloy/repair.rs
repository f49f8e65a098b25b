//! Making a mutated node look genuine: hashes above it are computed anew, up to the root.

use super::mutate::Proof;
use mrc53_oracle::keccak;

/// Puts `node` in place number `at` of `proof`, and its hash wherever the old one was named.
pub(super) fn replace(proof: &mut Proof, at: usize, node: Vec<u8>) {
    let (old, new) = (keccak(&proof.nodes[at]), keccak(&node));
    proof.nodes[at] = node;
    if proof.root == old {
        proof.root = new;
    }
    for above in 0..at {
        let mut parent = proof.nodes[above].clone();
        let places: Vec<_> =
            (0..parent.len().saturating_sub(31)).filter(|from| parent[*from..*from + 32] == old).collect();
        for from in &places {
            parent[*from..*from + 32].copy_from_slice(&new);
        }
        if !places.is_empty() {
            replace(proof, above, parent);
        }
    }
}
