//! Whether every subnet can go on, whatever a calculator does.

use crate::{
    actors::calculator::{self, Manner},
    calls::Wait,
    names::{Who, SUBNETS},
    tally::Outcome,
    world::{today, World},
};

/// What a calculator does that will not let a day pass; another one for each subnet.
const DEAD: [Manner; 3] = [Manner::Revert, Manner::Silence, Manner::NoDay];

impl World {
    /// Invariant 43, of the protocol 13: once the days of the calculator that lies are voided, every day that is final
    /// for the others settles, of every subnet, whatever that calculator does. It ends the history.
    pub(crate) fn check_liveness(&mut self) {
        let owner = self.ghost.rewards.owner;
        self.pause_settling(owner, false);
        // On the way its days begin, if it was scheduled at all, and end, if it was replaced.
        self.wait(Wait::Days(30));
        let stuck: Vec<Who> = SUBNETS
            .into_iter()
            .zip(DEAD)
            .filter_map(|(subnet, dead)| {
                calculator::behave(dead);
                self.settle(subnet, u32::MAX);
                self.is_held_up(subnet).then_some(subnet)
            })
            .collect();
        for (from, to) in self.days_of_the_liar() {
            self.void_days(owner, from, to);
        }
        for (subnet, dead) in SUBNETS.into_iter().zip(DEAD) {
            calculator::behave(dead);
            self.settle(subnet, u32::MAX);
            assert!(!self.is_held_up(subnet), "invariant 43: {subnet:?} does not go on while a calculator is {dead:?}");
            let outcome = if stuck.contains(&subnet) { Outcome::success() } else { Outcome::accepted("not held up") };
            self.tally.count(&format_args!("Outlive"), outcome);
        }
    }

    /// Whether a day before those that the recorder has still open is not settled.
    fn is_held_up(&self, subnet: Who) -> bool {
        let first_open = today() - self.ghost.sessions.grace_days;
        let next = self.ghost.rewards.next.get(&subnet).copied().unwrap_or(0);
        self.ghost.stakes.registrations.get(&subnet).is_some_and(|known| next.max(known.day) < first_open)
    }

    /// The days up to now that the calculator that lies counts for.
    fn days_of_the_liar(&self) -> Vec<(u32, u32)> {
        let schedule = &self.ghost.rewards.schedule;
        let ends = schedule.iter().skip(1).map(|(_, from_day)| *from_day).chain([u32::MAX]);
        let terms = schedule.iter().zip(ends).filter(|((who, _), _)| *who == Who::LyingCalculator);
        terms.map(|((_, from), to)| (*from, to.min(today()))).filter(|(from, to)| from < to).collect()
    }
}
