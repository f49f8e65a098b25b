//! Proofs of proposed blocks, fetched while nodes have them: of the first proposal of each UTC day, the earliest that
//! covers as much as any of the day.

use anyhow::Result;
use mrc53_console::progress::Progress;
use mrc53_console::show::{count, moment};
use mrc53_maths::{Day, SECONDS_PER_DAY};
use mrc53_node::reading::Reading;
use mrc53_node::time;

use super::interest::Interest;
use super::line::KeptLine;
use crate::block;
use crate::chains::Chains;
use crate::fetch;
use crate::games::ethereum::Ethereum;
use crate::kept::folder::Kept;
use crate::no_proof::NoProof;
use crate::pipeline::standing::Standing;
use crate::proposals::Proposals;
use crate::word::Word;

/// Words that are fetched before they are written down.
const TOGETHER: usize = 500;
/// Days whose first proposal is looked at: today's, and yesterday's for who runs shortly after midnight.
const DAYS: u32 = 2;

/// Keeps what proves the words of interest in the first proposals of today and yesterday, as far as the node has them.
///
/// # Errors
/// [`NoProof`] if the node makes something up; a failure if a node does not answer or nothing can be written.
pub(super) async fn keep(
    chains: &Chains<'_>,
    kept: &mut Kept,
    standing: &Standing,
    interest: &Interest,
    progress: &Progress,
) -> Result<Vec<KeptLine>> {
    let ethereum = Ethereum::read(&chains.ethereum_reading, chains.portal).await?;
    let Some(proposals) = Proposals::read(&ethereum).await? else { return Ok(Vec::new()) };
    let now = time::now(&chains.connection.provider).await?;
    let today = Day::of(block_time(&chains.base, block::last(&chains.base).await?, now).await?);
    let mut lines = Vec::new();
    for day in (0..DAYS).filter_map(|back| today.0.checked_sub(back)).rev() {
        let Some(number) = proposals.first_of(&chains.base, Day(day)).await? else { continue };
        let line = one(chains, kept, standing, interest, (day, number, now), progress).await?;
        // What is gone of yesterday was there yesterday.
        lines.extend(line.filter(|line| line.problem.is_none() || day == today.0));
    }
    Ok(lines)
}

async fn one(
    chains: &Chains<'_>,
    kept: &mut Kept,
    standing: &Standing,
    interest: &Interest,
    (day, number, now): (u32, u64, u64),
    progress: &Progress,
) -> Result<Option<KeptLine>> {
    let words = interest.words(standing, block_time(&chains.base, number, now).await?);
    let root = kept.blocks().find(|(block, _)| *block == number).map(|(_, root)| root);
    let there = root.map(|root| kept.of(root)).transpose()?.flatten();
    let is_missing = |word: &&Word| !there.iter().flat_map(|there| &there.words).any(|proven| proven.word == **word);
    let missing: Vec<Word> = words.iter().filter(is_missing).copied().collect();
    let mut line = KeptLine { day, block: number, root, words: words.len() - missing.len(), problem: None };
    for portion in missing.chunks(TOGETHER) {
        let left = count(missing.len() - (line.words + missing.len() - words.len()), "word");
        progress.detail(format!("proofs of block {number}: {left} left"));
        match fetch::evidence(&chains.base, standing.buckets, number, portion).await {
            Ok(evidence) => {
                line.root = Some(evidence.opening.root());
                kept.add(evidence)?;
                line.words += portion.len();
            }
            // Before the buckets were deployed nothing was counted.
            Err(NoProof::OtherCode { .. }) => return Ok(None),
            Err(gone @ NoProof::Pruned { .. }) => {
                line.problem = Some(gone.to_string());
                break;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok((!words.is_empty()).then_some(line))
}

/// The time of block `number`, unix seconds, which is not a day behind `now` of Arbitrum: the words of a later one, or of
/// the end of time, are nobody's business.
async fn block_time(base: &Reading, number: u64, now: u64) -> Result<u64, NoProof> {
    let time = block::time(base, number).await?;
    if time <= now.saturating_add(SECONDS_PER_DAY) {
        return Ok(time);
    }
    let what = format!("is of {}, and on Arbitrum it is {}", moment(time), moment(now));
    Err(NoProof::OtherBlock { url: NoProof::url(base), block: number, what: what.into() })
}
