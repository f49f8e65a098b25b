//! Waiting.

use mrc53_maths::compute;
use mrc53_testing::clock;

use crate::{
    calls::Wait,
    tally::Outcome,
    world::{midnight, today, World, SECONDS_PER_DAY},
};

impl World {
    pub(crate) fn wait(&mut self, wait: Wait) -> Outcome {
        let now = clock::now();
        let then = match wait {
            Wait::Seconds(seconds) => now + u64::from(seconds),
            Wait::Midnight(by) => near(midnight(today() + 1), by),
            Wait::Days(days) => now + u64::from(days) * SECONDS_PER_DAY,
            Wait::Unlock(subnet, staker, by) => near(self.ghost.stakes.unlock_at(subnet, staker), by),
            Wait::EmissionEnd(by) => near(midnight(compute::LAST_DAY.0 + 1), by),
        };
        clock::set(then.max(now));
        Outcome::success()
    }
}

fn near(moment: u64, by: i8) -> u64 {
    moment.saturating_add_signed(by.into())
}
