//! Recording: which sessions have served seconds that are not booked yet, and booking them.
//!
//! | module | what lives there |
//! |---|---|
//! | [`site`] | on which chain sessions are recorded, and who is asked there |
//! | [`providers`] | whose sessions are booked under which account |
//! | [`due`] | the recorder's rule: which seconds of a session are new, and which come too late |
//! | [`eligible`] | on which days a subnet's sessions count |
//! | `earning` | on which days anybody can earn |
//! | [`find`] | sessions read from the Diamond, a subnet's from the newest backwards |
//! | [`outlook`] | what is lost if nobody records |
//! | [`batch`] | bookings simulated, sent, and what became of each session |
//! | [`report`] | the same for people and as JSON |
//!
//! # How far back a subnet's sessions are read
//!
//! The Diamond appends a session to its provider's list in the second in which it opens, and fixes its end then, at
//! most the longest session allowed (7 days live) later. So a session that opened at `o` serves nothing from
//! `o + longest` on, and nothing before the start `f` of the recorder's first open day can be booked: with
//! `o + longest <= f` it can gain nothing any more, and neither can any before it in the list. Reading stops after the
//! first whole page of such sessions that have lost nothing. A whole page, not the first such session, so that the order
//! may be disturbed by less than a page. Where longer sessions were once allowed, `--max-session-days` widens the search.
//!
//! # Losses are reported once
//!
//! What a session served on a final day that counted, and nobody booked, is lost. The chain itself keeps who was told:
//! recording such a session drops these seconds with `SecondsDropped` and moves the session's `bookedUntil` past them, so
//! the recorder is called for a session that has nothing but losses too. The run whose transaction drops them reports
//! them; no other run, nor any other keeper's, finds them again. Until somebody's does, they are new to everybody. What
//! lies on days that did not count for its subnet could never be booked, and for days that are voided, before every
//! distributor's first, without emission or counted by another recorder nobody is paid by this one: neither is a loss,
//! and both are left alone.

pub mod batch;
pub mod due;
mod earning;
pub mod eligible;
pub mod find;
pub mod outlook;
pub mod providers;
pub mod report;
pub mod site;

use std::collections::{HashMap, HashSet};

use alloy::primitives::{Address, B256};
use anyhow::Result;
use mrc53_console::failure::BadInput;
use mrc53_console::progress::Progress;
use mrc53_console::show::count;
use mrc53_node::connection::Connection;
use mrc53_node::sender::Sender;
use mrc53_node::subnets;

use batch::{Batcher, Candidate};
use due::Judgement;
use eligible::EligibleDays;
use find::{Found, Pages, Reader, Session};
use report::{Line, Outcome, Report};
use site::Site;

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
    /// How the sessions of a subnet are read.
    pub pages: Pages,
}

/// What was read.
struct Gathered {
    found: Vec<Found>,
    /// On which days each subnet counts.
    days: HashMap<Address, EligibleDays>,
}

