//! Roots that have arrived, opened: the one that covers most, of those that cover more than is covered. The others add
//! nothing to it, but for one that covers as much and whose proofs are kept, where somebody has opened another.

use alloy::primitives::{B256, U256};
use anyhow::Result;
use mrc53_node::patience;
use mrc53_node::sender::{Sender, Transaction};
use mrc53_node::sent::ends_run;
use mrc53_node::words;

use super::line::OpenedLine;
use super::source::{Source, not_sent};
use crate::block::Block;
use crate::evidence::Opening;
use crate::no_proof::NoProof;
use crate::pipeline::standing::Standing;

/// Opens what adds something by `sender`. Anybody may send any number of roots that add nothing, at any time: of these no
/// more is asked than of which block they are.
///
/// # Errors
/// Fails if a node does not answer, or the sender has too little ether. What is wrong with one root is in its line.
pub(super) async fn open(source: &Source<'_>, standing: &Standing, sender: &Sender<'_>) -> Result<Vec<OpenedLine>> {
    let covered = standing.first_day_not_covered();
    let mut newest_first = source.blocks(&standing.unopened).await?;
    newest_first.sort_by_key(|(_, block)| std::cmp::Reverse(*block));
    let is_unknown = |root: &B256| newest_first.iter().all(|(known, _)| known != root);
    // Of an older one it has been known, and it added nothing.
    let unknown = standing.unopened.last().filter(|root| standing.last_accepted == Some(**root) && is_unknown(root));
    let mut lines: Vec<OpenedLine> =
        unknown.map(|root| not_opened(*root, not_sent(*root).to_string())).into_iter().collect();
    let needs_kept =
        !standing.opened.iter().any(|opened| opened.first_day_not_covered == covered && source.is_kept(opened.root));
    for (root, number) in newest_first {
        let fetched = match of_header(source, standing, number).await {
            Ok(not_covered) if not_covered == covered && needs_kept && source.is_kept(root) => {
                source.evidence(root, &[]).await
            }
            Ok(not_covered) if not_covered == covered => continue,
            Ok(not_covered) if not_covered < covered => break,
            Ok(_) => source.evidence(root, &[]).await,
            Err(error) => Err(error.into()),
        };
        let opening = match fetched {
            Ok(evidence) => evidence.opening,
            Err(error) => match error.downcast::<NoProof>()? {
                // Of this root; others may be opened nevertheless.
                why @ (NoProof::Pruned { .. } | NoProof::OtherBlock { .. }) => {
                    lines.push(not_opened(root, why.to_string()));
                    continue;
                }
                other => return Err(other.into()),
            },
        };
        let not_covered = standing.terms.first_day_not_covered(opening.block.time);
        let line = one(standing, sender, &opening, not_covered).await?;
        let is_opened = line.problem.is_none();
        lines.push(line);
        if is_opened {
            // A root whose state is gone is missed by nobody where another covers as much.
            lines.retain(|line| line.problem.is_none() || line.block.is_some());
            break;
        }
    }
    Ok(lines)
}

/// The first day that block `number` does not cover, by its header.
async fn of_header(source: &Source<'_>, standing: &Standing, number: u64) -> Result<u32, NoProof> {
    let block = Block::fetch(&source.chains.base, number).await?;
    Ok(standing.terms.first_day_not_covered(block.time))
}

fn not_opened(root: B256, why: String) -> OpenedLine {
    let problem = Some(why);
    OpenedLine { root, block: None, header_time: None, first_day_not_covered: None, sent: None, problem }
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
