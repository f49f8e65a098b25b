//! Words that are neither kept nor answered any more, while the root that is taken proves others: only those of which days
//! that count are lacking.

use std::collections::BTreeSet;

use alloy::primitives::Address;
use anyhow::Result;
use mrc53_console::show::date;

use super::interest::Interest;
use super::source::Source;
use crate::evidence::Evidence;
use crate::pipeline::standing::{Opened, Standing};
use crate::pipeline::unproven;
use crate::word::Word;

/// What the `evidence` by `opened` lacks of what is of interest, a line for each day.
///
/// # Errors
/// Fails if a node or a contract does not answer.
pub(super) async fn days(
    source: &Source<'_>,
    standing: &Standing,
    interest: &Interest,
    opened: Opened,
    evidence: &Evidence,
) -> Result<Vec<String>> {
    let there: BTreeSet<Word> = evidence.words.iter().map(|proven| proven.word).collect();
    let words = interest.words(standing, opened.header_time);
    let missing: BTreeSet<Word> = words.into_iter().filter(|word| !there.contains(word)).collect();
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let subnets: BTreeSet<Address> = missing.iter().map(|word| word.subnet).collect();
    let subnets: Vec<Address> = subnets.into_iter().collect();
    let chains = source.chains;
    let reader = chains.connection.reader();
    let unproven = unproven::read(reader, &chains.base, standing, &subnets, interest.first_day).await?;
    let lacking = unproven.iter().filter(|unproven| missing.contains(&Word::of(unproven.subnet, unproven.day)));
    let line = |unproven: &unproven::Unproven| {
        format!(
            "{} of {}: its proof was not kept, and {} has the state of block {} no longer; a later root will do, or another \
             node with --base-rpc-url",
            date(unproven.day),
            unproven.subnet,
            chains.base.url,
            evidence.opening.block.number
        )
    };
    Ok(lacking.map(line).collect())
}
