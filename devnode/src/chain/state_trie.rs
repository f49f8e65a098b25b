//! The state as a trie: the accounts that are there, each with the root of its storage.

use super::state::{State, Undo};
use super::trie::Trie;
use super::view::Overlay;
use alloy::consensus::{EMPTY_ROOT_HASH, TrieAccount};
use alloy::primitives::{
    Address, B256, Bytes, U256, keccak256,
    map::{AddressMap, HashMap},
};
use revm::state::AccountInfo;

/// The tries of one moment.
#[derive(Debug, Default)]
pub(super) struct StateTrie {
    accounts: Trie<TrieAccount>,
    /// Those that are not empty.
    storages: AddressMap<Trie<U256>>,
}

/// Accounts and slots, and what they are at the moment that a trie is brought to.
#[derive(Debug, Default)]
pub(super) struct Changes(AddressMap<Change>);

#[derive(Debug, Default)]
struct Change {
    info: Option<AccountInfo>,
    slots: HashMap<U256, U256>,
}

/// What the tries have of one account.
#[derive(Debug)]
pub(super) struct Proven {
    /// None if it is not there.
    pub(super) account: Option<TrieAccount>,
    pub(super) proof: Vec<Bytes>,
    /// Of each slot that was asked for.
    pub(super) slots: Vec<Vec<Bytes>>,
}

impl Changes {
    /// All that `undo` is about, with the values that are seen through `overlay`.
    pub(super) fn of<'a>(undo: impl IntoIterator<Item = &'a Undo>, state: &State, overlay: &Overlay) -> Self {
        let mut changes = AddressMap::<Change>::default();
        for undo in undo {
            let (Undo::Info(address, _) | Undo::Slot(address, ..)) = *undo;
            let change = changes
                .entry(address)
                .or_insert_with(|| Change { info: overlay.info(state, address), slots: HashMap::default() });
            if let Undo::Slot(_, key, _) = *undo {
                change.slots.insert(key, overlay.slot(state, address, key));
            }
        }
        Self(changes)
    }

    /// All of a state.
    pub(super) fn all(state: &State) -> Self {
        let change = |account: &super::state::Account| Change {
            info: Some(account.info.clone()),
            slots: account.storage.clone(),
        };
        Self(state.accounts().map(|(address, account)| (*address, change(account))).collect())
    }
}

impl StateTrie {
    /// Brings what has changed up to date.
    pub(super) fn update(&mut self, changes: Changes) {
        for (address, Change { info, slots }) in changes.0 {
            let storage_root = self.update_storage(address, slots);
            let info = info.unwrap_or_default();
            // An account with nothing but slots is none that a transaction can leave behind, only who writes by hand.
            let is_there = !info.is_empty() || storage_root != EMPTY_ROOT_HASH;
            let AccountInfo { nonce, balance, code_hash, .. } = info;
            let account = TrieAccount { nonce, balance, storage_root, code_hash };
            self.accounts.set(keccak256(address), is_there.then_some(account));
        }
    }

    fn update_storage(&mut self, address: Address, slots: HashMap<U256, U256>) -> B256 {
        if slots.is_empty() {
            return self.storages.get_mut(&address).map_or(EMPTY_ROOT_HASH, Trie::root);
        }
        let storage = self.storages.entry(address).or_default();
        for (key, value) in slots {
            storage.set(hashed(key.into()), (!value.is_zero()).then_some(value));
        }
        let root = storage.root();
        if root == EMPTY_ROOT_HASH {
            self.storages.remove(&address);
        }
        root
    }

    /// The state root.
    pub(super) fn root(&mut self) -> B256 {
        self.accounts.root()
    }

    /// The proofs of an account and of some of its slots.
    pub(super) fn prove(&mut self, address: Address, slots: &[B256]) -> Proven {
        let key = keccak256(address);
        let proof = self.accounts.prove(&[key]).pop().unwrap_or_default();
        let keys: Vec<_> = slots.iter().copied().map(hashed).collect();
        let slots = match self.storages.get_mut(&address) {
            Some(storage) => storage.prove(&keys),
            None => vec![Vec::new(); keys.len()],
        };
        Proven { account: self.accounts.get(key).copied(), proof, slots }
    }
}

/// The key of a slot.
fn hashed(slot: B256) -> B256 {
    keccak256(slot)
}
