//! What is to be done about each contract, and what it costs.

use alloy::primitives::{Address, U256, keccak256};
use alloy::providers::Provider;
use anyhow::{Context, Result};
use mrc53_abi::abroad;
use mrc53_console::failure::BadInput;
use mrc53_node::connection::Connection;
use mrc53_node::sender::NoEther;
use mrc53_suite::contract::Contract;
use mrc53_suite::place::{Abroad, Place};
use mrc53_wasm::Artifact;

use super::arguments::{self, Addresses};
use super::asking::{asking, code_at};
use super::chains::Chains;
use super::compare::{self, Action};
use super::goal::{Goal, Wishes};
use super::others::Others;
use super::piece::Piece;
use super::price::price;
use super::step::Step;
use super::{asked, checks, first_day, lost_book};

/// What is to be done, contract by contract.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The chains.
    pub chains: Chains,
    /// One for each contract and stand-in, in the order of deployment.
    pub steps: Vec<Step>,
    /// The sender's ether on Arbitrum, wei.
    pub balance_wei: U256,
    /// What the sender must have there for all of it, wei; part of it comes back.
    pub need_wei: U256,
    /// The same on the other chains.
    pub elsewhere: Vec<Funds>,
    /// What the node could not be asked for, in words; nothing if the user knows it.
    pub unsearched: Option<String>,
}

/// What the sender has on a chain, and must have there.
#[derive(Clone, Debug)]
pub struct Funds {
    /// The chain.
    pub place: Place,
    /// Its ether there, wei.
    pub balance_wei: U256,
    /// What it must have there for all of it, wei.
    pub need_wei: U256,
}

/// Finds out what is to be done for `goal` with `programs`, sent by `sender`; sends nothing.
///
/// # Errors
/// [`BadInput`] if a check fails, a program does not activate, a constructor refuses, a distributor is to be replaced
/// without another first day, or it could not begin on that day. A failure if the node does not answer.
pub async fn plan(
    connection: &Connection,
    chains: Chains,
    programs: &[Artifact],
    goal: &Goal,
    sender: Address,
    wishes: &Wishes,
) -> Result<Plan> {
    first_day::require_emission(goal.settings.first_day)?;
    checks::inputs(connection, &chains, goal).await?;
    let mut steps = Vec::new();
    for stand_in in &goal.stand_ins {
        steps.push(step(connection, &chains, Piece::stand_in(stand_in), wishes).await?);
    }
    let mut at = Addresses::default();
    if let Some(others) = &goal.others {
        for piece in abroad(goal, others)? {
            let step = step(connection, &chains, piece, wishes).await?;
            match Abroad::of_package(&step.piece.contract) {
                Some(Abroad::UsageBuckets) => {
                    require_created(&steps, &step)?;
                    let stays = matches!(step.action, Action::Kept | Action::Differs);
                    let kept = if stays {
                        code_at(chains.at(Place::Base)?, step.address).await?
                    } else {
                        step.piece.code.clone()
                    };
                    (at.buckets, at.buckets_code_hash) = (step.address, keccak256(kept));
                }
                Some(Abroad::RootRelay) => at.relay = step.address,
                Some(Abroad::SessionRecorder) | None => {}
            }
            steps.push(step);
        }
    }
    for contract in connection.network.contracts() {
        let package = contract.package();
        let program = programs.iter().find(|program| program.contract == package);
        let program = program.with_context(|| format!("{package} has not been built"))?;
        let arguments = arguments::of(contract, goal, &at);
        let piece = Piece::program(connection, program, arguments, goal.salt_hash()).await?;
        let step = step(connection, &chains, piece, wishes).await?;
        require_another_first_day(&step)?;
        match contract {
            Contract::StakeAlignment => at.alignment = step.address,
            Contract::SessionRecorder | Contract::UsageProofs => at.recorder = step.address,
            Contract::RewardCalculator => at.calculator = step.address,
            Contract::RewardDistributor => {}
        }
        steps.push(step);
    }
    checks::accounts(connection, goal, &steps).await?;
    asked::require_current(connection, goal, &steps).await?;
    let unsearched = lost_book::require_first_day(connection, goal, &steps).await?.filter(|_| !wishes.none_stands);
    first_day::require_unsettled(connection, &steps, goal.settings.first_day).await?;
    price(&chains, goal, sender, &mut steps).await?;
    let mut funds = Vec::new();
    for node in chains.all() {
        let balance = node.provider.get_balance(sender).await;
        let balance_wei = asking(node, "the sender's balance", balance)?;
        let costs = steps.iter().filter(|step| step.piece.place == node.place).filter_map(|step| step.cost);
        funds.push(Funds { place: node.place, balance_wei, need_wei: costs.map(|cost| cost.most_wei).sum() });
    }
    let Funds { balance_wei, need_wei, .. } = funds.remove(0);
    Ok(Plan { chains, steps, balance_wei, need_wei, elsewhere: funds, unsearched })
}

