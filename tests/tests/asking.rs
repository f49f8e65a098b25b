//! What contracts answer now.

use alloy::primitives::Address;
use alloy::providers::DynProvider;
use alloy::sol_types::SolCall;
use mrc53_node::reader::Reader;

/// What `contract` answers `call`; panics if it does not.
pub(crate) async fn ask<C: SolCall>(provider: &DynProvider, contract: Address, call: C) -> C::Return {
    Reader::now(provider).ask(contract, call).await.unwrap()
}
