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
    errors::{
        AlignmentCallFailed, BucketOverflow, Error, SessionTimesInvalid, SessionUnknown, SourceCallFailed,
        SubnetNotEligible,
    },
    events::{SecondsDropped, SessionBooked},
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
    /// The subnet that was last found eligible. Nothing in a call can change that: it calls views only.
    eligible: Option<Address>,
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
    pub(crate) fn begin(&self, source_gas: u64) -> Batch {
        let now = self.vm().block_timestamp();
        let first_open_day = window::first_open_day(now, self.grace());
        Batch { source: self.source.get(), now, first_open_day, source_gas, eligible: None }
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
        let (dropped, booked) = window::split(served, known.booked_until, batch.first_open_day);
        if dropped.is_empty() && booked.is_empty() {
            return Ok(0);
        }
        let subnet =
            if known.is_booked() { Address::new(known.subnet) } else { batch.subnet(session_id, session.bid_id)? };
        self.require_eligible(batch, subnet)?;

        // Nothing dropped at the first booking: it starts with the opening, on a day that is not final.
        let counted = !known.is_booked() && dropped.is_empty();
        self.add_usage(subnet, booked, counted)?;
        let is_complete = window::is_over(&session, batch.now);
        let now_known = SessionWord { subnet: subnet.into_array(), booked_until: served.to, is_complete };
        self.sessions.insert(session_id, B256::new(now_known.to_bytes()));

        let topics = [session_id, word(subnet)];
        if !dropped.is_empty() {
            emit::<SecondsDropped>(self.vm(), &topics, &[word(dropped.seconds()), word(dropped.to)]);
        }
        if !booked.is_empty() {
            emit::<SessionBooked>(self.vm(), &topics, &[word(booked.from), word(booked.to), word(counted)]);
        }
        Ok(booked.seconds())
    }

    fn require_eligible(&self, batch: &mut Batch, subnet: Address) -> Result<(), Error> {
        if batch.eligible == Some(subnet) {
            return Ok(());
        }
        let alignment = self.alignment.get();
        match alignment::is_eligible(alignment, subnet) {
            Ok(true) => {
                batch.eligible = Some(subnet);
                Ok(())
            }
            Ok(false) => Err(Error::SubnetNotEligible(SubnetNotEligible { subnet })),
            Err(_) => Err(Error::AlignmentCallFailed(AlignmentCallFailed { alignment })),
        }
    }

    /// Adds the seconds of `span` to their days, and one session to the day it begins on if `counted`: to the
    /// subnet's buckets and to the total.
    ///
    /// A booked span begins on a day that is not final and ends by now, so it touches at most `graceDays` + 1 days.
    /// Every sum is checked before the first word is written.
    fn add_usage(&mut self, subnet: Address, span: Span, counted: bool) -> Result<(), Error> {
        if span.is_empty() {
            return Ok(());
        }
        let (first, last) = span.days();
        let (first, last) = (first.0, last.0);
        let mut words = Vec::new();
        for index in UsageWord::index_of(first)..=UsageWord::index_of(last) {
            let (mut of_subnet, mut of_all) = self.usage_words(subnet, index);
            let from_day = index * DAYS_PER_WORD;
            for day in first.max(from_day)..=last.min(from_day + (DAYS_PER_WORD - 1)) {
                let seconds = Day(day).seconds_of(span.from, span.to);
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
