//! Hooks that run other code: calls, creations, and what they return.
//!
//! A child gets at most 63/64 of what is left after the call's own price, and a stipend on top if value
//! moves. Unlike in the EVM the stipend is the caller's: what the child uses of it is charged.

use alloy::primitives::{Address, B256, Bytes, U256};

use super::account::access_gas;
use crate::stylus::{
    env::{Escape, Hook, length, window},
    host::{CallKind, CallRequest, ChildStatus, CreateRequest},
    prices::{
        CALL_STIPEND_GAS, CALL_VALUE_GAS, CREATE_GAS, EVM_API_INK, HOSTIO_INK, KECCAK_WORD_GAS, NEW_ACCOUNT_GAS,
        PTR_INK, WARM_GAS, read_ink, write_ink,
    },
};

/// What a program sees of a call that did not succeed.
const FAILED: u32 = 2;

/// A call as a program asks for it.
struct Call {
    kind: CallKind,
    target: Address,
    value: U256,
    input: Bytes,
    /// Gas left in the program.
    budget: u64,
    /// Gas it wants to pass on.
    wanted: u64,
}

impl Hook<'_, '_> {
    /// Calls with `value`; 0 means success.
    pub(super) fn call_contract(
        &mut self,
        address: u32,
        data: u32,
        length: u32,
        value: u32,
        gas: u64,
        returned: u32,
    ) -> Result<u32, Escape> {
        self.do_call(CallKind::Call, address, data, length, Some(value), gas, returned)
    }

    /// Runs the target's code on the own account; 0 means success.
    pub(super) fn delegate_call_contract(
        &mut self,
        address: u32,
        data: u32,
        length: u32,
        gas: u64,
        returned: u32,
    ) -> Result<u32, Escape> {
        self.do_call(CallKind::Delegate, address, data, length, None, gas, returned)
    }

    /// Calls without the right to write; 0 means success.
    pub(super) fn static_call_contract(
        &mut self,
        address: u32,
        data: u32,
        length: u32,
        gas: u64,
        returned: u32,
    ) -> Result<u32, Escape> {
        self.do_call(CallKind::Static, address, data, length, None, gas, returned)
    }

    #[expect(clippy::too_many_arguments, reason = "the hooks' own parameters")]
    fn do_call(
        &mut self,
        kind: CallKind,
        address: u32,
        data: u32,
        data_length: u32,
        value: Option<u32>,
        gas: u64,
        returned: u32,
    ) -> Result<u32, Escape> {
        self.buy_ink(HOSTIO_INK + 3 * PTR_INK + EVM_API_INK)?;
        self.buy_ink(read_ink(data_length))?;
        self.buy_ink(read_ink(data_length))?;
        let budget = self.gas_left();
        let call = Call {
            kind,
            target: self.read_address(address)?,
            input: Bytes::copy_from_slice(self.read(data, data_length)?),
            value: value.map_or(Ok(U256::ZERO), |value| self.read_u256(value))?,
            budget,
            wanted: gas.min(budget),
        };
        let (is_success, output, gas) = self.place(call)?;
        self.buy_gas(gas)?;
        self.write_length(returned, length(&output))?;
        self.env().return_data = output;
        Ok(if is_success { 0 } else { FAILED })
    }

    /// Makes the call: whether it succeeded, its output, its price in gas.
    fn place(&mut self, call: Call) -> Result<(bool, Bytes, u64), Escape> {
        let has_value = !call.value.is_zero();
        if has_value && self.frame().is_static {
            return Ok((false, Bytes::new(), 0));
        }
        let unaffordable = Ok((false, Bytes::new(), call.budget));
        if call.budget < WARM_GAS {
            return unaffordable;
        }
        let target = self.host()?.0.account(call.target)?;
        let mut price = access_gas(target.is_cold);
        if has_value {
            price += CALL_VALUE_GAS;
            if target.is_empty {
                price += NEW_ACCOUNT_GAS;
            }
        }
        let Some(after) = call.budget.checked_sub(price) else {
            return unaffordable;
        };
        // As Nitro computes it; a frame's gas is far below 2^64 / 63.
        let most = after.saturating_mul(63) / 64;
        let stipend = if has_value { CALL_STIPEND_GAS } else { 0 };
        let gas_limit = call.wanted.min(most) + stipend;
        let request =
            CallRequest { kind: call.kind, target: call.target, value: call.value, input: call.input, gas_limit };
        let (host, frame) = self.host()?;
        let outcome = host.call(frame, request)?;
        let used = gas_limit.saturating_sub(outcome.gas_left);
        let output = match outcome.status {
            ChildStatus::Halt => Bytes::new(),
            ChildStatus::Success | ChildStatus::Revert => outcome.output,
        };
        Ok((outcome.status == ChildStatus::Success, output, price + used))
    }

