//! Recording: which sessions have served seconds that are not booked yet, and booking them.
//!
//! | module | what lives there |
//! |---|---|
//! | [`due`] | the recorder's rule: which seconds of a session are new, and which come too late |
//! | [`find`] | sessions read from the Diamond, a subnet's from the newest backwards |
//! | [`batch`] | bookings simulated, sent, and what became of each session |
//! | [`report`] | the same for people and as JSON |
//!
//! # How far back a subnet's sessions are read
//!
//! The Diamond appends a session to its provider's list in the second in which it opens, and fixes its end then, at
//! most the longest session allowed (7 days live) later. So a session that opened at `o` serves nothing from
//! `o + longest` on, and nothing before the start `f` of the recorder's first open day can be booked: with
//! `o + longest <= f` it can gain nothing any more, and neither can any before it in the list. Reading stops after the
//! first whole page of such sessions. A whole page, not the first such session, so that the order may be disturbed by
//! less than a page. Where longer sessions were once allowed, `--max-session-days` widens the search.

pub mod batch;
pub mod due;
pub mod find;
pub mod report;

use std::collections::{HashMap, HashSet};

use alloy::primitives::{Address, B256};
use anyhow::Result;

use crate::failure::BadInput;
use crate::network::connection::Connection;
use crate::network::sender::Sender;
use crate::progress::Progress;
use crate::show::count;
use batch::{Batcher, Candidate};
use due::{EligibleDays, Judgement};
use find::{Found, Reader, Session};
use report::{Line, Outcome, Report};

/// Which sessions are wanted, and how they are sent.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Sessions by their ids.
    pub sessions: Vec<B256>,
    /// All sessions of these subnets.
    pub subnets: Vec<Address>,
    /// Those of them that somebody named: that one of these is not eligible is a failure.
    pub named: Vec<Address>,
    /// Most sessions of a transaction, at least 1.
    pub batch: usize,
    /// Sessions that are running are left until they have so many new seconds, unless some are about to be too late.
    pub min_seconds: u64,
    /// The longest session that the Diamond allows or has allowed, in seconds.
    pub max_session_seconds: u64,
    /// Session ids asked for at a time, at least 1.
    pub page: u64,
}

/// Records what is wanted and has new seconds, and says what became of every session read.
///
/// # Errors
/// [`BadInput`] if the Diamond does not know a session that is named, or, with nothing sent yet, the sender has too
/// little ether; fails if the node does not answer while the sessions are read. Whatever else stands in a session's way
/// is in the report.
pub async fn record(connection: &Connection, sender: &Sender<'_>, wanted: &Wanted) -> Result<Report> {
    let reader = Reader::new(connection).await?;
    let mut report = Report::new(sender.is_dry_run(), wanted.named.clone());
    let found = read(&reader, wanted, &mut report).await?;

    let hosts: HashSet<Address> = found.iter().filter(|one| one.session.is_ok()).map(|one| one.subnet).collect();
    let hosts: Vec<Address> = hosts.into_iter().collect();
    let days = reader.eligible_days(&hosts).await?;
    let eligible: HashMap<Address, EligibleDays> = hosts.into_iter().zip(days).collect();
    let mut candidates = Vec::new();
    for Found { session_id, subnet, session } in found {
        let mut line = |outcome| report.lines.push(Line { session_id, subnet, outcome });
        let Session { times, booked_until } = match session {
            Ok(session) => session,
            Err(reason) => {
                line(Outcome::Refused { reason });
                continue;
            }
        };
        // Of every session that could be read, the subnet was asked about.
        match due::judge(
            times,
            booked_until,
            reader.moment,
            eligible.get(&subnet).copied().unwrap_or_default(),
            wanted.min_seconds,
        ) {
            Judgement::Record { new_seconds, lost_seconds } => {
                candidates.push(Candidate { session_id, subnet, new_seconds, lost_seconds });
            }
            Judgement::NotEligible => line(Outcome::NotEligible),
            Judgement::Leave { new_seconds } => line(Outcome::Left { new_seconds }),
            Judgement::TooLate { lost_seconds } => line(Outcome::TooLate { lost_seconds }),
            Judgement::NothingNew => line(Outcome::NothingNew),
            Judgement::Contradiction => {
                line(Outcome::Refused { reason: "its times contradict each other or the clock".into() });
            }
        }
    }
    Batcher::new(connection, sender)?.record(candidates, wanted.batch, &mut report).await?;
    report.lines.sort_by_key(|line| line.subnet);
    Ok(report)
}

/// Every wanted session once; subnets that are not eligible go to the report unread.
async fn read(reader: &Reader<'_>, wanted: &Wanted, report: &mut Report) -> Result<Vec<Found>> {
    let asked = [(wanted.sessions.len(), "named session"), (wanted.subnets.len(), "subnet")];
    let asked = asked.into_iter().filter(|(number, _)| *number > 0).map(|(number, what)| count(number, what));
    let progress = Progress::start(format!("reading {}", asked.collect::<Vec<_>>().join(" and ")));
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    let named: Vec<B256> = wanted.sessions.iter().copied().filter(|id| seen.insert(*id)).collect();
    for session in reader.sessions(&named, None).await? {
        if session.session.as_ref().is_ok_and(|session| session.times.opened_at == 0) {
            let (id, diamond) = (session.session_id, reader.source());
            let hint = "is it of another chain?";
            return Err(BadInput::new(format!("session {id} is unknown to the Diamond at {diamond}: {hint}")).into());
        }
        found.push(session);
    }
    let (eligible, not_eligible) = reader.eligible_by_stake(&wanted.subnets).await?;
    report.subnets_not_eligible = not_eligible;
    for (number, subnet) in eligible.iter().enumerate() {
        let (so_far, all) = (number + 1, eligible.len());
        let counted = |read: usize, total: u64| progress.detail(format!("subnet {so_far} of {all}: {read} of {total}"));
        let sessions = reader.of_subnet(*subnet, wanted.page, wanted.max_session_seconds, counted).await?;
        found.extend(sessions.into_iter().filter(|session| seen.insert(session.session_id)));
    }
    progress.done(format!("read {}", count(found.len(), "session")));
    Ok(found)
}
