//! Sending transactions, signed or in the name of an account that the node may send for.

use super::Module;
use super::answer::Failure;
use super::params::Args;
use crate::chain::block::BASE_FEE;
use crate::chain::fees::check_request;
use crate::chain::held::{HOLD, Submitted};
use crate::chain::{At, Chain, Simulation, tx};
use crate::handle::ChainHandle;
use alloy::consensus::TxEnvelope;
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes};
use alloy::rpc::types::TransactionRequest;

/// A transaction and its sender, as a request names them.
pub(super) type Read = fn(&mut Chain, &mut Args) -> Result<(TxEnvelope, Address), Failure>;

pub(crate) fn register(module: &mut Module) {
    module.sending(&["eth_sendRawTransaction"], 1, |_, args| {
        let raw: Bytes = args.required()?;
        Ok(tx::decode(&raw)?)
    });
    module.sending(&["eth_sendTransaction", "eth_sendUnsignedTransaction"], 1, |chain, args| {
        let request: TransactionRequest = args.object()?;
        let from = request.from.ok_or_else(|| Failure::params("`from` is missing"))?;
        if !chain.may_send_for(from) {
            return Err(Failure::refused(format!(
                "unknown account {from}: impersonate it first with anvil_impersonateAccount"
            )));
        }
        check_request(&request, chain.chain_id())?;
        Ok((tx::unsigned(filled(chain, request, from)?, from)?, from))
    });
}

/// Mines the transaction, at once or when the gap before its nonce closes in time; answers its hash.
pub(super) async fn submit(chain: &ChainHandle, read: Read, mut args: Args) -> Result<B256, Failure> {
    let broken = |broken| Failure::internal(&broken);
    let submitted = chain.with(move |chain| {
        let (envelope, from) = read(chain, &mut args)?;
        chain.submit(envelope, from).map_err(Failure::from)
    });
    let (ticket, mut answer) = match submitted.await.map_err(broken)?? {
        Submitted::Mined(hash) => return Ok(hash),
        Submitted::Held { ticket, answer } => (ticket, answer),
    };
    let answered = if let Ok(answered) = tokio::time::timeout(HOLD, &mut answer).await {
        answered
    } else {
        chain.with(move |chain| chain.give_up(ticket)).await.map_err(broken)?;
        answer.await
    };
    Ok(answered.map_err(|error| Failure::internal(&error))??)
}

/// Adds what a client left out of a transaction that the node is to send.
fn filled(chain: &Chain, mut request: TransactionRequest, from: Address) -> Result<TransactionRequest, Failure> {
    if request.to.is_none() {
        request.to = Some(alloy::primitives::TxKind::Create);
    }
    if request.gas.is_none() {
        request.gas = Some(chain.estimate(Simulation::new(request.clone(), At::Pending))?);
    }
    if request.nonce.is_none() {
        request.nonce = Some(chain.nonce(from));
    }
    if request.chain_id.is_none() {
        request.set_chain_id(chain.chain_id());
    }
    if request.gas_price.is_none() && request.max_fee_per_gas.is_none() {
        request.max_fee_per_gas = Some(2 * u128::from(BASE_FEE));
    }
    if request.gas_price.is_none() && request.max_priority_fee_per_gas.is_none() {
        request.max_priority_fee_per_gas = Some(0);
    }
    Ok(request)
}
