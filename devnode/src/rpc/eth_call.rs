//! `eth_call`, `eth_estimateGas` and `eth_createAccessList`.

use super::Module;
use super::answer::Failure;
use super::params::Args;
use crate::chain::{At, Chain, Simulation};
use alloy::primitives::U64;
use alloy::rpc::types::TransactionRequest;
use alloy::rpc::types::state::StateOverride;

pub(crate) fn register(module: &mut Module) {
    module.method(&["eth_call"], |chain, args| {
        let request: TransactionRequest = args.required()?;
        let at = args.block(chain)?;
        Ok(chain.call(overridden(request, at, args)?)?)
    });
    module.method(&["eth_estimateGas"], |chain, args| {
        let request: TransactionRequest = args.required()?;
        let at = pending_or(chain, args)?;
        Ok(U64::from(chain.estimate(overridden(request, at, args)?)?))
    });
}

/// An estimate is about the next block, also where a client says `latest`.
fn pending_or(chain: &Chain, args: &mut Args) -> Result<At, Failure> {
    Ok(match args.block_or_pending(chain)? {
        At::Block(number) if number == chain.number() => At::Pending,
        at => at,
    })
}

fn overridden(request: TransactionRequest, at: At, args: &mut Args) -> Result<Simulation, Failure> {
    let overrides: Option<StateOverride> = args.optional()?;
    Ok(Simulation { overrides, ..simulation(request, at) })
}

/// A call without overrides.
pub(crate) fn simulation(request: TransactionRequest, at: At) -> Simulation {
    Simulation { request, at, overrides: None }
}
