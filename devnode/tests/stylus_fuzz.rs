//! Programs nobody would write: valid ones with bytes changed. Whatever comes of them, nothing panics.

use std::{ops::Range, sync::LazyLock};

use crate::memory_host::{
    Transaction,
    programs::{calling, chain_with, program_with},
};
use alloy::primitives::Bytes;
use mrc53_devnode::stylus::{
    activate::{ArbosVersion, activate_code, activate_wasm},
    code,
    pages::PAGE_LIMIT,
};
use proptest::prelude::*;

/// Something of everything: blocks, loops, branches, indirect calls, memory, data, bulk operators, hooks.
static SEED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    program_with(
        r#"(type $unary (func (param i32) (result i32)))
           (table 3 funcref) (elem (i32.const 1) $double $double)
           (global $g (mut i64) (i64.const 9))
           (data (i32.const 16) "some data to copy about")
           (func $double (param i32) (result i32) (i32.shl (local.get 0) (i32.const 1)))"#,
        "(call $read_args (i32.const 1024))
         (memory.copy (i32.const 512) (i32.const 16) (i32.const 23))
         (memory.fill (i32.const 600) (i32.const 7) (i32.const 9))
         (block $out (loop $more
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $out (i32.gt_u (local.get $i) (i32.const 5)))
            (drop (call_indirect (type $unary) (local.get $i) (i32.const 2)))
            (br $more)))
         (block $b (block $a (br_table $a $b (i32.and (local.get $length) (i32.const 1)))))
         (global.set $g (i64.div_u (global.get $g) (i64.const 3)))
         (call $storage_cache (i32.const 0) (i32.const 512)) (call $storage_flush (i32.const 1))
         (call $emit_log (i32.const 512) (i32.const 40) (i32.const 1))
         (call $contract_address (i32.const 700))
         (drop (call $call_contract (i32.const 700) (i32.const 0) (i32.const 3) (i32.const 800)
            (i64.const 9000) (i32.const 900)))
         (drop (call $read_return_data (i32.const 960) (i32.const 0) (call $return_data_size)))
         (call $math_pow (i32.const 512) (i32.const 544))
         (drop (memory.grow (i32.const 1)))
         (call $write_result (i32.const 512) (i32.const 64))
         (i32.const 0)",
    )
});

/// Where the functions of [`SEED`] lie.
static CODE: LazyLock<Range<usize>> = LazyLock::new(|| {
    let sections = wasmparser::Parser::new(0).parse_all(&SEED);
    let code = sections.filter_map(Result::ok).find_map(|payload| match payload {
        wasmparser::Payload::CodeSectionStart { range, .. } => Some(range),
        _ => None,
    });
    code.expect("the program has code")
});

/// One change: where as a fraction, in the code or anywhere, how, and with what.
type Change = (prop::sample::Index, bool, u8, u8);

fn change(wasm: &mut Vec<u8>, (place, anywhere, kind, byte): Change) {
    let place = if anywhere { place.index(wasm.len()) } else { CODE.start + place.index(CODE.len()) };
    match kind {
        0 => wasm.insert(place, byte),
        1 => drop(wasm.remove(place)),
        2..=5 => wasm[place] ^= 1 << (byte % 8),
        _ => wasm[place] = byte,
    }
}

fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let one = (any::<prop::sample::Index>(), prop::bool::weighted(0.2), 0..10_u8, any::<u8>());
    prop::collection::vec(one, 1..3).prop_map(|changes| {
        let mut wasm = SEED.clone();
        for one in changes {
            change(&mut wasm, one);
        }
        wasm
    })
}

#[test]
fn the_program_to_be_mutated_activates_and_succeeds() {
    assert!(activate_wasm(&SEED, ArbosVersion::V60, PAGE_LIMIT).is_ok());
    assert!(chain_with(&SEED).transact(&calling(&[1, 2, 3])).is_success);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn a_mutated_program_is_refused_or_runs_to_an_end_within_its_gas(
        wasm in mutated(),
        calldata in prop::collection::vec(any::<u8>(), 0..40),
        gas_limit in 0..400_000_u64,
    ) {
        let allowed = activate_wasm(&wasm, ArbosVersion::V60, PAGE_LIMIT).is_ok();
        let allowed_before = activate_wasm(&wasm, ArbosVersion::V50, PAGE_LIMIT).is_ok();
        prop_assert!(!allowed || allowed_before);
        if allowed_before {
            let call = Transaction { gas_limit, data: Bytes::from(calldata), ..calling(&[]) };
            let receipt = chain_with(&wasm).transact(&call);
            prop_assert!(receipt.execution_gas <= gas_limit);
        }
    }

    #[test]
    fn bytes_that_are_no_program_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(activate_wasm(&bytes, ArbosVersion::V60, PAGE_LIMIT).is_err());
        prop_assert!(activate_code(&bytes, ArbosVersion::V60).is_err());
        let mut code = code::PREFIX.to_vec();
        code.push(0);
        code.extend(&bytes);
        prop_assert!(activate_code(&code, ArbosVersion::V60).is_err());
    }
}
