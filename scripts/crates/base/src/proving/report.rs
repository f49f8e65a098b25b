//! All of a run, for people and as JSON.

use alloy::primitives::{Address, B256};
use mrc53_console::show::{count, date, moment};
use mrc53_ledger::usage::DAYS_PER_WORD;
use mrc53_node::sender::Sent;
use serde::Serialize;

use super::line::{DayLine, KeptLine, OpenedLine, WordLine};
use crate::pipeline::days::{Due, PassedOver};

/// One run.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Whether nothing is ever sent.
    pub dry_run: bool,
    /// Whether anything was.
    pub sent: bool,
    /// The first day that is not final.
    pub first_open_day: u32,
    /// The first day that no opened root covers.
    pub first_day_not_covered: u32,
    /// Proofs that are kept of the newest proposals.
    pub kept: Vec<KeptLine>,
    /// Roots that have arrived.
    pub opened: Vec<OpenedLine>,
    /// The root by which words were looked at; none without one that is open, or whose proofs are to be had.
    pub root: Option<B256>,
    /// Words on which something was hosted that is not proven yet.
    pub words: Vec<WordLine>,
    /// Days that were passed over, or would be.
    pub passed_over: Vec<DayLine>,
    /// The transactions that proved words.
    pub transactions: Vec<B256>,
    /// Gas that they took.
    pub gas: u64,
    /// Why words were not looked at by a root that is open, a line each.
    pub problems: Vec<String>,
    /// Whether it ended because it might have cost more than it may.
    pub over_budget: bool,
}

impl Report {
    /// What is left undone, a line each.
    #[must_use]
    pub fn undone(&self) -> Vec<String> {
        let opened = self.opened.iter().filter_map(|line| line.problem.as_ref()).cloned();
        let words = self.words.iter().filter_map(|line| {
            let problem = line.problem.as_ref()?;
            Some(format!("word {} of {}: {problem}", line.word.number, line.word.subnet))
        });
        let lost = self.passed_over.iter().filter(|line| line.reason == PassedOver::Final);
        let lost = lost.map(|line| format!("{} of {} is lost: {}", date(line.day), line.subnet, line.reason.words()));
        opened.chain(self.problems.clone()).chain(words).chain(lost).collect()
    }

    /// For people.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines: Vec<String> = self.kept.iter().map(kept).collect();
        lines.extend(self.opened.iter().map(opened));
        lines.extend(self.problems.iter().map(|problem| format!("not looked at: {problem}")));
        if self.first_day_not_covered == 0 {
            lines.push("no root is open yet: `relay` sends one, and this opens it once it has arrived".into());
        }
        lines.extend(self.words.iter().map(word));
        lines.extend(self.passed_over.iter().map(passed_over));
        let days: usize = self.words.iter().filter(|line| line.due == Due::Now).map(|line| line.days.len()).sum();
        let proven = self.words.iter().filter(|line| line.transaction.is_some()).count();
        lines.push(match (proven, days) {
            (0, 0) => "nothing to prove".to_owned(),
            (0, days) => format!("would prove {}", count(days, "day")),
            (proven, days) => format!(
                "proved {} in {}: {}, {} gas",
                count(proven, "word"),
                count(self.transactions.len(), "transaction"),
                count(days, "day"),
                self.gas
            ),
        });
        lines.join("\n")
    }
}

fn word(line: &WordLine) -> String {
    let WordLine { word: of, due, days, transaction, problem } = line;
    let subnet: Address = of.subnet;
    let first = of.number.saturating_mul(DAYS_PER_WORD);
    let span = format!("{} to {}", date(first), date(first.saturating_add(DAYS_PER_WORD - 1)));
    let what = match (problem, transaction, due) {
        (Some(problem), ..) => format!("not proven: {problem}"),
        (None, Some(transaction), _) => format!("{} proven in {transaction}", dates(days)),
        (None, None, Due::Now) => format!("{} would be proven", dates(days)),
        (None, None, Due::Later { at_the_latest }) => format!(
            "{} can be proven, and waits for the days behind it, until {} at the latest (--now does not)",
            dates(days),
            moment(*at_the_latest)
        ),
        (None, None, Due::Uncovered) => "waits for a root that covers it".into(),
        (None, None, Due::Never) => "nothing to add".into(),
    };
    format!("subnet {subnet}, {span}\n  {what}")
}

fn dates(days: &[u32]) -> String {
    days.iter().map(|day| date(*day)).collect::<Vec<_>>().join(", ")
}

fn kept(line: &KeptLine) -> String {
    let of = format!("of block {} of Base, the first proposal of {}", line.block, date(line.day));
    let words = count(line.words, "word");
    match &line.problem {
        None => format!("proofs of {words} are kept {of}"),
        Some(problem) => format!("proofs of {words} are kept {of}, the others not: {problem}"),
    }
}

fn opened(line: &OpenedLine) -> String {
    let root = line.root;
    let covers = line.first_day_not_covered.and_then(|day| day.checked_sub(1));
    let covers = covers.map(|day| format!(", which covers days up to {}", date(day))).unwrap_or_default();
    match (&line.problem, &line.sent) {
        (Some(problem), _) => format!("root {root} is not opened: {problem}"),
        (None, Some(Sent::Mined(receipt))) => {
            format!("root {root}{covers}, is opened in {} ({} gas)", receipt.transaction_hash, receipt.gas_used)
        }
        (None, _) => format!("root {root}{covers}, would be opened; words can be proven by it afterwards"),
    }
}

fn passed_over(line: &DayLine) -> String {
    format!("{} of subnet {} is passed over: {}", date(line.day), line.subnet, line.reason.words())
}
