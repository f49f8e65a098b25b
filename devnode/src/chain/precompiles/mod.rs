//! Arbitrum's precompiles beside Ethereum's.

mod arb_gas_info;
mod arb_info;
mod arb_owner;
mod arb_owner_public;
mod arb_sys;
mod arb_wasm;
mod arb_wasm_cache;
mod cache_managers;
mod call;
mod data_fee;

use super::addresses::{
    ARB_GAS_INFO, ARB_INFO, ARB_OWNER, ARB_OWNER_PUBLIC, ARB_SYS, ARB_WASM, ARB_WASM_CACHE, PRECOMPILES,
};
use super::context::NitroContext;
use alloy::primitives::map::AddressSet;
pub(super) use arb_wasm::{IArbWasm, inactive_error};
use call::{Call, finish};
use revm::handler::{EthPrecompiles, PrecompileProvider};
use revm::interpreter::{CallInputs, InterpreterResult};
use revm::primitives::hardfork::SpecId;

/// Ethereum's precompiles and Arbitrum's.
#[derive(Debug, Clone)]
pub(super) struct NitroPrecompiles {
    ethereum: EthPrecompiles,
    warm: AddressSet,
}

impl NitroPrecompiles {
    /// The precompiles of a hard fork.
    #[must_use]
    pub(super) fn new(spec: SpecId) -> Self {
        let ethereum = EthPrecompiles::new(spec);
        let mut warm = ethereum.warm_addresses().clone();
        warm.extend(PRECOMPILES);
        Self { ethereum, warm }
    }
}

impl<'a> PrecompileProvider<NitroContext<'a>> for NitroPrecompiles {
    type Output = InterpreterResult;

    fn set_spec(&mut self, _spec: SpecId) -> bool {
        false
    }

    fn run(&mut self, ctx: &mut NitroContext<'a>, inputs: &CallInputs) -> Result<Option<InterpreterResult>, String> {
        let serve: fn(&mut Call<'_, '_>) -> call::Answer = match inputs.bytecode_address {
            ARB_SYS => arb_sys::serve,
            ARB_INFO => arb_info::serve,
            ARB_OWNER_PUBLIC => arb_owner_public::serve,
            ARB_GAS_INFO => arb_gas_info::serve,
            ARB_OWNER => arb_owner::serve,
            ARB_WASM => arb_wasm::serve,
            ARB_WASM_CACHE => arb_wasm_cache::serve,
            _ => return self.ethereum.run(ctx, inputs),
        };
        let mut call = Call::new(ctx, inputs);
        let answer = call.open().and_then(|()| serve(&mut call));
        Ok(Some(finish(call, answer)))
    }

    fn warm_addresses(&self) -> &AddressSet {
        &self.warm
    }
}
