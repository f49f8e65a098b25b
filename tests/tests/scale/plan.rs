//! How large a town is, and for how long it lives.

/// Sizes of one simulation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// Subnets, each with a session that never ends. The first is the [`Self::regulars`]'.
    pub(crate) subnets: usize,
    /// Subnets behind the first that nobody joins: theirs are recorded every day, settled and claimed at every interval.
    pub(crate) quiet: usize,
    /// Stakers in the end.
    pub(crate) stakers: usize,
    /// Stakers of the first subnet that stake on every day, and as many that withdraw on every day.
    pub(crate) regulars: usize,
    /// Days that it lives.
    pub(crate) days: u32,
    /// Days between two settlements of the quiet subnets, and between two recordings of all others.
    pub(crate) interval: u32,
    /// Late stakers that are paid at the end.
    pub(crate) claims: usize,
}

impl Plan {
    /// What every run of the tests takes.
    pub(crate) const SMALL: Self =
        Self { subnets: 100, quiet: 20, stakers: 5_000, regulars: 3, days: 30, interval: 5, claims: 500 };

    /// The scale that the suite is made for.
    pub(crate) const FULL: Self =
        Self { subnets: 10_000, quiet: 100, stakers: 1_000_000, regulars: 10, days: 365, interval: 30, claims: 10_000 };

    /// Stakers that come one by one, day after day: all but the first of each subnet and the regulars.
    pub(crate) const fn joiners(&self) -> usize {
        self.stakers - self.subnets - 2 * self.regulars
    }

    /// The subnet that a joiner joins: in turn, those that are not quiet.
    pub(crate) const fn subnet_of(&self, joiner: usize) -> usize {
        let busy = self.subnets - 1 - self.quiet;
        1 + self.quiet + joiner % busy
    }

    /// How many have joined by the end of day `day` of the town's life, counted from 1: as many on each.
    pub(crate) fn joined_by(&self, day: u32) -> usize {
        self.joiners() * day as usize / self.days as usize
    }
}
