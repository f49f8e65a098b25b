//! What Arbitrum asks for activating a program, besides gas.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, Bytes, U256};
use alloy::providers::{DynProvider, Provider};
use alloy::rpc::types::TransactionRequest;
use alloy::rpc::types::state::{AccountOverride, StateOverridesBuilder};
use alloy::sol_types::{SolCall, SolError};
use anyhow::Result;
use mrc53_abi::ArbWasm::{ProgramUpToDate, activateProgramCall};
use mrc53_abi::arbitrum::ARB_WASM;

use super::no_value::NoValue;
use super::reader::read;

/// Spare on the predicted data fee, which may rise before the transaction; the deployer sends back what is left.
const DATA_FEE_SPARE_PERCENT: u64 = 20;

/// What to send along for a data fee of `fee` wei; what is left comes back.
#[must_use]
pub fn with_spare(fee: U256) -> U256 {
    fee + fee * U256::from(DATA_FEE_SPARE_PERCENT) / U256::from(100)
}

/// What activating `code` (with its prefix) costs `payer` in wei; 0 if the same code is active already.
///
/// # Errors
/// Fails if the chain refuses to activate it.
pub async fn data_fee(provider: &DynProvider, payer: Address, code: &[u8]) -> Result<U256> {
    // Any address without code serves: the code stands there only for this call.
    let program = Address::with_last_byte(0xfe);
    let ether = U256::from(10).pow(U256::from(18));
    let overrides = StateOverridesBuilder::default()
        .append(program, AccountOverride::default().with_code(Bytes::copy_from_slice(code)))
        .append(payer, AccountOverride::default().with_balance(ether * U256::from(2)))
        .build();
    let call = activateProgramCall { program }.abi_encode();
    let request = TransactionRequest::default().with_from(payer).with_to(ARB_WASM).with_value(ether).with_input(call);
    match read::<activateProgramCall>(provider.call(request).overrides(overrides).await) {
        Ok(answer) => Ok(answer.dataFee),
        Err(NoValue::Refused(data)) if data.starts_with(&ProgramUpToDate::SELECTOR) => Ok(U256::ZERO),
        Err(no) => Err(no.into()),
    }
}
