//! `ArbOwner`: what the chain's owner may do. Here that is choosing who else may cache programs.

use super::cache_managers;
use super::call::{Answer, Call, Refusal};
use crate::config::DEV_ACCOUNT;
use alloy::sol;
use alloy::sol_types::SolInterface;

sol! {
    interface IArbOwner {
        function addWasmCacheManager(address manager) external;
        function removeWasmCacheManager(address manager) external;
    }
}

use IArbOwner::IArbOwnerCalls as Method;

pub(super) fn serve(call: &mut Call<'_, '_>) -> Answer {
    call.no_value()?;
    let method = Method::abi_decode(&call.input).map_err(|_| Refusal::Burnt)?;
    call.may_write()?;
    if call.caller != DEV_ACCOUNT {
        return Err(Refusal::Burnt);
    }
    match method {
        Method::addWasmCacheManager(m) => cache_managers::add(call, m.manager)?,
        Method::removeWasmCacheManager(m) => cache_managers::remove(call, m.manager)?,
    }
    Ok(Vec::new())
}
