//! What was settled and paid: for people, and as JSON. Amounts in JSON are MOR wei in decimal strings.

use alloy::primitives::U256;
use mrc53_console::show::{count, date, moment, mor};
use serde_json::{Value, json};

use super::claim::{self, Pool};
use super::finality::Finality;
use super::settle;

/// Settled subnets for people, one line each, then the sum.
#[must_use]
pub fn settled(lines: &[settle::Line]) -> String {
    let loud = lines.iter().filter(|line| !has_nothing_to_settle(line));
    let mut text: Vec<String> = loud.map(|line| format!("subnet {}\n  {}", line.subnet, settled_words(line))).collect();
    let quiet = lines.iter().filter(|line| has_nothing_to_settle(line)).count();
    if quiet > 0 {
        text.push(format!("nothing to settle for {} without stake", count(quiet, "subnet")));
    }
    let sum = |days: fn(&settle::Line) -> u32| {
        let subnets = lines.iter().filter(|line| days(line) > 0).count();
        (lines.iter().map(days).sum::<u32>(), count(subnets, "subnet"))
    };
    let (days, subnets) = sum(settle::Line::days);
    let (planned, planned_subnets) = sum(|line| line.planned.days);
    text.push(match (days, planned) {
        (0, 0) => "nothing to settle".to_owned(),
        (0, _) => {
            let credited: U256 = lines.iter().map(|line| line.planned.credited).sum();
            format!("would settle {} of {planned_subnets}, {} MOR", count_days(planned), mor(credited))
        }
        (_, _) => {
            let credited: U256 = lines.iter().map(|line| line.credited).sum();
            format!("settled {} of {subnets}: {} MOR credited", count_days(days), mor(credited))
        }
    });
    text.join("\n")
}

/// Whether anybody can have registered it and nobody has to hear of it.
fn has_nothing_to_settle(line: &settle::Line) -> bool {
    let is_untouched = line.days() == 0 && line.planned.days == 0 && line.transactions.is_empty();
    is_untouched && line.problem.is_none() && !line.is_staked
}

fn count_days(days: u32) -> String {
    count(days as usize, "day")
}

fn settled_words(line: &settle::Line) -> String {
    let mut parts = Vec::new();
    let span = |days: u32| {
        let last = line.from_day + days - 1;
        format!("{}, {} up to and with {}", count_days(days), date(line.from_day), date(last))
    };
    if line.days() > 0 {
        let transactions = count(line.transactions.len(), "transaction");
        let (operator, stakers) = (mor(line.credited - line.stakers), mor(line.stakers));
        let span = span(line.days());
        parts.push(format!(
            "settled {span}, in {transactions} ({} gas): {operator} MOR to the operator, {stakers} MOR to its stakers",
            line.gas
        ));
        parts.extend(line.transactions.iter().map(ToString::to_string));
    }
    if line.planned.days > 0 {
        let transactions = count(line.planned.transactions as usize, "transaction");
        parts.push(format!(
            "would settle {}, in {transactions}: {} MOR",
            span(line.planned.days),
            mor(line.planned.credited)
        ));
    }
    if line.left_days > 0 {
        parts.push(format!("left: {} final that pay nothing (--all settles them)", count_days(line.left_days)));
    }
    match (&line.problem, line.finality) {
        (Some(problem), _) => parts.push(format!("not settled: {problem}")),
        (None, _) if line.left_days > 0 || line.planned.days > 0 => {}
        (None, Some(finality)) => {
            let day = date(line.next_day);
            parts.push(match finality.final_at() {
                Some(final_at) => format!("nothing more to settle: {day} is final on {}", moment(final_at)),
                None => {
                    format!("nothing more to settle: {day} waits for roots of Base to make it final (see `status`)")
                }
            });
        }
        (None, None) => parts.push("nothing more to settle".into()),
    }
    parts.join("\n  ")
}

