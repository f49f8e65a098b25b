//! What became of every session: for people, as JSON, and whether somebody has to look.

use std::collections::BTreeSet;

use alloy::primitives::{Address, B256};
use mrc53_console::show::count;
use mrc53_node::subnets::Standing;
use serde::Serialize;
use serde_json::{Value, json};

use super::eligible::PassedOver;

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
        /// How many more came too late, on days that counted.
        lost_seconds: u64,
        /// Days between on which its subnet was not eligible.
        passed_over: Vec<PassedOver>,
        /// In which transaction.
        transaction: B256,
    },
    /// They would be: nothing was sent (`--dry-run`), or somebody else signs (`--unsigned-from`).
    Planned {
        /// Seconds to be booked, as of now.
        new_seconds: u64,
        /// Seconds that come too late, on days that counted.
        lost_seconds: u64,
        /// Days between on which its subnet was not eligible.
        passed_over: Vec<PassedOver>,
    },
    /// Nothing was served since the last booking.
    NothingNew,
    /// It is running and has few new seconds (`--min-seconds`).
    Left {
        /// How many.
        new_seconds: u64,
    },
    /// What it served and is not booked lies on final days, and some of them counted.
    TooLate {
        /// How much lies on those.
        lost_seconds: u64,
        /// The transaction by which the recorder dropped it, so that nobody finds it again; none if nothing was sent.
        transaction: Option<B256>,
    },
    /// What it served and is not booked lies on final days on which its subnet was not eligible, or nothing was to be
    /// earned: no loss.
    NeverCounted,
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
    /// Seconds on days that counted that nobody can book any more.
    fn lost_seconds(&self) -> u64 {
        match self {
            Self::Booked { lost_seconds, .. }
            | Self::Planned { lost_seconds, .. }
            | Self::TooLate { lost_seconds, .. } => *lost_seconds,
            _ => 0,
        }
    }

    /// Whether it is counted for people and not listed.
    fn is_quiet(&self) -> bool {
        matches!(self, Self::NothingNew | Self::NeverCounted)
    }

    /// In words. `standing` is how its subnet stands, if that was asked.
    fn words(&self, standing: Option<&Standing>) -> String {
        let and_lost = |seconds: u64| match seconds {
            0 => String::new(),
            seconds => format!("; {seconds} s came too late and are lost: their days are final"),
        };
        let and_passed = |days: &[PassedOver]| match days {
            [] => String::new(),
            days => {
                let days: Vec<String> = days.iter().map(|days| days.words()).collect();
                format!("; passed over {}: its subnet was not eligible then", days.join(", "))
            }
        };
        match self {
            Self::Booked { booked_seconds, lost_seconds, passed_over, .. } => {
                format!("booked {booked_seconds} s{}{}", and_lost(*lost_seconds), and_passed(passed_over))
            }
            Self::Planned { new_seconds, lost_seconds, passed_over } => {
                format!("would book {new_seconds} s{}{}", and_lost(*lost_seconds), and_passed(passed_over))
            }
            Self::NothingNew => "nothing new".into(),
            Self::Left { new_seconds } => format!("left: running, {new_seconds} s new so far"),
            Self::TooLate { lost_seconds, transaction } => {
                let dropped = transaction.map_or_else(String::new, |hash| format!("; dropped in {hash}"));
                format!("too late: {lost_seconds} s lost, their days are final{dropped}")
            }
            Self::NeverCounted => "its days are final, and nothing was to be earned on them".into(),
            Self::NotEligible => format!("not eligible on any open day of it: {}", why_not(standing)),
            Self::Refused { reason } => format!("refused: {reason}"),
            Self::Failed { reason } => format!("failed: {reason}"),
        }
    }
}

/// That sessions of `provider` are refused on Base, and what helps.
#[must_use]
pub fn not_named(provider: Address) -> String {
    format!(
        "provider {provider} has code and has named no account, so its sessions are not booked: what its owner() answers \
         names one, cargo mrc53 set-subnet --provider {provider} --subnet ACCOUNT"
    )
}

/// Why days of a subnet do not count.
fn why_not(standing: Option<&Standing>) -> String {
    let unknown = || "its subnet did not hold the minimum stake; how much it lacks could not be read".into();
    standing.map_or_else(unknown, Standing::words)
}