/// The pieces on Base and Ethereum.
fn abroad(goal: &Goal, others: &Others) -> Result<[Piece; 3]> {
    let salt = goal.salt_hash();
    let [recorder, buckets] = abroad::recorder(salt, goal.diamond.address, goal.settings.grace_days)?;
    let relay = abroad::relay(salt, others.portal.address, others.inbox.address)?;
    let piece = |contract, created| Piece::abroad(contract, created, arguments::abroad(contract, goal, others));
    Ok([
        piece(Abroad::SessionRecorder, &recorder),
        piece(Abroad::UsageBuckets, &buckets),
        piece(Abroad::RootRelay, &relay),
    ])
}

impl Plan {
    /// Whether transactions are to be sent.
    #[must_use]
    pub fn sends(&self) -> bool {
        self.steps.iter().any(|step| step.action == Action::Deploy)
    }

    /// Checks that the plan can be carried out by `sender`: everything that differs has been spoken for, and there is
    /// ether for all of it.
    ///
    /// # Errors
    /// [`BadInput`] that names every contract that differs, and what to run. [`NoEther`] that says how much is missing.
    pub fn require_feasible(&self, sender: Address) -> Result<()> {
        if let Some(unsearched) = &self.unsearched {
            return Err(BadInput::new(format!(
                "not known is {unsearched}; nothing was sent. A node that searches, with --rpc-url, finds it; if none \
                 stands, say so with --yes-none-stands"
            ))
            .into());
        }
        self.require_decisions()?;
        self.require_ether(sender, Place::Arbitrum, self.balance_wei, self.need_wei)?;
        for Funds { place, balance_wei, need_wei } in &self.elsewhere {
            self.require_ether(sender, *place, *balance_wei, *need_wei)?;
        }
        Ok(())
    }

    fn require_decisions(&self) -> Result<()> {
        let differs = self.steps.iter().filter(|step| step.action == Action::Differs);
        let named: Vec<&str> = differs.map(|step| step.piece.contract.as_str()).collect();
        if named.is_empty() {
            return Ok(());
        }
        let [replace, keep] = ["--replace", "--keep"]
            .map(|flag| named.iter().map(|name| format!("{flag} {name}")).collect::<Vec<_>>().join(" "));
        Err(BadInput::new(format!(
            "not what this clone builds: {}; nothing was sent: {replace}, or {keep}",
            named.join(", ")
        ))
        .into())
    }

    fn require_ether(&self, account: Address, place: Place, have_wei: U256, need_wei: U256) -> Result<(), NoEther> {
        if have_wei >= need_wei {
            return Ok(());
        }
        let what = if self.elsewhere.is_empty() { "all of it".into() } else { format!("all of it on {place}") };
        Err(NoEther { account, have_wei, need_wei, what: format!("deploying {what}") })
    }
}

async fn step(connection: &Connection, chains: &Chains, piece: Piece, wishes: &Wishes) -> Result<Step> {
    let it = compare::standing(connection, chains.at(piece.place)?, &piece, wishes).await?;
    let (action, address, differences, replaces) = (it.action, it.address, it.differences, it.replaces);
    let is_unwanted = wishes.replace.contains(&piece.contract);
    Ok(Step { piece, action, address, differences, is_unwanted, replaces, cost: None })
}

/// Buckets are created by the recorder before them, which is the last of `steps`, and by nobody else.
fn require_created(steps: &[Step], buckets: &Step) -> Result<(), BadInput> {
    let creates = steps.last().is_some_and(|recorder| recorder.action == Action::Deploy);
    if (buckets.action == Action::Deploy) == creates {
        return Ok(());
    }
    let [recorder, buckets] = [Abroad::SessionRecorder, Abroad::UsageBuckets].map(Abroad::package);
    Err(BadInput::new(format!("{recorder} creates {buckets}: --replace both, or --keep both")))
}

/// Two distributors that begin on one day would both pay for it.
fn require_another_first_day(step: &Step) -> Result<(), BadInput> {
    let is_replaced = step.piece.is(Contract::RewardDistributor) && step.replaces.is_some();
    if is_replaced && !step.differences.iter().any(|difference| difference.is_of("firstDay")) {
        return Err(BadInput::new(
            "a new reward-distributor takes a first day of its own, from which on the old one is voided: \
             --first-day DAY",
        ));
    }
    Ok(())
}
