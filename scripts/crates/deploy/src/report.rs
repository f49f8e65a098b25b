//! The plan, and what became of it, for people and for machines.

use std::fmt::Write;

use alloy::primitives::utils::format_ether;
use mrc53_console::show;
use mrc53_node::book::Input;
use mrc53_node::connection::Connection;
use mrc53_node::keys::Signer;
use mrc53_suite::contract::Contract;
use mrc53_suite::place::{Abroad, Place};
use serde_json::{Value, json};

use super::compare::Action;
use super::execute::Outcome;
use super::followed::Followed;
use super::goal::Goal;
use super::plan::Plan;
use super::step::Step;

/// The plan in words.
#[must_use]
pub fn plan(connection: &Connection, signer: &Signer, goal: &Goal, plan: &Plan) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: String| {
        // SAFETY: writing to a String cannot fail.
        let _ = writeln!(text, "{name:<19} {value}");
    };
    let named = |input: &Input| format!("{} ({})", input.address, input.source);
    let network = &connection.network;
    line("network", format!("{}, chain {}, {}", network.name, network.chain_id, connection.url));
    line("sender", format!("{}, {} ether", signer.address(), format_ether(plan.balance_wei)));
    for (node, funds) in plan.chains.all().skip(1).zip(&plan.elsewhere) {
        line(&node.place.to_string(), format!("chain {}, {}", node.chain_id, node.url));
        line("  sender", format!("{} ether", format_ether(funds.balance_wei)));
    }
    line("token", named(&goal.token));
    let on = if goal.others.is_some() { " on Base" } else { "" };
    line(&format!("Diamond{on}"), named(&goal.diamond));
    if let Some(others) = &goal.others {
        line("portal", named(&others.portal));
        line("inbox", named(&others.inbox));
        line("window", show::count(goal.window_days() as usize, "day"));
    }
    line("compute pool", named(&goal.compute_pool));
    line("owner", named(&goal.owner));
    if let Some(owner) = &goal.distributor_owner {
        line("  of distributor", named(owner));
    }
    let day = goal.settings.first_day;
    line("first day", show::named_day(day));
    line("salt", goal.salt.clone());
    for step in &plan.steps {
        line("", String::new());
        line(&step.piece.contract, words(step));
        if step.piece.place != Place::Arbitrum {
            line("  chain", step.piece.place.to_string());
        }
        line("  address", step.address.to_string());
        if let Some(cost) = step.cost {
            for argument in &step.piece.arguments {
                line(&format!("  {}", argument.name), argument.shown.clone());
            }
            line("  initcode hash", step.piece.initcode_hash.to_string());
            line("  gas", cost.gas.to_string());
            if step.piece.is_program() || step.piece.place == Place::Base {
                line("  data fee", format!("{} wei", cost.data_fee_wei));
            }
            line("  at most", format!("{} ether", format_ether(cost.most_wei)));
        }
        for difference in &step.differences {
            line("  differs in", difference.to_string());
        }
        if let Some(note) = note(step) {
            line("  note", note);
        }
    }
    line("", String::new());
    if let Some(unsearched) = &plan.unsearched {
        line("not known", unsearched.clone());
    }
    line("in all", total(plan));
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn total(plan: &Plan) -> String {
    if !plan.sends() {
        return "nothing to send".into();
    }
    let elsewhere = plan.elsewhere.iter().map(|it| format!(" and {} on {}", format_ether(it.need_wei), it.place));
    format!(
        "at most {} ether{}, part of which comes back; gas estimated one by one, each without those before it",
        format_ether(plan.need_wei),
        elsewhere.collect::<String>()
    )
}

fn words(step: &Step) -> String {
    match (step.action, step.replaces) {
        (Action::Done, _) => "done".into(),
        (Action::Found, None) => "stands there, to be written down".into(),
        (Action::Found, Some(old)) => format!("stands there, to be written down in place of {old}"),
        (Action::Deploy, None) if !step.is_sent() => "created by the contract before it".into(),
        (Action::Deploy, None) => "to be deployed".into(),
        (Action::Deploy, Some(old)) => format!("to be deployed in place of {old}"),
        (Action::Kept, _) => "differs: kept, as asked".into(),
        (Action::Differs, _) => "differs: kept".into(),
    }
}

