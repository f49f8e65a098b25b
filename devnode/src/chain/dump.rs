//! Writing the newest state to a file and starting from it again. Blocks, receipts and logs are not kept.

use super::Chain;
use super::error::ChainError;
use super::state::State;
use crate::config::Config;
use alloy::primitives::{Address, Bytes, KECCAK256_EMPTY, U256, keccak256};
use revm::bytecode::Bytecode;
use revm::state::AccountInfo;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Dump {
    /// Whose programs and signatures these are.
    chain_id: u64,
    /// Number of the newest block.
    number: u64,
    /// Its unix seconds.
    timestamp: u64,
    accounts: BTreeMap<Address, DumpedAccount>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DumpedAccount {
    balance: U256,
    nonce: u64,
    #[serde(default, skip_serializing_if = "no_code")]
    code: Bytes,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    storage: BTreeMap<U256, U256>,
}

fn no_code(code: &Bytes) -> bool {
    code.is_empty()
}

impl Chain {
    /// The newest state as JSON.
    ///
    /// # Errors
    /// If it cannot be put into words.
    pub fn dump(&self) -> io::Result<Vec<u8>> {
        let accounts = self.state.accounts().map(|(address, account)| {
            let dumped = DumpedAccount {
                balance: account.info.balance,
                nonce: account.info.nonce,
                code: self.state.code(account.info.code_hash).original_bytes(),
                storage: account.storage.iter().map(|(k, v)| (*k, *v)).collect(),
            };
            (*address, dumped)
        });
        let dump = Dump {
            chain_id: self.chain_id(),
            number: self.number(),
            timestamp: self.head().header.timestamp,
            accounts: accounts.collect(),
        };
        serde_json::to_vec(&dump).map_err(io::Error::other)
    }

    /// A chain that goes on from a dump.
    pub(super) fn load(config: &Config, path: &Path) -> Result<Self, ChainError> {
        let failed = |error: &dyn std::fmt::Display| {
            ChainError::refused(format!("cannot load state from {}: {error}", path.display()))
        };
        let bytes = std::fs::read(path).map_err(|error| failed(&error))?;
        let dump: Dump = serde_json::from_slice(&bytes).map_err(|error| failed(&error))?;
        if dump.chain_id != config.chain_id {
            return Err(failed(&format!("it is of chain {}, not {}", dump.chain_id, config.chain_id)));
        }
        let timestamp = config.genesis_timestamp.unwrap_or(dump.timestamp);
        if timestamp < dump.timestamp {
            return Err(failed(&format!("its time is {}, later than {timestamp}", dump.timestamp)));
        }
        let mut state = State::default();
        for (address, account) in dump.accounts {
            restore(&mut state, address, account);
        }
        Self::from_state(config, state, dump.number, timestamp)
    }
}

fn restore(state: &mut State, address: Address, account: DumpedAccount) {
    let code_hash = if account.code.is_empty() { KECCAK256_EMPTY } else { keccak256(&account.code) };
    let code = Bytecode::new_raw_checked(account.code.clone()).unwrap_or_else(|_| Bytecode::new_legacy(account.code));
    let info =
        AccountInfo { balance: account.balance, nonce: account.nonce, code_hash, code: None, ..AccountInfo::default() };
    let mut undo = Vec::new();
    state.set_info(address, info, Some(code), &mut undo);
    for (key, value) in account.storage {
        state.set_slot(address, key, value, &mut undo);
    }
}
