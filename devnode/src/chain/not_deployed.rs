//! Why a program was not deployed, read from the calls of the transaction that failed.

use super::addresses::ARB_WASM;
use super::error::{ChainError, reason};
use super::execute::Recorded;
use super::precompiles::IArbWasm;
use super::trace::CallTrace;
use alloy::primitives::Bytes;
use alloy::sol;
use alloy::sol_types::{SolCall, SolError};

sol! {
    /// What a program's constructor is called by.
    function stylus_constructor() external;
}

/// Why a program was not deployed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotDeployed {
    /// It is longer than a contract may be. Nothing was changed.
    #[error("the program has {bytes} bytes when compressed, and a contract holds {most}")]
    TooLong {
        /// Its length on the chain.
        bytes: usize,
        /// [`MAX_CODE_BYTES`](crate::stylus::code::MAX_CODE_BYTES).
        most: usize,
    },
    /// The chain does not activate it: it is no wasm, breaks a rule of Stylus, or the fee has risen too high.
    #[error("the program does not activate: {0}")]
    NotActivated(String),
    /// Its constructor did not succeed.
    #[error("the constructor failed: {reason}")]
    Constructor {
        /// The reason that Solidity would give, or else how it failed and with which data.
        reason: String,
        /// What it reverted with, which the program's own ABI may explain; empty if nothing.
        data: Bytes,
    },
    /// The chain did not take the transaction, or it failed elsewhere.
    #[error(transparent)]
    Chain(#[from] ChainError),
}

impl NotDeployed {
    /// Why the transaction with these calls did not succeed.
    pub(super) fn by(recorded: Recorded) -> Self {
        if let Some(reason) = recorded.activation_failure {
            return Self::NotActivated(reason);
        }
        let Some(mut failed) = recorded.calls else { return Self::Chain(ChainError::Reverted(Bytes::new())) };
        // StylusDeployer keeps to itself why what it called last did not succeed.
        if let Some(last) = failed.calls.pop_if(|last| last.error.is_some()) {
            failed = last;
        }
        let reason = in_words(&failed);
        if failed.to == Some(ARB_WASM) {
            Self::NotActivated(reason)
        } else if failed.input.starts_with(&stylus_constructorCall::SELECTOR) {
            Self::Constructor { reason, data: failed.output }
        } else {
            Self::Chain(ChainError::refused(format!("the program cannot be placed: {reason}")))
        }
    }
}

fn in_words(failed: &CallTrace) -> String {
    let data = &failed.output;
    if let Ok(IArbWasm::ProgramInsufficientValue { have, want }) = IArbWasm::ProgramInsufficientValue::abi_decode(data)
    {
        return format!("the data fee has risen to {want} wei, above the {have} sent along: it falls with time");
    }
    reason(data).unwrap_or_else(|| {
        let how = failed.error.as_deref().unwrap_or_default();
        if data.is_empty() { format!("{how}, without data") } else { format!("{how} with {data}") }
    })
}
