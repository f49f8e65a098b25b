//! Keeping, opening, proving, in this order: what can be lost first.

use alloy::primitives::Address;
use anyhow::Result;
use mrc53_console::progress::Progress;
use mrc53_console::show::count;
use mrc53_maths::Day;
use mrc53_node::sender::{Sender, Sent};
use mrc53_node::time;

use super::candidates::{self, Candidate};
use super::interest::Interest;
use super::line::WordLine;
use super::report::Report;
use super::source::Source;
use super::{keeping, missing, opening, sending};
use crate::chains::Chains;
use crate::evidence::Evidence;
use crate::kept::folder::Kept;
use crate::no_proof::NoProof;
use crate::pipeline::days::{Due, Moment};
use crate::pipeline::standing::{Opened, Standing};

/// What is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The subnets of interest.
    pub subnets: Vec<Address>,
    /// The first day for which anybody is paid.
    pub first_day: u32,
    /// Prove what can be added now, whether its word can still gain days or not.
    pub now: bool,
}

/// Keeps, opens and proves what is wanted. Without a `sender`, nothing but keeping.
///
/// # Errors
/// [`BadInput`](mrc53_console::failure::BadInput) if the node of Base has no proofs or makes something up, or a kept file was
/// changed; a failure if a node does not answer. What is left undone otherwise is in the report.
pub async fn prove(
    chains: &Chains<'_>,
    sender: Option<&Sender<'_>>,
    kept: &mut Kept,
    wanted: &Wanted,
) -> Result<Report> {
    let progress = Progress::start(format!("looking at {} on three chains", count(wanted.subnets.len(), "subnet")));
    let report = whole(chains, sender, kept, wanted, &progress).await.map_err(of_node)?;
    progress.done(format!("looked at {}", count(wanted.subnets.len(), "subnet")));
    Ok(report)
}

/// What a node proves nothing of is a failure of the command.
fn of_node(error: anyhow::Error) -> anyhow::Error {
    error.downcast::<NoProof>().map_or_else(|other| other, NoProof::into_failure)
}

async fn whole(
    chains: &Chains<'_>,
    sender: Option<&Sender<'_>>,
    kept: &mut Kept,
    wanted: &Wanted,
    progress: &Progress,
) -> Result<Report> {
    let mut standing = chains.standing().await?;
    let interest = Interest { subnets: wanted.subnets.clone(), first_day: wanted.first_day };
    let mut report = Report { dry_run: sender.is_none_or(Sender::is_dry_run), ..Report::default() };
    // What was changed since is found before anything is sent.
    let over = |time: u64| standing.terms.first_day_not_covered(time) <= standing.first_open_day;
    kept.forget(over)?;
    report.kept = keeping::keep(chains, kept, &standing, &interest, progress).await?;
    if let Some(sender) = sender {
        let source = Source { chains, kept, buckets: standing.buckets };
        progress.detail("roots that have arrived");
        report.opened = opening::open(&source, &standing, sender).await?;
        if report.opened.iter().any(|line| matches!(line.sent, Some(Sent::Mined(_)))) {
            report.sent = true;
            standing = chains.standing().await?;
        }
        words(&source, &standing, sender, &interest, wanted.now, &mut report, progress).await?;
    }
    report.first_open_day = standing.first_open_day;
    report.first_day_not_covered = standing.first_day_not_covered();
    report.sent |= !report.transactions.is_empty();
    Ok(report)
}

/// Proves by the newest root that is open and whose proofs are to be had.
async fn words(
    source: &Source<'_>,
    standing: &Standing,
    sender: &Sender<'_>,
    interest: &Interest,
    now: bool,
    report: &mut Report,
    progress: &Progress,
) -> Result<()> {
    let Some((opened, evidence)) = newest(source, standing, interest, report, progress).await? else { return Ok(()) };
    report.root = Some(opened.root);
    report.problems.extend(missing::days(source, standing, interest, opened, &evidence).await?);
    let connection = source.chains.connection;
    let moment = Moment {
        now: time::now(&connection.provider).await?,
        first_open_day: standing.first_open_day,
        first_day_not_covered: opened.first_day_not_covered,
        terms: standing.terms,
        entries: &standing.entries,
    };
    progress.detail("what is proven, and which days count");
    let found = candidates::read(connection.reader(), standing, &evidence, moment, now).await?;
    let (due, others): (Vec<Candidate>, Vec<Candidate>) = found.into_iter().partition(|one| one.due == Due::Now);
    sending::prove(standing, sender, &evidence, &due, report, progress).await?;
    let is_covered = |day: u32| Day(day).0 < opened.first_day_not_covered;
    for candidate in others {
        let passed_over = sending::passed_over(&candidate).into_iter().filter(|line| is_covered(line.day));
        report.passed_over.extend(passed_over);
        if candidate.due != Due::Never {
            report.words.push(WordLine {
                word: candidate.word,
                due: candidate.due,
                days: candidate.addable(),
                transaction: None,
                problem: None,
            });
        }
    }
    Ok(())
}

/// The newest open root, and what proves the words of interest by it.
async fn newest(
    source: &Source<'_>,
    standing: &Standing,
    interest: &Interest,
    report: &mut Report,
    progress: &Progress,
) -> Result<Option<(Opened, Evidence)>> {
    let mut gone: Option<(u32, String)> = None;
    for opened in standing.newest_first() {
        let words = interest.words(standing, opened.header_time);
        if words.is_empty() {
            return Ok(None);
        }
        progress.detail(format!("proofs of {} by {}", count(words.len(), "word"), opened.root));
        match source.evidence(opened.root, &words).await {
            Ok(evidence) => {
                // What an older root covers too is missed by nobody.
                let missed = gone.filter(|(not_covered, _)| *not_covered > opened.first_day_not_covered);
                report.problems.extend(missed.map(|(_, why)| why));
                return Ok(Some((opened, evidence)));
            }
            Err(error) => match error.downcast::<NoProof>()? {
                why @ (NoProof::Pruned { .. } | NoProof::NotSent { .. }) => {
                    gone.get_or_insert((opened.first_day_not_covered, why.to_string()));
                }
                other => return Err(other.into()),
            },
        }
    }
    report.problems.extend(gone.map(|(_, why)| why));
    Ok(None)
}
