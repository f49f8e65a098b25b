//! Sessions: hosted, lied about, recorded.

use alloy_primitives::{hex, Address};
use motsu::prelude::*;
use mrc53_testing::clock;
use session_recorder::{Error, SessionTimesInvalid, SessionUnknown, SourceCallFailed, SubnetNotEligible};

use super::agree;
use crate::{
    actors::source::{self, Answer, Manner, BID_BYTES, SESSION_BYTES},
    calls::Lie,
    ghost::Booking,
    names::{Who, SUBNETS},
    tally::Outcome,
    world::{midnight, session_id, today, World},
};

/// What is booked, if there is anything new.
type Expected = Result<Option<Booking>, Error>;

impl World {
    /// Opens a session now.
    pub(crate) fn open(&mut self, subnet: Who, seconds: u32) -> Outcome {
        let now = u128::from(clock::now());
        let (ends_at, provider) = (now + u128::from(seconds), subnet.address());
        let answer = Answer { opened_at: now, ends_at, closed_at: 0, provider, manner: Manner::Plain };
        self.is_true(self.ghost.sessions.opened, answer);
        // A history is too short for more of them than numbers.
        self.ghost.sessions.opened = self.ghost.sessions.opened.saturating_add(1);
        Outcome::success()
    }

    /// Closes a session now.
    pub(crate) fn close(&mut self, later: u8) -> Outcome {
        let session = self.ghost.sessions.number(later);
        match self.ghost.sessions.truth.get(&session).copied() {
            Some(open) if open.closed_at == 0 => {
                self.is_true(session, Answer { closed_at: clock::now().into(), ..open });
                Outcome::success()
            }
            _ => Outcome::accepted("not open"),
        }
    }

    fn is_true(&mut self, session: u8, answer: Answer) {
        self.ghost.sessions.truth.insert(session, answer);
        self.tell(session, answer);
    }

    fn tell(&mut self, session: u8, answer: Answer) {
        self.ghost.sessions.told.insert(session, answer);
        source::answer(session_id(session), answer);
    }

    pub(crate) fn source_repents(&mut self, later: u8) -> Outcome {
        let session = self.ghost.sessions.number(later);
        if let Some(truth) = self.ghost.sessions.truth.get(&session).copied() {
            self.tell(session, truth);
        }
        Outcome::success()
    }

    pub(crate) fn source_lies(&mut self, later: u8, lie: Lie) -> Outcome {
        let session = self.ghost.sessions.number(later);
        let now = u128::from(clock::now());
        let nothing = Answer { opened_at: 0, ends_at: 0, closed_at: 0, provider: Address::ZERO, manner: Manner::Plain };
        let told = self.ghost.sessions.told.get(&session).copied().unwrap_or(nothing);
        let answer = match lie {
            Lie::Unknown => Answer { opened_at: 0, ..told },
            Lie::OpenedInTheFuture => Answer { opened_at: now + 1, ends_at: now + 2, ..told },
            Lie::OpenedAtTheDawnOfTime => Answer { opened_at: 1, ..told },
            Lie::OpenedEarlier(by) => Answer { opened_at: told.opened_at.saturating_sub(by.into()), ..told },
            Lie::EndsBeforeItsOpening => Answer { ends_at: told.opened_at.saturating_sub(1), ..told },
            Lie::EndsNever => Answer { ends_at: u128::MAX, ..told },
            Lie::EndsLater(by) => Answer { ends_at: told.ends_at.saturating_add(by.into()), ..told },
            Lie::EndsEarlier(by) => Answer { ends_at: told.ends_at.saturating_sub(by.into()), ..told },
            Lie::ClosedBeforeItsOpening => Answer { closed_at: told.opened_at.saturating_sub(1), ..told },
            Lie::ClosedInTheFuture => Answer { closed_at: now + 1, ..told },
            Lie::ClosedAtTheEndOfTime => Answer { closed_at: u128::MAX, ..told },
            Lie::Provider(who) => Answer { provider: who.address(), ..told },
            Lie::NoProvider => Answer { provider: Address::ZERO, ..told },
            Lie::Manner(manner) => Answer { manner, ..told },
        };
        self.ghost.sessions.lied.insert(session);
        self.tell(session, answer);
        Outcome::success()
    }

