//! What each day would have paid, and the stake that its usage needs.

use mrc53_maths::{Day, RewardBreakdown, RewardInputs, SECONDS_PER_DAY, U256, Weight, compute, required_stake, reward};

use super::usage::UsageByDay;
use mrc53_books::ledger::usage::Usage;

/// Stake that is assumed, MOR wei by the provider's number; held on all days, all day long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssumedStake(Vec<u128>);

impl AssumedStake {
    /// None: nothing is paid, and what usage needs is said.
    #[must_use]
    pub fn none(usage: &UsageByDay) -> Self {
        Self(vec![0; usage.of_providers().len()])
    }

    /// `sum` MOR wei in equal parts, rounded down.
    #[must_use]
    pub fn equal(usage: &UsageByDay, sum: u128) -> Self {
        let count = usage.of_providers().len();
        Self(vec![sum / (count as u128).max(1); count])
    }

    /// `sum` MOR wei in proportion to the session-seconds of all days, rounded down.
    #[must_use]
    pub fn proportional(usage: &UsageByDay, sum: u128) -> Self {
        let seconds: Vec<u64> = usage.of_providers().iter().map(|usage| usage.seconds).collect();
        let all: u128 = seconds.iter().map(|seconds| u128::from(*seconds)).sum();
        Self(seconds.iter().map(|seconds| mrc53_maths::share_down(sum, u128::from(*seconds), all)).collect())
    }

    /// MOR wei by the provider's number; who has none there stakes none.
    #[must_use]
    pub fn of_each(usage: &UsageByDay, wei: impl Fn(usize) -> u128) -> Self {
        Self((0..usage.of_providers().len()).map(wei).collect())
    }

    /// MOR wei of a provider.
    #[must_use]
    pub fn of(&self, provider: usize) -> u128 {
        self.0.get(provider).copied().unwrap_or_default()
    }

    fn total(&self) -> u128 {
        self.0.iter().sum()
    }
}

/// A provider's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaidDay {
    /// The UTC day.
    pub day: Day,
    /// The provider's number.
    pub provider: usize,
    /// What it served.
    pub usage: Usage,
    /// The reward, counted in seconds.
    pub by_seconds: RewardBreakdown,
    /// The reward, counted in sessions.
    pub by_sessions: RewardBreakdown,
    /// The stake with which its usage side, in seconds, would be paid in full, while all others stake as assumed, MOR wei;
    /// none where no stake is enough.
    pub stake_for_seconds: Option<U256>,
    /// The same in sessions.
    pub stake_for_sessions: Option<U256>,
}

/// Every day of every provider that served something on it.
pub fn days(usage: &UsageByDay, stake: &AssumedStake) -> impl Iterator<Item = PaidDay> {
    let total = stake.total();
    usage.days().flat_map(move |(day, providers)| {
        let sum = |of: fn(&Usage) -> u64| providers.values().map(of).sum::<u64>();
        let (seconds, sessions) = (sum(|it| it.seconds), sum(|it| it.sessions));
        providers.iter().map(move |(provider, usage)| {
            let (provider, usage) = (*provider, *usage);
            let own = stake.of(provider);
            let of = |weight: Weight| {
                let (subnet_weight, total_weight) = match weight {
                    Weight::Seconds => (usage.seconds, seconds),
                    Weight::Sessions => (usage.sessions, sessions),
                };
                reward(&RewardInputs {
                    emission: compute::emission_of(day),
                    emitted: compute::emitted_by_end_of(day),
                    subnet_weight,
                    total_weight,
                    subnet_stake_seconds: own * u128::from(SECONDS_PER_DAY),
                    total_stake_seconds: total * u128::from(SECONDS_PER_DAY),
                })
            };
            let others = (total - own) * u128::from(SECONDS_PER_DAY);
            let required = |reward: &RewardBreakdown| {
                required_stake(reward.usage_reward, reward.emission, compute::emitted_by_end_of(day), others)
            };
            let (by_seconds, by_sessions) = (of(Weight::Seconds), of(Weight::Sessions));
            PaidDay {
                day,
                provider,
                usage,
                by_seconds,
                by_sessions,
                stake_for_seconds: required(&by_seconds),
                stake_for_sessions: required(&by_sessions),
            }
        })
    })
}
