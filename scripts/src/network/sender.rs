//! Transactions: estimated, compared with what the sender has, signed, sent and waited for; or only shown.

use std::time::{Duration, Instant};

use alloy::network::TransactionBuilder;
use alloy::primitives::utils::format_ether;
use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::providers::Provider;
use alloy::rpc::types::{TransactionReceipt, TransactionRequest};
use anyhow::{Context, Result, bail};
use serde::Serialize;
use serde_json::{Value, json};

use super::connection::Connection;
use super::keys::Signer;
use crate::chain::client::{one_line, revert_data};
use crate::chain::refusal::Refusals;
use crate::failure::BadInput;
use crate::scenario::Names;

/// Spare on estimated gas, in percent: state may change before the transaction.
const GAS_SPARE_PERCENT: u64 = 20;
/// How long a transaction may take to be mined.
const RECEIPT_PATIENCE: Duration = Duration::from_mins(3);
/// How long a node may answer nothing at all meanwhile: what was sent is found again by the next run.
const SILENCE_PATIENCE: Duration = Duration::from_secs(15);

/// The gas limit of a transaction that is estimated to take `gas`.
#[must_use]
pub const fn gas_limit(gas: u64) -> u64 {
    gas + gas * GAS_SPARE_PERCENT / 100
}

/// Something to be sent.
#[derive(Clone, Debug, Serialize)]
pub struct Transaction {
    /// What it does, in a few words.
    pub what: String,
    /// Whom it calls.
    pub to: Address,
    /// Ether sent along, wei.
    pub value: U256,
    /// Call data.
    pub data: Bytes,
}

/// A transaction that the chain would refuse or has refused.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{what}: refused with {words}")]
pub struct Refused {
    /// What it was to do.
    pub what: String,
    /// What the contract says, in words.
    pub words: String,
    /// The same as revert data.
    pub data: Bytes,
}

/// What became of a transaction.
#[derive(Clone, Debug)]
pub enum Sent {
    /// It was mined, and succeeded.
    Mined(Box<TransactionReceipt>),
    /// It would succeed, with this much gas; nothing was sent (`--dry-run`).
    Predicted {
        /// Gas, without spare.
        gas: u64,
    },
    /// It was written to standard output as JSON, for somebody else to sign (`--unsigned-from`).
    Written,
}

impl Sent {
    /// Its hash and gas as JSON, each null where there is none.
    #[must_use]
    pub fn json(&self) -> Value {
        match self {
            Self::Mined(receipt) => json!({ "transaction": receipt.transaction_hash, "gas": receipt.gas_used }),
            Self::Predicted { gas } => json!({ "transaction": null, "gas": gas }),
            Self::Written => json!({ "transaction": null, "gas": null }),
        }
    }
}

/// Sends for one account on one chain.
#[derive(Clone, Debug)]
pub struct Sender<'a> {
    connection: &'a Connection,
    signer: Signer,
    dry_run: bool,
}

impl<'a> Sender<'a> {
    /// A sender on `connection` for `signer`; with `dry_run` nothing is ever sent.
    #[must_use]
    pub fn new(connection: &'a Connection, signer: Signer, dry_run: bool) -> Self {
        Self { connection, signer, dry_run }
    }

