//! What was sent, and how everything stands then, for people and as JSON.

use alloy::primitives::U256;
use mrc53_console::show::{date, moment, trimmed};
use mrc53_node::sender::Sent;
use serde_json::{Value, json};

use super::carry_out::Step;
use super::plan::Plan;
use super::state::State;

/// For people: a line for each transaction, then the state, if it is known.
#[must_use]
pub fn text(steps: &[Step], state: Option<&State>) -> String {
    let is_planned = !steps.iter().any(|step| matches!(step.sent, Some(Sent::Mined(_))));
    let lines = steps.iter().map(|Step { what, sent }| match sent {
        Some(Sent::Mined(receipt)) => format!("{what}: in {} ({} gas)", receipt.transaction_hash, receipt.gas_used),
        Some(Sent::Predicted { gas }) => format!("{what}: would take {gas} gas; nothing was sent"),
        Some(Sent::Unsigned(_)) => format!("{what}: written to standard output, unsigned"),
        None if is_planned => format!("{what}: would be sent once that is mined; nothing was sent"),
        None => format!("{what}: not sent; what was sent before it stands"),
    });
    let stands = state.map(|state| [vec![String::new()], stands(state)].concat());
    lines.chain(stands.unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// How everything stands, a line each.
fn stands(state: &State) -> Vec<String> {
    let line = |name: &str, value: String| format!("{name:<13} {value}");
    let (total, needed) = (trimmed(U256::from(state.subnet_stake_wei)), trimmed(state.minimum_wei));
    let mut lines = vec![line("subnet", state.subnet.to_string())];
    match &state.registration {
        None => lines.push(line("registered", "no".into())),
        Some(it) => lines.extend([
            line("registered", date(it.day)),
            line("receiver", it.receiver.to_string()),
            line("fee", it.fee.map_or_else(|| "unknown".into(), |fee| fee.to_string())),
        ]),
    }
    let eligible = match state.missing_wei() {
        Some(missing) => format!("not eligible: {} MOR are missing", trimmed(missing)),
        None if state.registration.is_none() => "not eligible: it is not registered".into(),
        None => "eligible".into(),
    };
    lines.push(line("stake", format!("{total} MOR of at least {needed}: {eligible}")));
    if let Some((minimum, day)) = state.next_minimum {
        let missing = minimum.saturating_sub(U256::from(state.subnet_stake_wei));
        let missing = if missing.is_zero() { String::new() } else { format!(": {} MOR are missing", trimmed(missing)) };
        lines.push(line("", format!("from {} on at least {}{missing}", date(day), trimmed(minimum))));
    }
    let today = date(state.day());
    lines.push(line(
        "today",
        match (state.is_eligible(), state.is_today_counted) {
            (_, true) => format!("{today} counts as it stands"),
            (true, false) => format!("{today} does not count; {} does, if the stake stays", date(state.day() + 1)),
            (false, false) => format!("{today} does not count"),
        },
    ));
    let own = trimmed(U256::from(state.account_stake_wei));
    let free = match state.unlock_at {
        Some(at) if state.account_stake_wei > 0 && at > state.now => format!(", locked until {}", moment(at)),
        Some(_) if state.account_stake_wei > 0 => ", free to withdraw".into(),
        _ => String::new(),
    };
    lines.push(line("account", format!("{} has {own} MOR there{free}", state.account)));
    lines
}

/// As JSON: amounts in MOR wei, the fee in parts of 1e25, both as decimal strings, moments in unix seconds and in words.
/// `state` is null where it is not known.
#[must_use]
pub fn json(plan: &Plan, steps: &[Step], state: Option<&State>) -> Value {
    let transactions: Vec<Value> = steps.iter().map(step).collect();
    let is_sent = transactions.iter().any(|done| done["sent"] == true);
    json!({
        "sent": is_sent,
        "subnet": plan.before.subnet,
        "account": plan.account,
        "notes": plan.notes,
        "transactions": transactions,
        "state": state.map(state_json),
    })
}

fn state_json(state: &State) -> Value {
    let registration = state.registration.as_ref().map(|it| {
        let fee = it.fee;
        json!({
            "receiver": it.receiver, "registered_day": it.day, "registered_date": date(it.day),
            "fee": fee.map(|fee| fee.parts().to_string()), "fee_in_words": fee.map(|fee| fee.to_string()),
        })
    });
    let next = state.next_minimum.map(
        |(minimum, day)| json!({ "minimum_stake_wei": minimum.to_string(), "from_day": day, "from_date": date(day) }),
    );
    json!({
        "registration": registration,
        "subnet_stake_wei": state.subnet_stake_wei.to_string(),
        "minimum_stake_wei": state.minimum_wei.to_string(),
        "next_minimum": next,
        "eligible": state.is_eligible(),
        "missing_stake_wei": state.missing_wei().unwrap_or_default().to_string(),
        "today": date(state.day()),
        "today_counts": state.is_today_counted,
        "account_stake_wei": state.account_stake_wei.to_string(),
        "unlock_at": state.unlock_at,
        "unlock_at_in_words": state.unlock_at.map(moment),
        "locked": state.account_stake_wei > 0 && state.unlock_at.is_some_and(|at| at > state.now),
    })
}

fn step(step: &Step) -> Value {
    let none = json!({ "sent": false, "transaction": null, "gas": null, "would_use_gas": null });
    let mut done = step.sent.as_ref().map_or(none, Sent::json);
    done["what"] = json!(step.what);
    done
}
