//! State roots, and the headers and hashes that they are in: made when somebody asks for them, block after block.
//!
//! There is one trie. It has the state of one block, and is brought to another's by what was replaced in between. When
//! it is not asked for, a block costs nothing here.

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

    /// Makes the headers of all blocks up to the one at place `last`.
    pub(super) fn seal(&mut self, state: &State, blocks: &[Mined], last: usize) {
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
    /// What the blocks up to the one at place `last` replaced will be forgotten.
    pub(super) fn prepare_to_forget(&mut self, state: &State, blocks: &[Mined], last: usize) {
        if self.at < last || self.sealed <= last {
            let newest = blocks.len() - 1;
            self.seal(state, blocks, newest);
            self.bring(state, blocks, newest);
        }
    }

    /// The number of the block with this hash, if its header is made.
    pub(super) fn number_of(&self, hash: B256) -> Option<u64> {
        self.numbers.get(&hash).copied()
    }

    /// The proofs of an account and of some of its slots in the state after the block at place `at`.
    pub(super) fn prove(
        &mut self,
        state: &State,
        blocks: &[Mined],
        at: usize,
        address: Address,
        slots: &[B256],
    ) -> Proven {
        self.seal(state, blocks, at.max(self.at));
        self.bring(state, blocks, at);
        self.trie.prove(address, slots)
    }
}