    /// The chain.
    #[must_use]
    pub fn connection(&self) -> &'a Connection {
        self.connection
    }

    /// The sending account.
    #[must_use]
    pub fn address(&self) -> Address {
        self.signer.address()
    }

    /// Whether nothing is sent.
    #[must_use]
    pub fn is_dry_run(&self) -> bool {
        self.dry_run
    }

    /// Whether nothing is sent from here: a dry run, or somebody else signs.
    #[must_use]
    pub fn only_shows(&self) -> bool {
        self.dry_run || matches!(self.signer, Signer::Unsigned(_))
    }

    /// Sends `transaction`, waits until it is mined, and returns its receipt.
    ///
    /// # Errors
    /// [`Refused`] if the chain would refuse it (nothing was sent) or has; [`BadInput`] if the sender has too little
    /// ether, saying how much is missing; a failure that names the transaction's hash if it was sent and no receipt
    /// came.
    pub async fn send(&self, transaction: &Transaction) -> Result<Sent> {
        if let (Signer::Unsigned(_), false) = (&self.signer, self.dry_run) {
            println!("{}", serde_json::to_string(&self.unsigned(transaction))?);
            return Ok(Sent::Written);
        }
        let gas = self.estimate(transaction).await?;
        if self.dry_run {
            return Ok(Sent::Predicted { gas });
        }
        let limit = gas_limit(gas);
        self.require_ether(transaction, limit).await?;
        let request = self.request(transaction).with_gas_limit(limit);
        let pending = self.connection.provider.send_transaction(request).await;
        let pending = pending.map_err(|error| self.failure(transaction, "not sent", &error))?;
        let receipt = self.receipt(&transaction.what, *pending.tx_hash()).await?;
        if receipt.status() {
            return Ok(Sent::Mined(Box::new(receipt)));
        }
        Err(self.refusal(transaction, receipt.block_number).await)
    }

    /// Gas that `transaction` needs now, without spare.
    ///
    /// # Errors
    /// [`Refused`] if the chain would refuse it.
    pub async fn estimate(&self, transaction: &Transaction) -> Result<u64> {
        let error = match self.connection.provider.estimate_gas(self.request(transaction)).await {
            Ok(gas) => return Ok(gas),
            Err(error) => error,
        };
        if let Some(data) = revert_data(&error) {
            return Err(refused(transaction, data)?.into());
        }
        // A node refuses to estimate for an account that cannot pay, before it tries.
        self.require_ether(transaction, 0).await?;
        Err(self.failure(transaction, "no estimate", &error))
    }

    fn request(&self, transaction: &Transaction) -> TransactionRequest {
        TransactionRequest::default()
            .with_from(self.address())
            .with_to(transaction.to)
            .with_value(transaction.value)
            .with_input(transaction.data.clone())
    }

    fn unsigned(&self, transaction: &Transaction) -> serde_json::Value {
        serde_json::json!({
            "what": transaction.what,
            "chainId": self.connection.network.chain_id,
            "from": self.address(),
            "to": transaction.to,
            "value": transaction.value.to_string(),
            "data": transaction.data,
        })
    }

    async fn require_ether(&self, transaction: &Transaction, gas_limit: u64) -> Result<()> {
        let provider = &self.connection.provider;
        let fee = provider.estimate_eip1559_fees().await?.max_fee_per_gas;
        let need = transaction.value + U256::from(gas_limit) * U256::from(fee);
        let have = provider.get_balance(self.address()).await?;
        if have >= need {
            return Ok(());
        }
        let (address, what) = (self.address(), &transaction.what);
        Err(BadInput::new(format!(
            "{address} has {} ether and needs {} for {what}: {} more",
            format_ether(have),
            format_ether(need),
            format_ether(need - have)
        ))
        .into())
    }

    async fn receipt(&self, what: &str, hash: B256) -> Result<TransactionReceipt> {
        let started = Instant::now();
        let mut pause = Duration::from_millis(5);
        let (mut last_error, mut last_answer) = (None, started);
        while started.elapsed() < RECEIPT_PATIENCE && last_answer.elapsed() < SILENCE_PATIENCE {
            match self.connection.provider.get_transaction_receipt(hash).await {
                Ok(Some(receipt)) => return Ok(receipt),
                Ok(None) => (last_error, last_answer) = (None, Instant::now()),
                Err(error) => last_error = Some(one_line(&error)),
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(2));
        }
        let why = last_error.map_or_else(String::new, |error| format!(" ({error})"));
        bail!("{what}: sent as {hash}, and {} has no receipt yet{why}", self.connection.url)
    }

    /// Why a mined transaction failed: the same call on the state of its block.
    async fn refusal(&self, transaction: &Transaction, block: Option<u64>) -> anyhow::Error {
        let call = self.connection.provider.call(self.request(transaction)).block(block.unwrap_or_default().into());
        match call.await {
            Ok(_) => anyhow::anyhow!("{}: mined and refused, and accepted when called again", transaction.what),
            Err(error) => match revert_data(&error).map(|data| refused(transaction, data)) {
                Some(Ok(refused)) => refused.into(),
                Some(Err(error)) => error,
                None => self.failure(transaction, "refused", &error),
            },
        }
    }

    fn failure(&self, transaction: &Transaction, how: &str, error: &impl std::fmt::Display) -> anyhow::Error {
        anyhow::anyhow!("{}: {how} by {}: {}", transaction.what, self.connection.url, one_line(error))
    }
}

fn refused(transaction: &Transaction, data: Bytes) -> Result<Refused> {
    let words = Refusals::all().context("errors of this build")?.words(&data, &Names::default());
    Ok(Refused { what: transaction.what.clone(), words, data })
}
