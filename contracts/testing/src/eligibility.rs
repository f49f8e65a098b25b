//! A stand-in for `StakeAlignment` that answers which days count, as the test wrote down, or fails to.

use std::{cell::Cell, vec::Vec};

use alloy_primitives::{Address, U256, U32, U8};
use stylus_sdk::{
    prelude::*,
    storage::{StorageBool, StorageMap, StorageU8},
};

thread_local! {
    static ASKED: Cell<u32> = const { Cell::new(0) };
}

/// How often any such contract was asked on this thread.
#[must_use]
pub fn times_asked() -> u32 {
    ASKED.get()
}

/// Answers `eligibleDays` day by day.
#[storage]
pub struct Eligibility {
    /// Whether the subnet is eligible on every day that is not an exception.
    always: StorageMap<Address, StorageBool>,
    exceptions: StorageMap<Address, StorageMap<U32, StorageBool>>,
    /// Above 0: it reverts.
    silent: StorageU8,
}

#[allow(unsafe_code)]
// SAFETY: tests deploy it as a contract of its own, never as a field of another.
unsafe impl TopLevelStorage for Eligibility {}

impl Eligibility {
    /// From now on, `subnet` is eligible on every day, or on none, but for the exceptions.
    pub fn set(&mut self, subnet: Address, eligible: bool) {
        self.always.insert(subnet, eligible);
    }

    /// From now on, `day` is an exception for `subnet`, or is none.
    pub fn except(&mut self, subnet: Address, day: u32, exception: bool) {
        self.exceptions.setter(subnet).insert(U32::from(day), exception);
    }

    /// From now on, every question reverts.
    pub fn fall_silent(&mut self) {
        self.silent.set(U8::from(1));
    }
}

#[public]
impl Eligibility {
    /// Bit i for day `from_day` + i.
    ///
    /// # Errors
    /// Reverts with the byte 0xfe once it has fallen silent, and for more than 256 days.
    pub fn eligible_days(&self, subnet: Address, from_day: u32, to_day: u32) -> Result<U256, Vec<u8>> {
        ASKED.set(ASKED.get() + 1);
        if !self.silent.get().is_zero() || to_day < from_day || to_day - from_day > 256 {
            return Err(Vec::from([0xfe]));
        }
        let (always, exceptions) = (self.always.get(subnet), self.exceptions.getter(subnet));
        let mut bits = U256::ZERO;
        for (bit, day) in (from_day..to_day).enumerate() {
            bits.set_bit(bit, always != exceptions.get(U32::from(day)));
        }
        Ok(bits)
    }
}
