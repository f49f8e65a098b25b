//! `eth_call`, `eth_estimateGas` and `eth_createAccessList`.

use super::Module;
use super::answer::Failure;
use super::params::Args;
use crate::chain::addresses::is_system_account;
use crate::chain::execute::Mode;
use crate::chain::{At, Chain, Simulation};
use alloy::eips::eip2930::{AccessListItem, AccessListResult};
use alloy::primitives::{Address, B256, TxKind, U64, U256};
use alloy::rpc::types::state::StateOverride;
use alloy::rpc::types::{BlockOverrides, TransactionRequest};

pub(crate) fn register(module: &mut Module) {
    module.method(&["eth_call"], 4, |chain, args| {
        let request: TransactionRequest = args.object()?;
        let at = args.block(chain)?;
        Ok(chain.call(overridden(request, at, args)?)?)
    });
    module.method(&["eth_estimateGas"], 4, |chain, args| {
        let request: TransactionRequest = args.object()?;
        let at = pending_or(chain, args)?;
        Ok(U64::from(chain.estimate(overridden(request, at, args)?)?))
    });
    module.method(&["eth_createAccessList"], 4, access_list);
}

/// What a call touches and the gas it takes.
fn access_list(chain: &mut Chain, args: &mut Args) -> Result<AccessListResult, Failure> {
    let request: TransactionRequest = args.object()?;
    let at = args.block_or_pending(chain)?;
    let from = request.from.unwrap_or_default();
    let to = request.to.and_then(TxKind::into_to);
    let run = chain.run_call(overridden(request, at, args)?, Mode::Simulation)?;
    let ours = |address: &Address| *address == from || is_system_account(*address);
    let mut items: Vec<_> = run
        .changes
        .iter()
        .filter(|(address, account)| !ours(address) && (Some(**address) != to || !account.storage.is_empty()))
        .map(|(address, account)| AccessListItem {
            address: *address,
            storage_keys: account.storage.keys().map(|key| B256::from(*key)).collect(),
        })
        .collect();
    items.sort_by_key(|item| item.address);
    let error = (!run.result.is_success()).then(|| "execution reverted".to_owned());
    Ok(AccessListResult { access_list: items.into(), gas_used: U256::from(run.result.tx_gas_used()), error })
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
    let block_overrides: Option<BlockOverrides> = args.optional_object()?;
    Ok(Simulation { overrides, block_overrides, ..Simulation::new(request, at) })
}
