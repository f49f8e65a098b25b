//! Small programs in text form: every hook imported under its own name, one function body given.

use std::sync::Arc;

use alloy::primitives::{Address, Bytes, U256, address};
use mrc53_devnode::stylus::program::Programs;

use super::{MemoryHost, Receipt, Transaction};

pub(crate) const SENDER: Address = address!("f39fd6e51aad88f6f4ce6ab8827279cfffb92266");
pub(crate) const PROGRAM: Address = address!("0000000000000000000000000000000000001001");
pub(crate) const PLENTY: u64 = 30_000_000;

const HOOKS: &str = r#"
    (import "vm_hooks" "read_args" (func $read_args (param i32)))
    (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
    (import "vm_hooks" "exit_early" (func $exit_early (param i32)))
    (import "vm_hooks" "storage_load_bytes32" (func $storage_load (param i32 i32)))
    (import "vm_hooks" "storage_cache_bytes32" (func $storage_cache (param i32 i32)))
    (import "vm_hooks" "storage_flush_cache" (func $storage_flush (param i32)))
    (import "vm_hooks" "transient_store_bytes32" (func $transient_store (param i32 i32)))
    (import "vm_hooks" "call_contract" (func $call_contract (param i32 i32 i32 i32 i64 i32) (result i32)))
    (import "vm_hooks" "static_call_contract" (func $static_call (param i32 i32 i32 i64 i32) (result i32)))
    (import "vm_hooks" "create1" (func $create1 (param i32 i32 i32 i32 i32)))
    (import "vm_hooks" "create2" (func $create2 (param i32 i32 i32 i32 i32 i32)))
    (import "vm_hooks" "read_return_data" (func $read_return_data (param i32 i32 i32) (result i32)))
    (import "vm_hooks" "return_data_size" (func $return_data_size (result i32)))
    (import "vm_hooks" "emit_log" (func $emit_log (param i32 i32 i32)))
    (import "vm_hooks" "account_balance" (func $account_balance (param i32 i32)))
    (import "vm_hooks" "account_code" (func $account_code (param i32 i32 i32 i32) (result i32)))
    (import "vm_hooks" "account_code_size" (func $account_code_size (param i32) (result i32)))
    (import "vm_hooks" "evm_gas_left" (func $gas_left (result i64)))
    (import "vm_hooks" "evm_ink_left" (func $ink_left (result i64)))
    (import "vm_hooks" "block_number" (func $block_number (result i64)))
    (import "vm_hooks" "block_timestamp" (func $block_timestamp (result i64)))
    (import "vm_hooks" "chainid" (func $chainid (result i64)))
    (import "vm_hooks" "contract_address" (func $contract_address (param i32)))
    (import "vm_hooks" "math_div" (func $math_div (param i32 i32)))
    (import "vm_hooks" "math_mod" (func $math_mod (param i32 i32)))
    (import "vm_hooks" "math_pow" (func $math_pow (param i32 i32)))
    (import "vm_hooks" "math_add_mod" (func $math_add_mod (param i32 i32 i32)))
    (import "vm_hooks" "math_mul_mod" (func $math_mul_mod (param i32 i32 i32)))
    (import "vm_hooks" "msg_sender" (func $msg_sender (param i32)))
    (import "vm_hooks" "msg_value" (func $msg_value (param i32)))
    (import "vm_hooks" "native_keccak256" (func $keccak (param i32 i32 i32)))
    (import "vm_hooks" "pay_for_memory_grow" (func $pay_for_memory_grow (param i32)))
    (import "vm_hooks" "transient_load_bytes32" (func $transient_load (param i32 i32)))
    (import "vm_hooks" "delegate_call_contract" (func $delegate_call (param i32 i32 i32 i64 i32) (result i32)))
    (import "vm_hooks" "account_codehash" (func $account_codehash (param i32 i32)))
    (import "vm_hooks" "block_basefee" (func $block_basefee (param i32)))
    (import "vm_hooks" "block_coinbase" (func $block_coinbase (param i32)))
    (import "vm_hooks" "block_gas_limit" (func $block_gas_limit (result i64)))
    (import "vm_hooks" "msg_reentrant" (func $msg_reentrant (result i32)))
    (import "vm_hooks" "tx_gas_price" (func $tx_gas_price (param i32)))
    (import "vm_hooks" "tx_ink_price" (func $tx_ink_price (result i32)))
    (import "vm_hooks" "tx_origin" (func $tx_origin (param i32)))
"#;

/// A program of one page whose entrypoint is `body`: operators that leave the status, with the length of
/// the calldata in `$length` and two spare locals `$i` and `$j`.
pub(crate) fn program(body: &str) -> Vec<u8> {
    program_with("", body)
}

/// The same with further `definitions` in the module.
pub(crate) fn program_with(definitions: &str, body: &str) -> Vec<u8> {
    let text = format!(
        r#"(module {HOOKS}
            (memory (export "memory") 1)
            {definitions}
            (func $entry (export "user_entrypoint") (param $length i32) (result i32)
                (local $i i32) (local $j i64)
                {body}))"#
    );
    wat::parse_str(text).expect("the program parses")
}

/// A chain with `wasm` at [`PROGRAM`] and money at [`SENDER`].
pub(crate) fn chain_with(wasm: &[u8]) -> MemoryHost {
    let programs = Arc::new(Programs::new().expect("the machine is supported"));
    let mut host = MemoryHost::new(&programs);
    host.state.balances.insert(SENDER, U256::from(1_000));
    host.deploy(PROGRAM, wasm);
    host
}

/// A transaction that calls [`PROGRAM`] with `data`.
pub(crate) fn calling(data: &[u8]) -> Transaction {
    Transaction {
        sender: SENDER,
        to: PROGRAM,
        value: U256::ZERO,
        data: Bytes::copy_from_slice(data),
        gas_limit: PLENTY,
        is_static: false,
    }
}

/// What one call of a program with `body` and no data gives.
pub(crate) fn run_body(body: &str) -> Receipt {
    chain_with(&program(body)).transact(&calling(&[]))
}
