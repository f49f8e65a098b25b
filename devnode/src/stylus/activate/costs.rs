//! What a program costs to activate and to start, from its shape.

use crate::stylus::{
    instrument::globals::{ADDED_GLOBALS, Instrumented},
    module::Module,
    prices,
    rejection::{ActivationError, refuse},
};

/// Activation pays 28 gas per microsecond of estimated work.
const GAS_PER_MICROSECOND: u64 = 28;

/// What is known of a program once it is active.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Activation {
    /// Memory pages it starts with.
    pub pages: u16,
    /// Measure of its start when not cached, see [`prices::init_gas`].
    pub init_cost: u16,
    /// Measure of its start when cached, see [`prices::cached_start_gas`].
    pub cached_cost: u16,
    /// Estimated bytes of machine code.
    pub asm_estimate: u32,
    /// Gas of the activation on top of [`prices::ACTIVATION_GAS`].
    pub metered_activation_gas: u64,
}

impl Activation {
    /// Gas of a call that does not find the program cached, the cached part not included.
    #[must_use]
    pub fn init_gas(&self) -> u64 {
        prices::init_gas(self.init_cost)
    }

    /// Gas every call pays to start the program.
    #[must_use]
    pub fn cached_gas(&self) -> u64 {
        prices::cached_start_gas(self.cached_cost)
    }

    /// Wei `activateProgram` keeps. Nitro raises the price with demand; a local chain has none.
    #[must_use]
    pub fn data_fee_wei(&self) -> u128 {
        u128::from(self.asm_estimate) * u128::from(prices::DATA_FEE_WEI_PER_BYTE)
    }
}

/// Takes the measures of `module`.
pub(super) fn predict(module: &Module<'_>, instrumented: &Instrumented<'_>) -> Result<Activation, ActivationError> {
    let functions = module.bodies.len() as u64;
    let globals = u64::from(module.globals) + u64::from(ADDED_GLOBALS);
    let wasm_bytes = module.wasm.len() as u64;
    let segment_bytes = sum(module.datas.iter().map(|data| data.range.len()))
        + sum(module.elements.iter().map(|element| element.range.len()));
    let pages = module.memories.first().map_or(0, |memory| memory.initial);

    let mut type_words = 0;
    for index in &module.functions {
        let ty = module.signature(*index)?;
        type_words += (ty.params().len() + ty.results().len()) as u64;
    }

    let asm_estimate =
        512_000 + functions * 996_829 / 1_000 + type_words * 11_416 / 1_000 + wasm_bytes * 62_628 / 10_000;
    let cached_cost = functions * 13_420 / 100_000
        + type_words * 89 / 100_000
        + wasm_bytes * 122 / 100_000
        + globals * 1_628 / 1_000
        + segment_bytes * 75_244 / 100_000
        + pages * 5;
    let init_cost = functions * 8_252 / 1_000 + type_words * 1_059 / 1_000 + wasm_bytes * 1_286 / 10_000;

    Ok(Activation {
        pages: narrow(pages, "memory")?,
        init_cost: narrow(init_cost, "init cost")?,
        cached_cost: narrow(cached_cost, "cached init cost")?,
        asm_estimate: narrow(asm_estimate, "asm estimate")?,
        metered_activation_gas: activation_gas(module, instrumented, pages),
    })
}

fn activation_gas(module: &Module<'_>, instrumented: &Instrumented<'_>, pages: u64) -> u64 {
    let wasm_bytes = module.wasm.len() as u64;
    let data_bytes = sum(module.datas.iter().map(|data| data.data.len()));
    let element_bytes = sum(module.elements.iter().map(|element| element.range.len()));
    let operators = sum(instrumented.bodies.iter().map(Vec::len));
    let microseconds = wasm_bytes * 31_733 / 100_000
        + module.functions.len() as u64 * 17_263 / 100_000
        + data_bytes * 17_376 / 100_000
        + element_bytes * 17_376 / 100_000
        + pages * 2_217
        + operators * 535 / 1_000;
    microseconds * GAS_PER_MICROSECOND
}

fn sum(lengths: impl Iterator<Item = usize>) -> u64 {
    lengths.map(|length| length as u64).sum()
}

fn narrow<T: TryFrom<u64>>(value: u64, what: &str) -> Result<T, ActivationError> {
    T::try_from(value).map_err(|_| refuse(format!("{what} too high: {value}")))
}
