//! Words, proven in as many transactions as it takes: a batch that takes more gas than the chain gives is halved.

use std::collections::VecDeque;

use alloy::primitives::{B256, U256};
use alloy::sol_types::SolEvent;
use anyhow::Result;
use mrc53_abi::UsageProofs::{DayPassedOver, WordProven};
use mrc53_console::progress::Progress;
use mrc53_console::show::count;
use mrc53_node::patience;
use mrc53_node::sender::{OverBudget, Refused, Sender, Sent, Transaction};
use mrc53_node::sent::ends_run;
use mrc53_node::words;

use super::candidates::Candidate;
use super::line::{DayLine, WordLine};
use super::report::Report;
use crate::batches::{Batch, MOST_DATA_BYTES};
use crate::evidence::Evidence;
use crate::pipeline::days::PassedOver;
use crate::pipeline::standing::Standing;
use crate::word::Word;

/// Gas of one transaction that Arbitrum takes at most.
const MOST_GAS: u64 = 32_000_000;

/// Proves `due` by `evidence` and adds what became of each to `report`.
///
/// # Errors
/// Fails if nothing was sent and the sender has too little ether. Whatever else fails is in the report.
pub(super) async fn prove(
    standing: &Standing,
    sender: &Sender<'_>,
    evidence: &Evidence,
    due: &[Candidate],
    report: &mut Report,
    progress: &Progress,
) -> Result<()> {
    let all: Vec<Word> = due.iter().map(|candidate| candidate.word).collect();
    let mut batches: VecDeque<Batch> = evidence.batches(&all, MOST_DATA_BYTES).into();
    let mut given_up: Option<String> = None;
    while let Some(batch) = batches.pop_front() {
        let left = batch.words.len() + batches.iter().map(|batch| batch.words.len()).sum::<usize>();
        progress.detail(format!("{} of {} proven", all.len() - left, count(all.len(), "word")));
        if let Some(why) = &given_up {
            report.words.extend(lines(due, &batch, None, Some(why)));
            continue;
        }
        let what = format!("proving {}", count(batch.words.len(), "word"));
        let transaction = Transaction { what, to: standing.address, value: U256::ZERO, data: batch.data.clone() };
        let is_one = batch.words.len() == 1;
        if !is_one && !fits(sender, &transaction).await {
            let (first, second) = batch.words.split_at(batch.words.len() / 2);
            for half in [second, first] {
                evidence.batches(half, MOST_DATA_BYTES).into_iter().rev().for_each(|batch| batches.push_front(batch));
            }
            continue;
        }
        match patience::again(async || sender.send(&transaction).await).await {
            Ok(sent) => {
                let hash = if let Sent::Mined(receipt) = &sent { Some(receipt.transaction_hash) } else { None };
                report.words.extend(lines(due, &batch, hash, None));
                went(sent, due, &batch, report);
            }
            Err(error) if ends_run(&error) && report.transactions.is_empty() => return Err(error),
            Err(error) => {
                let why = words::of(&error);
                report.words.extend(lines(due, &batch, None, Some(&why)));
                report.over_budget |= error.is::<OverBudget>();
                // What the contract refuses of these words it need not refuse of others.
                given_up = (!error.is::<Refused>()).then(|| format!("not tried after this: {why}"));
            }
        }
    }
    Ok(())
}

/// Whether the chain gives `transaction` the gas that it takes. What is refused altogether is taken apart as well: what the
/// chain has against one word it need not have against others.
async fn fits(sender: &Sender<'_>, transaction: &Transaction) -> bool {
    match sender.estimate(transaction).await {
        Ok(gas) => gas <= MOST_GAS,
        // Said again when it is sent.
        Err(error) => ends_run(&error),
    }
}

/// A line for each word of `batch`.
fn lines(due: &[Candidate], batch: &Batch, transaction: Option<B256>, problem: Option<&String>) -> Vec<WordLine> {
    let of_batch = due.iter().filter(|candidate| batch.words.contains(&candidate.word));
    let line = |candidate: &Candidate| WordLine {
        word: candidate.word,
        due: candidate.due,
        days: if problem.is_none() { candidate.addable() } else { Vec::new() },
        transaction,
        problem: problem.cloned(),
    };
    of_batch.map(line).collect()
}

/// What `batch` has done: by its events where it was mined, else as it is foreseen.
fn went(sent: Sent, due: &[Candidate], batch: &Batch, report: &mut Report) {
    let Sent::Mined(receipt) = sent else {
        let of_batch = due.iter().filter(|candidate| batch.words.contains(&candidate.word));
        report.passed_over.extend(of_batch.flat_map(passed_over));
        return;
    };
    report.transactions.push(receipt.transaction_hash);
    report.gas += receipt.gas_used;
    for log in receipt.inner.logs() {
        if let Ok(event) = DayPassedOver::decode_log(&log.inner) {
            let DayPassedOver { subnet, day, reason } = event.data;
            report.passed_over.extend(PassedOver::of(reason).map(|reason| DayLine { subnet, day, reason }));
        }
        if let Ok(event) = WordProven::decode_log(&log.inner) {
            let WordProven { subnet, word: number, added, .. } = event.data;
            let added = mrc53_ledger::usage::UsageWord::from_bytes(added.0);
            let word = Word { subnet, number };
            let was_added = |day: &u32| added.day(*day) != mrc53_ledger::usage::Usage::default();
            for line in report.words.iter_mut().filter(|line| line.word == word && line.transaction.is_some()) {
                line.days = word.days().filter(was_added).collect();
            }
        }
    }
}

/// Days of a word that are passed over, but for those that were proven.
pub(super) fn passed_over(candidate: &Candidate) -> Vec<DayLine> {
    let line = |(day, why): &(u32, Option<PassedOver>)| {
        let reason = why.filter(|why| *why != PassedOver::Proven)?;
        Some(DayLine { subnet: candidate.word.subnet, day: *day, reason })
    };
    candidate.days.iter().filter_map(line).collect()
}
