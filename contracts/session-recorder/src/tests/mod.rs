//! Unit tests, one file per rule of the recorder, and the world they share.
//!
//! The source is a [`Scripted`] contract, the alignment an [`Eligibility`]: what they answer is written down by each test.

use alloy_primitives::{address, Address, LogData, B256, U256};
use alloy_sol_types::SolEvent;
use motsu::prelude::*;
use mrc53_interfaces::recorder::DayUsage;
use mrc53_testing::{clock, diamond, Eligibility, Scripted};

use crate::{DaysPassedOver, Error, SecondsDropped, SessionBooked, SessionRecorder};

mod batch;
mod booking;
mod constructing;
mod counting;
mod diamond_answers;
mod eligibility;
mod eligible_runs;
mod encoding;
mod events;
mod finality;
mod hostile_source;
mod laws;
mod usage;
mod window;

/// 2025-02-21 00:00:00 UTC, and its day number.
const MIDNIGHT: u64 = 1_740_096_000;
const DAY: u32 = 20_140;
const SECONDS_PER_DAY: u64 = 86_400;
const HOUR: u64 = 3_600;
const GRACE_DAYS: u32 = 3;

const SUBNET: Address = address!("5000000000000000000000000000000000000001");
const OTHER_SUBNET: Address = address!("5000000000000000000000000000000000000002");
const ANYONE: Address = address!("a000000000000000000000000000000000000001");

/// A session as the source answers it. Times are unix seconds.
#[derive(Clone, Copy, Debug)]
struct Hosted {
    subnet: Address,
    opened_at: u64,
    ends_at: u64,
    closed_at: u64,
}

/// A session of [`SUBNET`] that is open.
const fn open(opened_at: u64, ends_at: u64) -> Hosted {
    Hosted { subnet: SUBNET, opened_at, ends_at, closed_at: 0 }
}

impl Hosted {
    const fn closed(self, closed_at: u64) -> Self {
        Self { closed_at, ..self }
    }

    const fn by(self, subnet: Address) -> Self {
        Self { subnet, ..self }
    }
}

/// A recorder between a scripted source and an alignment that finds both subnets eligible on every day.
struct World {
    recorder: Contract<SessionRecorder>,
    source: Contract<Scripted>,
    alignment: Contract<Eligibility>,
}

impl World {
    fn new() -> Self {
        Self::with_grace(GRACE_DAYS)
    }

    fn with_grace(grace_days: u32) -> Self {
        let world = Self { recorder: Contract::new(), source: Contract::new(), alignment: Contract::new() };
        let (source, alignment) = (world.source.address(), world.alignment.address());
        world.recorder.sender(ANYONE).constructor(source, alignment, grace_days).motsu_unwrap();
        world.set_eligible(SUBNET, true);
        world.set_eligible(OTHER_SUBNET, true);
        world
    }

    /// Writes down the session `id` and the bid it was opened on.
    fn host(&self, id: B256, hosted: Hosted) {
        let Hosted { subnet, opened_at, ends_at, closed_at } = hosted;
        let bid_id = subnet.into_word();
        let session = diamond::session(bid_id, opened_at.into(), ends_at.into(), closed_at.into());
        self.source_answers(&diamond::get_session(id), &session);
        self.source_answers(&diamond::get_bid(bid_id), &diamond::bid(subnet));
    }

    fn source_answers(&self, calldata: &[u8], returndata: &[u8]) {
        self.source.sender(ANYONE).answer(calldata, returndata);
    }

    fn source_reverts(&self, calldata: &[u8]) {
        self.source.sender(ANYONE).revert(calldata);
    }

    fn set_eligible(&self, subnet: Address, eligible: bool) {
        self.alignment.sender(ANYONE).set(subnet, eligible);
    }

    /// [`SUBNET`] is eligible on these days and on no others.
    fn set_eligible_days(&self, days: &[u32]) {
        self.set_eligible(SUBNET, false);
        for day in days {
            self.alignment.sender(ANYONE).except(SUBNET, *day, true);
        }
    }

    fn alignment_falls_silent(&self) {
        self.alignment.sender(ANYONE).fall_silent();
    }

    /// Calls `record` at `now`; a refusal rolls back as a revert does.
    fn record_at(&self, now: u64, id: B256) -> Result<u64, Error> {
        clock::set(now);
        self.recorder.sender(ANYONE).record(id).motsu_res()
    }

    fn record_many_at(&self, now: u64, ids: &[B256]) -> u64 {
        clock::set(now);
        self.recorder.sender(ANYONE).record_many(ids.to_vec()).motsu_unwrap()
    }

    /// Seconds and sessions of [`SUBNET`] on `day`.
    fn booked(&self, day: u32) -> (u64, u32) {
        let usage = self.usage(SUBNET, day);
        (usage.subnetSeconds, usage.subnetSessions)
    }

    fn usage(&self, subnet: Address, day: u32) -> DayUsage {
        self.recorder.sender(ANYONE).usage_of(subnet, day)
    }

    fn session(&self, id: B256) -> (Address, u64) {
        self.recorder.sender(ANYONE).session(id)
    }

    /// All events so far, oldest first.
    fn events(&self) -> Vec<LogData> {
        self.recorder.all_events()
    }

    /// Asserts that `expected` are the last events, in order.
    #[track_caller]
    fn assert_last_events(&self, expected: &[LogData]) {
        let events = self.events();
        assert!(events.len() >= expected.len(), "{events:?}");
        assert_eq!(&events[events.len() - expected.len()..], expected);
    }

    /// Asserts that nothing is stored of `id`, that `day` is empty for all, and that nothing was reported.
    #[track_caller]
    fn assert_untouched(&self, id: B256, day: u32) {
        assert_eq!(self.session(id), (Address::ZERO, 0));
        assert_eq!(self.usage(SUBNET, day), DayUsage::default());
        assert_eq!(self.events(), []);
    }
}

fn id(number: u64) -> B256 {
    B256::from(U256::from(number))
}

fn booked_event(id: B256, from: u64, to: u64, counted: bool) -> LogData {
    SessionBooked { sessionId: id, subnet: SUBNET, from, to, counted }.encode_log_data()
}

fn dropped_event(id: B256, dropped_seconds: u64, until: u64) -> LogData {
    SecondsDropped { sessionId: id, subnet: SUBNET, droppedSeconds: dropped_seconds, until }.encode_log_data()
}

fn passed_over_event(id: B256, from_day: u32, to_day: u32) -> LogData {
    DaysPassedOver { sessionId: id, subnet: SUBNET, fromDay: from_day, toDay: to_day }.encode_log_data()
}
