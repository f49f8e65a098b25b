//! What became of every session: for people, as JSON, and whether somebody has to look.

use alloy::primitives::{Address, B256};
use serde::Serialize;
use serde_json::{Value, json};

use crate::show::count;

/// A session and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its id.
    #[serde(rename = "session")]
    pub session_id: B256,
    /// Its subnet.
    pub subnet: Address,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What became of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Served seconds were booked.
    Booked {
        /// How many.
        booked_seconds: u64,
        /// How many more came too late.
        lost_seconds: u64,
        /// In which transaction.
        transaction: B256,
    },
    /// They would be: nothing was sent (`--dry-run`), or somebody else signs (`--unsigned-from`).
    Planned {
        /// Seconds to be booked, as of now.
        new_seconds: u64,
        /// Seconds that come too late.
        lost_seconds: u64,
    },
    /// Nothing was served since the last booking.
    NothingNew,
    /// It is running and has few new seconds (`--min-seconds`).
    Left {
        /// How many.
        new_seconds: u64,
    },
    /// What it served and is not booked lies on final days.
    TooLate {
        /// How much that is.
        lost_seconds: u64,
    },
    /// Its subnet is not eligible now.
    NotEligible,
    /// The Diamond or the recorder refuses it.
    Refused {
        /// Why.
        reason: String,
    },
    /// It did not get through to the chain.
    Failed {
        /// Why.
        reason: String,
    },
}

impl Outcome {
    /// In words.
    fn words(&self) -> String {
        let and_lost = |seconds: u64| match seconds {
            0 => String::new(),
            seconds => format!("; {seconds} s came too late and are lost: their days are final"),
        };
        match self {
            Self::Booked { booked_seconds, lost_seconds, .. } => {
                format!("booked {booked_seconds} s{}", and_lost(*lost_seconds))
            }
            Self::Planned { new_seconds, lost_seconds } => {
                format!("would book {new_seconds} s{}", and_lost(*lost_seconds))
            }
            Self::NothingNew => "nothing new".into(),
            Self::Left { new_seconds } => format!("left: running, {new_seconds} s new so far"),
            Self::TooLate { lost_seconds } => format!("too late: {lost_seconds} s lost, their days are final"),
            Self::NotEligible => format!("not eligible: {NOT_ELIGIBLE}"),
            Self::Refused { reason } => format!("refused: {reason}"),
            Self::Failed { reason } => format!("failed: {reason}"),
        }
    }
}

const NOT_ELIGIBLE: &str =
    "on no open day of it did its subnet hold the minimum stake; days to come count once it holds it all day long";

/// What became of all.
#[derive(Clone, Debug)]
pub struct Report {
    /// Whether nothing was sent.
    pub dry_run: bool,
    /// Subnets that somebody named.
    pub named: Vec<Address>,
    /// One for each session read.
    pub lines: Vec<Line>,
    /// Subnets whose sessions were not read because none can be booked now.
    pub subnets_not_eligible: Vec<Address>,
    /// All transactions, in order.
    pub transactions: Vec<B256>,
    /// Their gas.
    pub gas: u64,
    /// Gas that they would use, estimated where nothing was sent.
    pub would_use_gas: u64,
}

impl Report {
    /// Nothing yet.
    #[must_use]
    pub fn new(dry_run: bool, named: Vec<Address>) -> Self {
        let (lines, subnets_not_eligible, transactions) = Default::default();
        Self { dry_run, named, lines, subnets_not_eligible, transactions, gas: 0, would_use_gas: 0 }
    }

    /// How many sessions could not be recorded and perhaps can be later. A subnet that nobody named and that is not
    /// eligible is none of them: anybody can register one, and no keeper should ring for it.
    #[must_use]
    pub fn left_undone(&self) -> usize {
        let undone = |line: &&Line| {
            matches!(line.outcome, Outcome::NotEligible | Outcome::Refused { .. } | Outcome::Failed { .. })
        };
        let subnets = self.subnets_not_eligible.iter().filter(|subnet| self.named.contains(subnet));
        self.lines.iter().filter(undone).count() + subnets.count()
    }

