//! Calldata of the probe, the program whose first calldata byte chooses what it does (see `probe.wat`).

use alloy::primitives::{Address, Bytes, U256};

/// Its operations.
pub(crate) const REENTRANT: u8 = 0;
pub(crate) const CALL: u8 = 1;
pub(crate) const DELEGATECALL: u8 = 2;
pub(crate) const STATICCALL: u8 = 3;
pub(crate) const SLOAD: u8 = 4;
pub(crate) const SSTORE: u8 = 5;
pub(crate) const CONTEXT: u8 = 6;
pub(crate) const CREATE: u8 = 7;
pub(crate) const LOG: u8 = 8;
pub(crate) const REVERT: u8 = 9;
pub(crate) const TRAP: u8 = 10;
pub(crate) const TSTORE: u8 = 11;
pub(crate) const TLOAD: u8 = 12;

/// Makes it call with all its gas.
pub(crate) fn probe_call(to: Address, value: u64, data: &[u8]) -> Bytes {
    [&[CALL], to.as_slice(), &word(value), &u64::MAX.to_le_bytes(), data].concat().into()
}

/// Makes it delegate or call statically with all its gas.
pub(crate) fn probe_call_as(operation: u8, to: Address, data: &[u8]) -> Bytes {
    [&[operation], to.as_slice(), &u64::MAX.to_le_bytes(), data].concat().into()
}

/// Makes it write a slot.
pub(crate) fn sstore(key: u64, value: u64) -> Vec<u8> {
    [[SSTORE].as_slice(), &word(key), &word(value)].concat()
}

pub(crate) fn word(value: u64) -> [u8; 32] {
    U256::from(value).to_be_bytes()
}
