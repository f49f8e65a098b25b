//! What is to be done about each contract, and what it costs.

use alloy::primitives::{Address, U256};
use alloy::providers::Provider;
use anyhow::{Context, Result};
use mrc53_console::failure::BadInput;
use mrc53_node::connection::Connection;
use mrc53_node::sender::NoEther;
use mrc53_suite::contract::Contract;
use mrc53_wasm::Artifact;

use super::arguments::{self, Addresses};
use super::asking::asking;
use super::compare::{self, Action};
use super::goal::{Goal, Wishes};
use super::piece::Piece;
use super::price::price;
use super::step::Step;
use super::{asked, checks, first_day, lost_book};

/// What is to be done, contract by contract.
#[derive(Clone, Debug)]
pub struct Plan {
    /// One for each contract and stand-in, in the order of deployment.
    pub steps: Vec<Step>,
    /// The sender's ether, wei.
    pub balance_wei: U256,
    /// What the sender must have for all of it, wei; part of it comes back.
    pub need_wei: U256,
    /// What the node could not be asked for, in words; nothing if the user knows it.
    pub unsearched: Option<String>,
}

/// Finds out what is to be done for `goal` with `programs`, sent by `sender`; sends nothing.
///
/// # Errors
/// [`BadInput`] if a check fails, a program does not activate, a constructor refuses, a distributor is to be replaced
/// without another first day, or it could not begin on that day. A failure if the node does not answer.
pub async fn plan(
    connection: &Connection,
    programs: &[Artifact],
    goal: &Goal,
    sender: Address,
    wishes: &Wishes,
) -> Result<Plan> {
    first_day::require_emission(goal.settings.first_day)?;
    checks::inputs(connection, goal).await?;
    let mut steps = Vec::new();
    for stand_in in &goal.stand_ins {
        steps.push(step(connection, Piece::stand_in(stand_in), wishes).await?);
    }
    let mut at = Addresses::default();
    for contract in Contract::DEPLOYED {
        let package = contract.package();
        let program = programs.iter().find(|program| program.contract == package);
        let program = program.with_context(|| format!("{package} has not been built"))?;
        let arguments = arguments::of(contract, goal, &at);
        let piece = Piece::program(connection, program, arguments, goal.salt_hash()).await?;
        let step = step(connection, piece, wishes).await?;
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
    price(connection, goal, sender, &mut steps).await?;
    let balance = connection.provider.get_balance(sender).await;
    let balance_wei = asking(connection, "the sender's balance", balance)?;
    let need_wei = steps.iter().filter_map(|step| step.cost).map(|cost| cost.most_wei).sum();
    Ok(Plan { steps, balance_wei, need_wei, unsearched })
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
        Ok(self.require_ether(sender)?)
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

    fn require_ether(&self, account: Address) -> Result<(), NoEther> {
        let (have_wei, need_wei) = (self.balance_wei, self.need_wei);
        if have_wei >= need_wei {
            return Ok(());
        }
        Err(NoEther { account, have_wei, need_wei, what: "deploying all of it".into() })
    }
}

async fn step(connection: &Connection, piece: Piece, wishes: &Wishes) -> Result<Step> {
    let it = compare::standing(connection, &piece, wishes).await?;
    let (action, address, differences, replaces) = (it.action, it.address, it.differences, it.replaces);
    let is_unwanted = wishes.replace.contains(&piece.contract);
    Ok(Step { piece, action, address, differences, is_unwanted, replaces, cost: None })
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
