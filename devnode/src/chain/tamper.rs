//! What only a development chain can do: snapshots, time travel, writing into the state, impersonation.

use super::Chain;
use super::clock;
use super::error::ChainError;
use super::snapshot::Snapshot;
use super::state::{State, Undo};
use crate::config::DEV_ACCOUNT;
use alloy::primitives::{Address, Bytes, KECCAK256_EMPTY, U256, keccak256};
use revm::bytecode::Bytecode;
use revm::state::AccountInfo;

impl Chain {
    /// Remembers this moment and returns its number.
    pub fn snapshot(&mut self) -> u64 {
        let id = self.next_snapshot;
        self.next_snapshot += 1;
        let snapshot = Snapshot { number: self.number(), undo: self.newest().undo.len(), clock: self.clock.clone() };
        self.snapshots.insert(id, snapshot);
        id
    }

    /// Returns to a moment; it and all later ones are forgotten. False if it is not known.
    pub fn revert_to(&mut self, id: u64) -> bool {
        let Some(snapshot) = self.snapshots.remove(&id) else {
            return false;
        };
        self.snapshots.retain(|other, _| *other < id);
        let (mut undone, mut gone) = (Vec::new(), Vec::new());
        while self.number() > snapshot.number {
            let Some(block) = self.blocks.pop() else {
                break;
            };
            gone.extend(block.hashes().copied());
            if let Some(tx) = &block.tx {
                self.by_tx.remove(tx.envelope.tx_hash());
            }
            undone.extend(block.undo.into_iter().rev());
        }
        let last = self.blocks.len() - 1;
        let by_hand = self.blocks[last].undo.split_off(snapshot.undo);
        let is_other_header = !by_hand.is_empty();
        undone.extend(by_hand.into_iter().rev());
        for undo in &undone {
            self.state.revert(undo.clone());
        }
        let roots = self.roots.get_mut();
        roots.rewind(&self.state, &self.blocks, &undone, &gone);
        if is_other_header {
            roots.unseal(&mut self.blocks[last]);
        }
        self.changes += 1;
        self.clock = snapshot.clock;
        self.watchers.rewind(self.number());
        true
    }

    /// Begins anew, as the node was started; snapshots and impersonations are forgotten, filters and subscriptions go on.
    ///
    /// # Errors
    /// If the state that the node started from cannot be read again.
    pub fn reset(&mut self) -> Result<(), ChainError> {
        let fresh = Self::new(&self.config)?;
        let former = std::mem::replace(self, fresh);
        self.changes = former.changes + 1;
        self.watchers = former.watchers;
        self.watchers.rewind(self.number());
        Ok(())
    }

    /// Moves time forward; returns the total shift from wall time in seconds.
    ///
    /// # Errors
    /// If time would leave the year 9999.
    pub fn increase_time(&mut self, seconds: u64) -> Result<i128, ChainError> {
        let last = self.newest().timestamp;
        self.clock.increase(seconds, last)
    }

    /// Sets the clock; returns by how many seconds it moved.
    ///
    /// # Errors
    /// If the time lies before the last block or beyond the year 9999.
    pub fn set_time(&mut self, timestamp: u64) -> Result<i128, ChainError> {
        let last = self.newest().timestamp;
        self.clock.set(timestamp, last)
    }

    /// Makes every block `seconds` later than the one before; `None` lets time run by itself. True if it did not.
    ///
    /// # Errors
    /// If the next block would lie beyond the year 9999.
    pub fn set_timestamp_interval(&mut self, seconds: Option<u64>) -> Result<bool, ChainError> {
        let last = self.newest().timestamp;
        clock::check(last.saturating_add(seconds.unwrap_or_default()), last)?;
        Ok(self.clock.set_interval(seconds))
    }

    /// Mines an empty block every so many seconds, or none by itself.
    pub const fn set_block_interval(&mut self, seconds: Option<u64>) {
        self.block_interval = seconds;
    }

    /// The timestamp of a block that were mined now.
    #[must_use]
    pub fn next_timestamp(&self) -> u64 {
        self.clock.next_timestamp(self.newest().timestamp)
    }

    /// Fixes the timestamp of the next block, from which time runs on.
    ///
    /// # Errors
    /// If it lies before the last block or beyond the year 9999.
    pub fn set_next_timestamp(&mut self, timestamp: u64) -> Result<(), ChainError> {
        let last = self.newest().timestamp;
        self.clock.set_next(timestamp, last)
    }

    /// Sets a balance in wei.
    pub fn set_balance(&mut self, address: Address, balance: U256) {
        self.edit(address, |info| info.balance = balance, None);
    }

    /// Sets a nonce.
    pub fn set_nonce(&mut self, address: Address, nonce: u64) {
        self.edit(address, |info| info.nonce = nonce, None);
        self.release_held();
    }

    /// Sets a code, of whatever kind.
    pub fn set_code(&mut self, address: Address, code: Bytes) {
        let hash = if code.is_empty() { KECCAK256_EMPTY } else { keccak256(&code) };
        let code = Bytecode::new_raw_checked(code.clone()).unwrap_or_else(|_| Bytecode::new_legacy(code));
        self.edit(address, |info| info.code_hash = hash, Some(code));
    }

    /// Sets a slot.
    pub fn set_slot(&mut self, address: Address, key: U256, value: U256) {
        self.write(|state, undo| state.set_slot(address, key, value, undo));
    }

    fn edit(&mut self, address: Address, change: impl FnOnce(&mut AccountInfo), code: Option<Bytecode>) {
        let mut info = self.state.info(address).unwrap_or_default();
        change(&mut info);
        self.write(|state, undo| state.set_info(address, info, code, undo));
    }

    /// Writes into the state after the newest block. If that changes it, the block has another state root.
    fn write(&mut self, change: impl FnOnce(&mut State, &mut Vec<Undo>)) {
        let last = self.blocks.len() - 1;
        let newest = &mut self.blocks[last];
        let undo = newest.undo.len();
        change(&mut self.state, &mut newest.undo);
        if newest.undo.len() > undo {
            self.roots.get_mut().unseal(newest);
        }
    }

    /// Lets transactions of `address` through without a signature.
    pub fn impersonate(&mut self, address: Address) {
        self.impersonated.insert(address);
    }

    /// Ends [`Chain::impersonate`]; false if it was not impersonated.
    pub fn stop_impersonating(&mut self, address: Address) -> bool {
        self.impersonated.remove(&address)
    }

    /// Lets transactions of anyone through without a signature, or no longer.
    pub fn auto_impersonate(&mut self, on: bool) {
        self.impersonate_all = on;
    }

    /// True if `address` was impersonated.
    #[must_use]
    pub(crate) fn may_impersonate(&self, address: Address) -> bool {
        self.impersonate_all || self.impersonated.contains(&address)
    }

    /// True if the node sends transactions of `address` by itself.
    #[must_use]
    pub(crate) fn may_send_for(&self, address: Address) -> bool {
        address == DEV_ACCOUNT || self.may_impersonate(address)
    }
}
