//! The world state in memory, and the undo records that make snapshots and reads of the past possible.

use alloy::primitives::{
    Address, B256, KECCAK256_EMPTY, U256,
    map::{AddressMap, B256Map, HashMap},
};
use revm::bytecode::Bytecode;
use revm::state::{AccountInfo, EvmState};

/// One account: its info without code, and its nonzero slots.
#[derive(Debug, Clone, Default)]
pub(crate) struct Account {
    /// Balance, nonce and code hash; the code itself lives in [`State`].
    pub info: AccountInfo,
    /// Slots that are not zero.
    pub storage: HashMap<U256, U256>,
}

/// What a change replaced. Applied in reverse order, changes give the state before.
#[derive(Debug, Clone)]
pub(crate) enum Undo {
    /// The account had this info, or did not exist.
    Info(Address, Option<AccountInfo>),
    /// The slot had this value.
    Slot(Address, U256, U256),
}

/// All accounts and codes.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    accounts: AddressMap<Account>,
    codes: B256Map<Bytecode>,
}

impl State {
    /// The account, if it exists.
    #[must_use]
    pub(crate) fn account(&self, address: Address) -> Option<&Account> {
        self.accounts.get(&address)
    }

    /// Info of the account without its code.
    #[must_use]
    pub(crate) fn info(&self, address: Address) -> Option<AccountInfo> {
        self.accounts.get(&address).map(|a| a.info.clone())
    }

    /// A slot; zero where nothing was ever stored.
    #[must_use]
    pub(crate) fn slot(&self, address: Address, key: U256) -> U256 {
        self.accounts.get(&address).and_then(|a| a.storage.get(&key)).copied().unwrap_or_default()
    }

    /// The code with this hash; empty if none is known.
    #[must_use]
    pub(crate) fn code(&self, hash: B256) -> Bytecode {
        self.codes.get(&hash).cloned().unwrap_or_default()
    }

    /// All accounts in no order.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = (&Address, &Account)> {
        self.accounts.iter()
    }

    /// Applies what a transaction changed and appends what it replaced to `undo`.
    pub(crate) fn commit(&mut self, changes: EvmState, undo: &mut Vec<Undo>) {
        for (address, account) in changes {
            if !account.is_touched() {
                continue;
            }
            let gone =
                account.is_selfdestructed() || (account.info.is_empty() && account.info.code_hash == KECCAK256_EMPTY);
            if gone {
                self.remove(address, undo);
                continue;
            }
            let code = account.info.code.clone();
            self.set_info(address, account.info, code, undo);
            for (key, slot) in account.storage {
                if slot.is_changed() {
                    self.set_slot(address, key, slot.present_value, undo);
                }
            }
        }
    }

    /// Writes an account's info; `code` is kept under its hash if given.
    pub(crate) fn set_info(
        &mut self,
        address: Address,
        mut info: AccountInfo,
        code: Option<Bytecode>,
        undo: &mut Vec<Undo>,
    ) {
        if let Some(code) = code.filter(|c| !c.is_empty()) {
            self.codes.entry(info.code_hash).or_insert(code);
        }
        info.code = None;
        let before = match self.accounts.get_mut(&address) {
            Some(account) if account.info == info => return,
            Some(account) => Some(std::mem::replace(&mut account.info, info)),
            None => {
                let account = Account { info, storage: HashMap::default() };
                self.accounts.insert(address, account);
                None
            }
        };
        undo.push(Undo::Info(address, before));
    }

    /// Writes a slot.
    pub(crate) fn set_slot(&mut self, address: Address, key: U256, value: U256, undo: &mut Vec<Undo>) {
        let before = self.put_slot(address, key, value);
        if before != value {
            undo.push(Undo::Slot(address, key, before));
        }
    }

    fn remove(&mut self, address: Address, undo: &mut Vec<Undo>) {
        if let Some(account) = self.accounts.remove(&address) {
            for (key, value) in account.storage {
                undo.push(Undo::Slot(address, key, value));
            }
            undo.push(Undo::Info(address, Some(account.info)));
        }
    }

    /// Takes one change back.
    pub(crate) fn revert(&mut self, undo: Undo) {
        match undo {
            Undo::Info(address, Some(info)) => {
                self.accounts.entry(address).or_default().info = info;
            }
            Undo::Info(address, None) => {
                self.accounts.remove(&address);
            }
            Undo::Slot(address, key, value) => {
                self.put_slot(address, key, value);
            }
        }
    }

    fn put_slot(&mut self, address: Address, key: U256, value: U256) -> U256 {
        if value.is_zero() {
            self.accounts.get_mut(&address).and_then(|a| a.storage.remove(&key)).unwrap_or_default()
        } else {
            self.accounts.entry(address).or_default().storage.insert(key, value).unwrap_or_default()
        }
    }
}
