//! Laws of the headers: whatever happens and whenever somebody asks, each has the root that alloy-trie makes of the whole
//! state after its block, and proofs are of that state.

use super::state::State;
use super::{At, Chain};
use crate::config::{Config, DEV_ACCOUNT};
use alloy::consensus::{EMPTY_ROOT_HASH, TrieAccount};
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes, KECCAK256_EMPTY, TxKind, U256, keccak256};
use alloy::rlp::encode;
use alloy::rpc::types::TransactionRequest;
use alloy::serde::JsonStorageKey;
use alloy_trie::proof::verify_proof;
use alloy_trie::{HashBuilder, Nibbles};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeMap;

/// Stores the second word of its calldata at the slot that the first one names.
const STORE: &[u8] = &[0x60, 0x20, 0x35, 0x5f, 0x35, 0x55];
/// As init code: ends the account in the transaction that creates it, and pays the sender.
const END: &[u8] = &[0x33, 0xff];
const GAS: u64 = 200_000;
/// Accounts and slots that things happen to; more than a branch has places.
const PLACES: u8 = 20;

#[derive(Debug, Clone)]
enum Act {
    Pay(u8, u64),
    Store(u8, u8, u8),
    CreateAndEnd,
    Balance(u8, u64),
    Nonce(u8, u64),
    Code(u8, bool),
    Slot(u8, u8, u8),
    Mine,
    Snapshot,
    Revert(Index),
    AskHash,
    Prove(Index, u8, u8),
}

fn act() -> impl Strategy<Value = Act> {
    let place = || 0..PLACES;
    prop_oneof![
        1 => (place(), 0..3_u64).prop_map(|(to, wei)| Act::Pay(to, wei)),
        4 => (0..2_u8, place(), 0..3_u8).prop_map(|(at, key, value)| Act::Store(at, key, value)),
        1 => Just(Act::CreateAndEnd),
        1 => (place(), 0..3_u64).prop_map(|(at, wei)| Act::Balance(at, wei)),
        1 => (place(), 0..2_u64).prop_map(|(at, nonce)| Act::Nonce(at, nonce)),
        1 => (place(), any::<bool>()).prop_map(|(at, is_some)| Act::Code(at, is_some)),
        2 => (place(), place(), 0..3_u8).prop_map(|(at, key, value)| Act::Slot(at, key, value)),
        1 => Just(Act::Mine),
        1 => Just(Act::Snapshot),
        1 => any::<Index>().prop_map(Act::Revert),
        1 => Just(Act::AskHash),
        1 => (any::<Index>(), place(), place()).prop_map(|(block, at, key)| Act::Prove(block, at, key)),
    ]
}

fn address(place: u8) -> Address {
    Address::with_last_byte(0xa0 + place)
}

/// A chain, the roots that its blocks should have, and the snapshots taken.
struct Tried {
    chain: Chain,
    roots: BTreeMap<u64, B256>,
    snapshots: Vec<u64>,
}

impl Tried {
    fn new(history_blocks: u64) -> Self {
        let mut chain = Chain::new(&Config { history_blocks, ..Config::ephemeral() }).unwrap();
        for place in 0..2 {
            chain.set_code(address(place), STORE.into());
        }
        Self { roots: BTreeMap::from([(0, whole_root(&chain.state))]), chain, snapshots: Vec::new() }
    }

    fn act(&mut self, act: &Act) {
        let chain = &mut self.chain;
        match *act {
            Act::Pay(to, wei) => {
                send(chain, TransactionRequest::default().with_to(address(to)).with_value(U256::from(wei)));
            }
            Act::Store(at, key, value) => {
                let input = [B256::with_last_byte(key), B256::with_last_byte(value)].concat();
                send(chain, TransactionRequest::default().with_to(address(at)).with_input(input));
            }
            Act::CreateAndEnd => send(chain, TransactionRequest::default().with_kind(TxKind::Create).with_input(END)),
            Act::Balance(at, wei) => chain.set_balance(address(at), U256::from(wei)),
            Act::Nonce(at, nonce) => chain.set_nonce(address(at), nonce),
            Act::Code(at, is_some) => {
                chain.set_code(address(at), Bytes::from_static(if is_some { STORE } else { &[] }));
            }
            Act::Slot(at, key, value) => chain.set_slot(address(at), U256::from(key), U256::from(value)),
            Act::Mine => chain.mine(1),
            Act::Snapshot => self.snapshots.push(chain.snapshot()),
            Act::Revert(index) if !self.snapshots.is_empty() => {
                chain.revert_to(*index.get(&self.snapshots));
            }
            Act::Revert(_) => {}
            Act::AskHash => self.assert_header(self.chain.number()),
            Act::Prove(block, at, key) => {
                let kept = self.chain.number() - self.chain.oldest_state + 1;
                let number = self.chain.oldest_state + block.index(usize::try_from(kept).unwrap()) as u64;
                self.assert_proof(number, address(at), key);
            }
        }
        let number = self.chain.number();
        self.roots.retain(|block, _| *block < number);
        self.roots.insert(number, whole_root(&self.chain.state));
    }