    /// Lines for people: by subnet, the sessions with something to say, then the sum.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = Vec::new();
        let (named, others): (Vec<&Address>, Vec<&Address>) =
            self.subnets_not_eligible.iter().partition(|subnet| self.named.contains(subnet));
        for subnet in named {
            text.push(format!("subnet {subnet}\n  not eligible, sessions not read: {NOT_ELIGIBLE}"));
        }
        if !others.is_empty() {
            text.push(format!("{} not eligible, sessions not read", count(others.len(), "subnet")));
        }
        for lines in self.lines.chunk_by(|one, next| one.subnet == next.subnet) {
            text.push(format!("subnet {}", lines[0].subnet));
            let quiet = lines.iter().filter(|line| line.outcome == Outcome::NothingNew).count();
            let loud = lines.iter().filter(|line| line.outcome != Outcome::NothingNew);
            text.extend(loud.map(|line| format!("  {}  {}", line.session_id, line.outcome.words())));
            if quiet > 0 {
                text.push(format!("  {} with nothing new", count(quiet, "session")));
            }
        }
        text.push(self.summary());
        text.join("\n")
    }

    fn summary(&self) -> String {
        let totals = self.totals();
        let sessions = count(totals.sessions, "session");
        let transactions = count(self.transactions.len(), "transaction");
        let planned = totals.planned_sessions;
        let mut parts = vec![match (totals.sessions, planned) {
            (0, 0) => "nothing to record".to_owned(),
            (0, _) => format!("would record {}, {} s", count(planned, "session"), totals.planned_seconds),
            (_, _) => format!("recorded {sessions}, {} s, in {transactions} ({} gas)", totals.seconds, self.gas),
        }];
        if totals.lost > 0 {
            parts.push(format!("{} s lost", totals.lost));
        }
        if self.left_undone() > 0 {
            parts.push(format!("{} left unrecorded", self.left_undone()));
        }
        parts.join("; ")
    }

    /// As JSON. What is only planned goes by the names that begin with `would`.
    #[must_use]
    pub fn json(&self) -> Value {
        let totals = self.totals();
        json!({
            "dry_run": self.dry_run,
            "sent": !self.transactions.is_empty(),
            "sessions": self.lines,
            "subnets_not_eligible": self.subnets_not_eligible,
            "transactions": self.transactions,
            "gas": self.gas,
            "recorded_sessions": totals.sessions,
            "recorded_seconds": totals.seconds,
            "would_record_sessions": totals.planned_sessions,
            "would_record_seconds": totals.planned_seconds,
            "would_use_gas": self.would_use_gas,
            "lost_seconds": totals.lost,
            "left_undone": self.left_undone(),
        })
    }

    fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for line in &self.lines {
            match line.outcome {
                Outcome::Booked { booked_seconds, lost_seconds, .. } => {
                    totals.sessions += usize::from(booked_seconds > 0);
                    totals.seconds += booked_seconds;
                    totals.lost += lost_seconds;
                }
                Outcome::Planned { new_seconds, lost_seconds } => {
                    totals.planned_sessions += 1;
                    totals.planned_seconds += new_seconds;
                    totals.lost += lost_seconds;
                }
                Outcome::TooLate { lost_seconds } => totals.lost += lost_seconds,
                _ => {}
            }
        }
        totals
    }
}

/// Sums over all sessions: those booked and those that would be, their seconds, and the seconds that came too late.
#[derive(Default)]
struct Totals {
    sessions: usize,
    seconds: u64,
    planned_sessions: usize,
    planned_seconds: u64,
    lost: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(outcomes: impl IntoIterator<Item = Outcome>) -> Report {
        let line = |outcome| Line { session_id: B256::ZERO, subnet: Address::ZERO, outcome };
        Report { lines: outcomes.into_iter().map(line).collect(), ..Report::new(false, Vec::new()) }
    }

    #[test]
    fn what_can_be_recorded_later_is_left_undone_and_what_never_can_is_not() {
        let reason = String::new;
        let undone = |outcome| report([outcome]).left_undone();
        assert_eq!(undone(Outcome::NotEligible), 1);
        assert_eq!(undone(Outcome::Refused { reason: reason() }), 1);
        assert_eq!(undone(Outcome::Failed { reason: reason() }), 1);
        assert_eq!(undone(Outcome::NothingNew), 0);
        assert_eq!(undone(Outcome::Left { new_seconds: 1 }), 0);
        assert_eq!(undone(Outcome::TooLate { lost_seconds: 1 }), 0);
    }

    #[test]
    fn a_subnet_that_is_not_eligible_is_left_undone_if_somebody_named_it() {
        let (named, other) = (Address::with_last_byte(1), Address::with_last_byte(2));
        let of = |subnet| Report { subnets_not_eligible: vec![subnet], ..Report::new(false, vec![named]) };
        assert_eq!((of(named).left_undone(), of(other).left_undone()), (1, 0));
    }

    #[test]
    fn sessions_with_nothing_new_are_counted_and_not_listed() {
        let text = report([Outcome::NothingNew, Outcome::NothingNew]).text();
        assert!(text.ends_with("  2 sessions with nothing new\nnothing to record"), "{text}");
    }

    #[test]
    fn lost_seconds_are_summed_over_all_outcomes_that_have_any() {
        let transaction = B256::ZERO;
        let sum = report([
            Outcome::Booked { booked_seconds: 10, lost_seconds: 1, transaction },
            Outcome::TooLate { lost_seconds: 2 },
        ]);
        assert_eq!((&sum.json()["recorded_seconds"], &sum.json()["lost_seconds"]), (&json!(10), &json!(3)));
    }
}
