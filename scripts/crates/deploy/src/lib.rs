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
//! A suite whose sessions are on Base has its recorder and buckets there and its relay on Ethereum, by CREATE2 through the
//! factory that has one address everywhere: all its addresses are known before anything is sent, too, and none depends on
//! who sends. They come first, for `UsageProofs` is constructed with them.
//!
//! A contract that the book names, and that this clone builds otherwise, is not replaced in silence: stake and debts
//! live there. The user says which of these stay (`--keep`) and which are replaced (`--replace`). What owners have changed
//! since (owner, pool, minimum) is no difference, and the book follows the chain in it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`chains`] | the nodes of the chains that the suite stands on |
//! | `asking` | what is asked of the chain on the way |
//! | [`goal`] | what the suite is made of there: addresses, settings, salt |
//! | [`others`] | what a suite whose sessions are on Base starts from on the two other chains |
//! | [`restart`] | a local chain that was started anew |
//! | [`stand_in`] | a token and a Diamond for local chains |
//! | [`arguments`] | constructor arguments, and the views that answer them |
//! | [`first_day`] | from which day on a distributor can settle |
//! | [`piece`] | one contract: its address, code and transaction |
//! | [`checks`] | what must hold of the chain and the inputs before anything is sent |
//! | `bridge_checks` | the same of Base, its portal and Arbitrum's inbox |
//! | [`difference`] | in what a contract of the book differs |
//! | [`compare`] | what the chain and the book have of a contract |
//! | `asked` | what only owners change, asked for otherwise than it is |
//! | `lost_book` | a suite that stands and that no book knows |
//! | [`step`] | one contract of the plan, and what it costs |
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
mod asking;
mod bridge_checks;
pub mod chains;
pub mod checks;
pub mod compare;
pub mod difference;
pub mod execute;
pub mod first_day;
pub mod followed;
pub mod goal;
mod lost_book;
pub mod others;
pub mod piece;
pub mod plan;
pub mod price;
pub mod report;
pub mod restart;
pub mod stand_in;
pub mod step;
pub mod verify;

use alloy::primitives::Address;
use anyhow::Result;
use mrc53_node::connection::Connection;
use mrc53_wasm::Artifact;

use chains::Chains;
use goal::{Goal, Wishes};
use plan::Plan;

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
    let chains = Chains::connect(connection).await?;
    let is_restarted = restart::forget(connection, &chains).await?;
    let goal = Goal::of(connection, sender, wishes).await?;
    let plan = plan::plan(connection, chains, programs, &goal, sender, wishes).await?;
    Ok(Prepared { goal, plan, is_restarted })
}
