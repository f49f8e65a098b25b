//! Which valid game to relay.
//!
//! What a root covers follows from the UTC day of its block alone. Of the games of the same day the earliest is taken: its
//! proofs are what keepers keep, as its block is the first proposal after midnight, which everybody can tell beforehand.

use anyhow::Result;
use mrc53_maths::Day;
use mrc53_node::reading::Reading;

use super::ethereum::Ethereum;
use super::find::validity;
use super::game::{Claim, Game};
use crate::block;
use crate::no_proof::NoProof;

/// Games looked at together: those of a day, and some.
const TOGETHER: u64 = 100;

/// The earliest valid game whose block is of the same UTC day as that of `newest`, and that block's time (unix seconds),
/// which `base` says.
///
/// # Errors
/// Fails if a node does not answer, or `base` does not have the block.
pub async fn earliest_of_day(ethereum: &Ethereum<'_>, base: &Reading, newest: Claim) -> Result<(Claim, u64)> {
    let time = block::time(base, newest.block).await.map_err(NoProof::into_failure)?;
    let midnight = Day::of(time).start();
    let (mut games, mut end) = (Vec::<Game>::new(), newest.game.index.unwrap_or(0));
    while end > 0 {
        let start = end.saturating_sub(TOGETHER);
        let page = ethereum.games(start..end).await?;
        // No game is older than its block.
        let of_day = page.iter().take_while(|game| game.created_at >= midnight).count();
        games.extend_from_slice(&page[..of_day]);
        end = if of_day == page.len() { start } else { 0 };
    }
    let valid = validity(ethereum, &games).await?;
    let earliest_first = games.iter().zip(valid).rev().filter_map(|(game, is_valid)| is_valid.then_some(*game));
    for game in earliest_first {
        let Some(claim) = ethereum.claims(&[game]).await?.pop() else { continue };
        let time = block::time(base, claim.block).await.map_err(NoProof::into_failure)?;
        if time >= midnight {
            return Ok((claim, time));
        }
    }
    Ok((newest, time))
}