/// Records what is wanted and has new seconds at `site`, on whose chain `sender` sends, and says what became of every
/// session read.
///
/// # Errors
/// [`BadInput`] if the Diamond does not know a session that is named, or, with nothing sent yet, the sender has too
/// little ether; fails if the node does not answer while the sessions are read. Whatever else stands in a session's way
/// is in the report.
pub async fn record(connection: &Connection, site: Site, sender: &Sender<'_>, wanted: &Wanted) -> Result<Report> {
    let reader = Reader::new(connection, site).await?;
    let mut report = Report::new(sender.is_dry_run(), wanted.named.clone());
    let Gathered { found, days } = read(&reader, wanted, &mut report).await?;
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
        let eligible = days.get(&subnet).copied().unwrap_or_default();
        let is_named = wanted.sessions.contains(&session_id);
        match due::judge(times, booked_until, reader.moment, eligible, wanted.min_seconds) {
            Judgement::Record { new_seconds, lost_seconds } => {
                // On Base no day is passed over: what does not count is booked there, and not proven.
                let is_passed_over = !reader.site.is_on_base();
                let passed_over =
                    is_passed_over.then(|| due::passed_over(times, booked_until, reader.moment, eligible));
                let passed_over = passed_over.unwrap_or_default();
                candidates.push(Candidate { session_id, subnet, eligible, new_seconds, lost_seconds, passed_over });
            }
            Judgement::TooLate { lost_seconds } => {
                let (new_seconds, passed_over) = (0, Vec::new());
                candidates.push(Candidate { session_id, subnet, eligible, new_seconds, lost_seconds, passed_over });
            }
            // The recorder on Base books days that do not count, too, and so drops what is lost.
            Judgement::LostAndNotEligible { lost_seconds } if reader.site.is_on_base() => {
                let (new_seconds, passed_over) = (0, Vec::new());
                candidates.push(Candidate { session_id, subnet, eligible, new_seconds, lost_seconds, passed_over });
            }
            // Nothing can be sent: the recorder refuses it.
            Judgement::LostAndNotEligible { lost_seconds } => {
                line(Outcome::TooLate { lost_seconds, transaction: None });
            }
            // Its subnet is in the report already.
            Judgement::NotEligible if !is_named && report.subnets_not_eligible.contains(&subnet) => {}
            Judgement::NotEligible => line(Outcome::NotEligible),
            Judgement::Leave { new_seconds } => line(Outcome::Left { new_seconds }),
            Judgement::NeverCounted => line(Outcome::NeverCounted),
            Judgement::NothingNew => line(Outcome::NothingNew),
            Judgement::Contradiction => {
                line(Outcome::Refused { reason: "its times contradict each other or the clock".into() });
            }
        }
    }
    Batcher::new(&reader.site, sender)?.record(candidates, wanted.batch, &mut report).await?;
    report.lines.sort_by_key(|line| line.subnet);
    let short = report.subnets_to_explain();
    // That this cannot be read must not hide what was done.
    report.standings = subnets::standings(connection, reader.alignment(), &short).await.unwrap_or_default();
    Ok(report)
}

/// Every wanted session once; subnets for which no open day counts go to the report, and are read only if a day before
/// did.
async fn read(reader: &Reader<'_>, wanted: &Wanted, report: &mut Report) -> Result<Gathered> {
    let asked = [(wanted.sessions.len(), "named session"), (wanted.subnets.len(), "subnet")];
    let asked = asked.into_iter().filter(|(number, _)| *number > 0).map(|(number, what)| count(number, what));
    let asked: Vec<String> = asked.collect();
    let asked = if asked.is_empty() { "nothing: no subnet is registered".into() } else { asked.join(" and ") };
    let progress = Progress::start(format!("reading {asked}"));
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
    let eligible = reader.eligible_by_stake(&wanted.subnets).await?;
    let providers = reader.providers(&wanted.subnets).await?;
    // Whoever names some subnets asks for these alone.
    report.not_named = if wanted.named.is_empty() { providers.unnamed.clone() } else { Vec::new() };
    for (number, (subnet, days)) in eligible.iter().enumerate() {
        let (so_far, all) = (number + 1, eligible.len());
        let counted = |read: usize, total: u64| progress.detail(format!("subnet {so_far} of {all}: {read} of {total}"));
        for serving in providers.of(*subnet) {
            let sessions = reader.of_subnet(*subnet, serving, *days, wanted.pages, counted).await?;
            found.extend(sessions.into_iter().filter(|session| seen.insert(session.session_id)));
        }
    }
    progress.done(format!("read {}", count(found.len(), "session")));

    let mut days: HashMap<Address, EligibleDays> = eligible.into_iter().collect();
    let is_open = |subnet: &Address| days.get(subnet).is_some_and(|days| days.any_from(reader.moment.first_open_day));
    report.subnets_not_eligible = wanted.subnets.iter().copied().filter(|subnet| !is_open(subnet)).collect();
    let hosts = found.iter().filter(|one| one.session.is_ok()).map(|one| one.subnet);
    let others: HashSet<Address> = hosts.filter(|subnet| !days.contains_key(subnet)).collect();
    let others: Vec<Address> = others.into_iter().collect();
    days.extend(others.iter().copied().zip(reader.eligible_days(&others).await?));
    Ok(Gathered { found, days })
}
