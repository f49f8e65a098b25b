use std::{collections::BTreeMap, vec, vec::Vec};

use alloy_primitives::keccak256;
use mrc53_tries::{rlp, Key, Listing, Trie};

use super::{same, Reason, Refusal, Walk};
use crate::EMPTY_ROOT;

fn keccak(bytes: &[u8]) -> [u8; 32] {
    keccak256(bytes).0
}

/// A key that begins with these bytes, and the hash of them behind.
fn key(bytes: &[u8]) -> Key {
    let mut key = keccak(bytes);
    key[..bytes.len()].copy_from_slice(bytes);
    key
}

/// A trie in which each key has its number.
fn trie(words: &[(Key, u8)]) -> Trie {
    let words: BTreeMap<_, _> = words.iter().map(|(key, word)| (*key, padded(*word))).collect();
    Trie::of_storage(&words, keccak)
}

fn padded(number: u8) -> [u8; 32] {
    let mut word = [0; 32];
    word[31] = number;
    word
}

fn read(root: &[u8; 32], keys: &[Key], proof: &[u8]) -> Result<Vec<[u8; 32]>, Refusal> {
    let mut walk = Walk::new(root, proof, keccak);
    let words = keys.iter().map(|key| walk.word(key)).collect::<Result<_, _>>()?;
    walk.end()?;
    Ok(words)
}

fn refused(key: u32, node: u32, reason: Reason) -> Result<Vec<[u8; 32]>, Refusal> {
    Err(Refusal { key, node, reason })
}

/// Two keys that part at their last nibble, so that their leaves and the branch above stand inside their extension, and
/// one apart from them.
fn embedded() -> (Trie, [Key; 3]) {
    let (mut one, mut other) = ([0x77; 32], [0x77; 32]);
    (one[31], other[31]) = (0x71, 0x79);
    let apart = key(&[0x90]);
    (trie(&[(one, 1), (other, 2), (apart, 3)]), [one, other, apart])
}

/// Sixteen keys in four groups.
fn four_groups() -> (Trie, Vec<Key>) {
    let keys: Vec<_> = (0..16_u8).map(|n| key(&[(n / 4) * 16 + n % 4, n])).collect();
    (trie(&keys.iter().zip(1..).map(|(key, word)| (*key, word)).collect::<Vec<_>>()), keys)
}

#[test]
fn the_root_of_no_entries_is_the_hash_of_the_empty_string() {
    assert_eq!(EMPTY_ROOT, keccak(&[0x80]));
}

#[test]
fn every_word_of_a_batch_is_read_and_an_absent_one_is_zero() {
    let (trie, keys) = four_groups();
    let mut asked = vec![keys[0], keys[1], keys[5], keys[15], key(&[0x35, 9]), key(&[0x90])];
    asked.sort_unstable();
    let expected: Vec<_> =
        asked.iter().map(|key| padded(keys.iter().position(|one| one == key).map_or(0, |at| at as u8 + 1))).collect();

    assert_eq!(read(&trie.root(), &asked, &trie.proof(&asked, Listing::Hashed)), Ok(expected));
}

#[test]
fn nodes_that_keys_share_stand_there_once() {
    let (trie, keys) = four_groups();

    // The root, a branch for each group, a leaf for each key.
    assert_eq!(trie.nodes(&keys, Listing::Hashed).len(), 1 + 4 + 16);
    assert!(read(&trie.root(), &keys, &trie.proof(&keys, Listing::Hashed)).is_ok());
    let twice = [trie.proof(&keys[..1], Listing::Hashed), trie.proof(&keys[1..2], Listing::Hashed)].concat();
    assert_eq!(read(&trie.root(), &keys[..2], &twice), refused(1, 3, Reason::NodeUnexpected));
}

#[test]
fn keys_that_are_not_strictly_ascending_are_refused() {
    let (trie, keys) = four_groups();
    let proof = trie.proof(&keys, Listing::Hashed);

    assert_eq!(read(&trie.root(), &[keys[0], keys[1], keys[1]], &proof), refused(2, 4, Reason::KeyNotAscending));
    assert_eq!(read(&trie.root(), &[keys[0], keys[1], keys[0]], &proof), refused(2, 4, Reason::KeyNotAscending));
}

