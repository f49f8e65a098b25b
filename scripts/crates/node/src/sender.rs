//! Transactions: estimated, compared with what the sender has and may spend, signed, sent and waited for; or only shown.

use std::sync::{Mutex, PoisonError};

use alloy::eips::eip1559::Eip1559Estimation;
use alloy::eips::eip2718::Encodable2718;
use alloy::network::{EthereumWallet, NetworkTransactionBuilder, TransactionBuilder};
use alloy::primitives::{Address, Bytes, U256};
use alloy::providers::Provider;
use alloy::rpc::types::{TransactionReceipt, TransactionRequest};
use alloy::signers::local::PrivateKeySigner;
use alloy::transports::TransportError;
use anyhow::{Context, Result};
use mrc53_abi::refusal::Refusals;

use super::connection::Connection;
use super::delivery::{self, Signed};
use super::keys::Signer;
use super::node::Node;
pub use super::sent::{NoEther, OverBudget, Refused, Sent, TooMuchGas, Transaction, Unanswered, Unsigned};
use crate::answers::{of_node, one_line, revert_data};
pub use crate::node::gas_limit;

/// Sends for one account on one chain.
#[derive(Debug)]
pub struct Sender<'a> {
    connection: &'a Connection,
    node: Node,
    signer: Signer,
    dry_run: bool,
    /// What all transactions together may cost, wei; none: whatever they do.
    budget: Option<U256>,
    /// What they have cost so far, wei; what they would, in a dry run.
    spent: Mutex<U256>,
    over_budget: Mutex<Option<OverBudget>>,
    unsigned: Mutex<Vec<Unsigned>>,
}

impl<'a> Sender<'a> {
    /// A sender on `connection` for `signer`; with `dry_run` nothing is ever sent.
    #[must_use]
    pub fn new(connection: &'a Connection, signer: Signer, dry_run: bool) -> Self {
        Self::on(connection.node(), connection, signer, dry_run)
    }

    /// The same on another of the chains of `connection`, whose node is `node`.
    #[must_use]
    pub fn on(node: Node, connection: &'a Connection, signer: Signer, dry_run: bool) -> Self {
        let (spent, over_budget, unsigned) = Default::default();
        Self { connection, node, signer, dry_run, budget: None, spent, over_budget, unsigned }
    }

    /// The same, which sends nothing that might bring the cost of all its transactions above `budget_wei`, fees and
    /// value at the highest price that each may take.
    #[must_use]
    pub fn within(self, budget_wei: Option<U256>) -> Self {
        Self { budget: budget_wei, ..self }
    }

    /// The suite's chain of stake and rewards, and its book.
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

