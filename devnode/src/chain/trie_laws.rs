//! Laws of the trie: its root and its proofs are those that alloy-trie makes of all its leaves at once.

use super::trie::Trie;
use alloy::primitives::{B256, Bytes, U256};
use alloy::rlp::encode;
use alloy_trie::proof::{ProofRetainer, verify_proof};
use alloy_trie::{HashBuilder, Nibbles};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Keys that share beginnings of every length, so that there are extensions, branches below branches, and nodes that stand
/// inside others.
fn key() -> impl Strategy<Value = B256> {
    let start = prop::collection::vec(prop_oneof![6 => Just(0x00_u8), 1 => Just(0x01), 1 => Just(0x10)], 3);
    let end = prop_oneof![3 => 0..3_u8, 1 => any::<u8>()];
    (start, prop_oneof![Just(0_u8), any::<u8>()], end).prop_map(|(start, middle, end)| {
        let mut key = B256::ZERO;
        key[..3].copy_from_slice(&start);
        (key[3], key[31]) = (middle, end);
        key
    })
}

/// A small value, a large one, or none.
fn value() -> impl Strategy<Value = Option<U256>> {
    prop_oneof![
        3 => (1..3_u64).prop_map(|value| Some(U256::from(value))),
        1 => any::<[u8; 32]>().prop_map(|bytes| Some(U256::from_be_bytes(bytes).max(U256::from(1)))),
        3 => Just(None),
    ]
}

fn whole(leaves: &BTreeMap<B256, U256>, wanted: B256) -> (B256, Vec<Bytes>) {
    let wanted = Nibbles::unpack(wanted);
    let mut builder = HashBuilder::default().with_proof_retainer(ProofRetainer::from_iter([wanted]));
    for (key, value) in leaves {
        builder.add_leaf(Nibbles::unpack(key), &encode(value));
    }
    let root = builder.root();
    let nodes = builder.take_proof_nodes().matching_nodes_sorted(&wanted);
    (root, nodes.into_iter().map(|(_, node)| node).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_trie_changed_step_by_step_is_the_one_made_at_once(
        steps in prop::collection::vec((prop::collection::vec((key(), value()), 1..8), key()), 1..25),
    ) {
        let (mut trie, mut leaves) = (Trie::default(), BTreeMap::new());
        for (changes, wanted) in steps {
            for (key, value) in changes {
                trie.set(key, value);
                match value {
                    Some(value) => leaves.insert(key, value),
                    None => leaves.remove(&key),
                };
            }
            let (root, nodes) = whole(&leaves, wanted);
            prop_assert_eq!(trie.root(), root);
            let other = leaves.keys().next().copied().unwrap_or_default();
            let proofs = trie.prove(&[wanted, other, wanted]);
            let listed = nodes.into_iter().enumerate().filter(|(at, node)| *at == 0 || node.len() >= 32);
            let listed: Vec<_> = listed.map(|(_, node)| node).filter(|_| !leaves.is_empty()).collect();
            prop_assert_eq!(&proofs[0], &listed);
            prop_assert_eq!(&proofs[2], &listed);
            for (key, proof) in [wanted, other].into_iter().zip(&proofs) {
                prop_assert!(verify_proof(root, Nibbles::unpack(key), leaves.get(&key).map(encode), proof).is_ok());
            }
        }
    }
}
