//! The 42 functions a program may import from `vm_hooks`, and what a trace shows of each.
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
mod trace;

use wasmi::{Caller, Linker};

use super::{
    activate::HOOKS_MODULE,
    env::{Env, Hook},
};
use trace::Piece::{Answer, Answered, Calldata, Data, Flag, Length, Number};
use trace::{account, word};

/// Defines hooks by name: `name(parameters) -> result` calls the method of [`Hook`] of that name, and a trace shows what
/// it was given as the pieces before the arrow, what it gave as those behind it.
macro_rules! define {
    ($linker:ident: $($name:ident($($arg:ident: $ty:ty),*) -> $result:ty, [$($given:expr),*] => [$($gave:expr),*];)*) => {
        $(
            $linker.func_wrap(
                HOOKS_MODULE,
                stringify!($name),
                |mut caller: Caller<'_, Env>, $($arg: $ty),*| -> Result<$result, wasmi::Error> {
                    let parameters: &[u64] = &[$(u64::from($arg)),*];
                    let mut hook = Hook::of(&mut caller)?;
                    let traced = hook.begin(&[$($given),*], parameters);
                    let result = hook.$name($($arg),*);
                    if let Some(traced) = traced {
                        hook.end(stringify!($name), traced, &[$($gave),*], parameters, &result);
                    }
                    Ok(result?)
                },
            )?;
        )*
    };
}

/// Defines all hooks in `linker`.
///
/// # Errors
/// wasmi's, if a name were defined twice.
pub(crate) fn link(linker: &mut Linker<Env>) -> Result<(), wasmi::Error> {
    define! { linker:
        read_args(to: u32) -> (), [] => [Calldata];
        write_result(data: u32, length: u32) -> (), [Data(0, 1)] => [];
        exit_early(status: u32) -> (), [Number(0, 4)] => [];
        storage_load_bytes32(key: u32, to: u32) -> (), [word(0)] => [word(1)];
        storage_cache_bytes32(key: u32, value: u32) -> (), [word(0), word(1)] => [];
        storage_flush_cache(clear: u32) -> (), [Flag(0)] => [];
        transient_load_bytes32(key: u32, to: u32) -> (), [word(0)] => [word(1)];
        transient_store_bytes32(key: u32, value: u32) -> (), [word(0), word(1)] => [];
        call_contract(address: u32, data: u32, length: u32, value: u32, gas: u64, returned: u32) -> u32, [account(0), Number(4, 8), word(3), Data(1, 2)] => [Length(5), Answer(1)];
        delegate_call_contract(address: u32, data: u32, length: u32, gas: u64, returned: u32) -> u32, [account(0), Number(3, 8), Data(1, 2)] => [Length(4), Answer(1)];
        static_call_contract(address: u32, data: u32, length: u32, gas: u64, returned: u32) -> u32, [account(0), Number(3, 8), Data(1, 2)] => [Length(4), Answer(1)];
        create1(code: u32, length: u32, endowment: u32, address: u32, reverted: u32) -> (), [word(2), Data(0, 1)] => [account(3), Length(4)];
        create2(code: u32, length: u32, endowment: u32, salt: u32, address: u32, reverted: u32) -> (), [word(2), word(3), Data(0, 1)] => [account(4), Length(5)];
        read_return_data(to: u32, offset: u32, size: u32) -> u32, [Number(1, 4), Number(2, 4)] => [Answered(0)];
        return_data_size() -> u32, [] => [Answer(4)];
        emit_log(data: u32, length: u32, topics: u32) -> (), [Number(2, 4), Data(0, 1)] => [];
        account_balance(address: u32, to: u32) -> (), [account(0)] => [word(1)];
        account_code(address: u32, offset: u32, size: u32, to: u32) -> u32, [account(0), Number(1, 4), Number(2, 4)] => [Answered(3)];
        account_code_size(address: u32) -> u32, [account(0)] => [Answer(4)];
        account_codehash(address: u32, to: u32) -> (), [account(0)] => [word(1)];
        evm_gas_left() -> u64, [] => [Answer(8)];
        evm_ink_left() -> u64, [] => [Answer(8)];
        block_basefee(to: u32) -> (), [] => [word(0)];
        chainid() -> u64, [] => [Answer(8)];
        block_coinbase(to: u32) -> (), [] => [account(0)];
        block_gas_limit() -> u64, [] => [Answer(8)];
        block_number() -> u64, [] => [Answer(8)];
        block_timestamp() -> u64, [] => [Answer(8)];
        contract_address(to: u32) -> (), [] => [account(0)];
        math_div(value: u32, divisor: u32) -> (), [word(0), word(1)] => [word(0)];
        math_mod(value: u32, modulus: u32) -> (), [word(0), word(1)] => [word(0)];
        math_pow(value: u32, exponent: u32) -> (), [word(0), word(1)] => [word(0)];
        math_add_mod(value: u32, addend: u32, modulus: u32) -> (), [word(0), word(1), word(2)] => [word(0)];
        math_mul_mod(value: u32, multiplier: u32, modulus: u32) -> (), [word(0), word(1), word(2)] => [word(0)];
        msg_reentrant() -> u32, [] => [Answer(4)];
        msg_sender(to: u32) -> (), [] => [account(0)];
        msg_value(to: u32) -> (), [] => [word(0)];
        native_keccak256(data: u32, length: u32, to: u32) -> (), [Data(0, 1)] => [word(2)];
        tx_gas_price(to: u32) -> (), [] => [word(0)];
        tx_ink_price() -> u32, [] => [Answer(4)];
        tx_origin(to: u32) -> (), [] => [account(0)];
        pay_for_memory_grow(pages: u32) -> (), [Number(0, 2)] => [];
    }
    Ok(())
}
