//! The newest valid game.

use alloy::primitives::Address;
use anyhow::{Context, Result};
use mrc53_console::show::count;
use mrc53_node::reading::Reading;
use mrc53_node::time;
use serde::Serialize;

use super::ethereum::Ethereum;
use super::game::{Claim, Game, WhyNot};
use super::why;
use crate::abi::Game::{createdAtCall, gameTypeCall};
use crate::abi::Registry::isGameClaimValidCall;

/// Games looked at together.
const TOGETHER: u64 = 50;
/// How far back is looked, in seconds: the longest window in which a day can be proven.
const LOOK_BACK_SECONDS: u64 = 30 * 86_400;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The registry that the portal names.
    pub registry: Address,
    /// The newest valid game; none among those of the last thirty days.
    pub valid: Option<Claim>,
    /// Those that are newer, the newest first, and why they are not.
    pub newer: Vec<Invalid>,
    /// When that was, by Ethereum's clock, unix seconds.
    pub now: u64,
}

/// A game that is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Invalid {
    /// The game.
    #[serde(flatten)]
    pub game: Game,
    /// Why.
    #[serde(flatten)]
    pub why: WhyNot,
}

/// The newest games, without a reason for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Latest {
    /// The newest; none if there is none of the last thirty days.
    pub newest: Option<Game>,
    /// The newest valid one; none among those of the last thirty days.
    pub valid: Option<Claim>,
    /// When that became valid, unix seconds.
    pub valid_since: Option<u64>,
    /// When that was, by Ethereum's clock, unix seconds.
    pub now: u64,
}

/// The games from the newest back to the newest valid one.
struct Walked {
    valid: Option<Game>,
    /// The newest first.
    newer: Vec<Game>,
    now: u64,
}

/// Finds the newest game that the registry holds to be valid, from the newest backwards, and why the newer ones are not.
///
/// # Errors
/// A failure if the node does not answer.
pub async fn newest_valid(ethereum: &Ethereum<'_>) -> Result<Found> {
    let Walked { valid, newer, now } = walk(ethereum).await?;
    let why = why::not(ethereum, &newer).await?;
    let newer = newer.into_iter().zip(why).map(|(game, why)| Invalid { game, why }).collect();
    Ok(Found { registry: ethereum.registry, valid: claim(ethereum, valid).await?, newer, now })
}

/// The newest game and the newest valid one.
///
/// # Errors
/// [`mrc53_console::failure::BadInput`] if `portal` is no portal of Base; a failure if the node does not answer.
pub async fn latest(node: &Reading, portal: Address) -> Result<Latest> {
    let ethereum = Ethereum::read(node, portal).await?;
    let Walked { valid, newer, now } = walk(&ethereum).await?;
    let valid_since = match valid {
        Some(game) => Some(why::valid_since(&ethereum, game.address).await?),
        None => None,
    };
    Ok(Latest { newest: newer.first().copied().or(valid), valid: claim(&ethereum, valid).await?, valid_since, now })
}

async fn claim(ethereum: &Ethereum<'_>, game: Option<Game>) -> Result<Option<Claim>> {
    Ok(ethereum.claims(game.as_slice()).await?.pop())
}

async fn walk(ethereum: &Ethereum<'_>) -> Result<Walked> {
    let now = time::now(&ethereum.node.provider).await?;
    let oldest = now.saturating_sub(LOOK_BACK_SECONDS);
    let (mut newer, mut end, mut valid) = (Vec::new(), ethereum.games, None);
    while end > 0 && valid.is_none() {
        let start = end.saturating_sub(TOGETHER);
        let games = ethereum.games(start..end).await?;
        let young = games.iter().take_while(|game| game.created_at >= oldest).count();
        let games = &games[..young];
        let answers = validity(ethereum, games).await?;
        let first = answers.iter().position(|is_valid| *is_valid);
        newer.extend_from_slice(&games[..first.unwrap_or(games.len())]);
        valid = first.map(|place| games[place]);
        end = if young as u64 == end - start { start } else { 0 };
    }
    Ok(Walked { valid, newer, now })
}

/// What `game` claims, and why it is not valid if it is not.
///
/// # Errors
/// [`mrc53_console::failure::BadInput`] if `portal` is no portal of Base, or `game` no game; a failure if the node does not
/// answer.
pub async fn why_not(node: &Reading, portal: Address, game: Address) -> Result<(Claim, Option<WhyNot>)> {
    let ethereum = Ethereum::read(node, portal).await?;
    let game_type = ethereum.reader().view(game, gameTypeCall {}).await?;
    let created_at = ethereum.reader().view(game, createdAtCall {}).await?;
    let game = Game { index: None, address: game, game_type, created_at };
    let claim = ethereum.claims(&[game]).await?.pop().context("a game without a claim")?;
    let is_valid = validity(&ethereum, &[game]).await?.contains(&true);
    let why = if is_valid { None } else { why::not(&ethereum, &[game]).await?.pop() };
    Ok((claim, why))
}

/// Whether the registry holds each of `games` to be valid.
pub(super) async fn validity(ethereum: &Ethereum<'_>, games: &[Game]) -> Result<Vec<bool>> {
    let calls: Vec<_> = games.iter().map(|game| isGameClaimValidCall { game: game.address }).collect();
    let answers = ethereum.reader().each(ethereum.registry, &calls).await?;
    answers
        .into_iter()
        .map(|answer| answer.map_err(|no| no.of_view::<isGameClaimValidCall>(ethereum.registry)))
        .collect()
}

impl Found {
    /// Why the newer games cannot be relayed, a line for those in a row with the same reason, the newest first.
    #[must_use]
    pub fn reasons(&self) -> Vec<String> {
        let same =
            |one: &Invalid, other: &Invalid| std::mem::discriminant(&one.why) == std::mem::discriminant(&other.why);
        let line = |group: &[Invalid]| {
            // The oldest is the next to become valid.
            let words = group.last().map(|oldest| format!("{}: {}", oldest.game.address, oldest.why.words()));
            let words = words.unwrap_or_default();
            match group.len() {
                1 => words,
                more => format!("{}, the oldest of them {words}", count(more, "game")),
            }
        };
        self.newer.chunk_by(same).map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invalid(index: u8, why: WhyNot) -> Invalid {
        let (address, created_at) = (Address::repeat_byte(index), 0);
        Invalid { game: Game { index: Some(index.into()), address, game_type: 621, created_at }, why }
    }

    #[test]
    fn games_in_a_row_with_the_same_reason_are_one_line_with_the_date_of_the_next_that_can_be_valid() {
        let unresolved = |time| WhyNot::Unresolved { resolvable_from: Some(time) };
        let newer = vec![
            invalid(9, unresolved(90_000)),
            invalid(8, unresolved(86_400)),
            invalid(7, WhyNot::Blacklisted),
            invalid(6, WhyNot::InWindow { valid_from: 60 }),
        ];
        let found = Found { registry: Address::ZERO, valid: None, newer, now: 0 };

        let reasons = found.reasons();

        assert_eq!(reasons.len(), 3);
        assert!(reasons[0].starts_with("2 games, the oldest of them 0x0808"), "{}", reasons[0]);
        assert!(reasons[0].contains("from 1970-01-02 00:00:00 UTC on"), "{}", reasons[0]);
        assert!(reasons[1].ends_with("blacklisted it") && reasons[2].ends_with("at 1970-01-01 00:01:00 UTC"));
    }
}
