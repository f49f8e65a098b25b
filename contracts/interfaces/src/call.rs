//! One way to call another contract: typed calldata out, a bounded prefix of the answer back.

use alloc::vec::Vec;

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolCall;
use stylus_sdk::call::RawCall;
#[allow(deprecated)]
use stylus_sdk::contract::{read_return_data, return_data_len};

use crate::wire::encoded;

/// The callee reverted, has no code, or answered something that is not of the declared shape.
///
/// It carries nothing: the caller knows whom it asked and names it in its own typed error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallFailed;

/// Gas that means "all but one 64th of what is left".
pub const ALL_GAS: u64 = u64::MAX;

/// Asks `callee` without letting it write, and returns at most `max_bytes` of its answer. The arguments of call `C`
/// are `values`, one word each, in the order of its declaration.
///
/// `gas` is clipped to 63/64 of what is left. A longer answer is cut, not refused: what a caller does not need it
/// does not pay for.
///
/// # Errors
/// [`CallFailed`] if the callee reverts. A callee without code answers with nothing, which no decoder accepts.
pub fn ask<C: SolCall>(callee: Address, values: &[B256], gas: u64, max_bytes: usize) -> Result<Vec<u8>, CallFailed> {
    send(RawCall::new_static().gas(gas), callee, &encoded(C::SELECTOR, values), max_bytes)
}

/// Calls `callee`, which may write and may call back, and returns at most `max_bytes` of its answer. The arguments of
/// call `C` are `values`, as in [`ask`].
///
/// # Errors
/// [`CallFailed`] if the callee reverts.
pub fn tell<C: SolCall>(callee: Address, values: &[B256], max_bytes: usize) -> Result<Vec<u8>, CallFailed> {
    send(RawCall::new(), callee, &encoded(C::SELECTOR, values), max_bytes)
}

#[inline(never)]
fn send(raw: RawCall, callee: Address, calldata: &[u8], max_bytes: usize) -> Result<Vec<u8>, CallFailed> {
    raw_call(raw.clear_storage_cache().skip_return_data(), callee, calldata)?;
    #[allow(deprecated)]
    Ok(read_return_data(0, Some(return_data_len().min(max_bytes))))
}

#[allow(unsafe_code)]
fn raw_call(raw: RawCall, callee: Address, calldata: &[u8]) -> Result<(), CallFailed> {
    // SAFETY: `send` writes back and drops the storage cache before the call, and no storage guard is alive across
    // a call in this suite: callers copy words out of storage, call, then write.
    unsafe { raw.call(callee, calldata) }.map(|_| ()).map_err(|_| CallFailed)
}
