//! Hooks that look at any account.

use alloy::primitives::{Address, Bytes};

use crate::stylus::{
    env::{Escape, Hook, length, window},
    host::AccountFacts,
    prices::{CODE_LOAD_GAS, COLD_ACCOUNT_GAS, EVM_API_INK, HOSTIO_INK, PTR_INK, WARM_GAS, write_ink},
};

/// Gas of touching an account.
pub(super) fn access_gas(is_cold: bool) -> u64 {
    if is_cold { COLD_ACCOUNT_GAS } else { WARM_GAS }
}

impl Hook<'_, '_> {
    /// The balance in wei.
    pub(super) fn account_balance(&mut self, address: u32, to: u32) -> Result<(), Escape> {
        let account = self.facts(address)?;
        self.write_u256(to, account.balance)
    }

    /// keccak of the code.
    pub(super) fn account_codehash(&mut self, address: u32, to: u32) -> Result<(), Escape> {
        let account = self.facts(address)?;
        self.write(to, account.code_hash.as_slice())
    }

    /// Copies `size` bytes of code from `offset` on, as far as there are any; gives how many. All of the
    /// code is paid for.
    pub(super) fn account_code(&mut self, address: u32, offset: u32, size: u32, to: u32) -> Result<u32, Escape> {
        let code = self.load_code(address)?;
        self.buy_ink(write_ink(length(&code)))?;
        let part = window(&code, offset, size);
        self.write(to, &part)?;
        Ok(length(&part))
    }

    /// The length of the code.
    pub(super) fn account_code_size(&mut self, address: u32) -> Result<u32, Escape> {
        Ok(length(&self.load_code(address)?))
    }

    fn facts(&mut self, address: u32) -> Result<AccountFacts, Escape> {
        self.buy_ink(HOSTIO_INK + 2 * PTR_INK + EVM_API_INK)?;
        self.require_gas(COLD_ACCOUNT_GAS)?;
        let address = self.read_address(address)?;
        let account = self.host()?.0.account(address)?;
        self.buy_gas(access_gas(account.is_cold))?;
        Ok(account)
    }

    fn load_code(&mut self, address: u32) -> Result<Bytes, Escape> {
        self.buy_ink(HOSTIO_INK + EVM_API_INK)?;
        self.require_gas(COLD_ACCOUNT_GAS)?;
        let address: Address = self.read_address(address)?;
        if let Some((last, code)) = &self.env().last_code
            && *last == address
        {
            return Ok(code.clone());
        }
        let (code, is_cold) = self.host()?.0.code(address)?;
        self.buy_gas(CODE_LOAD_GAS + access_gas(is_cold))?;
        if !code.is_empty() {
            self.env().last_code = Some((address, code.clone()));
        }
        Ok(code)
    }
}
