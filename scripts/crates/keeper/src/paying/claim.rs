//! Claiming: what is owed to operators and stakers, paid from the Compute pool as far as it goes. What each is owed is
//! read of many subnets at once, and nothing is sent where nothing is owed.

use alloy::primitives::{Address, B256, U256};
use alloy::rpc::types::TransactionReceipt;
use alloy::sol_types::{SolCall, SolEvent};
use anyhow::{Context, Result};
use mrc53_abi::Erc20::{allowanceCall, balanceOfCall};
use mrc53_abi::RewardDistributor::{
    OperatorPaid, StakerPaid, alignmentCall, claimCall, claimStakeCall, claimingPausedCall, computePoolCall,
    operatorAccountCall, stakerOwedCall, tokenCall,
};
use mrc53_abi::StakeAlignment::{stakeOfCall, subnetCall};
use mrc53_console::failure::BadInput;
use mrc53_console::show::count;
use mrc53_node::connection::Connection;
use mrc53_node::no_value::NoValue;
use mrc53_node::patience;
use mrc53_node::reader::Reader;
use mrc53_node::sender::{Sender, Sent, Transaction};
use mrc53_node::sent::ends_run;
use mrc53_node::words;
use mrc53_suite::contract::Contract;

/// Who is to be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payee {
    /// The operator's receiver of this moment.
    Operator,
    /// This staker.
    Staker(Address),
}

/// What became of a debt. Amounts in MOR wei.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The subnet that earned it.
    pub subnet: Address,
    /// Who is paid.
    pub to: Address,
    /// Paid.
    pub paid: U256,
    /// What is owed now, on settled days.
    pub owed: U256,
    /// What of it would be paid, where nothing is sent.
    pub would_pay: U256,
    /// The transactions that paid it.
    pub transactions: Vec<B256>,
    /// Their gas.
    pub gas: u64,
    /// Why it was not paid, where that is not the pool.
    pub problem: Option<String>,
}

/// What a subnet owes before anything is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Debt {
    /// The subnet.
    pub subnet: Address,
    /// Who is to be paid.
    pub to: Address,
    /// What is owed after walking as many changes as one transaction does, MOR wei.
    pub owed: U256,
    /// Whether that is all.
    pub is_all: bool,
}

impl Line {
    /// What stays owed: now, or once what is planned has been paid.
    #[must_use]
    pub fn stays(&self) -> U256 {
        self.owed - self.would_pay
    }
}

/// The Compute pool as the distributor sees it. Amounts in MOR wei.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Its account.
    pub address: Address,
    /// What it holds.
    pub balance: U256,
    /// What the distributor may take.
    pub allowance: U256,
}

impl Pool {
    /// What can be paid.
    #[must_use]
    pub fn available(&self) -> U256 {
        self.balance.min(self.allowance)
    }

    /// The pool after `amount` was paid.
    fn less(self, amount: U256) -> Self {
        // An allowance without end does not run down.
        let allowance = if self.allowance == U256::MAX { U256::MAX } else { self.allowance.saturating_sub(amount) };
        Self { balance: self.balance.saturating_sub(amount), allowance, ..self }
    }
}

/// Claims.
#[derive(Debug)]
pub struct Claimer<'a> {
    connection: &'a Connection,
    sender: &'a Sender<'a>,
    distributor: Address,
    max_changes: u32,
}

impl<'a> Claimer<'a> {
    /// For the distributor in use on `connection`; at most `max_changes` (at least 1) changes of a stake are walked in
    /// a transaction.
    ///
    /// # Errors
    /// [`BadInput`] if no distributor has been deployed there.
    pub fn new(connection: &'a Connection, sender: &'a Sender<'a>, max_changes: u32) -> Result<Self> {
        let distributor = connection.book.address(Contract::RewardDistributor)?;
        Ok(Self { connection, sender, distributor, max_changes })
    }

