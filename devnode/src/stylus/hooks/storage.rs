//! Hooks of storage, permanent and transient.

use crate::stylus::{
    env::{Escape, Hook},
    prices::{
        CACHE_ACCESS_GAS, COLD_SLOAD_GAS, EVM_API_INK, HOSTIO_INK, INK_PER_GAS, PTR_INK, SSTORE_SENTRY_GAS, WARM_GAS,
    },
    sstore,
};

const WRITE_PROTECTION: Escape = Escape::Failure("storage write in a static call");

impl Hook<'_, '_> {
    /// Reads a slot: from the cache, else from the chain at the price of SLOAD.
    pub(super) fn storage_load_bytes32(&mut self, key: u32, to: u32) -> Result<(), Escape> {
        let api_gas = EVM_API_INK / INK_PER_GAS;
        self.buy_ink(HOSTIO_INK + 2 * PTR_INK)?;
        self.require_gas(COLD_SLOAD_GAS + CACHE_ACCESS_GAS + api_gas)?;
        let key = self.read_word(key)?;
        let access = self.env().cache.read_gas();
        let (value, gas) = if let Some(value) = self.env().cache.get(key) {
            (value, access)
        } else {
            let (host, frame) = self.host()?;
            let slot = host.storage_load(frame.address, key)?;
            self.env().cache.learn(key, slot.value);
            let load = if slot.is_cold { COLD_SLOAD_GAS } else { WARM_GAS };
            (slot.value, access + load + api_gas)
        };
        self.buy_gas(gas)?;
        self.write(to, value.as_slice())
    }

    /// Writes a slot into the cache. Nothing reaches the chain before a flush.
    pub(super) fn storage_cache_bytes32(&mut self, key: u32, value: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + 2 * PTR_INK)?;
        self.require_gas(SSTORE_SENTRY_GAS + CACHE_ACCESS_GAS)?;
        let (key, value) = (self.read_word(key)?, self.read_word(value)?);
        let cache = &mut self.env().cache;
        let gas = cache.write_gas();
        cache.put(key, value);
        self.buy_gas(gas)
    }

    /// Writes every changed slot to the chain at the price of SSTORE; forgets the cache if `clear` is not 0.
    pub(super) fn storage_flush_cache(&mut self, clear: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + EVM_API_INK)?;
        self.require_gas(SSTORE_SENTRY_GAS)?;
        let budget = self.gas_left();
        let dirty = self.env().cache.flush(clear != 0);
        if self.frame().is_static && !dirty.is_empty() {
            return Err(WRITE_PROTECTION);
        }
        let mut total = 0_u64;
        for (key, value) in dirty {
            let (host, frame) = self.host()?;
            let slot = host.storage_peek(frame.address, key)?;
            let (gas, refund) = sstore::price(slot, value);
            host.add_refund(refund);
            total += gas;
            if total > budget {
                // Fails for lack of ink: that much is not left.
                return self.buy_gas(total);
            }
            let (host, frame) = self.host()?;
            host.storage_store(frame.address, key, value)?;
        }
        self.buy_gas(total)
    }

    /// Reads a transient slot.
    pub(super) fn transient_load_bytes32(&mut self, key: u32, to: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + 2 * PTR_INK + EVM_API_INK)?;
        self.buy_gas(WARM_GAS)?;
        let key = self.read_word(key)?;
        let (host, frame) = self.host()?;
        let value = host.transient_load(frame.address, key);
        self.write(to, value.as_slice())
    }

    /// Writes a transient slot.
    pub(super) fn transient_store_bytes32(&mut self, key: u32, value: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + 2 * PTR_INK + EVM_API_INK)?;
        self.buy_gas(WARM_GAS)?;
        let (key, value) = (self.read_word(key)?, self.read_word(value)?);
        if self.frame().is_static {
            return Err(WRITE_PROTECTION);
        }
        let (host, frame) = self.host()?;
        host.transient_store(frame.address, key, value);
        Ok(())
    }
}