    /// A session that an honest source knows, on days on which its subnet is eligible, cannot be refused: nothing here
    /// would.
    pub(crate) fn record(&mut self, later: u8) -> Outcome {
        let session = self.ghost.sessions.number(later);
        let expected = self.expect_record(session);
        let found = self.recorder.sender(Who::Stranger.address()).record(session_id(session)).motsu_res();
        let booking = expected.as_ref().ok().cloned().flatten();
        if let Some(booking) = &booking {
            self.ghost.sessions.book(booking);
        }
        let seconds = booking.as_ref().map_or(0, Booking::seconds);
        let nothing = match booking {
            None => Some("nothing new"),
            Some(_) if seconds == 0 => Some("too late"),
            Some(_) => None,
        };
        agree(&found, &expected.map(|_| seconds)).but(nothing)
    }

    pub(crate) fn record_many(&mut self, later: &[u8]) -> Outcome {
        let sessions: Vec<_> = later.iter().map(|later| self.ghost.sessions.number(*later)).collect();
        let mut booked = 0;
        for session in &sessions {
            if let Ok(Some(booking)) = self.expect_record(*session) {
                booked += booking.seconds();
                self.ghost.sessions.book(&booking);
            }
        }
        let ids = sessions.iter().map(|session| session_id(*session)).collect();
        let found = self.recorder.sender(Who::Stranger.address()).record_many(ids).motsu_res();
        agree(&found, &Ok(booked)).but((booked == 0).then_some("nothing new"))
    }

    fn expect_record(&self, session: u8) -> Expected {
        let (id, now) = (session_id(session), clock::now());
        let failed =
            |selector: [u8; 4]| Error::SourceCallFailed(SourceCallFailed { sessionId: id, selector: selector.into() });
        let known = self.ghost.sessions.booked.get(&session).copied();
        if known.is_some_and(|known| known.complete) {
            return Ok(None);
        }
        let unknown = Error::SessionUnknown(SessionUnknown { sessionId: id });
        let Some(told) = self.ghost.sessions.told.get(&session) else { return Err(unknown) };
        match told.manner {
            Manner::SessionReverts | Manner::TimesTooWide | Manner::OtherOffset => {
                return Err(failed(hex!("39b240bd")))
            }
            Manner::SessionCut(length) if length < SESSION_BYTES => return Err(failed(hex!("39b240bd"))),
            _ => {}
        }
        if told.opened_at == 0 {
            return Err(unknown);
        }
        let Answer { opened_at, ends_at, closed_at, .. } = *told;
        let wide = u128::from(now);
        if opened_at > wide || ends_at < opened_at || closed_at > wide || (closed_at != 0 && closed_at < opened_at) {
            return Err(Error::SessionTimesInvalid(SessionTimesInvalid {
                sessionId: id,
                openedAt: opened_at,
                endsAt: ends_at,
                closedAt: closed_at,
                nowAt: now,
            }));
        }
        let to = ends_at.min(if closed_at == 0 { wide } else { closed_at }) as u64;
        let from = (opened_at as u64).max(known.map_or(0, |known| known.until));
        if from >= to {
            return Ok(None);
        }
        let bid_is_bad = match told.manner {
            Manner::BidReverts | Manner::BidTooWide => true,
            Manner::BidCut(length) => length < BID_BYTES,
            _ => false,
        };
        let subnet = match known {
            Some(known) => known.subnet,
            None if bid_is_bad => return Err(failed(hex!("91704e1e"))),
            None => told.provider,
        };
        // A source that lies can name a provider that nobody stakes toward.
        let who = SUBNETS.iter().find(|who| who.address() == subnet);
        let first_open = today().saturating_sub(self.ghost.sessions.grace_days);
        let served = |day: u32| to.min(midnight(day + 1)).saturating_sub(from.max(midnight(day)));
        let open: Vec<_> = (first_open..=today()).filter(|day| served(*day) > 0).collect();
        let eligible = |day: &u32| who.is_some_and(|who| self.ghost.stakes.is_eligible_on(*who, *day));
        let days: Vec<_> = open.iter().copied().filter(eligible).map(|day| (day, served(day))).collect();
        if days.is_empty() && !open.is_empty() {
            return Err(Error::SubnetNotEligible(SubnetNotEligible { subnet }));
        }
        let until = days.last().map_or(to, |(day, _)| to.min(midnight(day + 1)));
        let counted = known.is_none() && days.first().is_some_and(|(day, _)| from >= midnight(*day));
        let complete = until == to && (closed_at != 0 || ends_at <= wide);
        Ok(Some(Booking { session, subnet, days, until, counted, complete }))
    }
}
