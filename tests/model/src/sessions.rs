//! Sessions at the Diamond and what of them was booked.
//!
//! A booking is a span of a session; usage of a day is the overlap of all bookings with it.

use std::collections::BTreeMap;

use crate::refusal::Refusal;
use crate::time::{Day, Span, day_of};

/// A session as the Diamond tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its provider.
    pub subnet: String,
    /// When it opened, Unix seconds.
    pub opened_at: u64,
    /// When it ends at the latest, Unix seconds.
    pub ends_at: u64,
    /// When its user closed it.
    pub closed_at: Option<u64>,
}

impl Session {
    /// What has been served by now.
    fn served(&self, now: u64) -> Span {
        let to = self.ends_at.min(self.closed_at.unwrap_or(u64::MAX)).min(now);
        Span { from: self.opened_at, to }
    }
}

/// One successful call of `record` that found something new.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Booking {
    session: String,
    subnet: String,
    /// The seconds that count, day by day; none when all of them came too late.
    booked: Vec<Span>,
    /// How far the session is done with, dropped and passed over seconds included.
    until: u64,
    /// The day on which the booking counts the session, if it does.
    counted_on: Option<Day>,
}

/// Session-seconds and sessions of a day, of one subnet and of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// w(s,d).
    pub subnet_seconds: u64,
    /// W(d).
    pub total_seconds: u64,
    /// Sessions of the subnet counted on the day.
    pub subnet_sessions: u64,
    /// Sessions of all subnets counted on the day.
    pub total_sessions: u64,
}

/// The Diamond's sessions and the recorder's bookings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sessions {
    grace_days: u32,
    by_name: BTreeMap<String, Session>,
    bookings: Vec<Booking>,
}

impl Sessions {
    /// No sessions; days stay open for `grace_days` after their end.
    #[must_use]
    pub fn new(grace_days: u32) -> Self {
        Self { grace_days, by_name: BTreeMap::new(), bookings: Vec::new() }
    }

    /// The first day that is not final at `now`: day d is final from (d + 1 + grace) days on.
    #[must_use]
    pub fn first_open_day(&self, now: u64) -> Day {
        day_of(now).saturating_sub(self.grace_days)
    }

    /// The session of that name.
    #[must_use]
    pub fn session(&self, name: &str) -> Option<&Session> {
        self.by_name.get(name)
    }

    /// Opens a session.
    ///
    /// # Errors
    /// `SessionAlreadyOpened`, `EndsBeforeOpening`.
    pub fn open(&mut self, name: &str, subnet: &str, now: u64, ends_at: u64) -> Result<(), Refusal> {
        if self.by_name.contains_key(name) {
            return Err(Refusal::SessionAlreadyOpened(name.to_owned()));
        }
        if ends_at < now {
            return Err(Refusal::EndsBeforeOpening(ends_at, now));
        }
        let session = Session { subnet: subnet.to_owned(), opened_at: now, ends_at, closed_at: None };
        self.by_name.insert(name.to_owned(), session);
        Ok(())
    }

    /// Closes a session, maybe after its end.
    ///
    /// # Errors
    /// `SessionNotOpened`, `SessionAlreadyClosed`.
    pub fn close(&mut self, name: &str, now: u64) -> Result<(), Refusal> {
        let session = self.by_name.get_mut(name).ok_or_else(|| Refusal::SessionNotOpened(name.to_owned()))?;
        if session.closed_at.is_some() {
            return Err(Refusal::SessionAlreadyClosed(name.to_owned()));
        }
        session.closed_at = Some(now);
        Ok(())
    }

    /// Books what has been served by now, is not yet booked and lies on days that count; answers how many seconds now
    /// count. What lies on final days is dropped, what lies between days that count is passed over, what comes after the
    /// last of them stays.
    ///
    /// # Errors
    /// `SessionUnknown`; `SubnetNotEligible` when there is anything new on open days and `is_eligible_on` denies the
    /// subnet all of them.
    pub fn record(&mut self, name: &str, now: u64, is_eligible_on: impl Fn(&str, Day) -> bool) -> Result<u64, Refusal> {
        let session = self.by_name.get(name).ok_or_else(|| Refusal::SessionUnknown(name.to_owned()))?;
        let booked_until = self.booked_until(name);
        let served = session.served(now);
        let new = Span { from: served.from.max(booked_until.unwrap_or(0)), to: served.to };
        if new.seconds() == 0 {
            return Ok(0);
        }
        let first_open_day = self.first_open_day(now);
        let open_days = (first_open_day..=day_of(now)).filter(|day| new.overlap(Span::of_day(*day)).seconds() > 0);
        let open_days: Vec<Day> = open_days.collect();
        let counting: Vec<Day> =
            open_days.iter().copied().filter(|day| is_eligible_on(&session.subnet, *day)).collect();
        if counting.is_empty() && !open_days.is_empty() {
            return Err(Refusal::SubnetNotEligible(session.subnet.clone()));
        }
        let booked: Vec<Span> = counting.iter().map(|day| new.overlap(Span::of_day(*day))).collect();
        let seconds = booked.iter().map(|span| span.seconds()).sum();
        let opening_day = day_of(session.opened_at);
        let counts = booked_until.is_none() && counting.contains(&opening_day);
        self.bookings.push(Booking {
            session: name.to_owned(),
            subnet: session.subnet.clone(),
            until: booked.last().map_or(new.to, |last| last.to),
            booked,
            counted_on: counts.then_some(opening_day),
        });
        Ok(seconds)
    }

    /// How far the session is booked or dropped, Unix seconds; nothing when it was never booked.
    #[must_use]
    pub fn booked_until(&self, name: &str) -> Option<u64> {
        self.bookings.iter().filter(|booking| booking.session == name).map(|booking| booking.until).max()
    }

    /// What was booked by now of a day.
    #[must_use]
    pub fn usage(&self, subnet: &str, day: Day) -> Usage {
        let mut usage = Usage::default();
        for booking in &self.bookings {
            let seconds: u64 = booking.booked.iter().map(|span| span.overlap(Span::of_day(day)).seconds()).sum();
            let sessions = u64::from(booking.counted_on == Some(day));
            usage.total_seconds += seconds;
            usage.total_sessions += sessions;
            if booking.subnet == subnet {
                usage.subnet_seconds += seconds;
                usage.subnet_sessions += sessions;
            }
        }
        usage
    }
}
