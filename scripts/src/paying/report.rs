//! What was settled and paid: for people, and as JSON. Amounts in JSON are MOR wei in decimal strings.

use alloy::primitives::U256;
use serde_json::{Value, json};

use super::claim::{self, Pool};
use super::settle;
use crate::show::{count, date, moment, mor};

/// Settled subnets for people, one line each, then the sum.
#[must_use]
pub fn settled(lines: &[settle::Line]) -> String {
    let mut text: Vec<String> =
        lines.iter().map(|line| format!("subnet {}\n  {}", line.subnet, settled_words(line))).collect();
    let days: u32 = lines.iter().map(settle::Line::days).sum();
    let credited: U256 = lines.iter().filter_map(|line| line.credited).sum();
    let is_planned = lines.iter().any(|line| line.planned > 0);
    let subnets = lines.iter().filter(|line| line.days() > 0).count();
    text.push(match (days, is_planned) {
        (0, _) => "nothing to settle".to_owned(),
        (_, true) => {
            format!("would settle {} of {}, {} MOR", count_days(days), count(subnets, "subnet"), mor(credited))
        }
        (_, false) => {
            format!("settled {} of {}: {} MOR credited", count_days(days), count(subnets, "subnet"), mor(credited))
        }
    });
    text.join("\n")
}

fn count_days(days: u32) -> String {
    count(days as usize, "day")
}

fn settled_words(line: &settle::Line) -> String {
    let mut parts = Vec::new();
    if line.days() > 0 {
        let span =
            format!("{}, {} up to and with {}", count_days(line.days()), date(line.from_day), date(line.to_day - 1));
        parts.push(match (line.credited, line.stakers) {
            (Some(credited), Some(stakers)) => {
                let transactions = count(line.transactions.len(), "transaction");
                let operator = mor(credited - stakers);
                format!(
                    "settled {span}, in {transactions}: {operator} MOR to the operator, {} MOR to its stakers",
                    mor(stakers)
                )
            }
            (Some(credited), None) => {
                format!(
                    "would settle {span}, in {}: {} MOR",
                    count(line.planned as usize, "transaction"),
                    mor(credited)
                )
            }
            (None, _) => format!("would settle {span}, in {}", count(line.planned as usize, "transaction")),
        });
    }
    match (&line.problem, line.final_at) {
        (Some(problem), _) => parts.push(format!("not settled: {problem}")),
        (None, Some(final_at)) => {
            let day = date(line.next_day);
            parts.push(format!("nothing more to settle: {day} is final on {}", moment(final_at)));
        }
        (None, None) => parts.push("nothing more to settle".into()),
    }
    parts.join("\n  ")
}

/// Settled subnets as JSON.
#[must_use]
pub fn settled_json(lines: &[settle::Line], dry_run: bool) -> Value {
    let credited: U256 = lines.iter().filter_map(|line| line.credited).sum();
    let subnets: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({
                "subnet": line.subnet,
                "from_day": line.from_day,
                "to_day": line.to_day,
                "days": line.days(),
                "next_day": line.next_day,
                "credited_wei": line.credited.map(|wei| wei.to_string()),
                "stakers_wei": line.stakers.map(|wei| wei.to_string()),
                "transactions": line.transactions,
                "next_final_at": line.final_at,
                "problem": line.problem,
            })
        })
        .collect();
    json!({
        "dry_run": dry_run,
        "subnets": subnets,
        "days": lines.iter().map(settle::Line::days).sum::<u32>(),
        "credited_wei": credited.to_string(),
    })
}

/// Paid debts for people, one line each, then what is missing in the pool.
#[must_use]
pub fn paid(lines: &[claim::Line], pool: &Pool) -> String {
    let loud = lines.iter().filter(|line| !is_quiet(line));
    let mut text: Vec<String> = loud.map(|line| format!("subnet {}\n  {}", line.subnet, paid_words(line))).collect();
    let quiet = lines.iter().filter(|line| is_quiet(line)).count();
    if quiet > 0 {
        text.push(format!("nothing owed by {}", count(quiet, "subnet")));
    }
    let owed: U256 = lines.iter().map(|line| line.owed).sum();
    let is_planned = lines.iter().any(|line| line.planned);
    text.extend(missing(pool, owed).map(|missing| if is_planned { format!("after that {missing}") } else { missing }));
    text.join("\n")
}

fn paid_words(line: &claim::Line) -> String {
    let verb = if line.planned { "would be paid" } else { "paid" };
    let mut parts = vec![format!("{} MOR {verb} to {}", mor(line.paid), line.to)];
    if !line.owed.is_zero() {
        parts.push(format!("{} MOR stays owed", mor(line.owed)));
    }
    parts.extend(line.problem.clone());
    parts.join("; ")
}

fn is_quiet(line: &claim::Line) -> bool {
    line.paid.is_zero() && line.owed.is_zero() && line.problem.is_none()
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

/// Paid debts as JSON. `pool` is the Compute pool afterwards.
#[must_use]
pub fn paid_json(lines: &[claim::Line], pool: &Pool, dry_run: bool) -> Value {
    let owed: U256 = lines.iter().map(|line| line.owed).sum();
    let paid: U256 = lines.iter().map(|line| line.paid).sum();
    let claims: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({
                "subnet": line.subnet,
                "to": line.to,
                "paid_wei": line.paid.to_string(),
                "owed_wei": line.owed.to_string(),
                "transactions": line.transactions,
                "problem": line.problem,
            })
        })
        .collect();
    json!({
        "dry_run": dry_run,
        "claims": claims,
        "paid_wei": paid.to_string(),
        "owed_wei": owed.to_string(),
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
