//! A mined block as the chain keeps it: its header is made when somebody wants to see it, since that takes the state root.

use super::addresses::SEQUENCER;
use super::block::{self, BASE_FEE, BLOCK_GAS_LIMIT, Block, MinedTx};
use super::state::Undo;
use alloy::consensus::{EMPTY_ROOT_HASH, Header, proofs};
use alloy::primitives::{B64, B256, Bloom, Bytes, U256};
use std::cell::OnceCell;

/// A block, with or without its header.
#[derive(Debug)]
pub(super) struct Mined {
    pub(super) number: u64,
    pub(super) timestamp: u64,
    pub(super) l1_number: u64,
    /// The number of the ArbOS that ran it.
    pub(super) arbos: u64,
    pub(super) tx: Option<MinedTx>,
    /// What this block, and changes by hand after it, replaced.
    pub(super) undo: Vec<Undo>,
    sealed: OnceCell<Sealed>,
    /// Hashes that it had before changes by hand.
    former: Vec<B256>,
}

#[derive(Debug)]
struct Sealed {
    hash: B256,
    header: Header,
}

impl Mined {
    /// A block without a header.
    pub(super) fn new(number: u64, timestamp: u64, l1_number: u64, arbos: u64) -> Self {
        let (sealed, former) = (OnceCell::new(), Vec::new());
        Self { number, timestamp, l1_number, arbos, tx: None, undo: Vec::new(), sealed, former }
    }

    /// The block of a header.
    pub(super) fn restored(header: Header, tx: Option<MinedTx>) -> Self {
        let (l1_number, arbos) = (block::l1_number(&header), block::arbos(&header));
        let empty = Self::new(header.number, header.timestamp, l1_number, arbos);
        Self { tx, sealed: OnceCell::from(Sealed { hash: header.hash_slow(), header }), ..empty }
    }

    /// The block with its header, if that is made.
    pub(super) fn sealed(&self) -> Option<Block<'_>> {
        let Sealed { hash, header } = self.sealed.get()?;
        Some(Block { hash: *hash, header, tx: self.tx.as_ref() })
    }

    /// Makes the header, unless it is made, and returns its hash.
    pub(super) fn seal(&self, parent: B256, state_root: B256) -> B256 {
        let make = || {
            let header = self.header(parent, state_root);
            Sealed { hash: header.hash_slow(), header }
        };
        self.sealed.get_or_init(make).hash
    }

    /// Forgets the header; its hash goes on to name the block. False if there was none.
    pub(super) fn unseal(&mut self) -> bool {
        let sealed = self.sealed.take();
        self.former.extend(sealed.as_ref().map(|sealed| sealed.hash));
        sealed.is_some()
    }

    /// All hashes that name it.
    pub(super) fn hashes(&self) -> impl Iterator<Item = &B256> {
        self.former.iter().chain(self.sealed.get().map(|sealed| &sealed.hash))
    }

    fn header(&self, parent_hash: B256, state_root: B256) -> Header {
        let (transactions_root, receipts_root, logs_bloom, gas_used) = match &self.tx {
            None => (EMPTY_ROOT_HASH, EMPTY_ROOT_HASH, Bloom::ZERO, 0),
            Some(tx) => (
                proofs::calculate_transaction_root(std::slice::from_ref(&tx.envelope)),
                proofs::calculate_receipt_root(&[tx.receipt()]),
                tx.bloom(),
                tx.outcome.gas_used,
            ),
        };
        Header {
            parent_hash,
            beneficiary: SEQUENCER,
            state_root,
            transactions_root,
            receipts_root,
            logs_bloom,
            difficulty: U256::from(1),
            number: self.number,
            gas_limit: BLOCK_GAS_LIMIT,
            gas_used,
            timestamp: self.timestamp,
            extra_data: Bytes::from_static(&[0; 32]),
            mix_hash: self.mix_hash(),
            nonce: B64::ZERO,
            base_fee_per_gas: Some(BASE_FEE),
            ..Header::default()
        }
    }

    /// Nitro's mix hash: send count, L1 block number and ArbOS version, eight bytes each.
    fn mix_hash(&self) -> B256 {
        let mut word = [0; 32];
        word[8..16].copy_from_slice(&self.l1_number.to_be_bytes());
        word[16..24].copy_from_slice(&self.arbos.to_be_bytes());
        B256::new(word)
    }
}
