//! What `emission` says something of.

use mrc53_books::clocks::{Clock, Reading};
use mrc53_books::pools::Pool;
use mrc53_maths::Day;

/// What is said, once the days are known.
pub(super) struct Emission {
    pub(super) pools: Vec<Pool>,
    pub(super) from: Day,
    pub(super) to: Day,
    pub(super) total_stake: Option<u128>,
}

impl Emission {
    /// The clocks, where one day is asked for.
    pub(super) fn clocks(&self) -> Vec<Reading> {
        let is_one = self.from.next() == self.to;
        let all = Clock::ALL.map(|clock| clock.read(self.from, &self.pools));
        if is_one { all.to_vec() } else { Vec::new() }
    }

    pub(super) fn last(&self) -> Day {
        Day(self.to.0.saturating_sub(1))
    }
}
