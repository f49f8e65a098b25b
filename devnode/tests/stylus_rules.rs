//! The rules of activation one by one, each at its edge, beyond the programs that Nitro was asked about.

use mrc53_devnode::stylus::{
    activate::{ActivationError, ArbosVersion, activate_wasm},
    pages::PAGE_LIMIT,
};
use wasm_encoder::{DataCountSection, Module, RawSection};

const ENTRYPOINT: &str = r#"(func $entry (export "user_entrypoint") (param i32) (result i32) i32.const 0)"#;
const MEMORY: &str = r#"(memory (export "memory") 1 1)"#;

/// A program whose memory cannot grow, with more in it.
fn with(definitions: &str) -> Vec<u8> {
    parse(&format!("(module {definitions} {MEMORY} {ENTRYPOINT})"))
}

fn parse(text: &str) -> Vec<u8> {
    wat::parse_str(text).expect("the program parses")
}

fn activate(wasm: &[u8]) -> Result<(), ActivationError> {
    activate_wasm(wasm, ArbosVersion::default(), PAGE_LIMIT).map(|_| ())
}

#[track_caller]
fn accepts(wasm: &[u8]) {
    assert_eq!(activate(wasm), Ok(()));
}

#[track_caller]
fn refuses(wasm: &[u8]) {
    assert!(activate(wasm).is_err());
}

#[test]
fn a_function_may_have_65536_opcodes_counted_with_the_instrumentation() {
    // 12 for the ink meter, 12 for the stack check, return with its 4, end: 30 around the nops.
    let nops = |count: usize| with(&format!("(func {})", "nop ".repeat(count)));
    accepts(&nops(65_536 - 30));
    refuses(&nops(65_536 - 29));
}

#[test]
fn a_program_may_have_4096_functions() {
    accepts(&with(&"(func)".repeat(4_095)));
    refuses(&with(&"(func)".repeat(4_096)));
}

#[test]
fn a_program_may_have_32768_globals_four_of_which_are_the_meters() {
    accepts(&with(&"(global i32 (i32.const 0))".repeat(32_764)));
    refuses(&with(&"(global i32 (i32.const 0))".repeat(32_765)));
}

#[test]
fn a_program_may_have_513_imports() {
    let import = r#"(import "vm_hooks" "msg_reentrant" (func (type $t)))"#;
    let imports = |count| with(&format!("(type $t (func (result i32))) {}", import.repeat(count)));
    accepts(&imports(513));
    refuses(&imports(514));
}

#[test]
fn a_program_may_have_128_data_and_128_element_segments() {
    accepts(&with(&"(data \"\")".repeat(128)));
    refuses(&with(&"(data \"\")".repeat(129)));
    let elements = |count| with(&format!("(table 1 funcref) {}", "(elem (i32.const 0) $entry)".repeat(count)));
    accepts(&elements(128));
    refuses(&elements(129));
}

#[test]
fn exports_are_not_counted_since_all_but_two_are_dropped() {
    let exports: Vec<_> = (0..2_000).map(|n| format!("(export \"e{n}\" (func $entry))")).collect();
    accepts(&with(&exports.concat()));
}

#[test]
fn a_table_may_have_4096_entries_and_there_is_one_table() {
    accepts(&with("(table 4096 funcref)"));
    refuses(&with("(table 4097 funcref)"));
    refuses(&with("(table 1 funcref) (table 1 funcref)"));
    refuses(&with("(table 1 externref)"));
}

#[test]
fn a_frame_may_have_10240_words_of_which_4096_values() {
    let values = |count: usize| {
        let (push, pop) = ("i32.const 1 ".repeat(count), "drop ".repeat(count));
        with(&format!("(func {push} {pop})"))
    };
    accepts(&values(4_096));
    refuses(&values(4_097));
}

#[test]
fn a_name_section_may_name_the_module_with_512_bytes() {
    let named = |bytes| parse(&format!("(module ${} {MEMORY} {ENTRYPOINT})", "x".repeat(bytes)));
    accepts(&named(512));
    refuses(&named(513));
}

#[test]
fn element_segments_must_fit_their_table() {
    accepts(&with("(table 2 funcref) (elem (i32.const 1) $entry)"));
    refuses(&with("(table 2 funcref) (elem (i32.const 2) $entry)"));
    refuses(&with("(table 2 funcref) (elem (i32.const -1) $entry)"));
}

#[test]
fn data_segments_must_fit_their_memory() {
    accepts(&with("(data (i32.const 65535) \"a\")"));
    accepts(&with("(data (i32.const 65536) \"\")"));
    refuses(&with("(data (i32.const 65535) \"ab\")"));
    refuses(&with("(data (i32.const -1) \"a\")"));
}

#[test]
fn segments_that_nothing_can_use_are_allowed() {
    accepts(&with("(elem func $entry)"));
    accepts(&with("(elem declare func $entry)"));
    accepts(&with("(data \"abc\")"));
}

