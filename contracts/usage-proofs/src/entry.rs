//! How calls arrive: the two functions that take proofs read their arguments where they stand, all others as the SDK
//! decodes them.
//!
//! The SDK would copy a proof, encode the copy, and compare what comes of it byte by byte: at 95,000 bytes that takes three
//! pages of memory and more gas than the proof.

use alloc::vec::Vec;

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::{abi::TokenSeq, private::SolTypeValue, SolType};
use mrc53_interfaces::wire::word;
use stylus_sdk::{
    abi::{encode_params, AbiType, Bytes, Router, CONSTRUCTOR_SELECTOR},
    function_selector,
    host::VM,
    prelude::*,
    storage::StorageType,
    stylus_core::ValueDenier,
    ArbResult,
};

use crate::{arguments::Arguments, UsageProofs};

/// The selectors of what is read where it stands.
const OPEN_ROOT: u32 = u32::from_be_bytes(function_selector!("openRoot", B256, B256, B256, Bytes, Bytes));
const PROVE: u32 = u32::from_be_bytes(function_selector!("prove", B256, Vec<Address>, Vec<u32>, Bytes));

#[allow(unsafe_code)]
// SAFETY: it is deployed as a contract of its own, never as a field of another.
unsafe impl TopLevelStorage for UsageProofs {}

#[entrypoint]
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "the entry that calls it is the wasm's"))]
#[allow(clippy::needless_pass_by_value, reason = "the SDK hands it over")]
fn enter(input: Vec<u8>, host: VM) -> ArbResult {
    #[allow(unsafe_code)]
    // SAFETY: the only one in this call, at the slots that the SDK would give it.
    let mut contract = unsafe { UsageProofs::new(U256::ZERO, 0, host) };
    answer(&mut contract, &input)
}

/// Answers a call.
pub(crate) fn answer(contract: &mut UsageProofs, input: &[u8]) -> ArbResult {
    let nobody = || Err(Vec::new());
    let Some((selector, arguments)) = input.split_first_chunk() else { return nobody() };
    // The router knows all of these. What it would do for the first two is left out by the compiler, as it never gets there.
    match u32::from_be_bytes(*selector) {
        PROVE => {
            contract.deny_value("prove")?;
            Ok(word(contract.prove_encoded(Arguments(arguments))?).to_vec())
        }
        OPEN_ROOT => {
            contract.deny_value("openRoot")?;
            contract.open_encoded(Arguments(arguments))?;
            Ok(Vec::new())
        }
        CONSTRUCTOR_SELECTOR => {
            <UsageProofs as Router<UsageProofs>>::constructor(contract, arguments).unwrap_or_else(nobody)
        }
        selector => <UsageProofs as Router<UsageProofs>>::route(contract, selector, arguments).unwrap_or_else(nobody),
    }
}

/// Has `take` read `arguments` as they arrive in a call.
pub(crate) fn encoded<T, R>(arguments: &T, take: impl FnOnce(Arguments<'_>) -> R) -> R
where
    T: AbiType + SolTypeValue<<T as AbiType>::SolType>,
    for<'a> <<T as AbiType>::SolType as SolType>::Token<'a>: TokenSeq<'a>,
{
    take(Arguments(&encode_params(arguments)))
}

/// Prints the ABI as the words of the command line ask.
#[cfg(feature = "export-abi")]
pub fn print_from_args() {
    stylus_sdk::abi::export::print_from_args::<UsageProofs>();
}
