//! The suite onto a network, from wherever it stands there.
//!
//! Every address is known before anything is sent. `StylusDeployer` deploys by CREATE2 where it is given a salt, and
//! hashes the salt with the constructor call, so that an address follows from wasm, constructor arguments and salt,
//! never from who sends or when. Hence one question decides what to do, for each contract in the order in which they
//! know of each other: is the right code at its address? If so it is done, whoever put it there, and with these very
//! arguments, because deploying, activating and constructing are one transaction. If not, it is deployed.
//!
//! What could make an address move between two runs (the first day, the owner, the pool, the salt) is written into
//! the book before the first transaction. So whatever interrupts a run (the node, the machine, Ctrl-C, between
//! sending and writing it down) is healed by running again: contracts are found at their addresses, and the book is
//! completed.
//!
//! A contract that the book names, and that this clone builds otherwise, is not replaced in silence: stake and debts
//! live there. The user says which of these stay (`--keep`) and which are replaced (`--replace`). What owners have changed
//! since (owner, pool, minimum) is no difference, and the book follows the chain in it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`goal`] | what the suite is made of there: addresses, settings, salt |
//! | [`restart`] | a local chain that was started anew |
//! | [`stand_in`] | a token and a Diamond for local chains |
//! | [`arguments`] | constructor arguments, and the views that answer them |
//! | [`first_day`] | from which day on a distributor can settle |
//! | [`piece`] | one contract: its address, code and transaction |
//! | [`checks`] | what must hold of the chain and the inputs before anything is sent |
//! | [`compare`] | what the chain and the book have of a contract |
//! | `asked` | what only owners change, asked for otherwise than it is |
//! | `lost_book` | a suite that stands and that no book knows |
//! | [`plan`] | what is to be done |
//! | [`price`] | gas, data fees and refusals, asked of the chain |
//! | [`execute`] | doing it |
//! | [`verify`] | reading back what was done |
//! | [`report`] | the plan in words |
//! | [`followed`] | what changes in the book because owners have changed it |
//!
//! Knows `mrc53-wasm`, `mrc53-node`, `mrc53-abi`, `mrc53-suite` and `mrc53-console`; the command line may know it.
//!
//! The crate `stylus-tools` of cargo-stylus is not used: it speaks alloy 1 and brings a second wasm engine, where
//! these tools are on alloy 2; and its deployment knows neither plan nor resumption.

pub mod arguments;
mod asked;
pub mod checks;
pub mod compare;
pub mod execute;
pub mod first_day;
pub mod followed;
pub mod goal;
mod lost_book;
pub mod piece;
pub mod plan;
pub mod price;
pub mod report;
pub mod restart;
pub mod stand_in;
pub mod verify;

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, Bytes};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::SolError;
use alloy::transports::{RpcError, TransportErrorKind};
use anyhow::Result;
use mrc53_abi::StylusDeployer;
use mrc53_abi::refusal::Refusals;
use mrc53_node::answers::revert_data;
use mrc53_node::connection::Connection;
use mrc53_node::terms;
use mrc53_wasm::Artifact;

use self::goal::{Goal, Wishes};
use self::plan::Plan;

/// What is wanted on a chain, and what is to be done for it.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// What is wanted.
    pub goal: Goal,
    /// What is to be done.
    pub plan: Plan,
    /// Whether a local chain was started anew, so that its book starts anew too.
    pub is_restarted: bool,
}

/// Finds out what is to be done with `programs` under `wishes`, sent by `sender`; sends and writes nothing.
///
/// # Errors
/// [`mrc53_console::failure::BadInput`] if something is not as it must be, a failure if the node does not answer.
pub async fn prepare(
    connection: &mut Connection,
    programs: &[Artifact],
    sender: Address,
    wishes: &Wishes,
) -> Result<Prepared> {
    let is_restarted = restart::forget(connection).await?;
    let goal = Goal::of(connection, sender, wishes).await?;
    let plan = plan::plan(connection, programs, &goal, sender, wishes).await?;
    Ok(Prepared { goal, plan, is_restarted })
}

/// What a node answered, or a failure that names the node and what it was asked for.
fn asking<T>(connection: &Connection, what: &str, answer: Result<T, RpcError<TransportErrorKind>>) -> Result<T> {
    answer.map_err(|error| connection.url.blame(what, &error))
}

/// The code at `address`.
async fn code_at(connection: &Connection, address: Address) -> Result<Bytes> {
    asking(connection, &format!("the code at {address}"), connection.provider.get_code_at(address).await)
}

/// What `to` answers `data`, or the data that it reverts with.
async fn view(connection: &Connection, to: Address, data: &Bytes) -> Result<Result<Bytes, Bytes>> {
    let request = TransactionRequest::default().with_to(to).with_input(data.clone());
    match connection.provider.call(request).await {
        Ok(answer) => Ok(Ok(answer)),
        Err(error) => match revert_data(&error) {
            Some(data) => Ok(Err(data)),
            None => asking(connection, &format!("a call of {to}"), Err(error)),
        },
    }
}

/// What a refusal says; a constructor's own, where the deployer passes it on.
fn words(data: &Bytes) -> String {
    let passed_on = StylusDeployer::ContractInitializationError::abi_decode(data);
    let data = passed_on.map_or_else(|_| data.clone(), |passed_on| passed_on.data);
    if let Some(words) = terms::refused(&data) {
        return words;
    }
    Refusals::all().map_or_else(|_| data.to_string(), |refusals| refusals.words(&data))
}