/// Settled subnets as JSON. What is only planned goes by the names that begin with `would`.
#[must_use]
pub fn settled_json(lines: &[settle::Line], dry_run: bool) -> Value {
    let credited: U256 = lines.iter().map(|line| line.credited).sum();
    let planned: U256 = lines.iter().map(|line| line.planned.credited).sum();
    let subnets: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({
                "subnet": line.subnet,
                "from_day": line.from_day,
                "to_day": line.to_day,
                "days": line.days(),
                "next_day": line.next_day,
                "credited_wei": line.credited.to_string(),
                "stakers_wei": line.stakers.to_string(),
                "transactions": line.transactions,
                "gas": line.gas,
                "would_settle_days": line.planned.days,
                "would_credit_wei": line.planned.credited.to_string(),
                "would_send": line.planned.transactions,
                "left_days": line.left_days,
                "next_final_at": line.finality.and_then(Finality::final_at),
                "problem": line.problem,
            })
        })
        .collect();
    json!({
        "dry_run": dry_run,
        "sent": lines.iter().any(|line| !line.transactions.is_empty()),
        "subnets": subnets,
        "days": lines.iter().map(settle::Line::days).sum::<u32>(),
        "credited_wei": credited.to_string(),
        "would_settle_days": lines.iter().map(|line| line.planned.days).sum::<u32>(),
        "would_credit_wei": planned.to_string(),
    })
}

/// Paid debts for people, one line each, then what is missing in the pool. `pool` is the Compute pool now.
#[must_use]
pub fn paid(lines: &[claim::Line], pool: &Pool) -> String {
    let loud = lines.iter().filter(|line| !is_quiet(line));
    let mut text: Vec<String> = loud.map(|line| format!("subnet {}\n  {}", line.subnet, paid_words(line))).collect();
    let quiet = lines.iter().filter(|line| is_quiet(line)).count();
    match (lines.len(), quiet) {
        (0, _) => text.push("nothing to claim: no subnet is registered".into()),
        (_, 0) => {}
        (all, quiet) if all == quiet => text.push(format!("nothing owed by {}", count(quiet, "subnet"))),
        (_, quiet) => text.push(format!("nothing owed by {}", count(quiet, "other subnet"))),
    }
    let owed: U256 = lines.iter().map(|line| line.owed).sum();
    text.extend(missing(pool, owed));
    text.join("\n")
}

fn paid_words(line: &claim::Line) -> String {
    let mut parts = Vec::new();
    if line.would_pay.is_zero() {
        let transactions: Vec<String> = line.transactions.iter().map(ToString::to_string).collect();
        let how = match transactions.as_slice() {
            [] => String::new(),
            some => format!(" in {} ({} gas)", some.join(", "), line.gas),
        };
        parts.push(format!("{} MOR paid to {}{how}", mor(line.paid), line.to));
    } else {
        parts.push(format!("{} MOR would be paid to {}", mor(line.would_pay), line.to));
    }
    let stays = line.stays();
    if !stays.is_zero() {
        let verb = if line.would_pay.is_zero() { "stays" } else { "would stay" };
        parts.push(format!("{} MOR {verb} owed", mor(stays)));
    }
    parts.extend(line.problem.clone());
    parts.join("; ")
}

fn is_quiet(line: &claim::Line) -> bool {
    line.transactions.is_empty() && line.owed.is_zero() && line.problem.is_none()
}

/// What the pool lacks to pay `owed`, in words; `None` if it lacks nothing.
fn missing(pool: &Pool, owed: U256) -> Option<String> {
    let (balance, allowance) = (owed.saturating_sub(pool.balance), owed.saturating_sub(pool.allowance));
    if balance.is_zero() && allowance.is_zero() {
        return None;
    }
    let mut needs = Vec::new();
    if !balance.is_zero() {
        needs.push(format!("{} MOR more", mor(balance)));
    }
    if !allowance.is_zero() {
        needs.push(format!("an allowance higher by {} MOR", mor(allowance)));
    }
    let (holds, allows) = (mor(pool.balance), mor(pool.allowance));
    let needs = needs.join(" and ");
    Some(format!("the Compute pool {} holds {holds} MOR and allows {allows} MOR; it needs {needs}", pool.address))
}

