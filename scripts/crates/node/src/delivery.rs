//! A signed transaction on its way: handed in, looked up wherever an answer got lost, and waited for.
//!
//! The hash is known before anything is sent. So no answer decides alone whether it arrived: a line that breaks, a
//! gateway's error, "nonce too low" and "already known" may all be said of a transaction that is mined already.

use std::time::{Duration, Instant};

use alloy::primitives::{B256, Bytes};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionReceipt;
use alloy::transports::{RpcError, TransportErrorKind};
use anyhow::{Result, bail};
use serde_json::Value;

use super::node::Node;
use super::sent::Unanswered;
use crate::answers::of_node;

/// How long a transaction may take to be mined.
const RECEIPT_PATIENCE: Duration = Duration::from_mins(3);
/// How long a node may answer nothing at all meanwhile.
const SILENCE_PATIENCE: Duration = Duration::from_secs(15);
/// How long to wait before each look for a transaction that the node did not say it took: the one that answers may be
/// another one than the one that has it.
const LOOKS: [Duration; 3] = [Duration::ZERO, Duration::from_millis(300), Duration::from_secs(1)];
/// How often the same bytes are handed in while the way there fails.
const ATTEMPTS: u32 = 3;

/// A signed transaction.
#[derive(Clone, Debug)]
pub(super) struct Signed {
    /// What it does, in a few words.
    pub(super) what: String,
    /// Its hash.
    pub(super) hash: B256,
    /// As it is handed in.
    pub(super) raw: Bytes,
}

/// What the node knows of a transaction.
enum Known {
    Yes,
    No,
    Silent(String),
}

/// Hands `signed` in and waits until it is mined.
///
/// # Errors
/// [`Unanswered`] if it may have arrived and nobody says what became of it; another failure if the node refused it and
/// does not know it: then it may be signed again.
pub(super) async fn deliver(node: &Node, signed: &Signed) -> Result<TransactionReceipt> {
    let mut attempt = 1;
    loop {
        let Err(error) = node.provider.send_raw_transaction(&signed.raw).await else {
            return receipt(node, signed).await;
        };
        let words = of_node(&error);
        match look_up(node, signed).await {
            Known::Yes => return receipt(node, signed).await,
            _ if says_known(&error) => return receipt(node, signed).await,
            Known::No if error.is_error_resp() => bail!("{}: not sent by {}: {words}", signed.what, node.url),
            Known::No if attempt < ATTEMPTS => attempt += 1,
            Known::No => {
                return Err(unanswered(signed, format!("{} did not say that it came: {words}", node.url)));
            }
            Known::Silent(silence) => {
                return Err(unanswered(signed, format!("{} does not answer: {silence}", node.url)));
            }
        }
    }
}

/// Whether the node says that it has the transaction already.
fn says_known(error: &RpcError<TransportErrorKind>) -> bool {
    error.as_error_resp().is_some_and(|answer| {
        let message = answer.message.to_lowercase();
        message.contains("already known")
            || message.contains("known transaction")
            || message.contains("already imported")
    })
}

async fn look_up(node: &Node, signed: &Signed) -> Known {
    let mut known = Known::No;
    for pause in LOOKS {
        tokio::time::sleep(pause).await;
        let asked = node.provider.raw_request("eth_getTransactionByHash".into(), (signed.hash,)).await;
        known = match asked {
            Ok(None::<Value>) => Known::No,
            Ok(Some(_)) => return Known::Yes,
            Err(error) => Known::Silent(of_node(&error)),
        };
    }
    known
}

async fn receipt(node: &Node, signed: &Signed) -> Result<TransactionReceipt> {
    let started = Instant::now();
    let mut pause = Duration::from_millis(5);
    let (mut last_error, mut last_answer) = (None, started);
    while started.elapsed() < RECEIPT_PATIENCE && last_answer.elapsed() < SILENCE_PATIENCE {
        match node.provider.get_transaction_receipt(signed.hash).await {
            Ok(Some(receipt)) => return Ok(receipt),
            Ok(None) => (last_error, last_answer) = (None, Instant::now()),
            Err(error) => last_error = Some(of_node(&error)),
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(2));
    }
    let why = last_error.map_or_else(String::new, |error| format!(" ({error})"));
    Err(unanswered(signed, format!("{} has no receipt yet{why}", node.url)))
}

fn unanswered(signed: &Signed, why: String) -> anyhow::Error {
    Unanswered { what: signed.what.clone(), hash: signed.hash, why }.into()
}
