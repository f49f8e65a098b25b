//! Final days that nobody settles although they pay, and why: what settling them answers.

use alloy::primitives::{Address, U256};
use anyhow::Result;
use mrc53_console::show::{count, date, mor};
use mrc53_keeper::paying::prospect::{Prospect, Prospector, Unsettled};
use mrc53_node::words;
use serde::Serialize;

use super::reader::{Reader, Reading, Wei};
use super::subnets::Subnet;

/// For how many days something may be owed of a final day before somebody has to look: a keeper settles once a day.
const PATIENCE_DAYS: u32 = 3;

/// A subnet that has more final days unsettled than a keeper leaves, and stake or something to be credited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Backlog {
    /// The subnet.
    pub subnet: Address,
    /// Its first day that is not settled.
    pub from_day: u32,
    /// How many final days are not settled.
    pub days: u32,
    /// What settling them would credit, MOR wei; 0 where nothing is to be gained, which keepers leave.
    pub would_credit_wei: Wei,
    /// What of that is of days that have been final for three days and longer, MOR wei.
    pub overdue_wei: Wei,
    /// Why they cannot be settled; none if they can.
    pub obstacle: Option<String>,
}

/// The backlog of `subnets`, the largest stake first. One that holds no stake any more may be owed something still.
///
/// # Errors
/// Fails if an artifact of this build is malformed.
pub async fn read(reader: &Reader<'_>, subnets: &Reading<Vec<Subnet>>) -> Result<Vec<Backlog>> {
    let prospector = Prospector::new(reader.connection, Address::ZERO)?.at(reader.head);
    let mut late = Vec::new();
    for subnet in subnets.known().into_iter().flatten() {
        let days = waiting(&prospector, subnet).await;
        late.extend(days.filter(|days| *days > PATIENCE_DAYS).map(|days| (subnet.subnet, days)));
    }
    if late.is_empty() {
        return Ok(Vec::new());
    }
    let addresses: Vec<Address> = late.iter().map(|(subnet, _)| *subnet).collect();
    let unsettled = match prospector.unsettled(&addresses).await {
        Ok(unsettled) => unsettled,
        // What does not answer is a gap on the page, and no end of it.
        Err(error) => {
            let obstacle = Some(words::of(&error));
            let of = |(subnet, days): (Address, u32)| {
                let from_day = subnets.known().into_iter().flatten().find(|it| it.subnet == subnet);
                let from_day = from_day.and_then(|it| it.next_day.known()).copied().unwrap_or_default();
                let (would_credit_wei, overdue_wei) = (Wei(U256::ZERO), Wei(U256::ZERO));
                Backlog { subnet, from_day, days, would_credit_wei, overdue_wei, obstacle: obstacle.clone() }
            };
            return Ok(late.into_iter().map(of).collect());
        }
    };
    let mut backlog = Vec::new();
    for one in unsettled {
        let prospect = prospector.prospect(&one).await;
        let mut prospect =
            prospect.unwrap_or_else(|error| Prospect { obstacle: Some(words::of(&error)), ..Prospect::default() });
        if one.stake_wei == 0 && prospect.credited.is_zero() {
            continue;
        }
        let days = late.iter().find(|(subnet, _)| *subnet == one.subnet).map_or(0, |(_, days)| *days);
        let overdue = overdue(&prospector, &one, &prospect, days - PATIENCE_DAYS.min(days)).await;
        let overdue_wei = Wei(overdue.unwrap_or_else(|error| {
            prospect.obstacle.get_or_insert(words::of(&error));
            prospect.credited
        }));
        let (subnet, from_day, would_credit_wei) = (one.subnet, one.next_day, Wei(prospect.credited));
        backlog.push(Backlog { subnet, from_day, days, would_credit_wei, overdue_wei, obstacle: prospect.obstacle });
    }
    Ok(backlog)
}

/// What settling the first `days` days of `unsettled` would credit, MOR wei.
async fn overdue(
    prospector: &Prospector<'_>,
    unsettled: &Unsettled,
    prospect: &Prospect,
    days: u32,
) -> anyhow::Result<U256> {
    if prospect.credited.is_zero() || prospect.days <= days {
        return Ok(prospect.credited);
    }
    prospector.credit(unsettled.subnet, days).await
}

/// How many final days a subnet has unsettled. What today's calculator does not say, that of the day may.
async fn waiting(prospector: &Prospector<'_>, subnet: &Subnet) -> Option<u32> {
    if let Some(days) = subnet.days_to_settle.known() {
        return Some(*days);
    }
    let next_day = *subnet.next_day.known()?;
    Some(prospector.finality(next_day).await?.first_open_day.saturating_sub(next_day))
}

impl Backlog {
    /// What is wrong with it; none where nothing is owed of days that have been final so long: keepers leave days that pay
    /// nothing, and anybody can bring those about.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        let Self { subnet, from_day, days, would_credit_wei, overdue_wei, obstacle } = self;
        let waiting = format!("{subnet} has {} final and not settled", count(*days as usize, "day"));
        let from = date(*from_day);
        match obstacle {
            Some(obstacle) => Some(format!("{waiting}, from {from} on: settle answers {obstacle}")),
            None if overdue_wei.0.is_zero() => None,
            None => {
                let credited = mor(would_credit_wei.0);
                Some(format!("{waiting}, from {from} on: settle would credit {credited} MOR: cargo mrc53 settle"))
            }
        }
    }
}
