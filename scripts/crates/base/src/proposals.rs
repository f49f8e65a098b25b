//! Which blocks of Base are proposed to Ethereum, told beforehand: every so many blocks, as the newest games are apart.
//!
//! Nodes of the network prove only the state of their latest blocks, and a root is valid a day and more after its block. So
//! proofs are fetched when the block is there, and kept.

use anyhow::Result;
use mrc53_maths::Day;
use mrc53_node::reading::Reading;

use crate::block;
use crate::games::ethereum::Ethereum;
use crate::no_proof::NoProof;

/// Games that are looked at for their distance.
const LATEST: u64 = 4;

/// Where proposals stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposals {
    /// A block that was proposed.
    pub block: u64,
    /// Blocks between two of them.
    pub interval: u64,
}

impl Proposals {
    /// As the newest games say; nothing if there are not two.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn read(ethereum: &Ethereum<'_>) -> Result<Option<Self>> {
        let games = ethereum.games(ethereum.games.saturating_sub(LATEST)..ethereum.games).await?;
        let blocks: Vec<u64> = ethereum.claims(&games).await?.iter().map(|claim| claim.block).collect();
        Ok(Self::of(&blocks))
    }

    /// As `blocks`, the newest proposal's first, are apart. A block may have been proposed twice.
    #[must_use]
    pub fn of(blocks: &[u64]) -> Option<Self> {
        let newest = *blocks.iter().max()?;
        let before = *blocks.iter().filter(|block| **block < newest).max()?;
        Some(Self { block: newest, interval: newest - before })
    }

    /// The first proposed block at or behind `number`.
    #[must_use]
    pub fn at_or_after(self, number: u64) -> u64 {
        let place = self.block % self.interval;
        let behind = (number % self.interval + self.interval - place) % self.interval;
        number + (self.interval - behind) % self.interval
    }

    /// The first proposed block of the UTC day `day`; nothing if Base has not come so far.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn first_of(self, base: &Reading, day: Day) -> Result<Option<u64>, NoProof> {
        let last = block::last(base).await?;
        // The last that is there.
        let behind = self.at_or_after(last + 1);
        let Some(mut above) = behind.checked_sub(self.interval) else { return Ok(None) };
        if block::time(base, above).await? < day.start() {
            return Ok(None);
        }
        // Twice as far back every time, then between: `above` is of the day or later, `below` is not.
        let mut steps = 1;
        let mut below = loop {
            let Some(probe) = above.checked_sub(self.interval.saturating_mul(steps)) else { break None };
            if block::time(base, probe).await? < day.start() {
                break Some(probe);
            }
            (above, steps) = (probe, steps * 2);
        };
        if below.is_none() {
            // Before the first proposal there could be.
            let first = above % self.interval;
            if block::time(base, first).await? >= day.start() {
                return Ok(Some(first));
            }
            below = Some(first);
        }
        let mut below = below.unwrap_or_default();
        while above - below > self.interval {
            let middle = below + (above - below) / self.interval / 2 * self.interval;
            if block::time(base, middle).await? < day.start() {
                below = middle;
            } else {
                above = middle;
            }
        }
        Ok(Some(above))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposals_are_as_far_apart_as_the_two_newest_blocks() {
        assert_eq!(Proposals::of(&[1_800, 1_200, 600]), Some(Proposals { block: 1_800, interval: 600 }));
        assert_eq!(Proposals::of(&[1_800, 1_800, 1_200]), Some(Proposals { block: 1_800, interval: 600 }));
        assert_eq!(Proposals::of(&[7, 7]), None);
        assert_eq!(Proposals::of(&[]), None);
    }

    #[test]
    fn the_next_proposal_is_at_most_an_interval_away() {
        let proposals = Proposals { block: 1_807, interval: 600 };
        for (number, next) in
            [(0, 7), (7, 7), (8, 607), (1_207, 1_207), (1_208, 1_807), (1_807, 1_807), (9_999, 10_207)]
        {
            assert_eq!(proposals.at_or_after(number), next, "{number}");
        }
    }
}
