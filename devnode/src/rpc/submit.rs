//! Handing a transaction in and waiting for what becomes of it.

use super::answer::Failure;
use super::params::Args;
use crate::chain::Chain;
use crate::chain::held::{HOLD, Submitted};
use crate::handle::ChainHandle;
use alloy::consensus::TxEnvelope;
use alloy::primitives::{Address, B256};

/// A transaction and its sender, as a request names them.
pub(super) type Read = fn(&mut Chain, &mut Args) -> Result<(TxEnvelope, Address), Failure>;

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