#[test]
fn a_missing_node_is_never_an_absent_key() {
    let (trie, keys) = four_groups();
    let nodes = trie.nodes(&keys[..4], Listing::Hashed);

    for end in 0..nodes.len() {
        let key = end.saturating_sub(2) as u32;
        assert_eq!(
            read(&trie.root(), &keys[..4], &nodes[..end].concat()),
            refused(key, end as u32, Reason::NodeMissing)
        );
    }
    for gone in 0..nodes.len() - 1 {
        let mut nodes = nodes.clone();
        nodes.remove(gone);
        let key = gone.saturating_sub(2) as u32;
        assert_eq!(read(&trie.root(), &keys[..4], &nodes.concat()), refused(key, gone as u32, Reason::NodeUnexpected));
    }
}

#[test]
fn a_node_that_nobody_needs_is_refused_wherever_it_stands() {
    let (trie, keys) = four_groups();
    let nodes = trie.nodes(&keys[..4], Listing::Hashed);

    let one_more = [nodes.concat(), nodes[2].clone()].concat();
    assert_eq!(read(&trie.root(), &keys[..4], &one_more), refused(4, 6, Reason::NodesLeft));
    assert_eq!(read(&trie.root(), &keys[..3], &nodes.concat()), refused(3, 5, Reason::NodesLeft));
    assert_eq!(read(&trie.root(), &keys[..4], &[nodes.concat(), vec![0]].concat()), refused(4, 6, Reason::NodesLeft));
    assert_eq!(read(&trie.root(), &[], &nodes[0]), refused(0, 0, Reason::NodesLeft));
    assert_eq!(read(&trie.root(), &[], &[]), Ok(vec![]));
}

#[test]
fn a_proof_of_another_trie_is_refused_at_its_root() {
    let (trie, keys) = four_groups();

    assert_eq!(read(&[1; 32], &keys, &trie.proof(&keys, Listing::Hashed)), refused(0, 0, Reason::NodeUnexpected));
}

#[test]
fn what_is_no_list_or_cut_off_is_malformed() {
    let (trie, keys) = four_groups();
    let proof = trie.proof(&keys[..2], Listing::Hashed);

    assert_eq!(read(&trie.root(), &keys[..2], &[0x80]), refused(0, 0, Reason::NodeMalformed));
    assert_eq!(read(&trie.root(), &keys[..2], &proof[..proof.len() - 1]), refused(1, 3, Reason::NodeMalformed));
}

#[test]
fn a_genuine_node_that_is_malformed_is_named() {
    let leaf = rlp::list(&[rlp::string(&[0x20; 32]), rlp::string(&[1])]);
    let root = keccak(&leaf);

    assert_eq!(read(&root, &[[0x20; 32]], &leaf), refused(0, 0, Reason::NodeMalformed));
}

#[test]
fn a_value_that_is_no_number_is_named() {
    let keys = [key(&[1]), key(&[2])];
    let values = [(keys[0], vec![5]), (keys[1], vec![0x80])].into();
    let trie = Trie::new(&values, keccak);

    // The root, the branch below it, both leaves: the keys part at the second nibble.
    assert_eq!(read(&trie.root(), &keys, &trie.proof(&keys, Listing::Hashed)), refused(1, 3, Reason::ValueMalformed));
}

#[test]
fn a_node_named_by_its_hash_is_not_shorter_than_a_hash() {
    let short = rlp::list(&[rlp::string(&[0x31]), rlp::string(&[7])]);
    let mut items = vec![vec![0x80]; 17];
    items[0] = rlp::string(&keccak(&short));
    let branch = rlp::list(&items);

    let proof = [branch.clone(), short].concat();
    assert_eq!(read(&keccak(&branch), &[[0; 32]], &proof), refused(0, 1, Reason::NodeUnexpected));
}

