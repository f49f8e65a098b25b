//! Merkle proofs of accounts and slots (EIP-1186).

use super::Chain;
use super::at::At;
use super::error::ChainError;
use super::state_trie::Proven;
use alloy::primitives::{Address, B256, U256};
use alloy::rpc::types::{EIP1186AccountProofResponse, EIP1186StorageProof};
use alloy::serde::JsonStorageKey;

impl Chain {
    /// The account at `address` and its slots `keys` after a block, with the nodes that prove them to whoever has the
    /// block's state root. Of an account that is not there code hash and storage root are zero, as geth has it since
    /// 1.13.4.
    ///
    /// # Errors
    /// If the block is unknown, or its state is no longer kept.
    pub fn prove(
        &self,
        address: Address,
        keys: Vec<JsonStorageKey>,
        at: At,
    ) -> Result<EIP1186AccountProofResponse, ChainError> {
        let overlay = self.overlay_at(at)?;
        let number = match at {
            At::Block(number) => number,
            At::Pending => self.number(),
        };
        let slots: Vec<B256> = keys.iter().map(JsonStorageKey::as_b256).collect();
        let place = self.index(number).ok_or_else(|| ChainError::refused("header not found"))?;
        let proven = self.roots.borrow_mut().prove(&self.state, &self.blocks, place, address, &slots);
        let Proven { account, proof, slots: proofs } = proven;
        let values = slots.iter().map(|slot| overlay.slot(self.state(), address, U256::from_be_bytes(slot.0)));
        let storage_proof = keys.into_iter().zip(values).zip(proofs);
        let storage_proof = storage_proof.map(|((key, value), proof)| EIP1186StorageProof { key, value, proof });
        let of_account =
            account.map(|account| (account.balance, account.nonce, account.code_hash, account.storage_root));
        let (balance, nonce, code_hash, storage_hash) = of_account.unwrap_or_default();
        Ok(EIP1186AccountProofResponse {
            address,
            balance,
            code_hash,
            nonce,
            storage_hash,
            account_proof: proof,
            storage_proof: storage_proof.collect(),
        })
    }
}
