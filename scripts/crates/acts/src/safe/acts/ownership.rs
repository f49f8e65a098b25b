//! Handing an ownership over: the owner offers it, and whoever it is offered to takes it. Until then the owner can call
//! the offer off.

use alloy::primitives::Address;
use anyhow::Result;
use mrc53_abi::StakeAlignment;
use mrc53_console::failure::BadInput;
use mrc53_node::accounts;
use mrc53_node::connection::Connection;

use crate::safe::call::Call;
use crate::safe::plan::{Owned, Plan};

/// A contract and the accounts between which it is.
struct Offer {
    contract: Owned,
    at: Address,
    owner: Address,
    pending: Address,
}

/// Offers `contract`, or both, to `heir`; with nobody, calls the offers off.
pub(super) async fn transfer(connection: &Connection, contract: Option<Owned>, heir: Option<Address>) -> Result<Plan> {
    let offers = read_all(connection, contract).await?;
    if let Some(heir) = heir {
        require_account(connection, heir).await?;
    }
    let pending = heir.unwrap_or_default();
    let changed = |offer: &&Offer| offer.pending != pending && heir.is_none_or(|heir| offer.owner != heir);
    let changed: Vec<&Offer> = offers.iter().filter(changed).collect();
    let Some(from) = changed.first().map(|offer| offer.owner) else {
        return Err(BadInput::new(nothing_to_offer(&offers, heir)).into());
    };
    if let Some(other) = changed.iter().find(|offer| offer.owner != from) {
        return Err(BadInput::new(format!(
            "{} is owned by {from}, {} by {}: name one with --contract",
            name(changed[0]),
            name(other),
            other.owner
        ))
        .into());
    }
    let mut calls = Vec::new();
    let mut parts = Vec::new();
    for offer in changed {
        calls.push(Call::of(offer.at, StakeAlignment::abi::functions(), "transferOwnership", vec![pending.into()])?);
        let before =
            if offer.pending.is_zero() { String::new() } else { format!(" (offered to {} until then)", offer.pending) };
        parts.push(format!("{} at {}{before}", name(offer), offer.at));
    }
    let contracts = parts.join(" and of ");
    let (name, summary) = match heir {
        Some(heir) => (
            "transfer-ownership",
            format!(
                "{from} offers the ownership of {contracts} to {heir}. Nothing changes until {heir} takes it \
                 (safe accept-ownership); until then {from} calls it off (safe transfer-ownership --call-off). \
                 Afterwards only {heir} can give it back: look at every digit, for what is taken by nobody who can \
                 sign is lost."
            ),
        ),
        None => (
            "call-off-transfer",
            format!("{from} calls off the offer of the ownership of {contracts}, and stays the owner."),
        ),
    };
    Ok(Plan { name: name.into(), summary, from, calls })
}

/// A contract that can sign nothing never takes an ownership.
async fn require_account(connection: &Connection, heir: Address) -> Result<()> {
    if heir.is_zero() {
        return Err(BadInput::new(
            "the zero address takes no ownership, and none can be renounced; --call-off calls an offer off",
        )
        .into());
    }
    let inputs = &connection.book.inputs;
    let [token, diamond] = [&inputs.token, &inputs.diamond].map(|input| input.as_ref().map(|input| input.address));
    match accounts::cannot_act(connection, heir, token, diamond, &[]).await? {
        Some(name) => Err(BadInput::new(format!("{heir} is {name}, which can accept nothing")).into()),
        None => Ok(()),
    }
}

/// Why none of `offers` changes.
fn nothing_to_offer(offers: &[Offer], heir: Option<Address>) -> String {
    let Some(heir) = heir else { return "no ownership is offered to anybody: nothing to call off".into() };
    let words = offers.iter().map(|offer| {
        if offer.owner == heir {
            format!("{heir} owns {} already", name(offer))
        } else {
            format!("{} is offered to {heir} already", name(offer))
        }
    });
    format!("{}: nothing to do", words.collect::<Vec<_>>().join(", "))
}

pub(super) async fn accept(connection: &Connection, contract: Option<Owned>) -> Result<Plan> {
    let offers = read_all(connection, contract).await?;
    let open: Vec<&Offer> = offers.iter().filter(|offer| !offer.pending.is_zero()).collect();
    let Some(from) = open.first().map(|offer| offer.pending) else {
        let owners: Vec<String> = offers.iter().map(|offer| format!("{} of {}", offer.owner, name(offer))).collect();
        return Err(BadInput::new(format!(
            "no ownership is offered to anybody: the owner offers it first, with safe transfer-ownership ({})",
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

async fn read_all(connection: &Connection, contract: Option<Owned>) -> Result<Vec<Offer>> {
    let mut offers = Vec::new();
    for contract in contract.map_or(vec![Owned::StakeAlignment, Owned::RewardDistributor], |one| vec![one]) {
        offers.push(read(connection, contract).await?);
    }
    Ok(offers)
}

/// Both contracts answer alike.
async fn read(connection: &Connection, contract: Owned) -> Result<Offer> {
    let at = connection.book.address(contract.contract())?;
    let owner = connection.reader().view(at, StakeAlignment::ownerCall {}).await?;
    let pending = connection.reader().view(at, StakeAlignment::pendingOwnerCall {}).await?;
    Ok(Offer { contract, at, owner, pending })
}

fn name(offer: &Offer) -> &'static str {
    match offer.contract {
        Owned::StakeAlignment => "StakeAlignment",
        Owned::RewardDistributor => "RewardDistributor",
    }
}
