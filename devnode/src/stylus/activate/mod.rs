//! Activation: which programs the chain takes, and what that costs.
//!
//! A program is validated, instrumented (made to count its ink, stack and memory), held against limits, and its imports,
//! segments and operators are checked. Anything Nitro refuses is refused here and nothing else is; the
//! figures are Nitro's own, so costs agree to the wei. Source: Nitro `prover/binary.rs`,
//! `prover/machine.rs` and `prover/programs`, versions 3.9.5 (`ArbOS` 50) and later (`ArbOS` 60).

mod costs;
mod imports;
mod rules;

use super::{code, instrument, module::Module, pages};

pub use super::rejection::ActivationError;
pub use crate::config::ArbosVersion;
pub use costs::Activation;
pub(crate) use imports::HOOKS_MODULE;

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
