//! Everything that a page shows of the way from Base: games, roots, coverage, what is unproven and until when, and how
//! thin subnets' stakes are.

use alloy::primitives::{Address, B256};
use anyhow::Result;
use mrc53_node::reader::Reader;
use mrc53_suite::contract::Contract;
use serde::Serialize;

use super::coverage::Terms;
use super::margin::{self, Margin};
use super::standing::{Opened, Standing};
use super::unproven::{self, Unproven};
use crate::chains::Chains;
use crate::games::find::{Latest, latest};

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// The newest game, and the newest valid one.
    pub games: Latest,
    /// The terms.
    #[serde(flatten)]
    pub terms: Terms,
    /// The last day that is covered; none before the first.
    pub last_covered_day: Option<u32>,
    /// The last day that is final; none before the first.
    pub last_final_day: Option<u32>,
    /// Roots that have arrived and are not opened.
    pub unopened: Vec<B256>,
    /// The opened root that covers most.
    pub opened: Option<Opened>,
    /// Days that are covered and not proven.
    pub unproven: Vec<Unproven>,
    /// How much of their stakes subnets could lose today.
    pub margins: Vec<Margin>,
}

/// Reads it by `reader` for `subnets` at `now`, unix seconds.
///
/// # Errors
/// Fails if a node or a contract does not answer.
pub async fn read(chains: &Chains<'_>, reader: Reader<'_>, subnets: &[Address], now: u64) -> Result<Overview> {
    let book = &chains.connection.book;
    let since = |contract: Contract| book.since(contract.package());
    let standing = Standing::read(reader, chains.proofs, since(Contract::UsageProofs)).await?;
    let first_day = book.settings.map_or(0, |settings| settings.first_day);
    Ok(Overview {
        games: latest(&chains.ethereum_reading, chains.portal).await?,
        terms: standing.terms,
        last_covered_day: standing.first_day_not_covered().checked_sub(1),
        last_final_day: standing.first_open_day.checked_sub(1),
        unproven: unproven::read(reader, &chains.base, &standing, subnets, first_day).await?,
        margins: margin::read(reader, standing.alignment, since(Contract::StakeAlignment), subnets, now).await?,
        opened: standing.newest_first().first().copied(),
        unopened: standing.unopened,
    })
}
