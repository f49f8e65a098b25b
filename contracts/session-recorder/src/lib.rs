//! `SessionRecorder`: how many session-seconds each compute subnet hosted on each UTC day, and how many sessions.
//!
//! The session source, Morpheus' Compute Diamond as deployed, is the only witness. Whoever calls [`record`] names a
//! session, nothing more: the recorder reads the session and its bid from the source and books what has been **served
//! by now** and is not yet booked. Nothing is booked ahead and nothing is taken back, so a session that opens and
//! closes in one block earns nothing, and calling twice is calling once. A subnet is the provider of a bid.
//!
//! A session may be recorded while it runs. It has to be, if it runs longer than the grace: day `d` is **final** from
//! `(d + 1 + graceDays) · 86400` on, its buckets never change again, and served seconds that come later are dropped,
//! with an event that says how many. Only this contract knows the grace; others ask it what is final.
//!
//! A day counts for a subnet only if the subnet was **eligible** on that day, which `StakeAlignment` answers as a fact
//! of the day: by its stake-seconds of the day and the minimum that was in force on it. A stake that comes later makes
//! no earlier day count, a minimum that changes later unmakes none. What a session served on days on which its subnet
//! was not eligible is passed over, with an event, as soon as a later day counts; until then it can still be dropped.
//!
//! There is no owner, nothing can be paused, and no money is held. The state and its slots: [`SessionRecorder`].
//!
//! # Trust
//!
//! The source and `StakeAlignment` are fixed at construction. What the source answers is taken as data: a bounded
//! prefix is read, times that contradict each other or the clock are refused. `StakeAlignment` is trusted to answer
//! truthfully and at bounded cost.
//!
//! [`record`]: SessionRecorder::record

extern crate alloc;

use alloc::vec::Vec;

use alloy_primitives::{Address, FixedBytes, U32};
use mrc53_interfaces::{
    call::ALL_GAS,
    recorder::DayUsage,
    wire::{emit, word},
};
use mrc53_ledger::{
    session::SessionWord,
    usage::{UsageWord, DAYS_PER_WORD},
};
use stylus_sdk::prelude::*;

mod booking;
mod eligible;
mod errors;
mod events;
// The entrypoint macro adds public functions without a word: one that nothing in Rust can reach, one that prints the ABI.
#[allow(missing_docs, unreachable_pub)]
mod state;
#[cfg(test)]
mod tests;
mod window;

use booking::Size;

pub use errors::{
    AlignmentCallFailed, BucketOverflow, Error, GraceTooLong, SessionTimesInvalid, SessionUnknown, SourceCallFailed,
    SubnetNotEligible, ZeroAddress,
};
pub use events::{DaysPassedOver, RecordSkipped, SecondsDropped, SessionBooked};
#[cfg(feature = "export-abi")]
pub use state::print_from_args;
pub use state::SessionRecorder;

/// Longest grace in days. It bounds the days, and with them the words, that one booking can touch.
pub const MAX_GRACE_DAYS: u32 = 90;

/// Most gas that [`SessionRecorder::record_many`] gives to one view of the source.
///
/// Twice what the Diamond's dearest usual answer takes (`getSession` of a closed session, all slots cold: 38,588), so
/// a receipt may be 750 bytes long; a session with a longer one is skipped and can be recorded alone, uncapped.
pub const SOURCE_GAS_PER_VIEW: u64 = 80_000;

/// Gas that lets both views of the source get [`SOURCE_GAS_PER_VIEW`] in full: twice that, and room for what a caller
/// keeps back (1/64) and does between the two.
const GAS_FOR_A_FAIR_CHANCE: u64 = 2 * SOURCE_GAS_PER_VIEW + 40_000;

#[public]
impl SessionRecorder {
    /// Fixes for good whom the recorder asks and how long a day can still be booked after its end.
    ///
    /// `source` answers `getSession` and `getBid`; `alignment` answers `eligibleDays`; `grace_days` is at
    /// most [`MAX_GRACE_DAYS`]; with 0, a day is final at its end.
    ///
    /// # Errors
    /// [`ZeroAddress`] if either address is zero, [`GraceTooLong`].
    #[constructor]
    pub fn constructor(&mut self, source: Address, alignment: Address, grace_days: u32) -> Result<(), Error> {
        if source.is_zero() || alignment.is_zero() {
            return Err(Error::ZeroAddress(ZeroAddress {}));
        }
        if grace_days > MAX_GRACE_DAYS {
            return Err(Error::GraceTooLong(GraceTooLong { graceDays: grace_days, max: MAX_GRACE_DAYS }));
        }
        self.source.set(source);
        self.grace_days.set(U32::from(grace_days));
        self.alignment.set(alignment);
        Ok(())
    }

    /// Books what session `session_id` has served by now and is not yet booked, and returns how many seconds that is.
    ///
    /// Served is `[openedAt, min(endsAt, closedAt if closed, now))`. What of it comes after everything accounted for
    /// before is new. Of that, what lies on final days is dropped, whether the subnet was eligible or not. Of the rest,
    /// the days on which the subnet is eligible are added to the subnet's and the total buckets, up to the end of the
    /// last of them; those between are passed over for good; what comes after stays for a later call.
    ///
    /// The session itself is counted once, on its opening day, by its first booking, if that day is among those booked.
    /// The subnet is the provider of the session's bid as answered at the first booking or dropping.
    ///
    /// Permissionless. With nothing new since the last call it succeeds, returns 0 and writes nothing, whatever became
    /// of the subnet. A session that was closed or past its agreed end when everything that it served was accounted for
    /// is complete: it succeeds so without the source being asked.
    ///
    /// # Events
    /// [`SecondsDropped`] if anything is dropped; then for each run of adjacent eligible days [`DaysPassedOver`] if there
    /// are days before it that are not, and [`SessionBooked`].
    ///
    /// # Errors
    /// In this order: [`SourceCallFailed`], [`SessionUnknown`], [`SessionTimesInvalid`]; if there is anything new,
    /// [`SourceCallFailed`] (for the bid); if any of that is not dropped, [`AlignmentCallFailed`], [`SubnetNotEligible`]
    /// (on none of those days), [`BucketOverflow`].
    pub fn record(&mut self, session_id: FixedBytes<32>) -> Result<u64, Error> {
        let mut batch = self.begin(Size::One, ALL_GAS);
        self.book(&mut batch, session_id)
    }

