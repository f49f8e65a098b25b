//! A replay for people.

use alloy::primitives::U256;
use mrc53_console::show::{count, date, grouped, grouped_mor, named_day, new_table, percent};
use mrc53_simulation::replay::paid::PaidDay;

use super::replayed::{Provider, Replay, binds};

pub(super) fn of(replay: &Replay, with_days: bool) -> String {
    let providers = replay.providers();
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
            replay.sessions.providers()[*number].clone(),
            grouped(&provider.sessions.to_string()),
            grouped(&(provider.seconds / 3_600).to_string()),
            percent(provider.seconds.into(), all.into()),
            mor(replay.assumed.of(*number)),
            format!("{} of {} d", provider.stake_days, provider.days),
            mor(provider.paid_by_seconds),
            mor(provider.paid_by_sessions),
            provider.stake_for_all.map_or_else(|| "none is enough".into(), grouped_mor),
        ]);
    }
    let mut parts = vec![headline(replay), table.to_string(), sums(replay, &providers, &order, all)];
    if with_days {
        parts.push(days(replay));
    }
    parts.join("\n\n")
}

fn headline(replay: &Replay) -> String {
    format!(
        "{}, from {} to the beginning of {}\n{}\nstake   {}",
        count((replay.to.0 - replay.from.0) as usize, "day"),
        named_day(replay.from.0),
        named_day(replay.to.0),
        replay.origin.words(),
        replay.stake.words(),
    )
}

fn sums(replay: &Replay, providers: &[Provider], order: &[usize], all: u64) -> String {
    let emitted = replay.emitted();
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
            replay.sessions.providers().get(*provider).cloned().unwrap_or_default(),
            grouped(&usage.seconds.to_string()),
            mor(by_seconds.usage_reward),
            mor(by_seconds.stake_reward),
            binds(by_seconds.binds).into(),
            mor(by_seconds.payable),
            mor(by_sessions.payable),
            stake_for_seconds.map_or_else(|| "none is enough".into(), grouped_mor),
        ]);
    }
    table.to_string()
}

fn mor(wei: u128) -> String {
    grouped_mor(U256::from(wei))
}
