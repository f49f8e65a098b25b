//! `stylusTracer`: what programs asked of the chain, in Nitro's shape.

use crate::support::bench::{Bench, probe};
use crate::support::evm::{Opcode, Then, forward, forwarder};
use crate::support::probe::{CREATE, REVERT, TRAP, probe_call, sstore, word};
use alloy::primitives::{Address, Bytes, address, hex};
use mrc53_devnode::chain::Tracing;
use serde_json::{Value, json};

const PROGRAM: Address = Address::repeat_byte(0x51);
const OTHER: Address = Address::repeat_byte(0x52);
const FORWARDER: Address = Address::repeat_byte(0xe1);

fn bench() -> Bench {
    let mut bench = Bench::new();
    bench.add_program(PROGRAM, &probe());
    bench.place_program(OTHER, &probe());
    bench.chain.set_code(FORWARDER, forwarder(Opcode::Call, Then::Return));
    bench
}

/// The trace of a transaction with this calldata.
fn traced(bench: &mut Bench, to: Address, data: impl Into<Bytes>) -> Value {
    bench.transact(to, data, 0);
    let hash = *bench.chain.head().tx.as_ref().unwrap().envelope.tx_hash();
    bench.chain.trace(hash, &Tracing::Hostios).unwrap()
}

/// The names of steps.
fn names(steps: &Value) -> Vec<&str> {
    steps.as_array().unwrap().iter().map(|step| step["name"].as_str().unwrap()).collect()
}

#[test]
fn each_step_has_what_it_was_given_what_it_gave_and_the_ink_before_and_after_it() {
    let mut bench = bench();
    let data = sstore(3, 7);
    let steps = traced(&mut bench, PROGRAM, data.clone());

    assert_eq!(
        names(&steps),
        ["user_entrypoint", "read_args", "storage_cache_bytes32", "storage_flush_cache", "user_returned"]
    );
    assert_eq!(steps[0]["args"], json!(hex::encode_prefixed(65_u32.to_be_bytes())));
    assert_eq!(steps[1]["outs"], json!(hex::encode_prefixed(data)));
    assert_eq!(steps[2]["args"], json!(hex::encode_prefixed([word(3), word(7)].concat())));
    assert_eq!(steps[3]["args"], json!("0x00"));
    assert_eq!(steps[4]["outs"], json!("0x00000000"));
    // A new slot: 22,100 gas at 10,000 ink each, and the hook's own price.
    let ink = |name: &str| steps[3][name].as_u64().unwrap();
    assert!((221_000_000..222_000_000).contains(&(ink("startInk") - ink("endInk"))), "{steps}");
    let ends = steps.as_array().unwrap().windows(2);
    assert!(ends.into_iter().all(|pair| pair[0]["endInk"].as_u64() >= pair[1]["startInk"].as_u64()), "{steps}");
}

#[test]
fn a_hook_that_calls_holds_the_steps_of_whom_it_called() {
    let mut bench = bench();
    let data = probe_call(OTHER, 0, &sstore(3, 7));
    let steps = traced(&mut bench, PROGRAM, data.clone());

    let step = steps.as_array().unwrap().iter().find(|step| step["name"] == "call_contract").unwrap();
    assert_eq!(step["address"], json!(OTHER));
    let given = [OTHER.as_slice(), &u64::MAX.to_be_bytes(), &word(0), &sstore(3, 7)].concat();
    assert_eq!(step["args"], json!(hex::encode_prefixed(given)));
    assert_eq!(step["outs"], json!("0x0000000000"), "no return data, status 0");
    assert_eq!(
        names(&step["steps"]),
        ["user_entrypoint", "read_args", "storage_cache_bytes32", "storage_flush_cache", "user_returned"]
    );
    assert!(!names(&steps).contains(&"evm_call_contract"), "{steps}");
}

#[test]
fn what_bytecode_calls_is_a_step_whose_name_begins_with_evm() {
    let mut bench = bench();
    let steps = traced(&mut bench, FORWARDER, forward(PROGRAM, 0, &sstore(3, 7)));

    assert_eq!(names(&steps), ["evm_call_contract"]);
    assert_eq!(steps[0]["address"], json!(PROGRAM));
    assert_eq!(names(&steps[0]["steps"])[..2], ["user_entrypoint", "read_args"]);
}

#[test]
fn a_creation_is_a_step_before_the_hook_that_asked_for_it() {
    let mut bench = bench();
    // Deploys nothing: STOP.
    let steps = traced(&mut bench, PROGRAM, [&[CREATE], word(0).as_slice(), &[0]].concat());

    let at = names(&steps).iter().position(|name| *name == "create1").unwrap();
    let made = &steps[at]["outs"].as_str().unwrap()[..42];
    assert_eq!(steps[at - 1]["name"], "evm_create1");
    assert_eq!(steps[at - 1]["address"], made);
    assert_eq!(steps[at - 1]["steps"], json!([]));
}

#[test]
fn a_program_that_reverts_has_returned_and_one_that_traps_has_not() {
    let mut bench = bench();

    let reverted = traced(&mut bench, PROGRAM, [REVERT]);
    let trapped = traced(&mut bench, PROGRAM, [TRAP]);

    let last = reverted.as_array().unwrap().last().unwrap();
    assert_eq!((&last["name"], &last["outs"]), (&json!("user_returned"), &json!("0x00000001")));
    assert!(!names(&trapped).contains(&"user_returned"), "{trapped}");
}

#[test]
fn a_transaction_that_meets_no_program_has_no_steps() {
    let mut bench = bench();

    let steps = traced(&mut bench, address!("00000000000000000000000000000000000a11ce"), []);

    assert_eq!(steps, json!([]));
}