    /// Does for each of `session_ids`, in order, what [`Self::record`] does, and returns the sum of the seconds
    /// booked. What `record` would refuse is skipped and changes nothing; a session named twice is booked once; an
    /// empty list books nothing. Each subnet is asked about once, for all open days together.
    ///
    /// Each view of the source gets at most [`SOURCE_GAS_PER_VIEW`], so no answer can eat the batch: a session whose
    /// answer costs more is skipped with [`SourceCallFailed`] and can be recorded alone. A batch that runs short of gas
    /// skips nothing for that: it is refused as a whole, so a gas estimate finds what all of it takes.
    ///
    /// # Events
    /// Those of [`Self::record`], and [`RecordSkipped`] for each session left out.
    ///
    /// # Errors
    /// [`SourceCallFailed`] if a view of the source failed that the batch had too little gas left to give its fair
    /// chance.
    pub fn record_many(&mut self, session_ids: Vec<FixedBytes<32>>) -> Result<u64, Error> {
        let mut batch = self.begin(Size::Many, SOURCE_GAS_PER_VIEW);
        let mut booked_seconds = 0_u64;
        for session_id in session_ids {
            let gas_left = self.vm().evm_gas_left();
            match self.book(&mut batch, session_id) {
                // Below 2^23 seconds each ([`MAX_GRACE_DAYS`]): no list that fits a block fills 64 bits.
                Ok(seconds) => booked_seconds = booked_seconds.saturating_add(seconds),
                Err(error @ Error::SourceCallFailed(_)) if gas_left < GAS_FOR_A_FAIR_CHANCE => return Err(error),
                Err(error) => emit::<RecordSkipped>(self.vm(), &[session_id], &[word(selector_of(error))]),
            }
        }
        Ok(booked_seconds)
    }

    /// What is remembered of a session: its subnet, and until when (unix seconds) its served time is booked or
    /// dropped. Zeros if it was never booked.
    #[must_use]
    pub fn session(&self, session_id: FixedBytes<32>) -> (Address, u64) {
        let word = SessionWord::from_bytes(self.sessions.get(session_id).0);
        (Address::new(word.subnet), word.booked_until)
    }

    /// The usage of `subnet` and of all subnets on `day` as booked by now, whether the day is final or not. Zeros for
    /// a day or subnet without sessions.
    #[must_use]
    pub fn usage_of(&self, subnet: Address, day: u32) -> DayUsage {
        let (of_subnet, of_all) = self.usage_words(subnet, UsageWord::index_of(day));
        day_usage(of_subnet, of_all, day)
    }

    /// The usage on each of the days `[from_day, to_day)` that are final: one element a day from `from_day` on, ending
    /// before [`Self::first_open_day`]. These never change again.
    ///
    /// Empty if no day of the range is final, or the range is empty or reversed. The cost grows with the number of
    /// days answered, and every four days share their reads.
    #[must_use]
    pub fn final_usage(&self, subnet: Address, from_day: u32, to_day: u32) -> Vec<DayUsage> {
        let to_day = to_day.min(self.first_open_day());
        let mut days = Vec::with_capacity(to_day.saturating_sub(from_day) as usize);
        let mut words = (UsageWord::default(), UsageWord::default());
        for day in from_day..to_day {
            if day == from_day || day % DAYS_PER_WORD == 0 {
                words = self.usage_words(subnet, UsageWord::index_of(day));
            }
            days.push(day_usage(words.0, words.1, day));
        }
        days
    }

    /// The first day that is not final: day `d` is final if and only if `d` is below it.
    #[must_use]
    pub fn first_open_day(&self) -> u32 {
        window::first_open_day(self.vm().block_timestamp(), self.grace()).0
    }

    /// The session source.
    #[must_use]
    pub fn source(&self) -> Address {
        self.source.get()
    }

    /// The `StakeAlignment` that is asked on which days subnets are eligible.
    #[must_use]
    pub fn alignment(&self) -> Address {
        self.alignment.get()
    }

    /// Days after its end during which a day can still be booked.
    #[must_use]
    pub fn grace_days(&self) -> u32 {
        self.grace()
    }
}

impl SessionRecorder {
    fn grace(&self) -> u32 {
        self.grace_days.get().saturating_to()
    }
}

fn day_usage(of_subnet: UsageWord, of_all: UsageWord, day: u32) -> DayUsage {
    let (of_subnet, of_all) = (of_subnet.day(day), of_all.day(day));
    DayUsage {
        subnetSeconds: of_subnet.seconds,
        totalSeconds: of_all.seconds,
        subnetSessions: of_subnet.sessions,
        totalSessions: of_all.sessions,
    }
}

/// The first four bytes of what the error reverts with.
fn selector_of(error: Error) -> FixedBytes<4> {
    Vec::<u8>::from(error).first_chunk().copied().unwrap_or_default().into()
}
