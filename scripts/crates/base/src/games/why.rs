//! Asking the registry why it does not hold a game to be valid, in its own order.

use alloy::primitives::Address;
use anyhow::Result;
use futures_util::{StreamExt, TryStreamExt, stream};
use mrc53_node::no_value::NoValue;

use super::ethereum::Ethereum;
use super::game::{Game, WhyNot};
use crate::abi::Game::{expectedResolutionCall, resolvedAtCall, statusCall};
use crate::abi::Registry::{
    disputeGameFinalityDelaySecondsCall, isGameBlacklistedCall, isGameRegisteredCall, isGameRespectedCall,
    isGameRetiredCall, pausedCall, respectedGameTypeCall,
};

/// Games that are asked at the same time.
const AT_ONCE: usize = 8;
/// What a game's status is while it is open, and once those who made the claim have won.
const IN_PROGRESS: u8 = 0;
const DEFENDER_WINS: u8 = 2;

/// What of the registry is the same for all games.
struct Rules {
    is_paused: bool,
    respected: u32,
    finality_delay_seconds: u64,
}

/// Why each of `games` is not valid, in their order.
///
/// # Errors
/// Fails if the node does not answer.
pub(super) async fn not(ethereum: &Ethereum<'_>, games: &[Game]) -> Result<Vec<WhyNot>> {
    if games.is_empty() {
        return Ok(Vec::new());
    }
    let (reader, registry) = (ethereum.reader(), ethereum.registry);
    let delay = reader.view(registry, disputeGameFinalityDelaySecondsCall {}).await?;
    let rules = Rules {
        is_paused: reader.view(registry, pausedCall {}).await?,
        respected: reader.view(registry, respectedGameTypeCall {}).await?,
        finality_delay_seconds: delay.saturating_to(),
    };
    let each = stream::iter(games).map(async |game| one(ethereum, &rules, *game).await);
    each.buffered(AT_ONCE).try_collect().await
}

/// Since when `game`, which is valid, is, unix seconds.
///
/// # Errors
/// Fails if the node does not answer.
pub(super) async fn valid_since(ethereum: &Ethereum<'_>, game: Address) -> Result<u64> {
    let delay = ethereum.reader().view(ethereum.registry, disputeGameFinalityDelaySecondsCall {}).await?;
    let resolved_at = ethereum.reader().view(game, resolvedAtCall {}).await?;
    Ok(resolved_at.saturating_add(delay.saturating_to()).saturating_add(1))
}

async fn one(ethereum: &Ethereum<'_>, rules: &Rules, game: Game) -> Result<WhyNot> {
    let (reader, registry, address) = (ethereum.reader(), ethereum.registry, game.address);
    let game_type = game.game_type;
    if !reader.view(registry, isGameRegisteredCall { game: address }).await? {
        return Ok(WhyNot::NotRegistered);
    }
    if reader.view(registry, isGameBlacklistedCall { game: address }).await? {
        return Ok(WhyNot::Blacklisted);
    }
    if reader.view(registry, isGameRetiredCall { game: address }).await? {
        return Ok(WhyNot::Retired);
    }
    if rules.is_paused {
        return Ok(WhyNot::Paused);
    }
    if !reader.view(registry, isGameRespectedCall { game: address }).await? {
        return Ok(WhyNot::OtherType { game_type, respected: rules.respected });
    }
    let resolved_at = reader.view(address, resolvedAtCall {}).await?;
    let status = reader.view(address, statusCall {}).await?;
    Ok(match status {
        IN_PROGRESS => WhyNot::Unresolved { resolvable_from: resolvable_from(ethereum, address).await? },
        DEFENDER_WINS if resolved_at == 0 => WhyNot::Unknown,
        // Valid from the second on that is later than the delay.
        DEFENDER_WINS => {
            WhyNot::InWindow { valid_from: resolved_at.saturating_add(rules.finality_delay_seconds).saturating_add(1) }
        }
        _ => WhyNot::Lost,
    })
}

/// From when on `game` can be resolved; games of other kinds do not say.
async fn resolvable_from(ethereum: &Ethereum<'_>, game: Address) -> Result<Option<u64>> {
    match ethereum.reader().ask(game, expectedResolutionCall {}).await {
        Ok(time) => Ok(Some(time).filter(|time| *time != u64::MAX)),
        Err(NoValue::Node(error)) if !error.is_error_resp() => {
            Err(ethereum.node.url.blame(&format!("the game {game}"), &error))
        }
        Err(_) => Ok(None),
    }
}
