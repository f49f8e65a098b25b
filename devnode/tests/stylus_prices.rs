//! The ink of every hook, measured by a program from inside, and what the arithmetic hooks compute.

use std::cell::RefCell;

use crate::memory_host::MemoryHost;
use crate::memory_host::programs::{calling, chain_with, program, run_body};
use alloy::primitives::U256;
use proptest::{prelude::*, test_runner::TestRunner};

/// Ink of the block that a call ends: header, call, and one per constant.
const CALL: u64 = 2_450 + 3_800;
const BASE: u64 = 8_400;
const PTR: u64 = 5_040;
const API: u64 = 59_673;
/// `read_price` and `write_price` of at most 32 bytes.
const READ: u64 = 16_381;
const WRITE: u64 = 5_040;
const GAS: u64 = 10_000;

/// Ink used by `body` between two looks at what is left.
fn ink_of(body: &str) -> u64 {
    let measured = |body: &str| {
        let receipt = run_body(&format!(
            "(local.set $j (call $ink_left)) {body}
             (i64.store (i32.const 1000) (i64.sub (local.get $j) (call $ink_left)))
             (call $write_result (i32.const 1000) (i32.const 8)) i32.const 0"
        ));
        assert!(receipt.is_success, "{body}");
        u64::from_le_bytes(receipt.output[..].try_into().expect("the ink is 8 bytes"))
    };
    measured(body) - measured("")
}

/// Ink of the hook that `call` calls with constants, its result dropped if there is one.
fn hook_ink(name: &str, arguments: &[i64], has_result: bool) -> u64 {
    let wide = |index: usize| {
        let is_gas =
            (name == "call_contract" && index == 4) || (matches!(name, "static_call" | "delegate_call") && index == 3);
        if is_gas { "i64" } else { "i32" }
    };
    let constant = |(index, value): (usize, &i64)| format!("({}.const {value})", wide(index));
    let constants = arguments.iter().enumerate().map(constant).collect::<Vec<_>>().concat();
    let call = format!("(call ${name} {constants})");
    let (body, drop) = if has_result { (format!("(drop {call})"), 9) } else { (call, 0) };
    ink_of(&body) - CALL - arguments.len() as u64 - drop
}

#[test]
fn hooks_that_tell_a_number_cost_the_base() {
    for name in [
        "return_data_size",
        "block_gas_limit",
        "block_number",
        "block_timestamp",
        "chainid",
        "gas_left",
        "ink_left",
        "msg_reentrant",
        "tx_ink_price",
    ] {
        assert_eq!(hook_ink(name, &[], true), BASE, "{name}");
    }
}

#[test]
fn hooks_that_write_one_value_cost_a_pointer_more() {
    for name in
        ["block_basefee", "block_coinbase", "contract_address", "msg_sender", "msg_value", "tx_gas_price", "tx_origin"]
    {
        assert_eq!(hook_ink(name, &[0], false), BASE + PTR, "{name}");
    }
}

#[test]
fn arguments_and_results_cost_by_their_bytes() {
    assert_eq!(hook_ink("read_args", &[0], false), BASE + WRITE);
    assert_eq!(hook_ink("write_result", &[0, 32], false), BASE + 2 * READ);
    assert_eq!(hook_ink("write_result", &[0, 33], false), BASE + 2 * (READ + 55));
}

#[test]
fn arithmetic_costs_by_its_operation() {
    assert_eq!(hook_ink("math_div", &[0, 32], false), BASE + 3 * PTR + 20_000);
    assert_eq!(hook_ink("math_mod", &[0, 32], false), BASE + 3 * PTR + 20_000);
    assert_eq!(hook_ink("math_add_mod", &[0, 32, 64], false), BASE + 4 * PTR + 21_000);
    assert_eq!(hook_ink("math_mul_mod", &[0, 32, 64], false), BASE + 4 * PTR + 24_100);
    assert_eq!(hook_ink("math_pow", &[0, 32], false), BASE + 3 * PTR + 3_000 + 17_500);
}

#[test]
fn keccak_costs_by_the_word_beyond_two() {
    assert_eq!(hook_ink("keccak", &[0, 64, 0], false), 121_800);
    assert_eq!(hook_ink("keccak", &[0, 65, 0], false), 142_800);
}

#[test]
fn storage_costs_what_the_evm_asks_and_the_hook() {
    let load = hook_ink("storage_load", &[0, 32], false);
    // The price of asking the chain counts in whole gas here.
    assert_eq!(load, BASE + 2 * PTR + (2_100 + 5) * GAS);
    assert_eq!(hook_ink("storage_cache", &[0, 32], false), BASE + 2 * PTR);
    assert_eq!(hook_ink("storage_flush", &[0], false), BASE + API);
    assert_eq!(hook_ink("transient_load", &[0, 32], false), BASE + 2 * PTR + API + 100 * GAS);
    assert_eq!(hook_ink("transient_store", &[0, 32], false), BASE + 2 * PTR + API + 100 * GAS);
}