    /// CREATE: the new address, or zero.
    pub(super) fn create1(
        &mut self,
        code: u32,
        length: u32,
        endowment: u32,
        address: u32,
        reverted: u32,
    ) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + 3 * PTR_INK + EVM_API_INK)?;
        let code = self.init_code(code, length)?;
        let endowment = self.read_u256(endowment)?;
        self.do_create(code, endowment, None, address, reverted)
    }

    /// CREATE2: the new address, or zero.
    pub(super) fn create2(
        &mut self,
        code: u32,
        length: u32,
        endowment: u32,
        salt: u32,
        address: u32,
        reverted: u32,
    ) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + 4 * PTR_INK + EVM_API_INK)?;
        let code = self.init_code(code, length)?;
        let endowment = self.read_u256(endowment)?;
        let salt = self.read_word(salt)?;
        self.do_create(code, endowment, Some(salt), address, reverted)
    }

    fn init_code(&mut self, code: u32, length: u32) -> Result<Bytes, Escape> {
        self.buy_ink(read_ink(length))?;
        self.buy_ink(read_ink(length))?;
        Ok(Bytes::copy_from_slice(self.read(code, length)?))
    }

    fn do_create(
        &mut self,
        code: Bytes,
        endowment: U256,
        salt: Option<B256>,
        address: u32,
        reverted: u32,
    ) -> Result<(), Escape> {
        let budget = self.gas_left();
        if self.frame().is_static {
            return Err(Escape::Failure("creation in a static call"));
        }
        let hashing = salt.map_or(0, |_| code.len().div_ceil(32) as u64 * KECCAK_WORD_GAS);
        let Some(after) = budget.checked_sub(CREATE_GAS + hashing) else {
            return Err(Escape::Failure("not enough gas to create"));
        };
        let kept = after / 64;
        let request = CreateRequest { code, endowment, salt, gas_limit: after - kept };
        let (host, frame) = self.host()?;
        let outcome = host.create(frame, request)?;
        let created = match outcome.status {
            ChildStatus::Success => outcome.address.unwrap_or_default(),
            ChildStatus::Revert | ChildStatus::Halt => Address::ZERO,
        };
        let output = match outcome.status {
            ChildStatus::Revert => outcome.output,
            ChildStatus::Success | ChildStatus::Halt => Bytes::new(),
        };
        self.buy_gas(budget.saturating_sub(outcome.gas_left + kept))?;
        self.write_length(reverted, length(&output))?;
        self.env().return_data = output;
        self.write(address, created.as_slice())
    }

    /// Copies `size` bytes of what the last call or creation returned, from `offset` on, as far as there
    /// are any; gives how many.
    pub(super) fn read_return_data(&mut self, to: u32, offset: u32, size: u32) -> Result<u32, Escape> {
        self.buy_ink(HOSTIO_INK + EVM_API_INK)?;
        let part = window(&self.env().return_data, offset, size);
        self.buy_ink(write_ink(length(&part)))?;
        if !part.is_empty() {
            self.write(to, &part)?;
        }
        Ok(length(&part))
    }

    /// The length of what the last call or creation returned.
    pub(super) fn return_data_size(&mut self) -> Result<u32, Escape> {
        self.buy_ink(HOSTIO_INK)?;
        Ok(length(&self.env().return_data))
    }
}
