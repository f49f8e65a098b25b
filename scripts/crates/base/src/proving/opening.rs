//! Roots that have arrived, opened: the one that covers most, of those that cover more than is covered. The others add
//! nothing to it.

use alloy::primitives::U256;
use anyhow::Result;
use mrc53_node::patience;
use mrc53_node::sender::{Sender, Transaction};
use mrc53_node::sent::ends_run;
use mrc53_node::words;

use super::line::OpenedLine;
use super::source::Source;
use crate::evidence::Opening;
use crate::no_proof::NoProof;
use crate::pipeline::standing::Standing;

/// Roots that are looked at, the last that have arrived: anybody may send any number of old ones, which add nothing.
const MOST_ROOTS: usize = 8;

/// Opens what adds something by `sender`.
///
/// # Errors
/// Fails if a node does not answer, or the sender has too little ether. What is wrong with one root is in its line.
pub(super) async fn open(source: &Source<'_>, standing: &Standing, sender: &Sender<'_>) -> Result<Vec<OpenedLine>> {
    let mut lines = Vec::new();
    let mut openings: Vec<Opening> = Vec::new();
    for root in standing.unopened.iter().rev().take(MOST_ROOTS) {
        // What adds nothing needs no proofs, nor anybody who still has them.
        let latest = source.latest_time(*root).await?;
        if standing.terms.first_day_not_covered(latest) <= standing.first_day_not_covered() {
            continue;
        }
        match source.evidence(*root, &[]).await {
            Ok(evidence) => openings.push(evidence.opening),
            Err(error) => match error.downcast::<NoProof>()? {
                // Of this root; others may be opened nevertheless.
                why @ (NoProof::Pruned { .. } | NoProof::OtherBlock { .. } | NoProof::NotSent { .. }) => {
                    lines.push(OpenedLine {
                        root: *root,
                        block: None,
                        header_time: None,
                        first_day_not_covered: None,
                        sent: None,
                        problem: Some(why.to_string()),
                    })
                }
                other => return Err(other.into()),
            },
        }
    }
    openings.sort_by_key(|opening| std::cmp::Reverse(opening.block.time));
    let mut covered = standing.first_day_not_covered();
    for opening in openings {
        let not_covered = standing.terms.first_day_not_covered(opening.block.time);
        if not_covered <= covered {
            continue;
        }
        let line = one(standing, sender, &opening, not_covered).await?;
        if line.problem.is_none() {
            covered = not_covered;
        }
        lines.push(line);
    }
    // A root whose state is gone is missed by nobody where another covers as much.
    let is_covered = covered > standing.first_day_not_covered();
    lines.retain(|line| line.problem.is_none() || line.block.is_some() || !is_covered);
    Ok(lines)
}

async fn one(standing: &Standing, sender: &Sender<'_>, opening: &Opening, not_covered: u32) -> Result<OpenedLine> {
    let root = opening.root();
    let what = format!("opening the root {root}");
    let transaction = Transaction { what, to: standing.address, value: U256::ZERO, data: opening.call() };
    let (sent, problem) = match patience::again(async || sender.send(&transaction).await).await {
        Ok(sent) => (Some(sent), None),
        Err(error) if ends_run(&error) => return Err(error),
        Err(error) => (None, Some(words::of(&error))),
    };
    Ok(OpenedLine {
        root,
        block: Some(opening.block.number),
        header_time: Some(opening.block.time),
        first_day_not_covered: Some(not_covered),
        sent,
        problem,
    })
}
