//! What `replay` has replayed.

use alloy::primitives::U256;
use mrc53_maths::{Binds, Day, compute};
use mrc53_simulation::replay::paid::{AssumedStake, PaidDay};
use mrc53_simulation::replay::sessions::Sessions;

use super::origin::Origin;
use super::stake::Stake;

/// What was replayed.
pub(super) struct Replay {
    pub(super) origin: Origin,
    pub(super) sessions: Sessions,
    pub(super) from: Day,
    pub(super) to: Day,
    pub(super) stake: Stake,
    pub(super) assumed: AssumedStake,
    pub(super) days: Vec<PaidDay>,
}

/// A provider's days together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Provider {
    pub(super) seconds: u64,
    pub(super) sessions: u64,
    pub(super) paid_by_seconds: u128,
    pub(super) paid_by_sessions: u128,
    /// Days on which stake bound, by seconds.
    pub(super) stake_days: u32,
    /// Days with sessions.
    pub(super) days: u32,
    /// The most that a day's usage side needs, by seconds; none where no stake is enough on some day.
    pub(super) stake_for_all: Option<U256>,
}

impl Replay {
    /// Each provider's days together, by its number.
    pub(super) fn providers(&self) -> Vec<Provider> {
        let fresh = Provider { stake_for_all: Some(U256::ZERO), ..Provider::default() };
        let mut providers = vec![fresh; self.sessions.providers().len()];
        for day in &self.days {
            let Some(provider) = providers.get_mut(day.provider) else { continue };
            provider.seconds += day.usage.seconds;
            provider.sessions += day.usage.sessions;
            provider.paid_by_seconds += day.by_seconds.payable;
            provider.paid_by_sessions += day.by_sessions.payable;
            provider.stake_days += u32::from(day.by_seconds.binds == Binds::Stake);
            provider.days += 1;
            provider.stake_for_all =
                provider.stake_for_all.zip(day.stake_for_seconds).map(|(one, other)| one.max(other));
        }
        providers
    }

    /// What was emitted on the days, MOR wei.
    pub(super) fn emitted(&self) -> u128 {
        compute::emission_of_days(self.from, self.to)
    }
}

/// The smaller side.
pub(super) const fn binds(binds: Binds) -> &'static str {
    match binds {
        Binds::None => "none",
        Binds::Usage => "usage",
        Binds::Stake => "stake",
    }
}
