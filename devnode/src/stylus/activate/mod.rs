//! Activation: which programs the chain takes, and what that costs.
//!
//! A program is validated, instrumented (see [`super::instrument`]), held against limits, and its imports,
//! segments and operators are checked. Anything Nitro refuses is refused here and nothing else is; the
//! figures are Nitro's own, so costs agree to the wei. Source: Nitro `prover/binary.rs`,
//! `prover/machine.rs` and `prover/programs`, versions 3.9.5 (`ArbOS` 50) and later (`ArbOS` 60).

mod costs;
mod imports;
pub(crate) mod module;
mod rules;

pub(crate) use imports::HOOKS_MODULE;
use module::Module;

use super::{code, instrument, pages};

/// The version of `ArbOS`, Nitro's system layer, whose rules apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArbosVersion(pub u64);

impl Default for ArbosVersion {
    fn default() -> Self {
        Self(60)
    }
}

impl ArbosVersion {
    /// The version that takes the most programs.
    pub(crate) const WIDEST: Self = Self(50);

    /// From version 60 on, functions and blocks with several results are refused.
    pub(crate) fn allows_multi_value(self) -> bool {
        self.0 < 60
    }
}

/// What is known of a program once it is active.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Activation {
    /// Memory pages it starts with.
    pub pages: u16,
    /// Measure of its start when not cached, see [`super::prices::init_gas`].
    pub init_cost: u16,
    /// Measure of its start when cached, see [`super::prices::cached_start_gas`].
    pub cached_init: u16,
    /// Estimated bytes of machine code.
    pub asm_estimate: u32,
    /// Gas of the activation on top of [`super::prices::ACTIVATION_GAS`].
    pub metered_activation_gas: u64,
}

impl Activation {
    /// Gas of a call that does not find the program cached, the cached part not included.
    #[must_use]
    pub fn init_gas(&self) -> u64 {
        super::prices::init_gas(self.init_cost)
    }

    /// Gas every call pays to start the program.
    #[must_use]
    pub fn cached_gas(&self) -> u64 {
        super::prices::cached_start_gas(self.cached_init)
    }

    /// Wei `activateProgram` keeps. Nitro raises the price with demand; a local chain has none.
    #[must_use]
    pub fn data_fee_wei(&self) -> u128 {
        u128::from(self.asm_estimate) * u128::from(super::prices::DATA_FEE_WEI_PER_BYTE)
    }
}

/// Why a program is not activated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActivationError {
    /// The account's code is no program.
    #[error(transparent)]
    Code(#[from] code::CodeError),
    /// Not WebAssembly, or uses a feature that is off.
    #[error("invalid wasm: {0}")]
    Invalid(String),
    /// Valid WebAssembly that breaks a rule of Stylus.
    #[error("{0}")]
    Refused(String),
}

impl From<wasmparser::BinaryReaderError> for ActivationError {
    fn from(error: wasmparser::BinaryReaderError) -> Self {
        Self::Invalid(error.to_string())
    }
}

/// A refusal with its reason.
pub(crate) fn refuse(reason: impl Into<String>) -> ActivationError {
    ActivationError::Refused(reason.into())
}

/// Activates the program that lies on the chain as `code`.
///
/// # Errors
/// [`ActivationError`] says which rule it breaks.
pub fn activate_code(code: &[u8], arbos: ArbosVersion) -> Result<Activation, ActivationError> {
    activate_wasm(&code::decompress(code)?, arbos, pages::PAGE_LIMIT)
}

/// Activates `wasm`, which may start with at most `page_limit` pages.
///
/// # Errors
/// [`ActivationError`] says which rule it breaks.
pub fn activate_wasm(wasm: &[u8], arbos: ArbosVersion, page_limit: u16) -> Result<Activation, ActivationError> {
    let module = Module::parse(wasm, arbos)?;
    rules::check_names(&module)?;
    let instrumented = instrument::instrument(&module)?;
    rules::check_entrypoint(&module)?;
    let activation = costs::predict(&module, &instrumented)?;
    rules::check_limits(&module, &instrumented, page_limit)?;
    imports::check(&module)?;
    rules::check_segments(&module)?;
    Ok(activation)
}
