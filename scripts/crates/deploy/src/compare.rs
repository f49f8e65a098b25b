//! What the chain and the book have of a contract, against what is wanted.

use alloy::primitives::{Address, keccak256};
use anyhow::Result;
use mrc53_console::failure::BadInput;
use mrc53_node::book::Record;
use mrc53_node::connection::Connection;
use mrc53_node::node::Node;
use mrc53_suite::contract::Contract;
use serde::Serialize;

use super::asking::{code_at, view};
use super::difference::Difference;
use super::goal::Wishes;
use super::piece::Piece;

/// The arguments by which contracts of one suite are tied together.
const WIRING: [&str; 6] = ["token", "alignment", "recorder", "relay", "buckets", "codeHash"];

/// What is to be done about a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Nothing: it stands, and is in the book.
    Done,
    /// It stands at its address, and only has to be written into the book.
    Found,
    /// It has to be deployed.
    Deploy,
    /// The one in the book differs, and stays: the user said so.
    Kept,
    /// The one in the book differs, and the user has not said what to do about it.
    Differs,
}

/// How a contract stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What is to be done.
    pub action: Action,
    /// Where the contract in use stands or is to stand.
    pub address: Address,
    /// In what the one in the book differs, in words.
    pub differences: Vec<Difference>,
    /// The one in the book, if it makes room.
    pub replaces: Option<Address>,
}

/// How `piece` stands on its chain, whose node is `node`, and in the book, under what the user wishes.
///
/// # Errors
/// [`BadInput`] if the book names an address without code, something else has the piece's address, or a contract to be
/// kept belongs to another suite. A failure if
/// the node does not answer.
pub async fn standing(connection: &Connection, node: &Node, piece: &Piece, wishes: &Wishes) -> Result<Standing> {
    let found = code_at(node, piece.address).await?;
    if !found.is_empty() && found != piece.code {
        let (contract, address) = (&piece.contract, piece.address);
        return Err(BadInput::new(format!("{address}, where {contract} belongs, has other code")).into());
    }
    let fresh = if found.is_empty() { Action::Deploy } else { Action::Found };
    let at = |action, address| Standing { action, address, differences: Vec::new(), replaces: None };
    let Some(record) = connection.book.newest_named(&piece.contract) else { return Ok(at(fresh, piece.address)) };
    if record.address == piece.address && fresh == Action::Found {
        return Ok(at(Action::Done, piece.address));
    }
    let named = |names: &[String]| names.contains(&piece.contract);
    let differences = differences(connection, node, piece, record, named(&wishes.replace)).await?;
    if differences.is_empty() {
        return Ok(at(Action::Done, record.address));
    }
    // A stand-in holds nothing of value.
    if named(&wishes.replace) || piece.is_stand_in() {
        return Ok(Standing { replaces: Some(record.address), differences, ..at(fresh, piece.address) });
    }
    if named(&wishes.keep) {
        require_wiring(piece, &differences)?;
    }
    let action = if named(&wishes.keep) { Action::Kept } else { Action::Differs };
    Ok(Standing { differences, ..at(action, record.address) })
}

/// In what the contract in the book differs from `piece`. What its owner can change is a difference only if the contract
/// is to be replaced, and if it is neither what the contract was constructed with nor what it has now.
async fn differences(
    connection: &Connection,
    node: &Node,
    piece: &Piece,
    record: &Record,
    is_replaced: bool,
) -> Result<Vec<Difference>> {
    let code = code_at(node, record.address).await?;
    if code.is_empty() {
        let (folder, contract, address) = (connection.folder.display(), &piece.contract, record.address);
        return Err(BadInput::new(format!(
            "the book in {folder} has {contract} at {address}, where no code is: another chain, or a damaged book"
        ))
        .into());
    }
    let mut differences = Vec::new();
    let (there, here) = (keccak256(&code), piece.code_hash());
    if there != here {
        differences.push(Difference::Code { there, here });
    }
    for wanted in &piece.arguments {
        let kept = record.constructor.iter().find(|kept| kept.name == wanted.name);
        let kept = kept.map_or("not recorded", |kept| &kept.value);
        let is_counted = wanted.is_fixed || (is_replaced && !is_scheduled(piece, wanted.name));
        if kept != wanted.value && is_counted {
            let now = view(node, record.address, &wanted.view).await?;
            if !wanted.is_fixed && now.is_ok_and(|now| wanted.is_answered_by(&now)) {
                continue;
            }
            let (name, there, wanted) = (wanted.name, kept.to_owned(), wanted.value.clone());
            differences.push(Difference::Argument { name, there, wanted });
        }
    }
    Ok(differences)
}

/// A contract that is wired otherwise than the rest cannot stay beside it.
fn require_wiring(piece: &Piece, differences: &[Difference]) -> Result<(), BadInput> {
    let miswired = differences.iter().find(|it| WIRING.iter().any(|name| it.is_of(name)));
    match miswired {
        Some(difference) => Err(BadInput::new(format!("{} cannot be kept: {difference}", piece.contract))),
        None => Ok(()),
    }
}

/// Whether another value is no difference: a distributor is given its later calculators by schedule.
fn is_scheduled(piece: &Piece, argument: &str) -> bool {
    piece.is(Contract::RewardDistributor) && argument == "calculator"
}
