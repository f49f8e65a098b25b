//! A contract that answers what a test wrote down, byte for byte.
//!
//! It stands for whatever a contract asks and cannot have here: the Diamond with its recorded answers, or a callee
//! that lies. Each calldata has its own answer; calldata without one reverts.

use alloc::vec::Vec;

use alloy_primitives::{keccak256, B256, U8};
use stylus_sdk::{
    prelude::*,
    storage::{StorageBytes, StorageMap, StorageU8},
    ArbResult,
};

const ANSWER: u8 = 1;

/// Answers by the script of the test.
#[storage]
pub struct Scripted {
    kinds: StorageMap<B256, StorageU8>,
    answers: StorageMap<B256, StorageBytes>,
}

#[allow(unsafe_code)]
// SAFETY: tests deploy it as a contract of its own, never as a field of another.
unsafe impl TopLevelStorage for Scripted {}

impl Scripted {
    /// From now on, `calldata` is answered with `returndata`.
    pub fn answer(&mut self, calldata: &[u8], returndata: &[u8]) {
        let key = keccak256(calldata);
        self.kinds.insert(key, U8::from(ANSWER));
        self.answers.setter(key).set_bytes(returndata);
    }

    /// From now on, `calldata` reverts, as it did before its first answer.
    pub fn revert(&mut self, calldata: &[u8]) {
        self.kinds.insert(keccak256(calldata), U8::ZERO);
    }
}

#[public]
impl Scripted {
    /// Answers every call from the script.
    ///
    /// # Errors
    /// Reverts with the byte 0xfe if nothing is written down for `calldata`.
    #[fallback]
    pub fn fallback(&mut self, calldata: &[u8]) -> ArbResult {
        let key = keccak256(calldata);
        if self.kinds.get(key) == U8::from(ANSWER) {
            Ok(self.answers.getter(key).get_bytes())
        } else {
            Err(Vec::from([0xfe]))
        }
    }
}
