//! Writing the chain to a file and going on from it: all blocks with their receipts and logs, and the newest state.

use super::Chain;
use super::block::{Block, MinedTx, Outcome};
use super::clock::Clock;
use super::error::ChainError;
use super::mined::Mined;
use super::state::State;
use crate::config::Config;
use alloy::consensus::{Header, TxEnvelope};
use alloy::eips::eip2718::{Decodable2718, Encodable2718};
use alloy::primitives::{Address, B256, Bytes, KECCAK256_EMPTY, U256, keccak256};
use alloy::rlp::{Decodable, encode};
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
    /// Where the clock stood, in unix seconds.
    timestamp: u64,
    /// From the genesis on.
    blocks: Vec<DumpedBlock>,
    /// After the last of them.
    accounts: BTreeMap<Address, DumpedAccount>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DumpedBlock {
    /// In RLP.
    header: Bytes,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tx: Option<DumpedTx>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DumpedTx {
    /// As sent (EIP-2718).
    raw: Bytes,
    from: Address,
    outcome: Outcome,
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
    /// The blocks and the newest state as JSON.
    ///
    /// # Errors
    /// If they cannot be put into words.
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
            timestamp: self.next_timestamp(),
            blocks: (self.first()..=self.number())
                .filter_map(|number| self.block(number))
                .map(DumpedBlock::of)
                .collect(),
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
        let blocks = restore_blocks(dump.blocks).map_err(|error| failed(&error))?;
        let last = blocks.last().map_or(0, |block| block.timestamp);
        let arbos = blocks.last().map_or(0, |block| block.arbos);
        if arbos > config.arbos_version.number() {
            return Err(failed(&format!(
                "it runs ArbOS {arbos}, and no chain goes back to {}",
                config.arbos_version.number()
            )));
        }
        let timestamp = config.genesis_timestamp.unwrap_or(dump.timestamp);
        if timestamp < last {
            return Err(failed(&format!("its time is {last}, later than {timestamp}")));
        }
        let mut state = State::default();
        for (address, account) in dump.accounts {
            restore(&mut state, address, account);
        }
        let chain = Self::from_parts(config, state, blocks, Clock::starting_at(timestamp))?;
        let (named, made) = (chain.head().header.state_root, chain.roots.borrow_mut().state_root());
        if named != made {
            return Err(failed(&format!("its newest block has the state root {named}, its accounts make {made}")));
        }
        Ok(chain)
    }
}

impl DumpedBlock {
    fn of(block: Block<'_>) -> Self {
        let tx = block.tx.map(|tx| DumpedTx {
            raw: tx.envelope.encoded_2718().into(),
            from: tx.from,
            outcome: tx.outcome.clone(),
        });
        Self { header: encode(block.header).into(), tx }
    }

    fn restore(self) -> Result<Mined, String> {
        let header = Header::decode(&mut self.header.as_ref()).map_err(|error| error.to_string())?;
        let tx = match self.tx {
            None => None,
            Some(tx) => {
                let envelope = TxEnvelope::decode_2718(&mut tx.raw.as_ref()).map_err(|error| error.to_string())?;
                Some(MinedTx { envelope, from: tx.from, outcome: tx.outcome })
            }
        };
        Ok(Mined::restored(header, tx))
    }
}

/// The blocks, each of which must follow the one before it.
fn restore_blocks(dumped: Vec<DumpedBlock>) -> Result<Vec<Mined>, String> {
    let mut blocks: Vec<Mined> = Vec::with_capacity(dumped.len());
    let mut parent = B256::ZERO;
    for (number, block) in dumped.into_iter().enumerate() {
        let block = block.restore().map_err(|error| format!("block {number}: {error}"))?;
        let follows = |block: &Block<'_>| block.header.number == number as u64 && block.header.parent_hash == parent;
        let Some(sealed) = block.sealed().filter(follows) else {
            return Err(format!("block {number} does not follow the one before it"));
        };
        parent = sealed.hash;
        blocks.push(block);
    }
    if blocks.is_empty() { Err("it has no blocks".to_owned()) } else { Ok(blocks) }
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
