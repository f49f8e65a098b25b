//! The 42 functions a program may import from `vm_hooks`.
//!
//! Each pays its base price first, then per byte, then for what the chain does, and checks in Nitro's order
//! (a hook that runs out half-way has done exactly as much). Pointers are offsets into the program's memory;
//! addresses are 20 bytes, words 32 bytes big-endian, lengths 4 bytes little-endian. An access out of
//! bounds is a failure: the program reverts with empty data and keeps its gas.
//! Source: Nitro `wasm-libraries/user-host-trait`.

mod account;
mod block;
mod calls;
mod maths;
mod message;
mod storage;

use wasmtime::{Caller, Linker};

use super::{
    activate::HOOKS_MODULE,
    env::{Env, Hook},
};

/// Defines hooks by name: `name(parameters) -> result` calls the method of [`Hook`] of that name.
macro_rules! define {
    ($linker:ident: $($name:ident($($arg:ident: $ty:ty),*) -> $result:ty;)*) => {
        $(
            $linker.func_wrap(
                HOOKS_MODULE,
                stringify!($name),
                |mut caller: Caller<'_, Env>, $($arg: $ty),*| -> wasmtime::Result<$result> {
                    Ok(Hook::of(&mut caller)?.$name($($arg),*)?)
                },
            )?;
        )*
    };
}

/// Defines all hooks in `linker`.
///
/// # Errors
/// wasmtime's, if a name were defined twice.
pub(crate) fn link(linker: &mut Linker<Env>) -> wasmtime::Result<()> {
    define! { linker:
        read_args(to: u32) -> ();
        write_result(data: u32, length: u32) -> ();
        exit_early(status: u32) -> ();
        storage_load_bytes32(key: u32, to: u32) -> ();
        storage_cache_bytes32(key: u32, value: u32) -> ();
        storage_flush_cache(clear: u32) -> ();
        transient_load_bytes32(key: u32, to: u32) -> ();
        transient_store_bytes32(key: u32, value: u32) -> ();
        call_contract(address: u32, data: u32, length: u32, value: u32, gas: u64, returned: u32) -> u32;
        delegate_call_contract(address: u32, data: u32, length: u32, gas: u64, returned: u32) -> u32;
        static_call_contract(address: u32, data: u32, length: u32, gas: u64, returned: u32) -> u32;
        create1(code: u32, length: u32, endowment: u32, address: u32, reverted: u32) -> ();
        create2(code: u32, length: u32, endowment: u32, salt: u32, address: u32, reverted: u32) -> ();
        read_return_data(to: u32, offset: u32, size: u32) -> u32;
        return_data_size() -> u32;
        emit_log(data: u32, length: u32, topics: u32) -> ();
        account_balance(address: u32, to: u32) -> ();
        account_code(address: u32, offset: u32, size: u32, to: u32) -> u32;
        account_code_size(address: u32) -> u32;
        account_codehash(address: u32, to: u32) -> ();
        evm_gas_left() -> u64;
        evm_ink_left() -> u64;
        block_basefee(to: u32) -> ();
        chainid() -> u64;
        block_coinbase(to: u32) -> ();
        block_gas_limit() -> u64;
        block_number() -> u64;
        block_timestamp() -> u64;
        contract_address(to: u32) -> ();
        math_div(value: u32, divisor: u32) -> ();
        math_mod(value: u32, modulus: u32) -> ();
        math_pow(value: u32, exponent: u32) -> ();
        math_add_mod(value: u32, addend: u32, modulus: u32) -> ();
        math_mul_mod(value: u32, multiplier: u32, modulus: u32) -> ();
        msg_reentrant() -> u32;
        msg_sender(to: u32) -> ();
        msg_value(to: u32) -> ();
        native_keccak256(data: u32, length: u32, to: u32) -> ();
        tx_gas_price(to: u32) -> ();
        tx_ink_price() -> u32;
        tx_origin(to: u32) -> ();
        pay_for_memory_grow(pages: u32) -> ();
    }
    Ok(())
}
