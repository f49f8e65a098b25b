//! Reading the state as of a block, with overrides: what transactions and calls run on.

use super::block_hashes::BlockHashes;
use super::state::{State, Undo};
use alloy::primitives::{
    Address, B256, Bytes, KECCAK256_EMPTY, U256, keccak256,
    map::{AddressMap, HashMap, HashSet},
};
use alloy::rpc::types::state::StateOverride;
use revm::Database;
use revm::bytecode::Bytecode;
use revm::state::AccountInfo;
use std::convert::Infallible;

/// Values that hide those of the state below: an older block's, or a caller's overrides.
#[derive(Debug, Clone, Default)]
pub(crate) struct Overlay {
    infos: AddressMap<Option<AccountInfo>>,
    slots: HashMap<(Address, U256), U256>,
    replaced: HashSet<Address>,
    codes: HashMap<B256, Bytecode>,
}

impl Overlay {
    /// Adds what a change replaced. Changes come newest first, so that the oldest value stays.
    pub(crate) fn rewind(&mut self, undo: &Undo) {
        match undo {
            Undo::Info(address, info) => {
                self.infos.insert(*address, info.clone());
            }
            Undo::Slot(address, key, value) => {
                self.slots.insert((*address, *key), *value);
            }
        }
    }

    /// Adds the overrides of an `eth_call`.
    ///
    /// # Errors
    /// If an account has both `state` and `stateDiff`, or asks to move a precompile.
    pub(crate) fn apply(&mut self, state: &State, overrides: StateOverride) -> Result<(), String> {
        for (address, account) in overrides {
            if account.move_precompile_to.is_some() {
                return Err("movePrecompileToAddress is not supported".to_owned());
            }
            let mut info = self.info(state, address).unwrap_or_default();
            if let Some(balance) = account.balance {
                info.balance = balance;
            }
            if let Some(nonce) = account.nonce {
                info.nonce = nonce;
            }
            if let Some(code) = account.code {
                info.code_hash = self.put_code(code);
                // An account that is new brings an empty code along, which would be taken for the override.
                info.code = None;
            }
            self.infos.insert(address, Some(info));
            let slots = match (account.state, account.state_diff) {
                (Some(_), Some(_)) => {
                    return Err(format!("account {address} has both 'state' and 'stateDiff'"));
                }
                (Some(state), None) => {
                    self.replaced.insert(address);
                    self.slots.retain(|(owner, _), _| *owner != address);
                    state
                }
                (None, diff) => diff.unwrap_or_default(),
            };
            for (key, value) in slots {
                self.slots.insert((address, key.into()), value.into());
            }
        }
        Ok(())
    }

    fn put_code(&mut self, code: Bytes) -> B256 {
        if code.is_empty() {
            return KECCAK256_EMPTY;
        }
        let hash = keccak256(&code);
        self.codes.insert(hash, Bytecode::new_raw_checked(code.clone()).unwrap_or_else(|_| Bytecode::new_legacy(code)));
        hash
    }

    /// Info of an account as seen through the overlay.
    #[must_use]
    pub(crate) fn info(&self, state: &State, address: Address) -> Option<AccountInfo> {
        match self.infos.get(&address) {
            Some(info) => info.clone(),
            None => state.info(address),
        }
    }

    /// A slot as seen through the overlay.
    #[must_use]
    pub(crate) fn slot(&self, state: &State, address: Address, key: U256) -> U256 {
        match self.slots.get(&(address, key)) {
            Some(value) => *value,
            None if self.replaced.contains(&address) => U256::ZERO,
            None => state.slot(address, key),
        }
    }

    /// A code as seen through the overlay.
    #[must_use]
    pub(crate) fn code(&self, state: &State, hash: B256) -> Bytecode {
        match self.codes.get(&hash) {
            Some(code) => code.clone(),
            None => state.code(hash),
        }
    }
}

/// What revm reads: the state through an overlay.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    /// The newest state.
    pub state: &'a State,
    /// What hides it.
    pub overlay: &'a Overlay,
    /// The blocks so far.
    pub hashes: &'a dyn BlockHashes,
}

impl Database for View<'_> {
    type Error = Infallible;

    fn basic(&mut self, address: Address) -> Result<Option<AccountInfo>, Infallible> {
        Ok(self.overlay.info(self.state, address))
    }

    fn code_by_hash(&mut self, hash: B256) -> Result<Bytecode, Infallible> {
        Ok(self.overlay.code(self.state, hash))
    }

    fn storage(&mut self, address: Address, key: U256) -> Result<U256, Infallible> {
        Ok(self.overlay.slot(self.state, address, key))
    }

    /// The parent chain does not exist here: its block hashes are made from their numbers.
    fn block_hash(&mut self, number: u64) -> Result<B256, Infallible> {
        Ok(keccak256(number.to_be_bytes()))
    }
}
