//! Transactions of accounts that need not sign: what a request leaves out is filled in.

use super::block::{BASE_FEE, Outcome};
use super::error::ChainError;
use super::execute::{Recorded, Recording};
use super::fees::check_request;
use super::{At, Chain, Simulation, tx};
use alloy::consensus::TxEnvelope;
use alloy::primitives::{Address, TxKind};
use alloy::rpc::types::TransactionRequest;

impl Chain {
    /// Mines a transaction of `from`, who need not sign it, and says what came of it. Nonce, chain id and fees are
    /// filled in where the request leaves them out, and of gas what [`Chain::estimate`] says; who sends is `from`
    /// whomever the request names.
    ///
    /// # Errors
    /// If it is not valid now, or has no gas limit and there is none with which it works. One that reverts is mined,
    /// and its outcome says so.
    pub fn transact(&mut self, request: TransactionRequest, from: Address) -> Result<Outcome, ChainError> {
        self.transact_recorded(request, from, Recording::default()).map(|(outcome, _)| outcome)
    }

    /// As [`Chain::transact`], with what was asked to be recorded.
    pub(super) fn transact_recorded(
        &mut self,
        request: TransactionRequest,
        from: Address,
        recording: Recording,
    ) -> Result<(Outcome, Recorded), ChainError> {
        let envelope = self.unsigned(request, from)?;
        let recorded = self.send_recorded(envelope, from, recording)?;
        let outcome = self.newest().tx.as_ref().map(|tx| tx.outcome.clone());
        self.release_held();
        Ok((outcome.ok_or_else(|| ChainError::refused("nothing was mined"))?, recorded))
    }

    /// The transaction that the request asks for, with what it leaves out; its signature is a filler.
    ///
    /// # Errors
    /// If it contradicts itself, or nothing that works can be filled in.
    pub(crate) fn unsigned(&self, mut request: TransactionRequest, from: Address) -> Result<TxEnvelope, ChainError> {
        check_request(&request, self.chain_id())?;
        request.from = Some(from);
        if request.to.is_none() {
            request.to = Some(TxKind::Create);
        }
        if request.gas.is_none() {
            request.gas = Some(self.estimate(Simulation::new(request.clone(), At::Pending))?);
        }
        if request.nonce.is_none() {
            request.nonce = Some(self.nonce(from));
        }
        if request.chain_id.is_none() {
            request.chain_id = Some(self.chain_id());
        }
        if request.gas_price.is_none() && request.max_fee_per_gas.is_none() {
            request.max_fee_per_gas = Some(2 * u128::from(BASE_FEE));
        }
        if request.gas_price.is_none() && request.max_priority_fee_per_gas.is_none() {
            request.max_priority_fee_per_gas = Some(0);
        }
        tx::unsigned(request, from)
    }
}
