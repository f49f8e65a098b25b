//! How much of a subnet's stake others could withdraw today. Of a day on which a subnet's stake is below the minimum on
//! average nothing that it hosted on Base counts, so operators keep a margin.

use std::collections::BTreeSet;

use alloy::primitives::{Address, U256};
use anyhow::Result;
use mrc53_abi::StakeAlignment::{
    Staked, eligibleDaysCall, isEligibleCall, minSubnetStakeCall, stakeOfCall, subnetCall, subnetStakeCall,
};
use mrc53_console::amounts::as_string;
use mrc53_maths::Day;
use mrc53_node::logs;
use mrc53_node::reader::Reader;
use serde::Serialize;

/// A subnet's stake today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Margin {
    /// The subnet.
    pub subnet: Address,
    /// Whether today counts for it, as if nothing changed any more.
    pub eligible_today: bool,
    /// Whether a day would count that began now.
    pub eligible_from_now: bool,
    /// What is staked toward it, MOR wei.
    #[serde(serialize_with = "as_string")]
    pub stake_wei: U256,
    /// What of it others than the subnet's account and its receiver can withdraw before midnight, MOR wei.
    #[serde(serialize_with = "as_string")]
    pub others_can_withdraw_wei: U256,
    /// What it would lack for the minimum then, MOR wei; 0 if nothing.
    #[serde(serialize_with = "as_string")]
    pub would_lack_wei: U256,
}

/// The margins of `subnets` at `now` (unix seconds) in `alignment`, by its events from block `from` on.
///
/// # Errors
/// Fails if the node or the contract does not answer.
pub async fn read(
    reader: Reader<'_>,
    alignment: Address,
    from: u64,
    subnets: &[Address],
    now: u64,
) -> Result<Vec<Margin>> {
    let minimum: U256 = reader.view(alignment, minSubnetStakeCall {}).await?;
    let staked = logs::since::<Staked>(reader.provider, alignment, from).await?;
    let midnight = Day(Day::of(now).0.saturating_add(1)).start();
    let mut margins = Vec::with_capacity(subnets.len());
    for subnet in subnets {
        let receiver = reader.view(alignment, subnetCall { subnet: *subnet }).await?.receiver;
        let of_subnet = staked.iter().filter(|(event, _)| event.subnet == *subnet).map(|(event, _)| event.staker);
        let others: BTreeSet<Address> = of_subnet.filter(|staker| staker != subnet && *staker != receiver).collect();
        let calls: Vec<_> = others.iter().map(|staker| stakeOfCall { subnet: *subnet, staker: *staker }).collect();
        let mut others_can_withdraw = U256::ZERO;
        for answer in reader.each(alignment, &calls).await? {
            let stake = answer.map_err(|no| no.of_view::<stakeOfCall>(alignment))?;
            if stake.unlockAt < midnight {
                others_can_withdraw += U256::from(stake.amount);
            }
        }
        let day = Day::of(now).0;
        let today = eligibleDaysCall { subnet: *subnet, fromDay: day, toDay: day.saturating_add(1) };
        let stake_wei = U256::from(reader.view(alignment, subnetStakeCall { subnet: *subnet }).await?);
        margins.push(Margin {
            subnet: *subnet,
            eligible_today: !reader.view(alignment, today).await?.is_zero(),
            eligible_from_now: reader.view(alignment, isEligibleCall { subnet: *subnet }).await?,
            stake_wei,
            others_can_withdraw_wei: others_can_withdraw,
            would_lack_wei: minimum.saturating_sub(stake_wei.saturating_sub(others_can_withdraw)),
        });
    }
    Ok(margins)
}

impl Margin {
    /// Whether it has enough now, and others could take that away today.
    #[must_use]
    pub fn is_thin(&self) -> bool {
        self.eligible_from_now && !self.would_lack_wei.is_zero()
    }
}