    /// The Compute pool now.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn pool(&self) -> Result<Pool> {
        let (reader, spender) = (self.reader(), self.distributor);
        let address = reader.ask(self.distributor, computePoolCall {}).await.context("computePool")?;
        let token = reader.ask(self.distributor, tokenCall {}).await.context("token")?;
        let balance = reader.ask(token, balanceOfCall { account: address }).await.context("balanceOf")?;
        let allowance = reader.ask(token, allowanceCall { owner: address, spender }).await.context("allowance")?;
        Ok(Pool { address, balance, allowance })
    }

    /// What `subnets` owe `payee`, the largest debt first.
    ///
    /// # Errors
    /// Fails if the node or a contract does not answer.
    pub async fn debts(&self, subnets: &[Address], payee: Payee) -> Result<Vec<Debt>> {
        let (reader, distributor) = (self.reader(), self.distributor);
        let owed: Vec<(U256, bool)> = match payee {
            Payee::Operator => {
                let calls: Vec<_> = subnets.iter().map(|subnet| operatorAccountCall { subnet: *subnet }).collect();
                answers("operatorAccount", reader.each(distributor, &calls).await?, |it| (it.owed, true))?
            }
            Payee::Staker(staker) => {
                let call = |subnet: &Address| stakerOwedCall { subnet: *subnet, staker, maxChanges: self.max_changes };
                let calls: Vec<_> = subnets.iter().map(call).collect();
                answers("stakerOwed", reader.each(distributor, &calls).await?, |it| (it.owed, it.complete))?
            }
        };
        let receivers = match payee {
            Payee::Staker(staker) => vec![staker; subnets.len()],
            Payee::Operator => {
                let alignment = self.alignment().await?;
                let calls: Vec<_> = subnets.iter().map(|subnet| subnetCall { subnet: *subnet }).collect();
                let registrations = reader.each(alignment, &calls).await?;
                answers("StakeAlignment.subnet", registrations, |it| it.receiver)?
            }
        };
        let all = subnets.iter().zip(receivers).zip(owed);
        let debt = |((subnet, to), (owed, is_all)): ((&Address, Address), (U256, bool))| Debt {
            subnet: *subnet,
            to,
            owed,
            is_all,
        };
        let mut debts: Vec<Debt> = all.map(debt).collect();
        debts.sort_by_key(|debt| std::cmp::Reverse(debt.owed));
        Ok(debts)
    }

    /// Checks that `staker` has ever staked toward one of `subnets`, if none of `debts` is one: an address that was
    /// mistyped is owed nothing either.
    ///
    /// # Errors
    /// [`BadInput`] if it has not; fails if the node or a contract does not answer.
    pub async fn require_staker(&self, subnets: &[Address], staker: Address, debts: &[Debt]) -> Result<()> {
        if subnets.is_empty() || debts.iter().any(|debt| !debt.owed.is_zero() || !debt.is_all) {
            return Ok(());
        }
        let alignment = self.alignment().await?;
        let calls: Vec<_> = subnets.iter().map(|subnet| stakeOfCall { subnet: *subnet, staker }).collect();
        let locks = self.reader().each(alignment, &calls).await?;
        // The end of a lock stays when the stake is gone.
        if answers("StakeAlignment.stakeOf", locks, |it| it.unlockAt > 0)?.contains(&true) {
            return Ok(());
        }
        let whom = match subnets {
            [subnet] => subnet.to_string(),
            several => format!("any of {}", count(several.len(), "subnet")),
        };
        Err(BadInput::new(format!("{staker} has never staked toward {whom}: is it the right address?")).into())
    }

    /// Pays `payee` what `debt` says, of what `pool` has available, and takes it from `pool`.
    ///
    /// Sends nothing if nothing is owed or nothing is available. A staker's stake changes are walked to the last.
    ///
    /// # Errors
    /// [`NoEther`](mrc53_node::sender::NoEther) if the sender has too little, nothing sent yet; fails if the node does
    /// not answer and nothing has been sent. What else stands in the way is the line's problem.
    pub async fn claim(&self, debt: Debt, payee: Payee, pool: &mut Pool) -> Result<Line> {
        let (none, Debt { subnet, to, .. }) = (U256::ZERO, debt);
        let (transactions, problem) = (Vec::new(), None);
        let mut line = Line { subnet, to, paid: none, owed: none, would_pay: none, transactions, gas: 0, problem };
        let mut left = Some((debt.owed, debt.is_all));
        loop {
            match patience::again(async || self.step(&mut line, &mut left, payee, pool).await).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) if ends_run(&error) && line.transactions.is_empty() => return Err(error),
                Err(error) => {
                    line.problem = Some(words::of(&error));
                    break;
                }
            }
        }
        if debt.owed.is_zero() && debt.is_all {
            return Ok(line);
        }
        // That what is owed now cannot be read must not hide what was paid.
        match self.owed(subnet, payee, u32::MAX).await {
            Ok((owed, _)) => line.owed = owed,
            Err(error) if line.transactions.is_empty() => return Err(error),
            Err(error) => drop(line.problem.get_or_insert(words::of(&error))),
        }
        Ok(line)
    }

    /// Claims once and says whether more is to be walked. `left` is what is owed and whether that is all, as far as it
    /// is known.
    async fn step(
        &self,
        line: &mut Line,
        left: &mut Option<(U256, bool)>,
        payee: Payee,
        pool: &mut Pool,
    ) -> Result<bool> {
        let (owed, is_all) = match *left {
            Some(left) => left,
            None => self.owed(line.subnet, payee, self.max_changes).await?,
        };
        if owed.is_zero() && is_all {
            return Ok(false);
        }
        if self.reader().ask(self.distributor, claimingPausedCall {}).await.context("claimingPaused")? {
            line.problem = Some("claiming is paused".into());
            return Ok(false);
        }
        if pool.available().is_zero() {
            return Ok(false);
        }
        match self.sender.send(&self.transaction(line.subnet, payee)).await? {
            Sent::Mined(receipt) => {
                let paid = self.read(&receipt);
                line.transactions.push(receipt.transaction_hash);
                line.gas += receipt.gas_used;
                line.paid += paid;
                *pool = pool.less(paid);
                *left = None;
                Ok(!is_all)
            }
            Sent::Predicted { .. } | Sent::Unsigned(_) => {
                let all = self.owed(line.subnet, payee, u32::MAX).await?.0;
                line.would_pay = all.min(pool.available());
                *pool = pool.less(line.would_pay);
                Ok(false)
            }
        }
    }

    /// What is owed after walking at most `max_changes` changes, and whether that is all.
    async fn owed(&self, subnet: Address, payee: Payee, max_changes: u32) -> Result<(U256, bool)> {
        match payee {
            Payee::Operator => {
                let account = self.reader().ask(self.distributor, operatorAccountCall { subnet }).await;
                Ok((account.context("operatorAccount")?.owed, true))
            }
            Payee::Staker(staker) => {
                let call = stakerOwedCall { subnet, staker, maxChanges: max_changes };
                let answer = self.reader().ask(self.distributor, call).await.context("stakerOwed")?;
                Ok((answer.owed, answer.complete))
            }
        }
    }

    fn transaction(&self, subnet: Address, payee: Payee) -> Transaction {
        let (what, data) = match payee {
            Payee::Operator => (format!("claim of {subnet}"), claimCall { subnet }.abi_encode()),
            Payee::Staker(staker) => {
                let call = claimStakeCall { subnet, staker, maxChanges: self.max_changes };
                (format!("claim of {staker} toward {subnet}"), call.abi_encode())
            }
        };
        Transaction { what, to: self.distributor, value: U256::ZERO, data: data.into() }
    }

    /// What `receipt` says was paid.
    fn read(&self, receipt: &TransactionReceipt) -> U256 {
        let logs = receipt.logs().iter().map(|log| &log.inner).filter(|log| log.address == self.distributor);
        let paid = logs.filter_map(|log| {
            let operator = OperatorPaid::decode_log(log).map(|event| event.amount);
            operator.or_else(|_| StakerPaid::decode_log(log).map(|event| event.amount)).ok()
        });
        paid.sum()
    }

    fn reader(&self) -> Reader<'a> {
        self.connection.reader()
    }

    /// `StakeAlignment`, as the distributor has it.
    async fn alignment(&self) -> Result<Address> {
        self.reader().ask(self.distributor, alignmentCall {}).await.context("alignment")
    }
}

/// What `read` finds in each of `answered`, or the first that did not answer, called `view`.
fn answers<T, V>(view: &str, answered: Vec<Result<T, NoValue>>, read: impl Fn(T) -> V) -> Result<Vec<V>> {
    let value = |answer: Result<T, NoValue>| answer.map(&read);
    answered.into_iter().map(value).map(|it| it.map_err(|no| anyhow::anyhow!("{view}: {}", no.words()))).collect()
}
