//! What can be read of the chain: its blocks, and the accounts of the newest state.

use super::Chain;
use super::block::Block;
use super::mined::Mined;
use super::state::State;
use crate::config::ArbosVersion;
use alloy::primitives::{Address, B256, Bytes, U256};

impl Chain {
    /// EIP-155 id.
    #[must_use]
    pub const fn chain_id(&self) -> u64 {
        self.rules.chain_id
    }

    /// The ArbOS version in force.
    #[must_use]
    pub const fn arbos(&self) -> ArbosVersion {
        self.rules.arbos
    }

    /// Seconds between empty blocks that are mined by themselves.
    #[must_use]
    pub const fn block_interval(&self) -> Option<u64> {
        self.block_interval
    }

    /// What tells this chain from every other, and from itself before a reset.
    #[must_use]
    pub(crate) const fn instance(&self) -> B256 {
        self.instance
    }

    /// The newest block.
    ///
    /// # Panics
    /// Never: there is always one.
    #[must_use]
    pub fn head(&self) -> Block<'_> {
        // SAFETY: a chain is never without blocks.
        self.block(self.number()).expect("a chain has a block")
    }

    /// Unix seconds of the newest block.
    pub(crate) fn newest_timestamp(&self) -> u64 {
        self.newest().timestamp
    }

    /// The newest block, with or without a header.
    pub(super) fn newest(&self) -> &Mined {
        &self.blocks[self.blocks.len() - 1]
    }

    /// Number of the newest block.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.newest().number
    }

    /// Number of the first block.
    #[must_use]
    pub fn first(&self) -> u64 {
        self.blocks[0].number
    }

    /// The block with this number, if there is one.
    #[must_use]
    pub fn block(&self, number: u64) -> Option<Block<'_>> {
        let index = self.index(number)?;
        self.seal(index);
        self.blocks[index].sealed()
    }

    /// The place of the block with this number, if there is one.
    pub(super) fn index(&self, number: u64) -> Option<usize> {
        let index = usize::try_from(number.checked_sub(self.first())?).ok()?;
        (index < self.blocks.len()).then_some(index)
    }

    /// How often a block came or went since the chain began.
    #[must_use]
    pub(crate) const fn changes(&self) -> u64 {
        self.changes
    }

    /// The block that holds the transaction with this hash.
    #[must_use]
    pub fn block_of_tx(&self, hash: B256) -> Option<Block<'_>> {
        self.by_tx.get(&hash).and_then(|number| self.block(*number))
    }

    /// The newest state.
    pub(crate) const fn state(&self) -> &State {
        &self.state
    }

    /// Nonce of an account in the newest state.
    #[must_use]
    pub fn nonce(&self, address: Address) -> u64 {
        self.state.info(address).map_or(0, |info| info.nonce)
    }

    /// Wei of an account in the newest state.
    #[must_use]
    pub fn balance(&self, address: Address) -> U256 {
        self.state.info(address).unwrap_or_default().balance
    }

    /// Code of an account in the newest state, as `eth_getCode` answers it; empty without one.
    #[must_use]
    pub fn code(&self, address: Address) -> Bytes {
        self.state.info(address).map(|info| self.state.code(info.code_hash).original_bytes()).unwrap_or_default()
    }

    /// A slot of an account in the newest state; zero where nothing was ever stored.
    #[must_use]
    pub fn slot(&self, address: Address, key: U256) -> U256 {
        self.state.slot(address, key)
    }

    /// All slots of an account that are not zero in the newest state, and their values, in no order.
    pub fn storage(&self, address: Address) -> impl Iterator<Item = (U256, U256)> {
        let slots = self.state.account(address).into_iter().flat_map(|account| &account.storage);
        slots.map(|(key, value)| (*key, *value))
    }
}