    /// Why a transaction was not sent that might have cost more than is allowed, if there was one.
    #[must_use]
    pub fn over_budget(&self) -> Option<OverBudget> {
        *self.over_budget.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every transaction that was written down instead of sent, in order.
    #[must_use]
    pub fn unsigned(&self) -> Vec<Unsigned> {
        self.unsigned.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sends `transaction`, waits until it is mined, and returns its receipt. Where an answer gets lost, the chain is
    /// asked for the transaction that was signed before anything is said of it.
    ///
    /// # Errors
    /// [`Refused`] if the chain would refuse it (nothing was sent) or has; [`NoEther`] if the sender has too little
    /// ether, saying how much is missing; [`OverBudget`] if it might cost more than is left to spend; [`Unanswered`] if
    /// it was sent and nobody says what became of it.
    pub async fn send(&self, transaction: &Transaction) -> Result<Sent> {
        let key = match &self.signer {
            _ if self.dry_run => None,
            Signer::Key(key) => Some(key),
            Signer::Unsigned(_) => {
                // Whoever signs may know better; nothing hangs on an estimate here.
                let gas_limit = self.estimate(transaction).await.ok().map(|gas| self.node.gas_limit(gas));
                let unsigned = self.unsigned_of(transaction, gas_limit);
                self.unsigned.lock().unwrap_or_else(PoisonError::into_inner).push(unsigned.clone());
                return Ok(Sent::Unsigned(Box::new(unsigned)));
            }
        };
        let gas = self.estimate(transaction).await?;
        let fees = self.node.fees().await;
        let fees = fees.map_err(|error| self.failure(transaction, "no fees", &error))?;
        let gas_limit = self.node.gas_limit(gas);
        let most = transaction.value + U256::from(gas_limit) * U256::from(fees.max_fee_per_gas);
        self.require_budget(most)?;
        let Some(key) = key else {
            self.spend(most);
            return Ok(Sent::Predicted { gas });
        };
        self.require_ether(transaction, most).await?;
        let signed = self.sign(transaction, key, gas_limit, fees).await?;
        let receipt = delivery::deliver(&self.node, &signed).await.inspect_err(|error| {
            if error.is::<Unanswered>() {
                self.spend(most);
            }
        })?;
        let fee = U256::from(receipt.gas_used) * U256::from(receipt.effective_gas_price);
        self.spend(if receipt.status() { transaction.value + fee } else { fee });
        if receipt.status() {
            return Ok(Sent::Mined(Box::new(receipt)));
        }
        Err(self.refusal(transaction, &receipt).await)
    }

    /// Gas that `transaction` needs now, without spare.
    ///
    /// # Errors
    /// [`Refused`] if the chain would refuse it; [`TooMuchGas`] if it needs more than a transaction there can have.
    pub async fn estimate(&self, transaction: &Transaction) -> Result<u64> {
        let most_gas = self.node.place.most_gas();
        let too_much = |gas, said: &str, most| {
            let (what, said) = (transaction.what.clone(), said.to_owned());
            TooMuchGas { what, gas, said, most }
        };
        let error = match self.node.provider.estimate_gas(self.request(transaction)).await {
            Ok(gas) => {
                return match most_gas.filter(|most| gas > *most) {
                    Some(most) => Err(too_much(Some(gas), "", most).into()),
                    None => Ok(gas),
                };
            }
            Err(error) => error,
        };
        if let Some(data) = revert_data(&error) {
            return Err(refused(transaction, data, None)?.into());
        }
        // A node refuses to estimate for an account that cannot pay, before it tries.
        self.require_ether(transaction, transaction.value).await?;
        // Where gas is bounded and the contract does not refuse, a node that answers has run out of it.
        if let (Some(most), Some(answer)) = (most_gas, error.as_error_resp()) {
            return Err(too_much(None, &one_line(&answer.message), most).into());
        }
        Err(self.failure(transaction, "no estimate", &error))
    }

    fn request(&self, transaction: &Transaction) -> TransactionRequest {
        TransactionRequest::default()
            .with_from(self.address())
            .with_to(transaction.to)
            .with_value(transaction.value)
            .with_input(transaction.data.clone())
    }

    async fn sign(
        &self,
        transaction: &Transaction,
        key: &PrivateKeySigner,
        gas_limit: u64,
        fees: Eip1559Estimation,
    ) -> Result<Signed> {
        // Nonces are asked for, not remembered: another process may send for the same account.
        let nonce = self.node.provider.get_transaction_count(self.address()).pending().await;
        let nonce = nonce.map_err(|error| self.failure(transaction, "no nonce", &error))?;
        let request = self
            .request(transaction)
            .with_chain_id(self.node.chain_id)
            .with_nonce(nonce)
            .with_gas_limit(gas_limit)
            .with_max_fee_per_gas(fees.max_fee_per_gas)
            .with_max_priority_fee_per_gas(fees.max_priority_fee_per_gas);
        let envelope = request.build(&EthereumWallet::from(key.clone())).await.context("signing")?;
        Ok(Signed { what: transaction.what.clone(), hash: *envelope.tx_hash(), raw: envelope.encoded_2718().into() })
    }

    fn unsigned_of(&self, transaction: &Transaction, gas_limit: Option<u64>) -> Unsigned {
        Unsigned {
            what: transaction.what.clone(),
            chain_id: self.node.chain_id,
            from: self.address(),
            to: transaction.to,
            value: transaction.value.to_string(),
            data: transaction.data.clone(),
            gas_limit,
        }
    }

    fn require_budget(&self, next: U256) -> Result<(), OverBudget> {
        let spent = *self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(allowed) = self.budget.filter(|allowed| spent + next > *allowed) else { return Ok(()) };
        let over = OverBudget { allowed, spent, next };
        *self.over_budget.lock().unwrap_or_else(PoisonError::into_inner) = Some(over);
        Err(over)
    }

    fn spend(&self, wei: U256) {
        *self.spent.lock().unwrap_or_else(PoisonError::into_inner) += wei;
    }

    async fn require_ether(&self, transaction: &Transaction, need: U256) -> Result<()> {
        let have = self.node.provider.get_balance(self.address()).await;
        let have = have.map_err(|error| self.failure(transaction, "no balance", &error))?;
        if have >= need {
            return Ok(());
        }
        let what = transaction.what.clone();
        Err(NoEther { account: self.address(), have_wei: have, need_wei: need, what }.into())
    }

    /// Why a mined transaction failed: the same call on the state of its block.
    async fn refusal(&self, transaction: &Transaction, receipt: &TransactionReceipt) -> anyhow::Error {
        let (hash, gas) = (receipt.transaction_hash, receipt.gas_used);
        let block = receipt.block_number.unwrap_or_default().into();
        let called = self.node.provider.call(self.request(transaction)).block(block).await;
        let data = match called {
            // It ran out of gas, or what it met was changed again within its block.
            Ok(_) => None,
            Err(error) => revert_data(&error),
        };
        let words = || format!("{}: mined and refused in {hash}, {gas} gas", transaction.what);
        match data.map(|data| refused(transaction, data, Some((hash, gas)))) {
            Some(Ok(refused)) => refused.into(),
            Some(Err(error)) => error.context(words()),
            None => anyhow::anyhow!("{}; why cannot be said", words()),
        }
    }

    fn failure(&self, transaction: &Transaction, how: &str, error: &TransportError) -> anyhow::Error {
        anyhow::anyhow!("{}: {how} by {}: {}", transaction.what, self.node.url, of_node(error))
    }
}

fn refused(transaction: &Transaction, data: Bytes, mined: Option<(alloy::primitives::B256, u64)>) -> Result<Refused> {
    let words = Refusals::all().context("errors of this build")?.words(&data);
    Ok(Refused { what: transaction.what.clone(), words, data, mined })
}
