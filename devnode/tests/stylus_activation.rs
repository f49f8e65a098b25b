//! Activation against Nitro's own answers: every file of `tests/vectors/nitro/activation`.

use std::{collections::BTreeMap, fs, path::PathBuf};

use mrc53_devnode::stylus::{
    activate::{Activation, ActivationError, ArbosVersion, activate_code, activate_wasm},
    code,
    pages::PAGE_LIMIT,
    program::Programs,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Expected {
    activates: bool,
    activates_arbos60: bool,
    #[serde(flatten)]
    costs: Option<Costs>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Costs {
    pages: u16,
    init_cost: u16,
    cached_init: u16,
    asm_estimate: u32,
    metered_activation_gas: u64,
    init_gas: u64,
    cached_gas: u64,
    data_fee_wei: u64,
}

impl From<Activation> for Costs {
    fn from(activation: Activation) -> Self {
        Self {
            pages: activation.pages,
            init_cost: activation.init_cost,
            cached_init: activation.cached_cost,
            asm_estimate: activation.asm_estimate,
            metered_activation_gas: activation.metered_activation_gas,
            init_gas: activation.init_gas(),
            cached_gas: activation.cached_gas(),
            data_fee_wei: activation.data_fee_wei().try_into().expect("the fee is small"),
        }
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/nitro/activation")
}

fn cases() -> Vec<(String, Vec<u8>, Expected)> {
    let expected = fs::read(folder().join("expected.json")).expect("the answers are there");
    let expected: BTreeMap<String, Expected> = serde_json::from_slice(&expected).expect("the answers are JSON");
    assert!(expected.len() >= 49, "cases are missing");
    let case = |(name, expected): (String, Expected)| {
        let wasm = wat::parse_file(folder().join(&name)).expect("every program parses");
        (name, wasm, expected)
    };
    expected.into_iter().map(case).collect()
}

fn activate(wasm: &[u8], arbos: ArbosVersion) -> Result<Activation, ActivationError> {
    activate_wasm(wasm, arbos, PAGE_LIMIT)
}

#[test]
fn under_arbos_50_what_nitro_activates_activates_and_nothing_else() {
    for (name, wasm, expected) in cases() {
        let activation = activate(&wasm, ArbosVersion::V50);
        assert_eq!(activation.is_ok(), expected.activates, "{name}: {activation:?}");
    }
}

#[test]
fn under_arbos_60_what_nitro_activates_activates_and_nothing_else() {
    for (name, wasm, expected) in cases() {
        let activation = activate(&wasm, ArbosVersion::V60);
        assert_eq!(activation.is_ok(), expected.activates_arbos60, "{name}: {activation:?}");
    }
}

#[test]
fn the_newest_arbos_is_the_default() {
    assert_eq!(ArbosVersion::default(), ArbosVersion::V60);
}

#[test]
fn costs_equal_nitros_to_the_wei() {
    for (name, wasm, expected) in cases() {
        let costs = activate(&wasm, ArbosVersion::V50).ok().map(Costs::from);
        assert_eq!(costs, expected.costs, "{name}");
    }
}

#[test]
fn what_activates_compiles() {
    let programs = Programs::new().expect("the machine is supported");
    for (name, wasm, expected) in cases() {
        if expected.activates {
            assert!(programs.compile(&wasm).is_ok(), "{name}");
        }
    }
}

#[test]
fn a_program_activates_from_its_on_chain_form_as_from_its_wasm() {
    for (name, wasm, _) in cases() {
        let on_chain = activate_code(&code::compress(&wasm), ArbosVersion::V60);
        assert_eq!(on_chain, activate(&wasm, ArbosVersion::V60), "{name}");
    }
}

#[test]
fn a_program_may_not_start_with_more_pages_than_the_transaction_has_left() {
    let wasm = wat::parse_file(folder().join("00_ok_min.wat")).expect("the program parses");
    assert!(activate_wasm(&wasm, ArbosVersion::V60, 1).is_ok());
    assert!(activate_wasm(&wasm, ArbosVersion::V60, 0).is_err());
}
