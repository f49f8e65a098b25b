//! State roots, and the headers and hashes that they are in: made when somebody asks for them, block after block.
//!
//! There is one trie. It has the state of one block, and is brought to another's by what was replaced in between. When
//! it is not asked for, a block costs nothing here.

use super::Chain;
use super::block_hashes::BlockHashes;
use super::error::ChainError;
use super::mined::Mined;
use super::state::{State, Undo};
use super::state_trie::{Changes, Proven, StateTrie};
use super::view::Overlay;
use alloy::primitives::{Address, B256, map::B256Map};

/// The trie, and how far the headers are made.
#[derive(Debug)]
pub(super) struct Roots {
    trie: StateTrie,
    /// The block whose state the trie has; of the newest without what was written by hand since.
    at: usize,
    /// How many blocks, the oldest, have their header.
    sealed: usize,
    numbers: B256Map<u64>,
}

impl Roots {
    /// Those of `blocks`, after the last of which comes `state`.
    pub(super) fn new(state: &State, blocks: &[Mined]) -> Self {
        let mut trie = StateTrie::default();
        trie.update(Changes::all(state));
        let hashes = blocks.iter().flat_map(|block| block.hashes().map(|hash| (*hash, block.number)));
        let sealed = blocks.iter().take_while(|block| block.sealed().is_some()).count();
        Self { trie, at: blocks.len() - 1, sealed, numbers: hashes.collect() }
    }

    /// The root of the state that the trie has.
    pub(super) fn state_root(&mut self) -> B256 {
        self.trie.root()
    }

    /// Makes the headers of all blocks up to `last`.
    fn seal(&mut self, state: &State, blocks: &[Mined], last: usize) {
        let first = self.sealed;
        if last < first {
            return;
        }
        let mut overlay = Overlay::default();
        let mut changes = Vec::new();
        for (index, block) in blocks.iter().enumerate().skip(first).rev() {
            if index <= last {
                changes.push(Changes::of(&block.undo, state, &overlay));
            }
            block.undo.iter().rev().for_each(|undo| overlay.rewind(undo));
        }
        if self.at + 1 < first {
            self.bring(state, blocks, first - 1);
        }
        let mut parent = first.checked_sub(1).and_then(|before| blocks[before].sealed()).map(|block| block.hash);
        for (block, changes) in blocks[first..=last].iter().zip(changes.into_iter().rev()) {
            self.trie.update(changes);
            let hash = block.seal(parent.unwrap_or_default(), self.trie.root());
            self.numbers.insert(hash, block.number);
            parent = Some(hash);
        }
        self.at = last;
        self.sealed = last + 1;
    }

    /// Brings the trie to the state after block `to`; from there to where it is now all headers are made.
    fn bring(&mut self, state: &State, blocks: &[Mined], to: usize) {
        let (low, high) = (self.at.min(to), self.at.max(to));
        if low == high {
            return;
        }
        let mut overlay = Overlay::default();
        blocks[to + 1..].iter().rev().flat_map(|block| block.undo.iter().rev()).for_each(|undo| overlay.rewind(undo));
        let between = blocks[low + 1..=high].iter().flat_map(|block| &block.undo);
        self.trie.update(Changes::of(between, state, &overlay));
        self.at = to;
    }

    /// The newest block was written to by hand: its header is another.
    pub(super) fn unseal(&mut self, newest: &mut Mined) {
        if newest.unseal() {
            self.sealed -= 1;
        }
    }

    /// The chain went back to the newest of `blocks` and to `state`, which undid `undone`; `gone` named blocks.
    pub(super) fn rewind(&mut self, state: &State, blocks: &[Mined], undone: &[Undo], gone: &[B256]) {
        if self.at >= blocks.len() - 1 {
            self.trie.update(Changes::of(undone, state, &Overlay::default()));
            self.at = blocks.len() - 1;
        }
        self.sealed = self.sealed.min(blocks.len());
        for hash in gone {
            self.numbers.remove(hash);
        }
    }
}

impl Chain {
    /// Makes the headers up to the block at place `last`.
    pub(super) fn seal(&self, last: usize) {
        self.roots.borrow_mut().seal(&self.state, &self.blocks, last);
    }

    /// What was replaced at and before the block at place `last` will be forgotten.
    pub(super) fn seal_before_forgetting(&self, last: usize) {
        let mut roots = self.roots.borrow_mut();
        if roots.at < last || roots.sealed <= last {
            let newest = self.blocks.len() - 1;
            roots.seal(&self.state, &self.blocks, newest);
            roots.bring(&self.state, &self.blocks, newest);
        }
    }

    /// The number of the block with this hash.
    #[must_use]
    pub fn number_of(&self, hash: B256) -> Option<u64> {
        self.seal(self.blocks.len() - 1);
        self.roots.borrow().numbers.get(&hash).copied()
    }

    /// The proofs of an account and of some of its slots in the state after a block that is kept.
    ///
    /// # Errors
    /// If the block is unknown.
    pub(super) fn proven(&self, number: u64, address: Address, slots: &[B256]) -> Result<Proven, ChainError> {
        let at = self.index(number).ok_or_else(|| ChainError::refused("header not found"))?;
        let mut roots = self.roots.borrow_mut();
        let last = at.max(roots.at);
        roots.seal(&self.state, &self.blocks, last);
        roots.bring(&self.state, &self.blocks, at);
        Ok(roots.trie.prove(address, slots))
    }
}

impl BlockHashes for Chain {
    fn hash_of(&self, number: u64) -> Option<B256> {
        self.block(number).map(|block| block.hash)
    }
}
