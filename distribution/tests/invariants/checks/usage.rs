//! Session-seconds and sessions.

use mrc53_testing::clock;

use crate::{
    ghost::{keeps, Booked},
    names::{Who, SUBNETS},
    world::{midnight, session_id, today, World},
};

impl World {
    /// Invariants 1 and, for a final day, 5; and that the buckets hold what was booked and nothing else.
    pub(super) fn check_usage(&mut self, day: u32) {
        let call = self.recorder.sender(Who::Stranger.address());
        let recorder = &*call;
        let (all_seconds, all_sessions) = self.ghost.sessions.usage_on(day);
        let mut sum = (0, 0);
        for subnet in SUBNETS {
            let found = recorder.usage_of(subnet.address(), day);
            sum = (sum.0 + found.subnetSeconds, sum.1 + found.subnetSessions);
            let booked = self.ghost.sessions.usage_of(subnet.address(), day);
            assert_eq!((found.subnetSeconds, found.subnetSessions), booked, "what {subnet:?} booked on day {day}");
            assert_eq!((found.totalSeconds, found.totalSessions), (all_seconds, all_sessions), "all of day {day}");
            if day + self.ghost.sessions.grace_days < today() {
                keeps(&mut self.ghost.seen.usage, (subnet, day), found, "invariant 5: a final day");
            }
        }
        assert_eq!(sum, (all_seconds, all_sessions), "invariant 1: day {day}");
    }

    /// Invariant 4: no session is booked for more than it served, nor for time that has not come. Of a session about
    /// which the source never lied, served is what the Diamond would pay for.
    pub(super) fn check_sessions(&self) {
        let call = self.recorder.sender(Who::Stranger.address());
        let sessions = &self.ghost.sessions;
        for (session, booked) in &sessions.booked {
            let Booked { subnet, until, seconds, .. } = booked;
            assert_eq!(call.session(session_id(*session)), (*subnet, *until), "session {session}");
            assert!(*until <= clock::now(), "invariant 13: session {session} is booked ahead");
            if let Some(truth) = sessions.truth.get(session).filter(|_| !sessions.lied.contains(session)) {
                let stopped = if truth.closed_at == 0 { clock::now().into() } else { truth.closed_at };
                let served = truth.ends_at.min(stopped) - truth.opened_at;
                assert!(u128::from(*seconds) <= served, "invariant 4: session {session}: {seconds} of {served}");
            }
        }
        let first_open = call.first_open_day();
        assert_eq!(midnight(first_open), midnight(today() - sessions.grace_days), "the first day that is not final");
    }
}