#[test]
fn a_data_count_section_is_refused() {
    let wasm = with("(data \"abc\")");
    let mut counted = Module::new();
    for payload in wasmparser::Parser::new(0).parse_all(&wasm) {
        let payload = payload.expect("the program is valid");
        if matches!(payload, wasmparser::Payload::CodeSectionStart { .. }) {
            counted.section(&DataCountSection { count: 1 });
        }
        if let Some((id, range)) = payload.as_section() {
            counted.section(&RawSection { id, data: &wasm[range] });
        }
    }
    accepts(&wasm);
    refuses(&counted.finish());
}

#[test]
fn one_import_may_not_have_two_types_even_if_they_are_alike() {
    let text = r#"(type $a (func (result i32))) (type $b (func (result i32)))
        (import "vm_hooks" "msg_reentrant" (func (type $a)))
        (import "vm_hooks" "msg_reentrant" (func (type $b)))"#;
    refuses(&with(text));
}

#[test]
fn hooks_are_imported_from_vm_hooks_only() {
    accepts(&with(r#"(import "vm_hooks" "chainid" (func (result i64)))"#));
    refuses(&with(r#"(import "env" "chainid" (func (result i64)))"#));
    refuses(&with(r#"(import "vm_hooks" "memory" (memory 1))"#));
    refuses(&with(r#"(import "vm_hooks" "table" (table 1 funcref))"#));
}

#[test]
fn a_hook_itself_may_be_the_entrypoint() {
    let text = r#"(module
        (import "vm_hooks" "account_code_size" (func $size (param i32) (result i32)))
        (memory (export "memory") 1 1) (export "user_entrypoint" (func $size)))"#;
    accepts(&parse(text));
}

#[test]
fn names_after_the_last_double_underscore_may_not_be_reserved_or_imported() {
    refuses(&with("(func (export \"a__stylus_x\"))"));
    accepts(&with("(func (export \"stylus__x\"))"));
    let import = r#"(import "vm_hooks" "chainid" (func (result i64)))"#;
    refuses(&with(&format!("{import} (func (export \"a__chainid\"))")));
    accepts(&with(&format!("{import} (func (export \"chainid_a\"))")));
}

#[test]
fn only_a_memory_that_can_grow_needs_the_function_that_pays_for_it() {
    let memory = |limits: &str| parse(&format!(r#"(module (memory (export "memory") {limits}) {ENTRYPOINT})"#));
    accepts(&memory("0 0"));
    accepts(&memory("128 128"));
    refuses(&memory("1 2"));
    refuses(&memory("1"));
}

#[test]
fn what_is_exported_as_memory_must_be_the_memory() {
    let text = format!(r#"(module (memory 1 1) (func $f) (export "memory" (func $f)) {ENTRYPOINT})"#);
    refuses(&parse(&text));
}

#[test]
fn floats_may_lie_about_but_not_be_computed_with() {
    accepts(&with("(global f64 (f64.const 1))"));
    accepts(&with("(func (param f32) (result f32) (local f64) local.get 0)"));
    accepts(&with("(func (result f32) (f32.reinterpret_i32 (i32.const 1)))"));
    for operator in ["f64.add", "f64.copysign", "f64.max"] {
        refuses(&with(&format!("(func (param f64) (result f64) ({operator} (local.get 0) (local.get 0)))")));
    }
    for operator in ["f32.neg", "f32.sqrt", "f32.nearest"] {
        refuses(&with(&format!("(func (param f32) (result f32) ({operator} (local.get 0)))")));
    }
    refuses(&with("(func (param f32) (result i32) (f32.eq (local.get 0) (local.get 0)))"));
    refuses(&with("(func (param i32) (result f64) (f64.convert_i32_u (local.get 0)))"));
    refuses(&with("(func (param f32) (result i64) (i64.trunc_f32_s (local.get 0)))"));
    refuses(&with("(func (param f32) (result f64) (f64.promote_f32 (local.get 0)))"));
}

#[test]
fn operators_of_later_proposals_are_refused() {
    refuses(&with("(func (drop (i32.atomic.load (i32.const 0))))"));
    refuses(&with("(func (param i32) (drop (ref.is_null (ref.null extern))))"));
    refuses(&with("(table 1 funcref) (func (table.copy (i32.const 0) (i32.const 0) (i32.const 0)))"));
    refuses(&with("(table 1 funcref) (elem $e func $entry) (func (elem.drop $e))"));
    refuses(&with("(tag (param i32))"));
    refuses(&parse(&format!(r#"(module (memory (export "memory") 1 1 shared) {ENTRYPOINT})"#)));
}

#[test]
fn several_results_and_block_types_by_index_are_refused_from_arbos_60_on() {
    for text in [
        "(func (result i32 i32) i32.const 1 i32.const 2)",
        "(func (param i32) local.get 0 (loop (param i32) drop))",
        "(func (block (type $f))) (type $f (func))",
    ] {
        let wasm = with(text);
        let at = |version| activate_wasm(&wasm, version, PAGE_LIMIT).is_ok();
        assert_eq!((at(ArbosVersion::V50), at(ArbosVersion::V60)), (true, false), "{text}");
    }
}