#[test]
fn looking_at_an_account_costs_its_access() {
    assert_eq!(hook_ink("account_balance", &[0, 32], false), BASE + 2 * PTR + API + 2_600 * GAS);
    assert_eq!(hook_ink("account_codehash", &[0, 32], false), BASE + 2 * PTR + API + 2_600 * GAS);
    assert_eq!(hook_ink("account_code_size", &[0], true), BASE + API + 3_300 * GAS);
    assert_eq!(hook_ink("account_code", &[0, 0, 0, 32], true), BASE + API + 3_300 * GAS + WRITE);
}

#[test]
fn the_code_read_last_is_free_to_read_again() {
    let own = "(call $contract_address (i32.const 0))";
    let size = "(drop (call $account_code_size (i32.const 0)))";
    let once = ink_of(&format!("{own} {size}"));
    let twice = ink_of(&format!("{own} {size} {size}"));
    assert_eq!(twice - once, CALL + 1 + 9 + BASE + API);
}

#[test]
fn calls_cost_their_access_and_their_bytes() {
    let base = BASE + 3 * PTR + API + 2 * READ + 2_600 * GAS;
    assert_eq!(hook_ink("call_contract", &[0, 0, 0, 32, 0, 64], true), base);
    assert_eq!(hook_ink("static_call", &[0, 0, 0, 0, 64], true), base);
    assert_eq!(hook_ink("delegate_call", &[0, 0, 0, 0, 64], true), base);
    assert_eq!(hook_ink("call_contract", &[0, 0, 40, 32, 0, 64], true), base + 2 * 8 * 55);
}

#[test]
fn creations_cost_32000_and_hashing() {
    let base = BASE + 3 * PTR + API + 2 * READ + 32_000 * GAS;
    assert_eq!(hook_ink("create1", &[0, 32, 32, 64, 96], false), base);
    assert_eq!(hook_ink("create2", &[0, 32, 32, 32, 64, 96], false), base + PTR + 6 * GAS);
}

#[test]
fn return_data_costs_by_the_bytes_there_are() {
    assert_eq!(hook_ink("read_return_data", &[0, 0, 1_000], true), BASE + API + WRITE);
}

#[test]
fn a_log_costs_375_and_again_per_topic_and_8_per_byte() {
    let base = BASE + API;
    assert_eq!(hook_ink("emit_log", &[0, 0, 0], false), base + READ + 375 * GAS);
    assert_eq!(hook_ink("emit_log", &[0, 40, 1], false), base + READ + 8 * 55 + (2 * 375 + 8 * 8) * GAS);
}

#[test]
fn memory_is_paid_by_the_page_or_by_the_base_for_none() {
    assert_eq!(hook_ink("pay_for_memory_grow", &[0], false), BASE);
    assert_eq!(hook_ink("pay_for_memory_grow", &[1], false), 0);
    assert_eq!(hook_ink("pay_for_memory_grow", &[2], false), 1_000 * GAS);
    assert_eq!(hook_ink("pay_for_memory_grow", &[0x1_0001], false), 0, "only 16 bits count");
}

#[test]
fn bulk_memory_costs_100_ink_per_byte() {
    let copy = |bytes: u32| ink_of(&format!("(memory.copy (i32.const 0) (i32.const 64) (i32.const {bytes}))"));
    let fill = |bytes: u32| ink_of(&format!("(memory.fill (i32.const 0) (i32.const 64) (i32.const {bytes}))"));
    assert_eq!(copy(7) - copy(0), 700);
    assert_eq!(fill(7) - fill(0), 700);
}

#[test]
fn arithmetic_agrees_with_256_bit_integers_for_all_operands() {
    let operation = |name: &str, arguments: &str| {
        let body = format!(
            "(call $read_args (i32.const 0)) (call ${name} (i32.const 0) {arguments})
             (call $write_result (i32.const 0) (i32.const 32)) i32.const 0"
        );
        RefCell::new(chain_with(&program(&body)))
    };
    let two = "(i32.const 32)";
    let three = "(i32.const 32) (i32.const 64)";
    let [div, rem, pow] = ["math_div", "math_mod", "math_pow"].map(|name| operation(name, two));
    let [add_mod, mul_mod] = ["math_add_mod", "math_mul_mod"].map(|name| operation(name, three));
    let word = || {
        prop_oneof![
            Just(U256::ZERO),
            Just(U256::MAX),
            any::<u64>().prop_map(U256::from),
            any::<[u64; 4]>().prop_map(U256::from_limbs)
        ]
    };
    TestRunner::default()
        .run(&(word(), word(), word()), |(a, b, c)| {
            let data = [a, b, c].map(|word| word.to_be_bytes::<32>()).concat();
            let result =
                |chain: &RefCell<MemoryHost>| U256::from_be_slice(&chain.borrow_mut().transact(&calling(&data)).output);
            prop_assert_eq!(result(&div), a.checked_div(b).unwrap_or_default());
            prop_assert_eq!(result(&rem), a.checked_rem(b).unwrap_or_default());
            prop_assert_eq!(result(&pow), a.wrapping_pow(b));
            prop_assert_eq!(result(&add_mod), a.add_mod(b, c));
            prop_assert_eq!(result(&mul_mod), a.mul_mod(b, c));
            Ok(())
        })
        .expect("every case agrees");
}
