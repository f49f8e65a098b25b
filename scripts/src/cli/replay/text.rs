//! A replay for people.

use alloy::primitives::U256;
use mrc53_console::show::{date, grouped, named_day, new_table, percent, rounded};
use mrc53_maths::compute;
use mrc53_simulation::replay::paid::PaidDay;

use super::replayed::Replay;

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

/// Each provider's days together, by its number.
pub(super) fn providers(replay: &Replay) -> Vec<Provider> {
    let fresh = Provider { stake_for_all: Some(U256::ZERO), ..Provider::default() };
    let mut providers = vec![fresh; replay.source.sessions.providers().len()];
    for day in &replay.days {
        let Some(provider) = providers.get_mut(day.provider) else { continue };
        provider.seconds += day.usage.seconds;
        provider.sessions += day.usage.sessions;
        provider.paid_by_seconds += day.by_seconds.payable;
        provider.paid_by_sessions += day.by_sessions.payable;
        provider.stake_days += u32::from(day.by_seconds.binds == mrc53_maths::Binds::Stake);
        provider.days += 1;
        provider.stake_for_all = provider.stake_for_all.zip(day.stake_for_seconds).map(|(one, other)| one.max(other));
    }
    providers
}

/// What was emitted on the days, MOR wei.
pub(super) fn emitted(replay: &Replay) -> u128 {
    compute::emission_of_days(replay.from, replay.to)
}

pub(super) fn of(replay: &Replay, with_days: bool) -> String {
    let providers = providers(replay);
    let all = providers.iter().map(|provider| provider.seconds).sum::<u64>();
    let mut order: Vec<usize> = (0..providers.len()).filter(|number| providers[*number].days > 0).collect();
    order.sort_by_key(|number| std::cmp::Reverse(providers[*number].seconds));
    let header = [
        "provider",
        "sessions",
        "hours",
        "of all",
        "stake, MOR",
        "stake bound",
        "paid by seconds",
        "by sessions",
        "stake for all",
    ];
    let mut table = new_table(1, &header);
    for number in &order {
        let provider = &providers[*number];
        table.add_row([
            replay.source.sessions.providers()[*number].clone(),
            grouped(&provider.sessions.to_string()),
            grouped(&(provider.seconds / 3_600).to_string()),
            percent(provider.seconds.into(), all.into()),
            mor(replay.assumed.of(*number)),
            format!("{} of {} d", provider.stake_days, provider.days),
            mor(provider.paid_by_seconds),
            mor(provider.paid_by_sessions),
            provider.stake_for_all.map_or_else(|| "none is enough".into(), |wei| grouped(&rounded(wei))),
        ]);
    }
    let mut parts = vec![headline(replay), table.to_string(), sums(replay, &providers, &order, all)];
    if with_days {
        parts.push(days(replay));
    }
    parts.join("\n\n")
}

fn headline(replay: &Replay) -> String {
    let known = if replay.source.is_published() { ": the snapshot that was published" } else { "" };
    format!(
        "{} days, from {} to the beginning of {}\nfile    sha256 {}{known}\nstake   {}",
        replay.to.0 - replay.from.0,
        named_day(replay.from.0),
        named_day(replay.to.0),
        replay.source.sha256,
        replay.stake.words(),
    )
}

fn sums(replay: &Replay, providers: &[Provider], order: &[usize], all: u64) -> String {
    let emitted = emitted(replay);
    let paid = |of: fn(&Provider) -> u128| providers.iter().map(of).sum::<u128>();
    let line = |rule: &str, paid: u128| {
        let (part, unpaid) = (percent(paid, emitted), mor(emitted.saturating_sub(paid)));
        format!("{rule:<12}{} MOR of {} paid, {part}; {unpaid} stay in the pool", mor(paid), mor(emitted))
    };
    let largest = |number: usize| order.iter().take(number).map(|provider| providers[*provider].seconds).sum::<u64>();
    [
        line("by seconds", paid(|provider| provider.paid_by_seconds)),
        line("by sessions", paid(|provider| provider.paid_by_sessions)),
        format!(
            "usage       the largest has {} of all seconds, the two largest {}",
            percent(largest(1).into(), all.into()),
            percent(largest(2).into(), all.into())
        ),
    ]
    .join("\n")
}

fn days(replay: &Replay) -> String {
    let header =
        ["day", "provider", "seconds", "by usage", "by stake", "binds", "paid, MOR", "by sessions", "stake for all"];
    let mut table = new_table(2, &header);
    for PaidDay { day, provider, usage, by_seconds, by_sessions, stake_for_seconds, .. } in &replay.days {
        table.add_row([
            date(day.0),
            replay.source.sessions.providers().get(*provider).cloned().unwrap_or_default(),
            grouped(&usage.seconds.to_string()),
            mor(by_seconds.usage_reward),
            mor(by_seconds.stake_reward),
            binds(by_seconds.binds).into(),
            mor(by_seconds.payable),
            mor(by_sessions.payable),
            stake_for_seconds.map_or_else(|| "none is enough".into(), |wei| grouped(&rounded(wei))),
        ]);
    }
    table.to_string()
}

/// The smaller side.
pub(super) const fn binds(binds: mrc53_maths::Binds) -> &'static str {
    match binds {
        mrc53_maths::Binds::None => "none",
        mrc53_maths::Binds::Usage => "usage",
        mrc53_maths::Binds::Stake => "stake",
    }
}

fn mor(wei: u128) -> String {
    grouped(&rounded(U256::from(wei)))
}
