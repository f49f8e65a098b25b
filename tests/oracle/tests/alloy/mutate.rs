//! Proofs that are wrong somewhere: in their bytes, their nodes, their keys, or in what a node says, with all hashes right.

use alloy_rlp::Header;
use fastrand::Rng;
use mrc53_oracle::input::TELLING;
use mrc53_tries::{Key, rlp};

use super::repair;

/// A proof that the words at `keys` are what they are.
#[derive(Clone, Debug)]
pub(super) struct Proof {
    pub(super) root: [u8; 32],
    pub(super) nodes: Vec<Vec<u8>>,
    pub(super) keys: Vec<Key>,
}

/// `proof` with something wrong: mostly inside a node, and most of those with the hashes above it computed anew.
pub(super) fn mutated(rng: &mut Rng, proof: &Proof) -> Proof {
    let mut mutant = proof.clone();
    let nodes = mutant.nodes.len();
    match rng.u8(..10) {
        0 => keys(rng, &mut mutant.keys),
        1 if nodes > 0 => order(rng, &mut mutant.nodes),
        2 if nodes > 0 => {
            let at = rng.usize(..nodes);
            mutant.nodes[at] = bytes(rng, mutant.nodes[at].clone());
        }
        _ if nodes > 0 => {
            for _ in 0..rng.u8(1..3) {
                let at = rng.usize(..nodes);
                let node =
                    if rng.bool() { items(rng, &mutant.nodes[at]) } else { bytes(rng, mutant.nodes[at].clone()) };
                repair::replace(&mut mutant, at, node);
            }
        }
        _ => mutant.nodes.push(vec![TELLING[rng.usize(..TELLING.len())]]),
    }
    mutant
}

fn keys(rng: &mut Rng, keys: &mut Vec<Key>) {
    let at = rng.usize(..keys.len());
    match rng.u8(..4) {
        0 => keys.insert(at, keys[at]),
        1 => keys.reverse(),
        2 => {
            keys.remove(at);
        }
        _ => keys[at][rng.usize(..32)] ^= 1 << rng.u8(..8),
    }
}

fn order(rng: &mut Rng, nodes: &mut Vec<Vec<u8>>) {
    let (one, other) = (rng.usize(..nodes.len()), rng.usize(..nodes.len()));
    match rng.u8(..4) {
        0 => nodes.swap(one, other),
        1 => nodes.insert(one, nodes[other].clone()),
        2 => nodes.truncate(one),
        _ => {
            nodes.remove(one);
        }
    }
}

/// `bytes` with one of them another, one more or one less.
fn bytes(rng: &mut Rng, mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.is_empty() {
        return vec![rng.u8(..)];
    }
    // Codes stand in front: the first bytes more often than others.
    let at = if rng.bool() { rng.usize(..bytes.len()) } else { rng.usize(..bytes.len().min(4)) };
    let telling = TELLING[rng.usize(..TELLING.len())];
    match rng.u8(..5) {
        0 => bytes[at] ^= 1 << rng.u8(..8),
        1 => bytes[at] = telling,
        2 => bytes.insert(at, telling),
        3 => {
            bytes.remove(at);
        }
        _ => bytes[at] = bytes[at].wrapping_add(rng.u8(0..3)).wrapping_sub(1),
    }
    bytes
}

/// A list with one of its items another, in the right length: the item is changed itself, or what is inside it.
fn items(rng: &mut Rng, list: &[u8]) -> Vec<u8> {
    let Some(mut items) = items_of(list) else { return bytes(rng, list.to_vec()) };
    if items.is_empty() {
        return list.to_vec();
    }
    // What is embedded more often than the rest: it is read when nobody asked for it.
    if let Some(at) = items.iter().position(|item| item[0] >= 0xc0)
        && rng.bool()
    {
        items[at] = self::items(rng, &items[at]);
        return rlp::list(&items);
    }
    let (at, other) = (rng.usize(..items.len()), rng.usize(..items.len()));
    match rng.u8(..8) {
        0 => items.swap(at, other),
        1 => items[at] = vec![0x80],
        2 => {
            let copy = items[other].clone();
            items[at] = copy;
        }
        3 => items.insert(at, vec![0x80]),
        4 => {
            items.remove(at);
        }
        5 => items[at] = rlp::list(&[items[at].clone()]),
        6 => items[at] = embedded(rng),
        7 => items[at] = string(rng, &items[at]),
        _ => items[at] = bytes(rng, items[at].clone()),
    }
    rlp::list(&items)
}

/// A string with other contents, in the right length, or in more bytes than it needs.
fn string(rng: &mut Rng, item: &[u8]) -> Vec<u8> {
    let mut rest = item;
    let Ok(Header { list: false, payload_length }) = Header::decode(&mut rest) else {
        return bytes(rng, item.to_vec());
    };
    let contents = &rest[..payload_length];
    match rng.u8(..4) {
        0 => [&[0xb8, contents.len().to_be_bytes()[7]], contents].concat(),
        1 if contents.len() == 1 => [&[0x81], contents].concat(),
        2 => rlp::string(&[&[0], contents].concat()),
        _ => rlp::string(&bytes(rng, contents.to_vec())),
    }
}

/// A small node, or nearly one.
fn embedded(rng: &mut Rng) -> Vec<u8> {
    let path = [rlp::string(&[0x20]), rlp::string(&[0x31]), rlp::string(&[0x20, 0x12]), rlp::string(&[0x16])];
    let path = &path[rng.usize(..path.len())];
    let value = rlp::string(&[rng.u8(..)]);
    let leaf = rlp::list(&[path, &value]);
    if rng.bool() {
        return leaf;
    }
    let mut places = vec![vec![0x80]; 17];
    places[rng.usize(..17)] = leaf;
    rlp::list(&places)
}

fn items_of(list: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut payload = list;
    let header = Header::decode(&mut payload).ok()?;
    if !header.list {
        return None;
    }
    let mut items = Vec::new();
    while !payload.is_empty() {
        let mut rest = payload;
        let Header { payload_length, .. } = Header::decode(&mut rest).ok()?;
        let rest = rest.get(payload_length..)?;
        items.push(payload[..payload.len() - rest.len()].to_vec());
        payload = rest;
    }
    Some(items)
}
