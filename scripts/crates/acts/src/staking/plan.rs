//! An act on the chain as it is. It is tried there before anything is sent, so the contract's own rules decide; what it
//! refuses is said in words.

use alloy::primitives::{Address, Bytes, U256};
use alloy::sol_types::{SolCall, SolError};
use anyhow::{Result, bail};
use mrc53_abi::Erc20::{allowanceCall, balanceOfCall};
use mrc53_abi::{MorToken, StakeAlignment};
use mrc53_console::failure::BadInput;
use mrc53_console::show::trimmed;
use mrc53_node::accounts;
use mrc53_node::connection::Connection;
use mrc53_node::no_value::NoValue;
use mrc53_node::sender::Transaction;
use mrc53_suite::contract::Contract;

use super::act::Act;
use super::operator::Operator;
use super::refusal::{in_words, not_registered};
use super::state::State;

/// What is wanted of a subnet, once it does not look like a mistake of units, or is said to be none.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    subnet: Address,
    act: Act,
}

impl Wish {
    /// `act` about `subnet`; what looks like a mistake of units only if it `is_meant`.
    ///
    /// # Errors
    /// [`BadInput`] that names the option by which it is meant.
    pub fn new(subnet: Address, act: Act, is_meant: bool) -> Result<Self, BadInput> {
        if !is_meant {
            act.ask_back()?;
        }
        Ok(Self { subnet, act })
    }
}

/// What is to be sent, and what has to be known before.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Who sends it.
    pub account: Address,
    /// Where `StakeAlignment` stands.
    pub alignment: Address,
    /// How everything stood.
    pub before: State,
    /// What cannot be undone, until when something is locked, who gets what: a sentence each.
    pub notes: Vec<String>,
    /// The calls, in order.
    pub transactions: Vec<Transaction>,
}

impl Plan {
    /// Plans `wish` for `account`; for the subnet's operator if none is named.
    ///
    /// # Errors
    /// [`BadInput`] if nobody is named who stakes, or the contract will never accept it; a failure if it does not accept
    /// it now, the account has too little MOR, or the node does not answer.
    pub async fn new(connection: &Connection, account: Option<Address>, wish: Wish) -> Result<Self> {
        let Wish { subnet, act } = wish;
        let alignment = connection.book.address(Contract::StakeAlignment)?;
        let account = match account {
            Some(account) => account,
            None if act.is_operators() => Operator::of(connection, subnet).await?.signer(),
            None => {
                return Err(BadInput::new("whose stake is it? --unsigned-from ADDRESS says so without a key").into());
            }
        };
        if let Some(receiver) = act.receiver() {
            require_payable(connection, receiver).await?;
        }
        let before = State::read(connection, alignment, subnet, account).await?;
        let wei = match act {
            Act::Stake(wei) | Act::Withdraw(Some(wei)) => wei,
            Act::Withdraw(None) if before.account_stake_wei == 0 => {
                return Err(BadInput::new(format!("{account} has nothing staked toward {subnet}")).into());
            }
            Act::Withdraw(None) => U256::from(before.account_stake_wei),
            Act::Register { .. } | Act::SetReceiver(_) | Act::SetFee(_) => U256::ZERO,
        };
        let main = transaction(act.words(subnet, wei), alignment, act.call(subnet, wei));
        // Said before the account is asked for MOR: more of it would not help.
        if matches!(act, Act::Stake(_)) && before.registration.is_none() {
            return Err(BadInput::new(format!("{}: {}", main.what, not_registered(subnet))).into());
        }
        let approval =
            if matches!(act, Act::Stake(_)) { approval(connection, alignment, account, wei).await? } else { None };
        let mut notes = act.notes(&before, wei);
        notes
            .extend(approval.as_ref().map(|_| format!("StakeAlignment is allowed exactly {} MOR first", trimmed(wei))));
        let refusal = tried(connection, account, &main).await?;
        // Before the approval it is the token that refuses: the contract has had nothing against it.
        let is_expected =
            |data: &Bytes| approval.is_some() && data.starts_with(&StakeAlignment::TokenTransferFailed::SELECTOR);
        if let Some(data) = refusal.filter(|data| !is_expected(data)) {
            return Err(in_words(connection, &main.what, &before, &data).await?);
        }
        let transactions = approval.into_iter().chain([main]).collect();
        Ok(Self { account, alignment, before, notes, transactions })
    }
}

/// The approval without which `wei` MOR wei of `account` cannot be staked; none if there is one.
///
/// # Errors
/// Fails if the account has less, or the node does not answer; [`BadInput`] if a contract does not answer as it should.
async fn approval(
    connection: &Connection,
    alignment: Address,
    account: Address,
    wei: U256,
) -> Result<Option<Transaction>> {
    let reader = connection.reader();
    let token = reader.view(alignment, StakeAlignment::tokenCall {}).await?;
    let have = reader.view(token, balanceOfCall { account }).await?;
    if have < wei {
        let (have, need, missing) = (trimmed(have), trimmed(wei), trimmed(wei - have));
        bail!("{account} has {have} MOR and stakes {need}: {missing} more are needed");
    }
    let allowed = reader.view(token, allowanceCall { owner: account, spender: alignment }).await?;
    let call = MorToken::approveCall { spender: alignment, value: wei };
    let what = format!("allowance of exactly {} MOR for StakeAlignment {alignment}", trimmed(wei));
    Ok((allowed < wei).then(|| transaction(what, token, call.abi_encode().into())))
}

/// What `transaction` of `account` is refused with on the chain as it is; nothing if it is accepted. Nothing is sent.
async fn tried(connection: &Connection, account: Address, transaction: &Transaction) -> Result<Option<Bytes>> {
    match connection.reader().by(account).bytes(transaction.to, transaction.data.clone()).await {
        Ok(_) => Ok(None),
        Err(NoValue::Refused(data)) => Ok(Some(data)),
        Err(NoValue::Node(error)) => {
            Err(connection.url.blame(&format!("whether the {} is accepted", transaction.what), &error))
        }
        Err(no) => Err(no.into()),
    }
}

/// Refuses a receiver from which nothing ever comes back.
async fn require_payable(connection: &Connection, receiver: Address) -> Result<()> {
    let inputs = &connection.book.inputs;
    let [token, diamond] = [&inputs.token, &inputs.diamond].map(|input| input.as_ref().map(|it| it.address));
    match accounts::cannot_act(connection, receiver, token, diamond, &[]).await? {
        Some(name) => Err(BadInput::new(format!(
            "{receiver} is {name}, which keeps for ever what it is paid: name another receiver"
        ))
        .into()),
        None => Ok(()),
    }
}

fn transaction(what: String, to: Address, data: Bytes) -> Transaction {
    Transaction { what, to, value: U256::ZERO, data }
}
