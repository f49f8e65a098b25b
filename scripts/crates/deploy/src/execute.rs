//! Doing what the plan says, one contract after the other, and writing each down before the next.

use alloy::primitives::B256;
use anyhow::{Context, Result, bail};
use mrc53_console::progress::Progress;
use mrc53_console::workspace::Workspace;
use mrc53_node::connection::Connection;
use mrc53_node::keys::Signer;
use mrc53_node::node::Node;
use mrc53_node::sender::{Sender, Sent, Unanswered, Unsigned};
use mrc53_suite::place::Place;

use super::asking::code_at;
use super::compare::Action;
use super::goal::Goal;
use super::piece::{Piece, abi_hash};
use super::plan::Plan;
use super::step::Step;
use super::verify::{Extent, verify};

/// What a failure in the middle leaves behind.
const GO_ON: &str = "not finished; what has been deployed stays, and the same command once more goes on from there";

/// What became of a contract.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The transaction that deployed it, if this run sent one.
    pub transaction: Option<B256>,
    /// Its block.
    pub block: Option<u64>,
    /// Gas that it used.
    pub gas: Option<u64>,
    /// The transaction that somebody else is to sign for it.
    pub unsigned: Option<Unsigned>,
}

/// Carries out `plan` for `goal`, signed by `signer`, and returns what became of each step. With an account instead
/// of a key, the transactions are in what is returned, to be signed in this order.
///
/// # Errors
/// A failure at the first contract that cannot be deployed or does not answer what it was constructed with. The book
/// then holds everything that was deployed before it.
pub async fn carry_out(
    connection: &mut Connection,
    workspace: &Workspace,
    signer: &Signer,
    goal: &Goal,
    plan: &Plan,
    progress: &Progress,
) -> Result<Vec<Outcome>> {
    fix(connection, goal)?;
    let commit = workspace.commit();
    let mut outcomes = Vec::new();
    for step in &plan.steps {
        let contract = &step.piece.contract;
        progress.detail(contract);
        let node = plan.chains.at(step.piece.place)?;
        let mut outcome = carry_out_step(connection, node, signer, step).await.context(GO_ON)?;
        if step.action == Action::Deploy && !step.is_sent() {
            // The contract before it has created it.
            let creator: Option<&Outcome> = outcomes.last();
            outcome.transaction = creator.and_then(|creator| creator.transaction);
            outcome.block = creator.and_then(|creator| creator.block);
        }
        let mined = outcome.transaction.zip(outcome.block);
        outcomes.push(outcome);
        if is_to_be_signed(signer, step) || matches!(step.action, Action::Done | Action::Kept | Action::Differs) {
            continue;
        }
        let chain_id = (node.place != Place::Arbitrum).then_some(node.chain_id);
        let record = step.piece.record(chain_id, commit.clone(), abi_hash(workspace.root(), contract), mined);
        connection.book.contracts.push(record);
        connection.save()?;
        let how = if mined.is_some() { "deployed" } else { "found" };
        progress.line(format!("{how} {contract} at {}", step.address));
    }
    Ok(outcomes)
}

/// Writes down what the addresses follow from, before anything is sent.
fn fix(connection: &mut Connection, goal: &Goal) -> Result<()> {
    let before = connection.book.clone();
    connection.book.inputs = goal.inputs(true);
    connection.book.settings = Some(goal.settings);
    connection.book.salt = Some(goal.salt.clone());
    if connection.book == before { Ok(()) } else { connection.save() }
}

/// Whether somebody else is to sign for `step`.
fn is_to_be_signed(signer: &Signer, step: &Step) -> bool {
    matches!(signer, Signer::Unsigned(_)) && step.action == Action::Deploy
}

async fn carry_out_step(connection: &Connection, node: &Node, signer: &Signer, step: &Step) -> Result<Outcome> {
    let (outcome, extent) = match step.action {
        Action::Kept | Action::Differs => return Ok(Outcome::default()),
        Action::Done | Action::Found => (Outcome::default(), Extent::Fixed),
        Action::Deploy if !step.is_sent() && matches!(signer, Signer::Unsigned(_)) => return Ok(Outcome::default()),
        Action::Deploy if !step.is_sent() => (Outcome::default(), Extent::Everything),
        Action::Deploy => {
            let outcome = deploy(connection, node, signer, step).await?;
            if outcome.unsigned.is_some() {
                return Ok(outcome);
            }
            (outcome, Extent::Everything)
        }
    };
    verify(node, &step.piece, step.address, extent).await?;
    Ok(outcome)
}

/// Sends the transaction of `step` and waits for it, or writes it down.
async fn deploy(connection: &Connection, node: &Node, signer: &Signer, step: &Step) -> Result<Outcome> {
    let cost = step.cost.with_context(|| format!("{} has not been priced", step.piece.contract))?;
    let sender = Sender::on(node.clone(), connection, signer.clone(), false);
    let sent = sender.send(&step.transaction(cost.value_wei)).await;
    match sent {
        Ok(Sent::Mined(receipt)) => Ok(Outcome {
            transaction: Some(receipt.transaction_hash),
            block: receipt.block_number,
            gas: Some(receipt.gas_used),
            unsigned: None,
        }),
        Ok(Sent::Unsigned(unsigned)) => {
            // As priced: the account that is to sign may not have the ether yet, nor the token its code.
            let unsigned = Unsigned { gas_limit: Some(node.gas_limit(cost.gas)), ..*unsigned };
            Ok(Outcome { unsigned: Some(unsigned), ..Outcome::default() })
        }
        Ok(Sent::Predicted { .. }) => bail!("{} was only predicted", step.piece.contract),
        // Somebody else was faster, or an answer got lost: at this address it can only be the same contract.
        Err(error) if is_there(node, &step.piece).await => {
            let transaction = error.downcast_ref::<Unanswered>().map(|unanswered| unanswered.hash);
            Ok(Outcome { transaction, ..Outcome::default() })
        }
        Err(error) => Err(error),
    }
}

async fn is_there(node: &Node, piece: &Piece) -> bool {
    code_at(node, piece.address).await.is_ok_and(|code| code == piece.code)
}
