//! A block as it is read: its header and its one transaction.

use alloy::consensus::ReceiptEnvelope;
use alloy::consensus::{Header, TxEnvelope};
use alloy::consensus::{Receipt, ReceiptWithBloom, Typed2718};
use alloy::primitives::{Address, B256, Bloom, Bytes, Log};
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

/// A block, with the header that it has now.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Block<'a> {
    /// Hash of the header.
    pub hash: B256,
    /// The header.
    pub header: &'a Header,
    /// The transaction, if the block has one.
    pub tx: Option<&'a MinedTx>,
}

impl Block<'_> {
    /// The number of the parent (L1) block, which contracts see as `block.number`.
    #[must_use]
    pub fn l1_number(&self) -> u64 {
        l1_number(self.header)
    }

    /// The number of the ArbOS that ran it.
    #[must_use]
    pub fn arbos(&self) -> u64 {
        arbos(self.header)
    }

    /// The EIP-2718 type of the transaction, 0 without one.
    #[must_use]
    pub fn tx_type(&self) -> u8 {
        self.tx.map_or(0, |tx| tx.envelope.ty())
    }
}

/// The number of the parent (L1) block in a header.
pub(super) fn l1_number(header: &Header) -> u64 {
    u64::from_be_bytes(header.mix_hash.0[8..16].try_into().unwrap_or_default())
}

/// The number of the ArbOS in a header.
pub(super) fn arbos(header: &Header) -> u64 {
    u64::from_be_bytes(header.mix_hash.0[16..24].try_into().unwrap_or_default())
}
