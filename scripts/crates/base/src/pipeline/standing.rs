//! Where `UsageProofs` stands: its terms, its roots, and how far they cover.

use alloy::primitives::{Address, B256};
use alloy::providers::DynProvider;
use anyhow::{Context, Result};
use mrc53_abi::UsageProofs::{
    RootAccepted, RootOpened, alignmentCall, bucketsCall, coverageEntriesCall, coverageEntryCall, firstOpenDayCall,
    graceDaysCall, relayCall, windowDaysCall,
};
use mrc53_node::logs;
use mrc53_node::reader::Reader;
use serde::Serialize;

use super::coverage::{Entry, Terms};
use crate::fetch::Buckets;

/// Entries that are read together.
const TOGETHER: u32 = 50;

/// A root that was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Opened {
    /// The root.
    pub root: B256,
    /// The time of its header, unix seconds.
    pub header_time: u64,
    /// The first day that it does not cover.
    pub first_day_not_covered: u32,
}

/// Everything that tells what can be opened and proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// `UsageProofs`.
    pub address: Address,
    /// Who sends roots, as it arrives on Arbitrum.
    pub relay: Address,
    /// The buckets on Base.
    #[serde(flatten)]
    pub buckets: Buckets,
    /// Who says on which days subnets were eligible.
    pub alignment: Address,
    /// The terms.
    #[serde(flatten)]
    pub terms: Terms,
    /// The first day that is not final; 0 before the first.
    pub first_open_day: u32,
    /// Roots that were accepted and not opened, the oldest first.
    pub unopened: Vec<B256>,
    /// The root that was accepted last, opened or not.
    #[serde(skip)]
    pub last_accepted: Option<B256>,
    /// Roots that were opened, in that order.
    pub opened: Vec<Opened>,
    /// Since when days that are not final are covered, the oldest first.
    pub entries: Vec<Entry>,
}

impl Standing {
    /// Reads it by `reader`; events from block `from` on, the one that the contract was deployed in or an earlier one.
    ///
    /// # Errors
    /// [`mrc53_console::failure::BadInput`] if `address` is no `UsageProofs`; a failure if the node does not answer.
    pub async fn read(reader: Reader<'_>, address: Address, from: u64) -> Result<Self> {
        let buckets = reader.view(address, bucketsCall {}).await?;
        let terms = Terms {
            grace_days: reader.view(address, graceDaysCall {}).await?,
            window_days: reader.view(address, windowDaysCall {}).await?,
        };
        let first_open_day = reader.view(address, firstOpenDayCall {}).await?;
        let (accepted, opened) = roots(reader.provider, address, from).await?;
        Ok(Self {
            address,
            relay: reader.view(address, relayCall {}).await?,
            buckets: Buckets { address: buckets.account, code_hash: buckets.codeHash },
            alignment: reader.view(address, alignmentCall {}).await?,
            terms,
            first_open_day,
            last_accepted: accepted.last().copied(),
            unopened: accepted.into_iter().filter(|root| opened.iter().all(|opened| opened.root != *root)).collect(),
            opened,
            entries: entries(reader, address, first_open_day).await?,
        })
    }

    /// The first day that no opened root covers; 0 before the first.
    #[must_use]
    pub fn first_day_not_covered(&self) -> u32 {
        self.entries.last().map_or(0, |entry| entry.first_day_not_covered)
    }

    /// The opened roots, those that cover most first.
    #[must_use]
    pub fn newest_first(&self) -> Vec<Opened> {
        let mut opened = self.opened.clone();
        opened.sort_by_key(|opened| std::cmp::Reverse(opened.header_time));
        opened
    }
}

/// The roots that were accepted, and those that were opened.
async fn roots(provider: &DynProvider, address: Address, from: u64) -> Result<(Vec<B256>, Vec<Opened>)> {
    let accepted = logs::since::<RootAccepted>(provider, address, from).await.context("roots that were accepted")?;
    let opened = logs::since::<RootOpened>(provider, address, from).await.context("roots that were opened")?;
    let of = |event: &RootOpened| Opened {
        root: event.root,
        header_time: event.timestamp,
        first_day_not_covered: event.firstDayNotCovered,
    };
    Ok((accepted.iter().map(|(event, _)| event.root).collect(), opened.iter().map(|(event, _)| of(event)).collect()))
}

/// The entries from the one on by which all final days are covered, the oldest first.
async fn entries(reader: Reader<'_>, address: Address, first_open_day: u32) -> Result<Vec<Entry>> {
    let mut end = reader.view(address, coverageEntriesCall {}).await?;
    let mut newest_first: Vec<Entry> = Vec::new();
    while end > 0 && newest_first.last().is_none_or(|oldest| oldest.first_day_not_covered > first_open_day) {
        let start = end.saturating_sub(TOGETHER);
        let calls: Vec<_> = (start..end).rev().map(|number| coverageEntryCall { number }).collect();
        for answer in reader.each(address, &calls).await? {
            let entry = answer.map_err(|no| no.of_view::<coverageEntryCall>(address))?;
            newest_first.push(Entry { first_day_not_covered: entry.firstDayNotCovered, opened_at: entry.openedAt });
        }
        end = start;
    }
    newest_first.reverse();
    Ok(newest_first)
}