/// Paid debts as JSON. What is only planned goes by the name that begins with `would`. `pool` is the Compute pool now.
#[must_use]
pub fn paid_json(lines: &[claim::Line], pool: &Pool, dry_run: bool) -> Value {
    let owed: U256 = lines.iter().map(|line| line.owed).sum();
    let paid: U256 = lines.iter().map(|line| line.paid).sum();
    let would_pay: U256 = lines.iter().map(|line| line.would_pay).sum();
    let claims: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({
                "subnet": line.subnet,
                "to": line.to,
                "paid_wei": line.paid.to_string(),
                "owed_wei": line.owed.to_string(),
                "would_pay_wei": line.would_pay.to_string(),
                "transactions": line.transactions,
                "gas": line.gas,
                "problem": line.problem,
            })
        })
        .collect();
    json!({
        "dry_run": dry_run,
        "sent": lines.iter().any(|line| !line.transactions.is_empty()),
        "claims": claims,
        "paid_wei": paid.to_string(),
        "owed_wei": owed.to_string(),
        "would_pay_wei": would_pay.to_string(),
        "pool": {
            "address": pool.address,
            "balance_wei": pool.balance.to_string(),
            "allowance_wei": pool.allowance.to_string(),
            "missing_balance_wei": owed.saturating_sub(pool.balance).to_string(),
            "missing_allowance_wei": owed.saturating_sub(pool.allowance).to_string(),
        },
    })
}

#[cfg(test)]
mod tests {
    use alloy::primitives::Address;

    use super::*;

    fn pool(balance: u64, allowance: u64) -> Pool {
        let ether = |amount: u64| U256::from(amount) * U256::from(10).pow(U256::from(18));
        Pool { address: Address::with_last_byte(9), balance: ether(balance), allowance: ether(allowance) }
    }

    fn lacks(balance: u64, allowance: u64) -> Option<String> {
        let owed = pool(5, 5).balance;
        missing(&pool(balance, allowance), owed)
            .map(|words| words.rsplit("needs ").next().unwrap_or_default().to_owned())
    }

    /// A debt of `owed` wei.
    fn line(owed: u64) -> claim::Line {
        let (none, transactions) = (U256::ZERO, Vec::new());
        let (subnet, owed) = (Address::with_last_byte(7), U256::from(owed));
        claim::Line { subnet, to: subnet, paid: none, owed, would_pay: none, transactions, gas: 0, problem: None }
    }

    #[test]
    fn subnets_that_owe_nothing_are_counted_apart_from_those_that_do() {
        let said = |owed: &[u64]| paid(&owed.iter().map(|owed| line(*owed)).collect::<Vec<_>>(), &pool(5, 5));
        assert_eq!(said(&[]), "nothing to claim: no subnet is registered");
        assert_eq!(said(&[0]), "nothing owed by 1 subnet");
        assert_eq!(said(&[0, 0]), "nothing owed by 2 subnets");
        assert!(said(&[1, 0]).ends_with("\nnothing owed by 1 other subnet"));
        assert!(said(&[1, 0, 0]).ends_with("\nnothing owed by 2 other subnets"));
        assert!(!said(&[1]).contains("nothing owed"));
    }

    #[test]
    fn a_pool_that_can_pay_lacks_nothing() {
        assert_eq!(lacks(5, 5), None);
        assert_eq!(lacks(6, 6), None);
    }

    #[test]
    fn what_a_pool_lacks_is_told_by_balance_and_by_allowance() {
        assert_eq!(lacks(3, 5).as_deref(), Some("2.000000000000000000 MOR more"));
        assert_eq!(lacks(5, 4).as_deref(), Some("an allowance higher by 1.000000000000000000 MOR"));
        let both = "2.000000000000000000 MOR more and an allowance higher by 1.000000000000000000 MOR";
        assert_eq!(lacks(3, 4).as_deref(), Some(both));
    }
}
