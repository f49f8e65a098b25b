//! Taking an ownership that was offered: the second of the two steps in which it is handed over.

use alloy::primitives::Address;
use anyhow::Result;

use super::{Owned, Plan};
use crate::chain::abi::StakeAlignment;
use crate::chain::client::view;
use crate::failure::BadInput;
use crate::network::connection::Connection;
use crate::safe::call::Call;

/// A contract and the accounts between which it is.
struct Offer {
    contract: Owned,
    at: Address,
    owner: Address,
    pending: Address,
}

pub(super) async fn accept(connection: &Connection, contract: Option<Owned>) -> Result<Plan> {
    let asked = contract.map_or(vec![Owned::StakeAlignment, Owned::RewardDistributor], |one| vec![one]);
    let mut offers = Vec::new();
    for contract in asked {
        offers.push(read(connection, contract).await?);
    }
    let open: Vec<&Offer> = offers.iter().filter(|offer| !offer.pending.is_zero()).collect();
    let Some(from) = open.first().map(|offer| offer.pending) else {
        let owners: Vec<String> = offers.iter().map(|offer| format!("{} of {}", offer.owner, name(offer))).collect();
        return Err(BadInput::new(format!(
            "no ownership is offered to anybody: the owner offers it with transferOwnership first ({})",
            owners.join(", ")
        ))
        .into());
    };
    if let Some(other) = open.iter().find(|offer| offer.pending != from) {
        return Err(BadInput::new(format!(
            "{} is offered to {from}, {} to {}: name one with --contract",
            name(open[0]),
            name(other),
            other.pending
        ))
        .into());
    }
    let mut calls = Vec::new();
    let mut parts = Vec::new();
    for offer in open {
        calls.push(Call::of(offer.at, StakeAlignment::abi::functions(), "acceptOwnership", Vec::new())?);
        parts.push(format!("{} at {} (owned by {} until then)", name(offer), offer.at, offer.owner));
    }
    let summary = format!(
        "{from} takes the ownership of {}. Nothing else changes; what an owner may do is in PERMISSIONS.md.",
        parts.join(" and of ")
    );
    Ok(Plan { name: "accept-ownership".into(), summary, from, calls })
}

/// Both contracts answer alike.
async fn read(connection: &Connection, contract: Owned) -> Result<Offer> {
    let at = connection.book.address(contract.package())?;
    let answers = StakeAlignment::new(at, &connection.provider);
    let owner = view("owner()", at, answers.owner().call().into_future()).await?;
    let pending = view("pendingOwner()", at, answers.pendingOwner().call().into_future()).await?;
    Ok(Offer { contract, at, owner, pending })
}

fn name(offer: &Offer) -> &'static str {
    match offer.contract {
        Owned::StakeAlignment => "StakeAlignment",
        Owned::RewardDistributor => "RewardDistributor",
    }
}
