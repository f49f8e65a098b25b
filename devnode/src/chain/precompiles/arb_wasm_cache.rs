//! `ArbWasmCache`: keeping programs ready at the cached price. The chain's owner and the cache managers may.

use super::arb_wasm::{code_of, inactive};
use super::cache_managers;
use super::call::{Answer, Call, Refusal};
use crate::chain::programs::{Inactive, Row, STYLUS_VERSION};
use crate::config::DEV_ACCOUNT;
use alloy::primitives::B256;
use alloy::sol;
use alloy::sol_types::{SolInterface, SolValue};

sol! {
    interface IArbWasmCache {
        function isCacheManager(address manager) external view returns (bool);
        function allCacheManagers() external view returns (address[] managers);
        function cacheProgram(address addr) external;
        function evictCodehash(bytes32 codehash) external;
        function codehashIsCached(bytes32 codehash) external view returns (bool);

        event UpdateProgramCache(address indexed manager, bytes32 indexed codehash, bool cached);
    }
}

use IArbWasmCache::IArbWasmCacheCalls as Method;

pub(super) fn serve(call: &mut Call<'_, '_>) -> Answer {
    call.no_value()?;
    match Method::abi_decode(&call.input).map_err(|_| Refusal::Burnt)? {
        Method::isCacheManager(m) => Ok(cache_managers::all(call)?.contains(&m.manager).abi_encode()),
        Method::allCacheManagers(_) => Ok(cache_managers::all(call)?.abi_encode()),
        Method::codehashIsCached(m) => {
            call.burn_reads(1)?;
            Ok(Row::load(call.ctx, m.codehash).cached.abi_encode())
        }
        Method::cacheProgram(m) => {
            call.burn(2_600)?;
            let (code_hash, _) = code_of(call, m.addr);
            set_cached(call, code_hash, true)
        }
        Method::evictCodehash(m) => set_cached(call, m.codehash, false),
    }
}

fn set_cached(call: &mut Call<'_, '_>, code_hash: B256, cached: bool) -> Answer {
    call.may_write()?;
    let is_manager = cache_managers::all(call)?.contains(&call.caller);
    if !is_manager {
        call.burn_reads(1)?;
        if call.caller != DEV_ACCOUNT {
            return Err(Refusal::Burnt);
        }
    }
    call.burn(100)?;
    call.burn_reads(1)?;
    let now = call.now();
    let mut program = Row::load(call.ctx, code_hash);
    if cached {
        if program.version != STYLUS_VERSION {
            return Err(inactive(Inactive::NeedsUpgrade(program.version)));
        }
        if program.expired(now) {
            return Err(inactive(Inactive::Expired(program.age(now))));
        }
    }
    if program.cached == cached {
        return Ok(Vec::new());
    }
    call.emit(&IArbWasmCache::UpdateProgramCache { manager: call.caller, codehash: code_hash, cached })?;
    call.burn(u64::from(program.init_cost))?;
    call.burn_reads(1)?;
    program.cached = cached;
    call.burn_write(false)?;
    program.store(call.ctx, code_hash);
    Ok(Vec::new())
}
