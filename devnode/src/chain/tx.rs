//! Transactions: decoding, checking, and turning them into what the machine runs.

use super::block::BASE_FEE;
use super::error::ChainError;
use super::handler::MAX_EXECUTION_GAS;
use alloy::consensus::transaction::SignerRecoverable;
use alloy::consensus::{EthereumTxEnvelope, Transaction, TxEip4844Variant, TxEnvelope, Typed2718};
use alloy::eips::eip2718::Decodable2718;
use alloy::network::NetworkTransactionBuilder;
use alloy::primitives::{Address, Bytes, Signature, TxKind, U256};
use alloy::rpc::types::TransactionRequest;
use revm::context::TxEnv;
use revm::context_interface::either::Either;

/// The largest signed transaction accepted, in bytes.
pub(crate) const MAX_TX_BYTES: usize = 131_072;

/// Gas of a simulation that names none, as Nitro's `--node.rpc.gas-cap`.
pub(crate) const SIMULATION_GAS: u64 = 50_000_000;

/// Decodes a signed transaction and recovers its sender.
///
/// # Errors
/// If the bytes are no signed transaction, or one of a type that Arbitrum does not take.
pub(crate) fn decode(raw: &Bytes) -> Result<(TxEnvelope, Address), ChainError> {
    if raw.len() > MAX_TX_BYTES {
        return Err(ChainError::refused(format!(
            "oversized data: transaction size {}, limit {MAX_TX_BYTES}",
            raw.len()
        )));
    }
    let mut rest: &[u8] = raw;
    let envelope = TxEnvelope::decode_2718(&mut rest)
        .map_err(|error| ChainError::refused(format!("cannot decode transaction: {error}")))?;
    if !rest.is_empty() {
        return Err(ChainError::refused("cannot decode transaction: trailing bytes"));
    }
    if matches!(envelope, EthereumTxEnvelope::Eip4844(_)) {
        return Err(ChainError::refused("transaction type not supported"));
    }
    let from = envelope.recover_signer().map_err(|_| ChainError::refused("invalid transaction v, r, s values"))?;
    Ok((envelope, from))
}

/// Wraps an unsigned transaction of `from` in an envelope; the filler signature carries the sender, so
/// that equal transactions of two senders have different hashes.
///
/// # Errors
/// If fields are missing or contradict each other.
pub(crate) fn unsigned(request: TransactionRequest, from: Address) -> Result<TxEnvelope, ChainError> {
    let tx = request.build_unsigned().map_err(|error| ChainError::invalid(error.to_string()))?;
    let filler = Signature::new(U256::from_be_slice(from.as_slice()), U256::from(1), false);
    let envelope: EthereumTxEnvelope<TxEip4844Variant> = tx.into_envelope(filler);
    if matches!(envelope, EthereumTxEnvelope::Eip4844(_)) {
        return Err(ChainError::refused("transaction type not supported"));
    }
    Ok(envelope)
}

/// What the machine runs for a transaction. Only the base fee is ever paid.
#[must_use]
pub(crate) fn environment(envelope: &TxEnvelope, from: Address) -> TxEnv {
    let dynamic = envelope.is_dynamic_fee();
    let authorization_list = envelope.authorization_list().unwrap_or_default();
    TxEnv {
        tx_type: envelope.ty(),
        caller: from,
        gas_limit: envelope.gas_limit(),
        gas_price: if dynamic { envelope.max_fee_per_gas() } else { u128::from(BASE_FEE) },
        gas_priority_fee: dynamic.then_some(0),
        kind: envelope.kind(),
        value: envelope.value(),
        data: envelope.input().clone(),
        nonce: envelope.nonce(),
        chain_id: envelope.chain_id(),
        access_list: envelope.access_list().cloned().unwrap_or_default(),
        authorization_list: authorization_list.iter().cloned().map(Either::Left).collect(),
        ..TxEnv::default()
    }
}

/// The most wei a transaction can cost.
#[must_use]
pub(crate) fn max_cost(envelope: &TxEnvelope) -> U256 {
    U256::from(envelope.max_fee_per_gas())
        .saturating_mul(U256::from(envelope.gas_limit()))
        .saturating_add(envelope.value())
}

/// What the machine runs for an `eth_call` or an estimate.
///
/// # Errors
/// If `data` and `input` differ, or the sender or recipient is a name.
pub(crate) fn simulated(request: &TransactionRequest, gas: Option<u64>) -> Result<TxEnv, ChainError> {
    let input = match (&request.input.input, &request.input.data) {
        (Some(input), Some(data)) if input != data => {
            return Err(ChainError::invalid("both \"data\" and \"input\" are set and not equal; use \"input\""));
        }
        (Some(bytes), _) | (None, Some(bytes)) => bytes.clone(),
        (None, None) => Bytes::new(),
    };
    let gas_limit = gas.or(request.gas).unwrap_or(SIMULATION_GAS);
    let access_list = request.access_list.clone().unwrap_or_default();
    let authorization_list = request.authorization_list.clone().unwrap_or_default();
    let tx_type = match (access_list.is_empty(), authorization_list.is_empty()) {
        (_, false) => 4,
        (false, true) => 1,
        (true, true) => 0,
    };
    Ok(TxEnv {
        tx_type,
        caller: request.from.unwrap_or_default(),
        gas_limit: gas_limit.min(SIMULATION_GAS.max(MAX_EXECUTION_GAS)),
        gas_price: 0,
        gas_priority_fee: (tx_type == 4).then_some(0),
        kind: request.to.unwrap_or(TxKind::Create),
        value: request.value.unwrap_or_default(),
        data: input,
        chain_id: request.chain_id,
        access_list,
        authorization_list: authorization_list.into_iter().map(Either::Left).collect(),
        ..TxEnv::default()
    })
}
