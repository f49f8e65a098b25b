//! Attacks for spreadsheets and data tools.

use alloy::primitives::U256;
use mrc53_simulation::attack::row::{Case, Row};
use mrc53_simulation::attack::terms::sessions_at_once;

use super::priced::Priced;
use crate::cli::csv::{amount, quoted};

/// What is an amount has two columns, `_wei` and `_mor`.
const HEADER: [&str; 11] = [
    "kind,share_of_10000,staked_at_second,subnets,days,seconds_a_day,sessions_at_once,sessions,gas",
    "honest_stake_wei,honest_stake_mor",
    "stake_wei,stake_mor",
    "stake_wei_days,stake_mor_days",
    "consumer_stake_wei,consumer_stake_mor",
    "consumer_stake_with_day_lock_wei,consumer_stake_with_day_lock_mor",
    "consumer_wei_days,consumer_mor_days",
    "consumer_with_day_lock_wei_days,consumer_with_day_lock_mor_days",
    "honest_alone_wei,honest_alone_mor",
    "paid_wei,paid_mor",
    "honest_lose_wei,honest_lose_mor",
];

/// A line for each attack; days of stake are rounded down to the wei.
pub(super) fn of(priced: &Priced) -> String {
    let mut lines = vec![HEADER.join(",")];
    lines.extend(priced.rows.iter().map(line));
    lines.join("\n")
}

fn line(row: &Row) -> String {
    let (staked_at, subnets) = match row.case {
        Case::Usage => (0, 1),
        Case::StakedAt(second) => (second, 1),
        Case::Subnets(subnets) => (0, subnets),
    };
    let [off, on] = &row.kept;
    let (kind, share, days, gas) = (quoted(row.kind.name()), row.share.parts(), row.days, row.gas);
    let (seconds, at_once, sessions) = (row.seconds, sessions_at_once(row.seconds), off.sessions);
    let amounts = [
        row.honest_stake,
        row.stake,
        row.stake_seconds() / 86_400,
        off.at_hand,
        on.at_hand,
        off.wei_seconds / 86_400,
        on.wei_seconds / 86_400,
        row.honest_alone,
        row.taken.attacker.paid,
        row.taken.lost,
    ];
    let amounts = amounts.map(|wei| amount(U256::from(wei))).join(",");
    format!("{kind},{share},{staked_at},{subnets},{days},{seconds},{at_once},{sessions},{gas},{amounts}")
}
