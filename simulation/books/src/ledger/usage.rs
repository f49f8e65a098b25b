//! Sessions, and what of them is booked on which day: the Diamond's part and what `SessionRecorder` keeps.

use std::collections::BTreeMap;

use mrc53_maths::Day;

use super::ids::{Session, Subnet};
use super::refusal::Refusal;

/// What is booked of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Session-seconds.
    pub seconds: u64,
    /// Sessions, on their opening day.
    pub sessions: u64,
}

/// A session, and how far it is booked.
#[derive(Clone, Copy, Debug)]
struct Served {
    subnet: Subnet,
    opened_at: u64,
    ends_at: u64,
    closed_at: Option<u64>,
    booked_until: Option<u64>,
}

/// All sessions and days.
#[derive(Clone, Debug)]
pub struct Sessions {
    grace_days: u32,
    served: BTreeMap<Session, Served>,
    of_subnets: BTreeMap<(Subnet, u32), Usage>,
    of_all: BTreeMap<u32, Usage>,
}

impl Sessions {
    pub(super) const fn new(grace_days: u32) -> Self {
        Self { grace_days, served: BTreeMap::new(), of_subnets: BTreeMap::new(), of_all: BTreeMap::new() }
    }

    /// The first day that is not final at `now`.
    #[must_use]
    pub const fn first_open_day(&self, now: u64) -> Day {
        Day(Day::of(now).0.saturating_sub(self.grace_days))
    }

    /// w(s,d) of both kinds.
    #[must_use]
    pub fn usage(&self, subnet: Subnet, day: Day) -> Usage {
        self.of_subnets.get(&(subnet, day.0)).copied().unwrap_or_default()
    }

    /// W(d) of both kinds.
    #[must_use]
    pub fn total(&self, day: Day) -> Usage {
        self.of_all.get(&day.0).copied().unwrap_or_default()
    }

    /// Opens a session at the Diamond.
    ///
    /// # Errors
    /// [`Refusal::SessionAlreadyOpened`], [`Refusal::EndsBeforeOpening`].
    pub fn open(&mut self, session: Session, subnet: Subnet, now: u64, ends_at: u64) -> Result<(), Refusal> {
        if self.served.contains_key(&session) {
            return Err(Refusal::SessionAlreadyOpened(session));
        }
        if ends_at < now {
            return Err(Refusal::EndsBeforeOpening(ends_at, now));
        }
        let served = Served { subnet, opened_at: now, ends_at, closed_at: None, booked_until: None };
        self.served.insert(session, served);
        Ok(())
    }

    /// Closes a session, maybe after its end.
    ///
    /// # Errors
    /// [`Refusal::SessionNotOpened`], [`Refusal::SessionAlreadyClosed`].
    pub fn close(&mut self, session: Session, now: u64) -> Result<(), Refusal> {
        let served = self.served.get_mut(&session).ok_or(Refusal::SessionNotOpened(session))?;
        if served.closed_at.is_some() {
            return Err(Refusal::SessionAlreadyClosed(session));
        }
        served.closed_at = Some(now);
        Ok(())
    }

    /// Books what is new on days that count; what lies on final days is dropped, between days that count passed over.
    pub(super) fn record(
        &mut self,
        session: Session,
        now: u64,
        is_eligible_on: impl Fn(Subnet, Day) -> bool,
    ) -> Result<u64, Refusal> {
        let first_open_day = self.first_open_day(now);
        let served = self.served.get_mut(&session).ok_or(Refusal::SessionUnknown(session))?;
        let to = served.ends_at.min(served.closed_at.unwrap_or(u64::MAX)).min(now);
        let from = served.opened_at.max(served.booked_until.unwrap_or(0));
        if from >= to {
            return Ok(0);
        }
        let open: Vec<Day> = (first_open_day.0.max(Day::of(from).0)..=Day::of(to - 1).0).map(Day).collect();
        let counting: Vec<Day> = open.iter().copied().filter(|day| is_eligible_on(served.subnet, *day)).collect();
        if counting.is_empty() && !open.is_empty() {
            return Err(Refusal::SubnetNotEligible(served.subnet));
        }
        let opening_day = Day::of(served.opened_at);
        let counts = served.booked_until.is_none() && counting.contains(&opening_day);
        served.booked_until = Some(counting.last().map_or(to, |last| last.end().min(to)));
        let mut seconds = 0;
        for day in counting {
            let more = Usage { seconds: day.seconds_of(from, to), sessions: u64::from(counts && day == opening_day) };
            seconds += more.seconds;
            for usage in
                [self.of_subnets.entry((served.subnet, day.0)).or_default(), self.of_all.entry(day.0).or_default()]
            {
                // Sums of seconds and sessions of a simulation, far below 2^64.
                usage.seconds = usage.seconds.saturating_add(more.seconds);
                usage.sessions = usage.sessions.saturating_add(more.sessions);
            }
        }
        Ok(seconds)
    }
}
