//! What the source says of its sessions, and what was booked of them.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::Address;

use crate::actors::source::Answer;

/// What one recording adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Booking {
    pub(crate) session: u8,
    pub(crate) subnet: Address,
    /// The booked seconds by day, oldest first.
    pub(crate) days: Vec<(u32, u64)>,
    /// Until when the session is accounted for, unix seconds.
    pub(crate) until: u64,
    /// The session itself is counted on the first of the days.
    pub(crate) counted: bool,
    /// Nothing can be served after this.
    pub(crate) complete: bool,
}

/// What is known of a session that was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Booked {
    pub(crate) subnet: Address,
    /// Until when it is booked, dropped or passed over, unix seconds.
    pub(crate) until: u64,
    /// How many seconds are booked.
    pub(crate) seconds: u64,
    pub(crate) complete: bool,
}

/// Sessions and usage.
#[derive(Clone, Debug)]
pub(crate) struct Sessions {
    pub(crate) grace_days: u32,
    /// How many were ever opened; they are numbered from 0.
    pub(crate) opened: u8,
    /// What an honest source would answer, and what this one does.
    pub(crate) truth: BTreeMap<u8, Answer>,
    pub(crate) told: BTreeMap<u8, Answer>,
    /// Sessions about which the source has ever lied.
    pub(crate) lied: BTreeSet<u8>,
    pub(crate) booked: BTreeMap<u8, Booked>,
    /// By subnet and day: seconds and sessions.
    usage: BTreeMap<(Address, u32), (u64, u32)>,
}

impl Sessions {
    pub(crate) fn new(grace_days: u32) -> Self {
        Self {
            grace_days,
            opened: 0,
            truth: BTreeMap::new(),
            told: BTreeMap::new(),
            lied: BTreeSet::new(),
            booked: BTreeMap::new(),
            usage: BTreeMap::new(),
        }
    }

    /// The number of the session after which `later` others were opened; a number without a session if there are not
    /// as many.
    pub(crate) fn number(&self, later: u8) -> u8 {
        self.opened.wrapping_sub(1).wrapping_sub(later)
    }

    pub(crate) fn usage_of(&self, subnet: Address, day: u32) -> (u64, u32) {
        self.usage.get(&(subnet, day)).copied().unwrap_or_default()
    }

    /// Seconds and sessions of all subnets on `day`.
    pub(crate) fn usage_on(&self, day: u32) -> (u64, u32) {
        let of_day = self.usage.iter().filter(|((_, on), _)| *on == day);
        of_day.fold((0, 0), |sum, (_, usage)| (sum.0 + usage.0, sum.1 + usage.1))
    }

    /// Days on which anything was booked.
    pub(crate) fn days(&self) -> Vec<u32> {
        let mut days: Vec<_> = self.usage.keys().map(|(_, day)| *day).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Adds a booking, day by day.
    pub(crate) fn book(&mut self, booking: &Booking) {
        let Booking { session, subnet, ref days, until, counted, complete } = *booking;
        let entry = self.booked.entry(session).or_insert(Booked { subnet, until, seconds: 0, complete });
        (entry.until, entry.complete) = (until, complete);
        for (number, (day, seconds)) in days.iter().enumerate() {
            entry.seconds += seconds;
            let usage = self.usage.entry((subnet, *day)).or_default();
            usage.0 += seconds;
            usage.1 += u32::from(counted && number == 0);
        }
    }
}

impl Booking {
    pub(crate) fn seconds(&self) -> u64 {
        self.days.iter().map(|(_, seconds)| seconds).sum()
    }
}