#[test]
fn nodes_inside_their_parents_may_be_listed_again_behind_them() {
    let (trie, keys) = embedded();
    let [hashed, all] = [Listing::Hashed, Listing::All].map(|listing| trie.nodes(&keys, listing));
    assert_eq!((hashed.len(), all.len()), (3, 6));

    for nodes in [hashed, all] {
        assert_eq!(read(&trie.root(), &keys, &nodes.concat()), Ok(vec![padded(1), padded(2), padded(3)]));
    }
}

#[test]
fn each_node_inside_its_parent_may_be_listed_or_not() {
    let (trie, keys) = embedded();
    let all = trie.nodes(&keys, Listing::All);

    for listed in 0..8 {
        // Of six nodes those in the middle are embedded: the branch and its two leaves.
        let kept = |at: usize| !(2..5).contains(&at) || listed >> (at - 2) & 1 == 1;
        let nodes: Vec<_> = all.iter().enumerate().filter(|(at, _)| kept(*at)).map(|(_, node)| node.clone()).collect();
        assert!(read(&trie.root(), &keys, &nodes.concat()).is_ok(), "{listed:03b}");
    }
}

#[test]
fn a_node_inside_its_parent_is_not_listed_twice_nor_elsewhere() {
    let (trie, keys) = embedded();
    let all = trie.nodes(&keys, Listing::All);
    let (mut twice, mut late) = (all.clone(), all.clone());
    twice.insert(3, all[2].clone());
    late.swap(3, 4);

    assert_eq!(read(&trie.root(), &keys, &twice.concat()), refused(2, 3, Reason::NodeUnexpected));
    assert_eq!(read(&trie.root(), &keys, &late.concat()), refused(2, 4, Reason::NodeUnexpected));
}

#[test]
fn an_absent_key_beside_an_embedded_leaf_is_absent() {
    let (trie, keys) = embedded();
    let mut beside = keys[0];
    beside[31] = 0x75;
    for listing in [Listing::Hashed, Listing::All] {
        let asked = [keys[0], beside, keys[1]];
        let proof = trie.proof(&asked, listing);
        assert_eq!(read(&trie.root(), &asked, &proof), Ok(vec![padded(1), padded(0), padded(2)]));
    }
}

#[test]
fn of_an_empty_trie_there_is_no_node_or_the_empty_string_once() {
    let keys = [key(&[1]), key(&[2])];
    let zeros = || Ok(vec![[0; 32]; 2]);

    assert_eq!(read(&EMPTY_ROOT, &keys, &[]), zeros());
    assert_eq!(read(&EMPTY_ROOT, &keys, &[0x80]), zeros());
    assert_eq!(read(&EMPTY_ROOT, &keys, &[0x80, 0x80]), refused(2, 0, Reason::NodesLeft));
    assert_eq!(read(&EMPTY_ROOT, &keys, &[0xc0]), refused(2, 0, Reason::NodesLeft));
    assert_eq!(read(&EMPTY_ROOT, &[keys[1], keys[0]], &[0x80]), refused(1, 1, Reason::KeyNotAscending));
}

#[test]
fn the_longest_path_has_a_branch_for_each_nibble() {
    // Each key parts from the first at one nibble: 64 branches, and leaves at every depth.
    let first = [0; 32];
    let mut keys = vec![first];
    for nibble in 0..64 {
        let mut key = first;
        key[nibble / 2] = if nibble % 2 == 0 { 0x10 } else { 0x01 };
        keys.push(key);
    }
    keys.sort_unstable();
    let trie = trie(&keys.iter().zip(1..).map(|(key, word)| (*key, word)).collect::<Vec<_>>());

    for listing in [Listing::Hashed, Listing::All] {
        let expected = (1..=65).map(padded).collect();
        assert_eq!(read(&trie.root(), &keys, &trie.proof(&keys, listing)), Ok(expected));
    }
}

#[test]
fn hashes_are_the_same_if_they_are_in_every_byte() {
    let hash = keccak(&[]);
    assert!(same(&hash, &hash));
    for at in 0..32 {
        // Alone, and together with a difference that is the same elsewhere.
        let mut other = hash;
        other[at] ^= 1;
        assert!(!same(&hash, &other), "byte {at}");
        other[(at + 8) % 32] ^= 1;
        assert!(!same(&hash, &other), "byte {at} and eight bytes behind");
    }
}
