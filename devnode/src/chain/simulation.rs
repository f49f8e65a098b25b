//! A call to try, and where.

use super::at::At;
use alloy::rpc::types::state::StateOverride;
use alloy::rpc::types::{BlockOverrides, TransactionRequest};

/// A call to try.
#[derive(Debug, Clone)]
pub struct Simulation {
    /// The call.
    pub request: TransactionRequest,
    /// Where.
    pub at: At,
    /// Accounts to change for the duration of the call.
    pub overrides: Option<StateOverride>,
    /// What to change about the block for the duration of the call: its `number` (the L1 number) and `time`.
    pub block_overrides: Option<BlockOverrides>,
}

impl Simulation {
    /// A call on the chain as it is.
    #[must_use]
    pub fn new(request: TransactionRequest, at: At) -> Self {
        Self { request, at, overrides: None, block_overrides: None }
    }
}
