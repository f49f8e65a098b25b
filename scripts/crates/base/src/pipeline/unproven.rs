//! Days that are covered and not final, on which something was hosted that counts and is not proven yet.

use std::collections::{BTreeMap, BTreeSet};

use alloy::primitives::{Address, U256};
use anyhow::Result;
use mrc53_abi::StakeAlignment::eligibleDaysCall;
use mrc53_abi::UsageBuckets::hostedCall;
use mrc53_abi::UsageProofs::usageOfCall;
use mrc53_node::reader::Reader;
use mrc53_node::reading::Reading;
use serde::Serialize;

use super::coverage::Finality;
use super::standing::Standing;

/// Most days that `StakeAlignment` answers for at once.
const MOST_DAYS: u32 = 256;

/// A day of a subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Unproven {
    /// Whose.
    pub subnet: Address,
    /// The UTC day.
    pub day: u32,
    /// What it hosted, session-seconds.
    pub session_seconds: u64,
    /// When the day becomes final: what is not proven by then is lost.
    #[serde(flatten)]
    pub finality: Finality,
}

/// The days of `subnets` from `first_day` on: what Base has, by its node `base`, and Arbitrum has not, by `reader`.
///
/// # Errors
/// Fails if a node or a contract does not answer.
pub async fn read(
    reader: Reader<'_>,
    base: &Reading,
    standing: &Standing,
    subnets: &[Address],
    first_day: u32,
) -> Result<Vec<Unproven>> {
    let end = standing.first_day_not_covered();
    let from = first_day.max(standing.first_open_day).max(end.saturating_sub(MOST_DAYS));
    if from >= end {
        return Ok(Vec::new());
    }
    let pairs: Vec<(Address, u32)> = subnets.iter().flat_map(|subnet| (from..end).map(|day| (*subnet, day))).collect();
    let hosted: Vec<_> = pairs.iter().map(|(subnet, day)| hostedCall { subnet: *subnet, day: *day }).collect();
    let hosted = Reader::now(&base.provider).each(standing.buckets.address, &hosted).await?;
    let mut left = Vec::new();
    for (pair, answer) in pairs.into_iter().zip(hosted) {
        let hosted = answer.map_err(|no| no.of_view::<hostedCall>(standing.buckets.address))?;
        if hosted.sessionSeconds > 0 || hosted.sessions > 0 {
            left.push((pair, hosted.sessionSeconds));
        }
    }
    let proven: Vec<_> = left.iter().map(|((subnet, day), _)| usageOfCall { subnet: *subnet, day: *day }).collect();
    let proven = reader.each(standing.address, &proven).await?;
    let subnets: BTreeSet<Address> = left.iter().map(|((subnet, _), _)| *subnet).collect();
    let eligible = |subnet: &Address| eligibleDaysCall { subnet: *subnet, fromDay: from, toDay: end };
    let eligible = reader.each(standing.alignment, &subnets.iter().map(eligible).collect::<Vec<_>>()).await?;
    let eligible = subnets
        .into_iter()
        .zip(eligible)
        .map(|(subnet, days)| Ok((subnet, days.map_err(|no| no.of_view::<eligibleDaysCall>(standing.alignment))?)));
    let eligible: BTreeMap<Address, U256> = eligible.collect::<Result<_>>()?;
    let mut unproven = Vec::new();
    for (((subnet, day), session_seconds), proven) in left.into_iter().zip(proven) {
        let proven = proven.map_err(|no| no.of_view::<usageOfCall>(standing.address))?;
        let is_eligible = eligible[&subnet].bit((day - from) as usize);
        if proven.subnetSeconds == 0 && proven.subnetSessions == 0 && is_eligible {
            let finality = standing.terms.finality(&standing.entries, day);
            unproven.push(Unproven { subnet, day, session_seconds, finality });
        }
    }
    Ok(unproven)
}
