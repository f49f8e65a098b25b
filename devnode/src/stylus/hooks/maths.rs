//! Hooks of 256-bit arithmetic and hashing, with the semantics of the EVM's opcodes: a divisor or modulus
//! of zero gives zero, a power wraps. The first operand's memory takes the result.

use alloy::primitives::{U256, keccak256};

use crate::stylus::{
    env::{Escape, Hook},
    prices::{ADD_MOD_INK, DIV_INK, HOSTIO_INK, MUL_MOD_INK, PTR_INK, keccak_ink, pow_ink},
};

impl Hook<'_, '_> {
    /// `value / divisor`, rounded down.
    pub(super) fn math_div(&mut self, value: u32, divisor: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + 3 * PTR_INK + DIV_INK)?;
        let result = self.read_u256(value)?.checked_div(self.read_u256(divisor)?);
        self.write_u256(value, result.unwrap_or_default())
    }

    /// `value % modulus`.
    pub(super) fn math_mod(&mut self, value: u32, modulus: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + 3 * PTR_INK + DIV_INK)?;
        let result = self.read_u256(value)?.checked_rem(self.read_u256(modulus)?);
        self.write_u256(value, result.unwrap_or_default())
    }

    /// `value ^ exponent`, modulo 2^256.
    pub(super) fn math_pow(&mut self, value: u32, exponent: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + 3 * PTR_INK)?;
        let base = self.read_u256(value)?;
        let exponent: U256 = self.read_u256(exponent)?;
        self.buy_ink(pow_ink(&exponent.to_be_bytes()))?;
        self.write_u256(value, base.wrapping_pow(exponent))
    }

    /// `(value + addend) % modulus`, not wrapping.
    pub(super) fn math_add_mod(&mut self, value: u32, addend: u32, modulus: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + 4 * PTR_INK + ADD_MOD_INK)?;
        let sum = self.read_u256(value)?.add_mod(self.read_u256(addend)?, self.read_u256(modulus)?);
        self.write_u256(value, sum)
    }

    /// `(value * multiplier) % modulus`, not wrapping.
    pub(super) fn math_mul_mod(&mut self, value: u32, multiplier: u32, modulus: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + 4 * PTR_INK + MUL_MOD_INK)?;
        let (factor, modulus) = (self.read_u256(multiplier)?, self.read_u256(modulus)?);
        let product = self.read_u256(value)?.mul_mod(factor, modulus);
        self.write_u256(value, product)
    }

    /// keccak-256 of `length` bytes at `data`.
    pub(super) fn native_keccak256(&mut self, data: u32, length: u32, to: u32) -> Result<(), Escape> {
        self.buy_ink(keccak_ink(length))?;
        let digest = keccak256(self.read(data, length)?);
        self.write(to, digest.as_slice())
    }
}
