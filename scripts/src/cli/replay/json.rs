//! A replay for machines: amounts in MOR wei as decimal strings, days as their numbers.

use alloy::primitives::U256;
use mrc53_maths::RewardBreakdown;
use serde_json::{Value, json};

use super::origin::Origin;
use super::replayed::{Replay, binds};

/// As `docs/json/replay.schema.json` has it.
pub(super) fn of(replay: &Replay) -> Value {
    let names = replay.sessions.providers();
    let providers: Vec<Value> = (0..)
        .zip(replay.providers())
        .zip(names)
        .filter(|((_, provider), _)| provider.days > 0)
        .map(|((number, provider), name)| {
            json!({
                "provider": name,
                "seconds": provider.seconds,
                "sessions": provider.sessions,
                "stake_wei": replay.assumed.of(number).to_string(),
                "stake_days": provider.stake_days,
                "days": provider.days,
                "paid_by_seconds_wei": provider.paid_by_seconds.to_string(),
                "paid_by_sessions_wei": provider.paid_by_sessions.to_string(),
                "stake_for_all_wei": wei(provider.stake_for_all),
            })
        })
        .collect();
    let days: Vec<Value> = replay
        .days
        .iter()
        .map(|day| {
            json!({
                "day": day.day.0,
                "provider": names.get(day.provider),
                "seconds": day.usage.seconds,
                "sessions": day.usage.sessions,
                "by_seconds": reward(&day.by_seconds, day.stake_for_seconds),
                "by_sessions": reward(&day.by_sessions, day.stake_for_sessions),
            })
        })
        .collect();
    let (file, chain) = match &replay.origin {
        Origin::File { sha256, is_published } => (Some((sha256, *is_published)), Value::Null),
        Origin::Chain { chain_id, diamond, blocks } => {
            let (first, end) = (blocks.start, blocks.end);
            (
                None,
                json!({ "chain_id": chain_id, "diamond": diamond.to_string(), "from_block": first, "to_block": end }),
            )
        }
    };
    json!({
        "from_day": replay.from.0,
        "to_day": replay.to.0,
        "sha256": file.map(|(sha256, _)| sha256),
        "published": file.is_some_and(|(_, is_published)| is_published),
        "chain": chain,
        "emitted_wei": replay.emitted().to_string(),
        "providers": providers,
        "days": days,
    })
}

fn reward(reward: &RewardBreakdown, stake_for_all: Option<U256>) -> Value {
    json!({
        "usage_side_wei": reward.usage_reward.to_string(),
        "stake_side_wei": reward.stake_reward.to_string(),
        "paid_wei": reward.payable.to_string(),
        "binds": binds(reward.binds),
        "stake_for_all_wei": wei(stake_for_all),
    })
}

fn wei(wei: Option<U256>) -> Value {
    wei.map_or(Value::Null, |wei| wei.to_string().into())
}
