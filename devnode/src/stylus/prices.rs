//! What things cost: gas constants, ink of the host functions, start of a program.
//!
//! One gas is [`INK_PER_GAS`] ink; ink turns back into gas by floor division. Operators of the wasm are
//! priced in `instrument::operators`, this file holds everything charged outside the program's own code.
//! Source: Nitro `arbutil/pricing.rs`, `arbos/programs/params.go` and go-ethereum's protocol parameters.

/// Ink per gas.
pub const INK_PER_GAS: u64 = 10_000;

/// Base price of a host function.
pub(crate) const HOSTIO_INK: u64 = 8_400;
/// Price of each pointer a host function takes.
pub(crate) const PTR_INK: u64 = 5_040;
/// Price of asking the chain.
pub(crate) const EVM_API_INK: u64 = 59_673;
/// Extra of a 256-bit division or remainder.
pub(crate) const DIV_INK: u64 = 20_000;
/// Extra of a 256-bit add-mod.
pub(crate) const ADD_MOD_INK: u64 = 21_000;
/// Extra of a 256-bit mul-mod.
pub(crate) const MUL_MOD_INK: u64 = 24_100;

/// First access to an account in a transaction (EIP-2929).
pub(crate) const COLD_ACCOUNT_GAS: u64 = 2_600;
/// Any later access to a slot or account (EIP-2929).
pub(crate) const WARM_GAS: u64 = 100;
/// First access to a slot in a transaction (EIP-2929).
pub(crate) const COLD_SLOAD_GAS: u64 = 2_100;
/// Loading code of any size, on top of the account access.
pub(crate) const CODE_LOAD_GAS: u64 = 700;
/// Least gas that must be left to write storage (EIP-2200).
pub(crate) const SSTORE_SENTRY_GAS: u64 = 2_300;
/// A zero slot becomes non-zero.
pub(crate) const SSTORE_SET_GAS: u64 = 20_000;
/// A slot not yet changed in the transaction changes, cold part not included.
pub(crate) const SSTORE_RESET_GAS: u64 = 2_900;
/// Refund for clearing a slot (EIP-3529).
pub(crate) const SSTORE_CLEAR_REFUND: i64 = 4_800;
/// Most the storage cache asks for one access.
pub(crate) const CACHE_ACCESS_GAS: u64 = 10;
/// A log, and again each of its topics.
pub(crate) const LOG_TOPIC_GAS: u64 = 375;
/// A byte of log data.
pub(crate) const LOG_DATA_GAS: u64 = 8;
/// A call that moves value.
pub(crate) const CALL_VALUE_GAS: u64 = 9_000;
/// What such a call gives its target on top.
pub(crate) const CALL_STIPEND_GAS: u64 = 2_300;
/// Value moved to an empty account.
pub(crate) const NEW_ACCOUNT_GAS: u64 = 25_000;
/// A contract creation.
pub(crate) const CREATE_GAS: u64 = 32_000;
/// CREATE2's hashing, per word of init code.
pub(crate) const KECCAK_WORD_GAS: u64 = 6;

/// Gas burnt by every activation before anything is looked at.
pub const ACTIVATION_GAS: u64 = 1_659_168;
/// Wei per byte of estimated machine code, on a chain with no demand.
pub const DATA_FEE_WEI_PER_BYTE: u64 = 82_928_201;

/// Ink for moving `bytes` from the chain into the program.
pub(crate) fn write_ink(bytes: u32) -> u64 {
    5_040 + 30 * u64::from(bytes.saturating_sub(32))
}

/// Ink for moving `bytes` from the program to the chain.
pub(crate) fn read_ink(bytes: u32) -> u64 {
    16_381 + 55 * u64::from(bytes.saturating_sub(32))
}

/// Ink of `native_keccak256` over `bytes`.
pub(crate) fn keccak_ink(bytes: u32) -> u64 {
    121_800 + 21_000 * u64::from(bytes.div_ceil(32).saturating_sub(2))
}

/// Ink of `math_pow`: grows with the length of the big-endian exponent.
pub(crate) fn pow_ink(exponent: &[u8; 32]) -> u64 {
    let zeros = exponent.iter().take_while(|byte| **byte == 0).count();
    3_000 + 17_500 * (33 - zeros as u64)
}

/// Gas that the EVM would charge to hold `bytes` of memory; the least a frame pays for its output.
pub(crate) fn evm_memory_gas(bytes: usize) -> u64 {
    let words = (bytes as u64).div_ceil(32);
    words * 3 + words * words / 512
}

/// Gas to start a program that is not cached, [`cached_start_gas`] not included.
#[must_use]
pub fn init_gas(init_cost: u16) -> u64 {
    8_832 + u64::from(init_cost)
}

/// Gas to start a program, cached or not.
#[must_use]
pub fn cached_start_gas(cached_cost: u16) -> u64 {
    352 + u64::from(cached_cost)
}