/// What else replacing a contract brings with it.
fn note(step: &Step) -> Option<String> {
    if step.is_unwanted && step.action == Action::Done {
        return Some("it is what this clone builds: not replaced, though --replace names it".into());
    }
    if step.action != Action::Differs && step.replaces.is_none() {
        return None;
    }
    if Abroad::of_package(&step.piece.contract).is_some() {
        return Some("a new one takes a new usage-proofs, for that is constructed with it".into());
    }
    let note = match Contract::of_package(&step.piece.contract)? {
        Contract::StakeAlignment => {
            "stake stays in the old one until it is withdrawn; a new one takes a new session-recorder, \
             reward-calculator and reward-distributor"
        }
        Contract::SessionRecorder | Contract::UsageProofs => {
            "a new one takes a new reward-calculator, scheduled in the reward-distributor"
        }
        Contract::RewardCalculator => "a new one is scheduled in the reward-distributor by its owner, 8 days ahead",
        Contract::RewardDistributor => {
            "void the old one from the new one's first day, and move the pool's allowance; old debts stay claimable \
             in the old one"
        }
    };
    Some(note.into())
}

/// The plan as JSON; with `outcomes`, what became of it too. `followed` is what the book has otherwise than before.
#[must_use]
pub fn json(
    connection: &Connection,
    signer: &Signer,
    goal: &Goal,
    plan: &Plan,
    outcomes: Option<&[Outcome]>,
    followed: &Followed,
) -> Value {
    let contracts: Vec<Value> = plan
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| {
            let outcome = outcomes.and_then(|outcomes| outcomes.get(index)).cloned().unwrap_or_default();
            let mut contract = json!({
                "contract": step.piece.contract,
                "action": step.action,
                "address": step.address,
                "initcode_hash": step.piece.initcode_hash,
                "code_hash": step.piece.code_hash(),
                "constructor": step.piece.arguments.iter().map(super::arguments::Argument::record).collect::<Vec<_>>(),
                "replaces": step.replaces,
                "differences": step.differences,
                "note": note(step),
                "gas": step.cost.map(|cost| cost.gas),
                "data_fee_wei": step.cost.map(|cost| cost.data_fee_wei.to_string()),
                "value_wei": step.cost.map(|cost| cost.value_wei.to_string()),
                "most_wei": step.cost.map(|cost| cost.most_wei.to_string()),
                "transaction": outcome.transaction,
                "block": outcome.block,
                "gas_used": outcome.gas,
            });
            if goal.others.is_some() {
                contract["chain"] = json!(step.piece.place);
            }
            contract
        })
        .collect();
    let input = |input: &Input| json!({"address": input.address, "source": input.source, "verified": input.verified});
    let settings = goal.settings;
    let mut json = json!({
        "network": connection.network.name,
        "chain_id": connection.network.chain_id,
        "sent": outcomes.into_iter().flatten().any(|outcome| outcome.transaction.is_some()),
        "sender": signer.address(),
        "balance_wei": plan.balance_wei.to_string(),
        "need_wei": plan.need_wei.to_string(),
        "unsearched": plan.unsearched,
        "salt": goal.salt,
        "inputs": {
            "token": input(&goal.token),
            "diamond": input(&goal.diamond),
            "compute_pool": input(&goal.compute_pool),
            "owner": input(&goal.owner),
            "distributor_owner": goal.distributor_owner.as_ref().map(input),
        },
        "book": followed.json(),
        "settings": {
            "grace_days": settings.grace_days,
            "lock_seconds": settings.lock_seconds,
            "min_subnet_stake_wei": settings.min_subnet_stake_wei.to_string(),
            "weight": settings.weight,
            "first_day": settings.first_day,
        },
        "contracts": contracts,
    });
    if let Some(others) = &goal.others {
        json["inputs"]["portal"] = input(&others.portal);
        json["inputs"]["inbox"] = input(&others.inbox);
        json["settings"]["window_days"] = json!(goal.window_days());
        let chains = plan.chains.all().skip(1).zip(&plan.elsewhere).map(|(node, funds)| {
            json!({
                "chain": node.place,
                "chain_id": node.chain_id,
                "balance_wei": funds.balance_wei.to_string(),
                "need_wei": funds.need_wei.to_string(),
            })
        });
        json["chains"] = chains.collect();
    }
    json
}

/// What became of each contract, in a table.
#[must_use]
pub fn table(plan: &Plan, outcomes: &[Outcome]) -> String {
    let mut table = show::new_table(3, &["contract", "address", "", "block", "gas"]);
    for (step, outcome) in plan.steps.iter().zip(outcomes) {
        let how = match step.action {
            Action::Done => "was there",
            Action::Found => "found",
            Action::Deploy if outcome.transaction.is_none() => "found",
            Action::Deploy => "deployed",
            Action::Kept | Action::Differs => "kept",
        };
        let number = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
        table.add_row([
            step.piece.contract.clone(),
            step.address.to_string(),
            how.to_owned(),
            number(outcome.block),
            number(outcome.gas),
        ]);
    }
    table.to_string()
}
