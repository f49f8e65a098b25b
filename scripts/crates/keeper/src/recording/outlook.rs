//! What is lost if nobody records: read, never sent. Session-seconds that end unbooked soon, those that have, and those
//! that the recorder was told to drop lately.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use alloy::eips::BlockNumberOrTag;
use alloy::primitives::{Address, B256};
use alloy::providers::Provider;
use alloy::rpc::types::Log;
use anyhow::{Context, Result};
use mrc53_abi::SessionRecorder::SecondsDropped;
use mrc53_node::connection::Connection;
use mrc53_node::logs;
use mrc53_node::node::Node;
use serde::Serialize;

use super::due::lost_by;
use super::eligible::EligibleDays;
use super::find::{Pages, Reader};
use super::site::Site;

/// How far is looked.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    /// How the sessions of a subnet are read.
    pub pages: Pages,
    /// How far ahead for what will be lost, and how far back for what was dropped, in seconds.
    pub within_seconds: u64,
}

/// What is lost, on days that counted for the subnet and earned; subnets without a loss are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outlook {
    /// How far was looked, ahead and back.
    pub within_seconds: u64,
    /// What ends unbooked within that time, by subnet.
    pub ending: Vec<Ending>,
    /// What has ended unbooked, and no record call has dropped yet.
    pub lost: Vec<Lost>,
    /// What record calls have dropped within that time.
    pub dropped: Vec<Lost>,
}

/// Served session-seconds of a subnet that nobody has booked, and that cannot be booked any more soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ending {
    /// The subnet.
    pub subnet: Address,
    /// How many seconds.
    pub seconds: u64,
    /// Of how many sessions.
    pub sessions: usize,
    /// From when on the first of them are lost, Unix seconds.
    pub lost_at: u64,
}

/// Session-seconds of a subnet that nobody can book any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// The subnet.
    pub subnet: Address,
    /// How many seconds.
    pub seconds: u64,
    /// Of how many sessions.
    pub sessions: usize,
}

/// Reads what is lost of `subnets`, as `watch` says.
///
/// # Errors
/// [`mrc53_console::failure::BadInput`] if no recorder has been deployed there; fails if the node or a contract does
/// not answer.
pub async fn read(connection: &Connection, subnets: &[Address], watch: Watch) -> Result<Outlook> {
    let reader = Reader::new(connection, Site::of(connection).await?).await?;
    let moment = reader.moment;
    let horizon = moment.later(watch.within_seconds);
    let eligible = reader.eligible_by_stake(subnets).await?;
    let providers = reader.providers(subnets).await?;
    let mut outlook = Outlook { within_seconds: watch.within_seconds, ..Outlook::default() };
    for (subnet, days) in &eligible {
        let (subnet, days) = (*subnet, *days);
        let mut ending = Ending { subnet, seconds: 0, sessions: 0, lost_at: u64::MAX };
        let mut lost = Lost { subnet, seconds: 0, sessions: 0 };
        let mut found = Vec::new();
        for serving in providers.of(subnet) {
            found.extend(reader.of_subnet(subnet, serving, days, watch.pages, |_, _| {}).await?);
        }
        for session in found.iter().filter_map(|found| found.session.as_ref().ok()) {
            let losses = lost_by(session.times, session.booked_until, moment, days, horizon);
            lost.seconds += losses.lost_seconds;
            lost.sessions += usize::from(losses.lost_seconds > 0);
            if let Some(day) = losses.ending_day {
                ending.seconds += losses.ending_seconds;
                ending.sessions += 1;
                ending.lost_at = ending.lost_at.min(moment.end_of(day));
            }
        }
        outlook.ending.extend((ending.sessions > 0).then_some(ending));
        outlook.lost.extend((lost.sessions > 0).then_some(lost));
    }
    let since = moment.now.saturating_sub(watch.within_seconds);
    outlook.dropped = dropped(&reader.site, &eligible.into_iter().collect(), since).await?;
    Ok(outlook)
}

/// What the recorder has dropped since `since` (Unix seconds) on days that count for their subnets and earn, as `eligible` says.
async fn dropped(site: &Site, eligible: &HashMap<Address, EligibleDays>, since: u64) -> Result<Vec<Lost>> {
    let events = logs::since::<SecondsDropped>(&site.node.provider, site.recorder, site.since).await?;
    let mut of_subnets: BTreeMap<Address, (u64, BTreeSet<B256>)> = BTreeMap::new();
    // From the newest backwards, until one is too old.
    for (event, log) in events.into_iter().rev() {
        if time_of(&site.node, &log).await? < since {
            break;
        }
        let Some(days) = eligible.get(&event.subnet) else { continue };
        let seconds = days.that_earn().seconds_of(event.until.saturating_sub(event.droppedSeconds), event.until);
        if seconds > 0 {
            let of_subnet = of_subnets.entry(event.subnet).or_default();
            of_subnet.0 += seconds;
            of_subnet.1.insert(event.sessionId);
        }
    }
    let lost = |(subnet, (seconds, sessions)): (Address, (u64, BTreeSet<B256>))| Lost {
        subnet,
        seconds,
        sessions: sessions.len(),
    };
    Ok(of_subnets.into_iter().map(lost).collect())
}

/// The timestamp of the block that `log` is of; the node may say it beside the log.
async fn time_of(node: &Node, log: &Log) -> Result<u64> {
    if let Some(timestamp) = log.block_timestamp {
        return Ok(timestamp);
    }
    let number = log.block_number.context("an event of no block")?;
    let block = node.provider.get_block_by_number(BlockNumberOrTag::Number(number)).await;
    let block = block.map_err(|error| node.url.blame(&format!("block {number}"), &error))?;
    Ok(block.with_context(|| format!("{} does not know its block {number}", node.url))?.header.timestamp)
}