/// What became of all.
#[derive(Clone, Debug)]
pub struct Report {
    /// Whether nothing was sent.
    pub dry_run: bool,
    /// Subnets that somebody named.
    pub named: Vec<Address>,
    /// One for each session read.
    pub lines: Vec<Line>,
    /// Subnets for which no open day counts: nothing of theirs can be booked now.
    pub subnets_not_eligible: Vec<Address>,
    /// Providers on Base that have code and have named no account: nothing of theirs can be booked.
    pub not_named: Vec<Address>,
    /// How those of [`Self::subnets_to_explain`] stand, as far as that could be read.
    pub standings: Vec<Standing>,
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
        let (lines, subnets_not_eligible, not_named, standings, transactions) = Default::default();
        let (gas, would_use_gas) = (0, 0);
        Self { dry_run, named, lines, subnets_not_eligible, not_named, standings, transactions, gas, would_use_gas }
    }

    /// The subnets of which is said that they are not eligible, each once.
    #[must_use]
    pub fn subnets_to_explain(&self) -> Vec<Address> {
        let named = self.subnets_not_eligible.iter().filter(|subnet| self.named.contains(subnet)).copied();
        let of_lines = self.lines.iter().filter(|line| line.outcome == Outcome::NotEligible).map(|line| line.subnet);
        named.chain(of_lines).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Session-seconds that this run found lost, and of how many sessions: by its own transactions, or in a dry run those
    /// that they would drop.
    #[must_use]
    pub fn lost(&self) -> (u64, usize) {
        let totals = self.totals();
        (totals.lost, totals.lost_sessions)
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
            text.push(format!("subnet {subnet}\n  not eligible on any open day: {}", why_not(self.standing(*subnet))));
        }
        if !others.is_empty() {
            text.push(format!("{} not eligible on any open day", count(others.len(), "subnet")));
        }
        text.extend(self.not_named.iter().map(|provider| not_named(*provider)));
        for lines in self.lines.chunk_by(|one, next| one.subnet == next.subnet) {
            text.push(format!("subnet {}", lines[0].subnet));
            let loud = lines.iter().filter(|line| !line.outcome.is_quiet());
            let words = |line: &Line| line.outcome.words(self.standing(line.subnet));
            text.extend(loud.map(|line| format!("  {}  {}", line.session_id, words(line))));
            for (quiet, words) in [
                (Outcome::NothingNew, "with nothing new"),
                (Outcome::NeverCounted, "on final days on which nothing was to be earned"),
            ] {
                let number = lines.iter().filter(|line| line.outcome == quiet).count();
                if number > 0 {
                    text.push(format!("  {} {words}", count(number, "session")));
                }
            }
        }
        text.push(self.summary());
        text.join("\n")
    }

    fn standing(&self, subnet: Address) -> Option<&Standing> {
        self.standings.iter().find(|standing| standing.subnet == subnet)
    }

    fn summary(&self) -> String {
        let totals = self.totals();
        let sessions = count(totals.sessions, "session");
        let transactions = count(self.transactions.len(), "transaction");
        let planned = totals.planned_sessions;
        let mut parts = vec![match (totals.sessions, planned) {
            (0, 0) if self.transactions.is_empty() => "nothing to record".to_owned(),
            (0, 0) => format!("recorded nothing, in {transactions} ({} gas)", self.gas),
            (0, _) => format!("would record {}, {} s", count(planned, "session"), totals.planned_seconds),
            (_, _) => format!("recorded {sessions}, {} s, in {transactions} ({} gas)", totals.seconds, self.gas),
        }];
        if totals.lost > 0 {
            parts.push(format!("newly lost: {} s of {}", totals.lost, count(totals.lost_sessions, "session")));
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
        let mut json = json!({
            "dry_run": self.dry_run,
            "sent": !self.transactions.is_empty(),
            "sessions": self.lines,
            "subnets_not_eligible": self.subnets_not_eligible,
            "standings": self.standings.iter().map(standing_json).collect::<Vec<_>>(),
            "transactions": self.transactions,
            "gas": self.gas,
            "recorded_sessions": totals.sessions,
            "recorded_seconds": totals.seconds,
            "would_record_sessions": totals.planned_sessions,
            "would_record_seconds": totals.planned_seconds,
            "would_use_gas": self.would_use_gas,
            "lost_seconds": totals.lost,
            "lost_sessions": totals.lost_sessions,
            "left_undone": self.left_undone(),
        });
        if !self.not_named.is_empty() {
            json["providers_not_named"] = json!(self.not_named);
        }
        json
    }

    fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for line in &self.lines {
            totals.lost_sessions += usize::from(line.outcome.lost_seconds() > 0);
            totals.lost += line.outcome.lost_seconds();
            match line.outcome {
                Outcome::Booked { booked_seconds, .. } => {
                    totals.sessions += usize::from(booked_seconds > 0);
                    totals.seconds += booked_seconds;
                }
                Outcome::Planned { new_seconds, .. } => {
                    totals.planned_sessions += 1;
                    totals.planned_seconds += new_seconds;
                }
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
    lost_sessions: usize,
}

fn standing_json(standing: &Standing) -> Value {
    json!({
        "subnet": standing.subnet,
        "is_registered": standing.is_registered,
        "stake_wei": standing.stake_wei.to_string(),
        "minimum_wei": standing.minimum_wei.to_string(),
    })
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
        assert_eq!(undone(Outcome::TooLate { lost_seconds: 1, transaction: None }), 0);
        assert_eq!(undone(Outcome::NeverCounted), 0);
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
        let (transaction, passed_over) = (B256::ZERO, Vec::new());
        let sum = report([
            Outcome::Booked { booked_seconds: 10, lost_seconds: 1, passed_over, transaction },
            Outcome::TooLate { lost_seconds: 2, transaction: Some(transaction) },
            Outcome::NothingNew,
        ]);
        assert_eq!((&sum.json()["recorded_seconds"], sum.lost()), (&json!(10), (3, 2)));
    }
}
