//! A mined block: its header, its one transaction, and what it replaced in the state.

use super::addresses::SEQUENCER;
use super::state::Undo;
use crate::config::ArbosVersion;
use alloy::consensus::ReceiptEnvelope;
use alloy::consensus::{EMPTY_ROOT_HASH, Header, TxEnvelope, proofs};
use alloy::consensus::{Receipt, ReceiptWithBloom, Typed2718};
use alloy::primitives::{Address, B64, B256, Bloom, Bytes, Log, U256};
use serde::{Deserialize, Serialize};

/// Wei per gas, always.
pub const BASE_FEE: u64 = 100_000_000;

/// The gas limit that Nitro writes into every header.
pub const BLOCK_GAS_LIMIT: u64 = 1 << 50;

/// What contracts see as `block.prevrandao`.
pub const PREV_RANDAO: B256 = B256::with_last_byte(1);

/// The number of the parent (L1) block at genesis. It grows by one every [`L1_BLOCK_SECONDS`].
pub const L1_GENESIS_NUMBER: u64 = 20_000_000;

/// Seconds of chain time per L1 block.
pub const L1_BLOCK_SECONDS: u64 = 12;

/// What came of a transaction.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Outcome {
    /// True if it was not reverted.
    pub success: bool,
    /// The whole gas paid for, refunds taken off.
    pub gas_used: u64,
    /// Gas of execution alone: no intrinsic gas, refunds not taken off.
    pub execution_gas: u64,
    /// Gas refunded (EIP-3529).
    pub refund: u64,
    /// Logs in order.
    pub logs: Vec<Log>,
    /// The contract created, if the transaction was a creation that succeeded.
    pub created: Option<Address>,
    /// Return data or revert data.
    pub output: Bytes,
    /// Why it failed, in geth's words.
    pub failure: Option<String>,
}

/// A transaction in a block.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MinedTx {
    /// The transaction as signed; of an impersonated account the signature is a filler.
    pub envelope: TxEnvelope,
    /// The sender.
    pub from: Address,
    /// What came of it.
    pub outcome: Outcome,
}

impl MinedTx {
    /// The consensus receipt.
    #[must_use]
    pub fn receipt(&self) -> ReceiptEnvelope {
        let receipt = Receipt {
            status: self.outcome.success.into(),
            cumulative_gas_used: self.outcome.gas_used,
            logs: self.outcome.logs.clone(),
        };
        let logs_bloom = self.bloom();
        ReceiptEnvelope::from_typed(self.envelope.tx_type(), ReceiptWithBloom { receipt, logs_bloom })
    }

    /// The bloom filter over the logs.
    #[must_use]
    pub fn bloom(&self) -> Bloom {
        self.outcome.logs.iter().collect()
    }
}

/// A block.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Block {
    /// Hash of the header.
    pub hash: B256,
    /// The header.
    pub header: Header,
    /// The transaction, if the block has one.
    pub tx: Option<MinedTx>,
    /// What this block, and changes by hand after it, replaced.
    pub(crate) undo: Vec<Undo>,
}

impl Block {
    /// Seals a block.
    #[must_use]
    pub(crate) fn seal(
        number: u64,
        parent: B256,
        timestamp: u64,
        l1_number: u64,
        arbos: ArbosVersion,
        tx: Option<MinedTx>,
        undo: Vec<Undo>,
    ) -> Self {
        let (transactions_root, receipts_root, logs_bloom, gas_used) = match &tx {
            None => (EMPTY_ROOT_HASH, EMPTY_ROOT_HASH, Bloom::ZERO, 0),
            Some(tx) => (
                proofs::calculate_transaction_root(std::slice::from_ref(&tx.envelope)),
                proofs::calculate_receipt_root(&[tx.receipt()]),
                tx.bloom(),
                tx.outcome.gas_used,
            ),
        };
        let header = Header {
            parent_hash: parent,
            beneficiary: SEQUENCER,
            transactions_root,
            receipts_root,
            logs_bloom,
            difficulty: U256::from(1),
            number,
            gas_limit: BLOCK_GAS_LIMIT,
            gas_used,
            timestamp,
            extra_data: Bytes::from_static(&[0; 32]),
            mix_hash: mix_hash(l1_number, arbos),
            nonce: B64::ZERO,
            base_fee_per_gas: Some(BASE_FEE),
            ..Header::default()
        };
        Self { hash: header.hash_slow(), header, tx, undo }
    }

    /// The number of the parent (L1) block, which contracts see as `block.number`.
    #[must_use]
    pub fn l1_number(&self) -> u64 {
        u64::from_be_bytes(self.header.mix_hash.0[8..16].try_into().unwrap_or_default())
    }

    /// The number of the ArbOS that ran it.
    #[must_use]
    pub fn arbos(&self) -> u64 {
        u64::from_be_bytes(self.header.mix_hash.0[16..24].try_into().unwrap_or_default())
    }

    /// The EIP-2718 type of the transaction, 0 without one.
    #[must_use]
    pub fn tx_type(&self) -> u8 {
        self.tx.as_ref().map_or(0, |tx| tx.envelope.ty())
    }
}

/// Nitro's mix hash: send count, L1 block number and ArbOS version, eight bytes each.
fn mix_hash(l1_number: u64, arbos: ArbosVersion) -> B256 {
    let mut word = [0; 32];
    word[8..16].copy_from_slice(&l1_number.to_be_bytes());
    word[16..24].copy_from_slice(&arbos.number().to_be_bytes());
    B256::new(word)
}
