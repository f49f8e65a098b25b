//! Why a program is not activated.

use super::code;

/// Why a program is not activated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
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

/// A refusal of what is no WebAssembly.
pub(crate) fn invalid(error: impl std::fmt::Display) -> ActivationError {
    ActivationError::Invalid(error.to_string())
}

/// A refusal with its reason.
pub(crate) fn refuse(reason: impl Into<String>) -> ActivationError {
    ActivationError::Refused(reason.into())
}
