//! What alloy-trie says, and that the contracts take nothing that it refuses.

use std::collections::{BTreeMap, HashMap};

use alloy_primitives::{B256, Bytes, U256};
use alloy_rlp::{Decodable, Header};
use alloy_trie::nodes::TrieNode;
use alloy_trie::proof::{ProofRetainer, verify_proof};
use alloy_trie::{HashBuilder, Nibbles};
use mrc53_trie::account::Account;
use mrc53_tries::{Key, rlp};

use crate::generate::Words;
use crate::{keccak, read};

/// The root of the storage with these words, and the nodes that prove each of `keys`.
#[must_use]
pub fn built(words: &Words, keys: &[Key]) -> ([u8; 32], HashMap<Key, Vec<Vec<u8>>>) {
    let retainer = ProofRetainer::new(keys.iter().map(Nibbles::unpack).collect());
    let mut builder = HashBuilder::default().with_proof_retainer(retainer);
    for (key, word) in words {
        builder.add_leaf(Nibbles::unpack(key), &rlp::number(word));
    }
    let root = builder.root().0;
    let kept = builder.take_proof_nodes();
    let nodes = |key: &Key| {
        kept.matching_nodes_sorted(&Nibbles::unpack(key)).into_iter().map(|(_, node)| node.to_vec()).collect()
    };
    (root, keys.iter().map(|key| (*key, nodes(key))).collect())
}

/// Whether `nodes` prove to alloy that the word at `key` is `word`; zero for one that is not in the trie.
#[must_use]
pub fn verifies(root: [u8; 32], key: &Key, word: &[u8; 32], nodes: &[Vec<u8>]) -> bool {
    let expected = (*word != [0; 32]).then(|| rlp::number(word));
    let nodes: Vec<_> = nodes.iter().map(|node| Bytes::copy_from_slice(node)).collect();
    verify_proof(B256::new(root), Nibbles::unpack(key), expected, &nodes).is_ok()
}

/// Has the contracts read the words at `keys` from `proof`. If they take it, alloy must say the same of each.
///
/// # Panics
/// If it does not.
pub fn hold(root: [u8; 32], keys: &[Key], proof: &[u8]) {
    let Ok(words) = read(&root, keys, proof) else { return };
    for (key, word) in keys.iter().zip(words) {
        let nodes = path(root, key, proof);
        assert!(verifies(root, key, &word, &nodes), "{word:?} at {key:?} of {proof:?}");
    }
}

/// Has the contracts read `value` as an account. If they do, alloy must read the same.
///
/// # Panics
/// If it does not.
pub fn hold_account(value: &[u8]) {
    let Ok(Account { storage_root, code_hash }) = Account::read(value) else { return };
    let account = account(value).unwrap_or_else(|error| panic!("{error}: {value:?}"));
    assert_eq!(account, (storage_root.into(), code_hash.into()), "{value:?}");
}

/// Storage root and code hash of an account, as alloy reads its items.
fn account(mut value: &[u8]) -> alloy_rlp::Result<(B256, B256)> {
    let mut items = Header::decode_bytes(&mut value, true)?;
    u64::decode(&mut items)?;
    U256::decode(&mut items)?;
    let account = (B256::decode(&mut items)?, B256::decode(&mut items)?);
    if value.is_empty() && items.is_empty() { Ok(account) } else { Err(alloy_rlp::Error::UnexpectedLength) }
}

/// Of the nodes in `proof` those on the way to `key`, as far as alloy reads them.
#[must_use]
pub fn path(root: [u8; 32], key: &Key, proof: &[u8]) -> Vec<Vec<u8>> {
    let known: BTreeMap<[u8; 32], Vec<u8>> = items(proof).into_iter().map(|node| (keccak(&node), node)).collect();
    let (key, mut depth) = (Nibbles::unpack(key), 0);
    let (mut path, mut next) = (Vec::new(), Some(root));
    while let Some(node) = next.and_then(|hash| known.get(&hash)) {
        path.push(node.clone());
        let below = match TrieNode::decode(&mut node.as_slice()) {
            Ok(TrieNode::Branch(branch)) => {
                let place = key.get(depth);
                depth += 1;
                let branch = branch.as_ref();
                let mut children = branch.children();
                children.find(|(at, _)| Some(*at) == place).and_then(|(_, child)| child?.as_hash())
            }
            Ok(TrieNode::Extension(extension)) => {
                let leads = key.slice(depth..).starts_with(&extension.key);
                depth += extension.key.len();
                leads.then(|| extension.child.as_hash()).flatten()
            }
            _ => None,
        };
        next = below.map(|hash| hash.0);
    }
    path
}

/// The items of `bytes`, as long as there are any.
pub(crate) fn items(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut items = Vec::new();
    while !bytes.is_empty() {
        let mut rest = bytes;
        let Ok(Header { payload_length, .. }) = Header::decode(&mut rest) else { break };
        let Some(rest) = rest.get(payload_length..) else { break };
        items.push(bytes[..bytes.len() - rest.len()].to_vec());
        bytes = rest;
    }
    items
}