    fn assert_header(&self, number: u64) {
        let block = self.chain.block(number).unwrap();
        assert_eq!(block.header.state_root, self.roots[&number], "root of block {number}");
        assert_eq!((block.hash, self.chain.number_of(block.hash)), (block.header.hash_slow(), Some(number)));
        let parent = number.checked_sub(1).map(|before| self.chain.block(before).unwrap().hash);
        assert_eq!(block.header.parent_hash, parent.unwrap_or_default(), "parent of block {number}");
    }

    fn assert_proof(&self, number: u64, address: Address, key: u8) {
        let proof = self.chain.prove(address, vec![JsonStorageKey::from(U256::from(key))], At::Block(number)).unwrap();
        let is_there = !proof.code_hash.is_zero();
        let (nonce, balance) = (proof.nonce, proof.balance);
        let account = TrieAccount { nonce, balance, storage_root: proof.storage_hash, code_hash: proof.code_hash };
        let key_of_account = Nibbles::unpack(keccak256(address));
        let root = self.roots[&number];
        verify_proof(root, key_of_account, is_there.then(|| encode(account)), &proof.account_proof).unwrap();
        let slot = &proof.storage_proof[0];
        let overlay = self.chain.overlay_at(At::Block(number)).unwrap();
        assert_eq!(slot.value, overlay.slot(&self.chain.state, address, U256::from(key)), "as it is read");
        let root = if is_there { proof.storage_hash } else { EMPTY_ROOT_HASH };
        let expected = (!slot.value.is_zero()).then(|| encode(slot.value));
        verify_proof(root, Nibbles::unpack(keccak256(slot.key.as_b256())), expected, &slot.proof).unwrap();
    }
}

fn send(chain: &mut Chain, request: TransactionRequest) {
    chain.transact(request.with_gas_limit(GAS), DEV_ACCOUNT).unwrap();
}

/// The root of a state, made of all of it at once.
fn whole_root(state: &State) -> B256 {
    let accounts = state.accounts().filter_map(|(address, account)| {
        let slots = account.storage.iter().map(|(key, value)| (keccak256(B256::from(*key)), encode(value)));
        let storage_root = root_of(slots.collect());
        let info = &account.info;
        let is_empty = info.nonce == 0 && info.balance.is_zero() && info.code_hash == KECCAK256_EMPTY;
        let account = TrieAccount { nonce: info.nonce, balance: info.balance, storage_root, code_hash: info.code_hash };
        (!is_empty || storage_root != EMPTY_ROOT_HASH).then(|| (keccak256(address), encode(account)))
    });
    root_of(accounts.collect())
}

fn root_of(leaves: BTreeMap<B256, Vec<u8>>) -> B256 {
    let mut builder = HashBuilder::default();
    for (key, value) in leaves {
        builder.add_leaf(Nibbles::unpack(key), &value);
    }
    builder.root()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_header_has_the_root_of_its_state_whatever_happens_and_whenever_it_is_made(
        history in prop_oneof![Just(1_u64), Just(3), Just(1_000)],
        acts in prop::collection::vec(act(), 1..60),
    ) {
        let mut tried = Tried::new(history);
        for act in &acts {
            tried.act(act);
        }
        let oldest = tried.chain.oldest_state;
        for number in (oldest..=tried.chain.number()).rev() {
            tried.assert_proof(number, address(0), 1);
        }
        for number in 0..=tried.chain.number() {
            tried.assert_header(number);
        }
    }
}
