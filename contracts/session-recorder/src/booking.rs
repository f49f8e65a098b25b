//! Booking one session: ask the source, judge, then write.
//!
//! The order is fixed: everything that can refuse comes first, all calls to others are views and come before the
//! first write, and a session that is refused leaves no trace.

use alloc::vec::Vec;

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall;
use mrc53_interfaces::{
    alignment,
    source::{self, ISessionSource, Session},
    wire::{emit, word},
};
use mrc53_ledger::{
    session::SessionWord,
    usage::{Usage, UsageWord, DAYS_PER_WORD},
};
use mrc53_maths::Day;
use stylus_sdk::prelude::*;

use crate::{
    eligible::{EligibleDays, Run},
    errors::{
        AlignmentCallFailed, BucketOverflow, Error, SessionTimesInvalid, SessionUnknown, SourceCallFailed,
        SubnetNotEligible,
    },
    events::{DaysPassedOver, SecondsDropped, SessionBooked},
    window::{self, Span},
    SessionRecorder,
};

/// What a call reads once, however many sessions it books.
pub(crate) struct Batch {
    source: Address,
    now: u64,
    first_open_day: Day,
    /// Most gas that one view of the source is given.
    source_gas: u64,
    /// How many sessions there may be.
    size: Size,
    /// The subnets that were asked about, and on which open days each is eligible. Nothing in a call can change that:
    /// it calls views only.
    asked: Vec<(Address, EligibleDays)>,
}

/// How many sessions a call books, and so for which days it asks whether a subnet is eligible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// One: for the days on which it served. The running day alone takes no search in the subnet's history.
    One,
    /// Many: for all open days, once for each subnet.
    Many,
}

impl Batch {
    fn session(&self, session_id: B256) -> Result<Session, Error> {
        let session = source::session(self.source, session_id, self.source_gas)
            .map_err(|_| source_failed::<ISessionSource::getSessionCall>(session_id))?;
        if session.opened_at == 0 {
            return Err(Error::SessionUnknown(SessionUnknown { sessionId: session_id }));
        }
        Ok(session)
    }

    fn subnet(&self, session_id: B256, bid_id: B256) -> Result<Address, Error> {
        source::provider(self.source, bid_id, self.source_gas)
            .map_err(|_| source_failed::<ISessionSource::getBidCall>(session_id))
    }
}

fn source_failed<View: SolCall>(session_id: B256) -> Error {
    Error::SourceCallFailed(SourceCallFailed { sessionId: session_id, selector: View::SELECTOR.into() })
}

impl SessionRecorder {
    /// Reads what stays the same for all sessions of a call.
    pub(crate) fn begin(&self, size: Size, source_gas: u64) -> Batch {
        let now = self.vm().block_timestamp();
        let first_open_day = window::first_open_day(now, self.grace());
        Batch { source: self.source.get(), now, first_open_day, source_gas, size, asked: Vec::new() }
    }

    /// Books what is new of `session_id` and returns the seconds booked; see [`SessionRecorder::record`].
    pub(crate) fn book(&mut self, batch: &mut Batch, session_id: B256) -> Result<u64, Error> {
        let known = SessionWord::from_bytes(self.sessions.get(session_id).0);
        if known.is_complete {
            return Ok(0);
        }
        let session = batch.session(session_id)?;
        let served = window::served(&session, batch.now).ok_or(Error::SessionTimesInvalid(SessionTimesInvalid {
            sessionId: session_id,
            openedAt: session.opened_at,
            endsAt: session.ends_at,
            closedAt: session.closed_at,
            nowAt: batch.now,
        }))?;
        let (dropped, open) = window::split(served, known.booked_until, batch.first_open_day);
        if dropped.is_empty() && open.is_empty() {
            return Ok(0);
        }
        let subnet =
            if known.is_booked() { Address::new(known.subnet) } else { batch.subnet(session_id, session.bid_id)? };
        let runs = self.eligible_runs(batch, subnet, open)?;
        let until = runs.last().map_or(dropped.to, |run| run.span.to);

        // The first booking begins with the opening: nothing was dropped or passed over.
        let counted = !known.is_booked() && runs.first().is_some_and(|run| run.span.from == served.from);
        self.add_usage(subnet, &runs, counted)?;
        let is_complete = until == served.to && window::is_over(&session, batch.now);
        let now_known = SessionWord { subnet: subnet.into_array(), booked_until: until, is_complete };
        self.sessions.insert(session_id, B256::new(now_known.to_bytes()));

        let topics = [session_id, word(subnet)];
        if !dropped.is_empty() {
            emit::<SecondsDropped>(self.vm(), &topics, &[word(dropped.seconds()), word(dropped.to)]);
        }
        let mut booked_seconds = 0_u64;
        for (number, Run { gap_from, from_day, span }) in runs.into_iter().enumerate() {
            if gap_from != from_day {
                emit::<DaysPassedOver>(self.vm(), &topics, &[word(gap_from), word(from_day)]);
            }
            let counted = counted && number == 0;
            emit::<SessionBooked>(self.vm(), &topics, &[word(span.from), word(span.to), word(counted)]);
            // Runs are apart from each other and end by now: their sum is below it.
            booked_seconds = booked_seconds.saturating_add(span.seconds());
        }
        Ok(booked_seconds)
    }

    /// The parts of `open`, the new seconds on days that are not final, that lie on days on which `subnet` is eligible:
    /// at least one unless `open` is empty.
    fn eligible_runs(&self, batch: &mut Batch, subnet: Address, open: Span) -> Result<Vec<Run>, Error> {
        if open.is_empty() {
            return Ok(Vec::new());
        }
        let known = batch.asked.iter().find(|(asked, _)| *asked == subnet).map(|(_, days)| *days);
        let days = match known {
            Some(days) => days,
            None => self.ask_for_days(batch, subnet, open)?,
        };
        let runs: Vec<_> = days.runs(open).collect();
        if runs.is_empty() {
            return Err(Error::SubnetNotEligible(SubnetNotEligible { subnet }));
        }
        Ok(runs)
    }

    /// Asks on which days `subnet` is eligible: at most `graceDays` + 1 of them, all open ones in a batch.
    fn ask_for_days(&self, batch: &mut Batch, subnet: Address, open: Span) -> Result<EligibleDays, Error> {
        let (first, last) = match batch.size {
            Size::One => open.days(),
            Size::Many => (batch.first_open_day, Day::of(batch.now)),
        };
        let alignment = self.alignment.get();
        let bits = alignment::eligible_days(alignment, subnet, first.0, last.next().0)
            .map_err(|_| Error::AlignmentCallFailed(AlignmentCallFailed { alignment }))?;
        let days = EligibleDays::new(first, bits);
        batch.asked.push((subnet, days));
        Ok(days)
    }

    /// Adds the seconds of `runs` to their days, and one session to the day they begin on if `counted`: to the
    /// subnet's buckets and to the total.
    ///
    /// Runs begin on a day that is not final and end by now, so they touch at most `graceDays` + 1 days. Every sum is
    /// checked before the first word is written.
    fn add_usage(&mut self, subnet: Address, runs: &[Run], counted: bool) -> Result<(), Error> {
        let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return Ok(()) };
        let (first, last) = (first.from_day, last.span.days().1 .0);
        let mut words = Vec::new();
        for index in UsageWord::index_of(first)..=UsageWord::index_of(last) {
            let (mut of_subnet, mut of_all) = self.usage_words(subnet, index);
            let from_day = index * DAYS_PER_WORD;
            for day in first.max(from_day)..=last.min(from_day + (DAYS_PER_WORD - 1)) {
                // A day lies in at most one run.
                let seconds = runs.iter().map(|run| Day(day).seconds_of(run.span.from, run.span.to)).sum();
                let more = Usage { seconds, sessions: u32::from(counted && day == first) };
                let overflow = |_| Error::BucketOverflow(BucketOverflow { subnet, day });
                of_subnet = of_subnet.with_added(day, more).map_err(overflow)?;
                of_all = of_all.with_added(day, more).map_err(overflow)?;
            }
            words.push((U256::from(index), of_subnet, of_all));
        }
        let mut subnet_usage = self.subnet_usage.setter(subnet);
        for (index, of_subnet, of_all) in words {
            subnet_usage.insert(index, B256::new(of_subnet.to_bytes()));
            self.total_usage.insert(index, B256::new(of_all.to_bytes()));
        }
        Ok(())
    }

    /// The words number `index` of `subnet` and of all subnets.
    pub(crate) fn usage_words(&self, subnet: Address, index: u32) -> (UsageWord, UsageWord) {
        let index = U256::from(index);
        let of_subnet = self.subnet_usage.getter(subnet).get(index);
        (UsageWord::from_bytes(of_subnet.0), UsageWord::from_bytes(self.total_usage.get(index).0))
    }
}
