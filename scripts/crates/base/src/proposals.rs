//! Which blocks of Base are proposed to Ethereum, told beforehand: every so many blocks, as the newest games are apart.
//!
//! Nodes of the network prove only the state of their latest blocks, and a root is valid a day and more after its block. So
//! proofs are fetched when the block is there, and kept.

use anyhow::Result;
use mrc53_maths::Day;
use mrc53_node::reading::Reading;

use crate::abi::Registry::respectedGameTypeCall;
use crate::block;
use crate::games::ethereum::Ethereum;
use crate::games::game::Game;
use crate::no_proof::NoProof;

/// Games that are looked at.
const LATEST: u64 = 20;
/// Those of them whose distance is looked at.
const COMPARED: usize = 4;

/// Where proposals stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposals {
    /// A block that was proposed.
    pub block: u64,
    /// Blocks between two of them.
    pub interval: u64,
}

impl Proposals {
    /// As the newest games say; nothing if there are not two. Of games of a type that does not count, which anybody may be
    /// free to open for any block, nothing is believed.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn read(ethereum: &Ethereum<'_>) -> Result<Option<Self>> {
        let respected = ethereum.reader().view(ethereum.registry, respectedGameTypeCall {}).await?;
        let games = ethereum.games(ethereum.games.saturating_sub(LATEST)..ethereum.games).await?;
        let counting = games.into_iter().filter(|game| game.game_type == respected);
        let games: Vec<Game> = counting.take(COMPARED).collect();
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

    /// The last proposed block up to `number`; nothing if there is none.
    #[must_use]
    pub fn up_to(self, number: u64) -> Option<u64> {
        let (place, there) = (self.block % self.interval, number % self.interval);
        let back = there.checked_sub(place).unwrap_or_else(|| there + (self.interval - place));
        number.checked_sub(back)
    }

    /// The first proposed block of the UTC day `day`; nothing if Base has not come so far.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn first_of(self, base: &Reading, day: Day) -> Result<Option<u64>, NoProof> {
        let last = block::last(base).await?;
        self.first_from(last, day.start(), async |number| block::time(base, number).await).await
    }

    /// The first proposed block up to `last` whose `time` is not before `from`. Looks at the latest first, then twice as far
    /// back every time, then between.
    async fn first_from<E>(
        self,
        last: u64,
        from: u64,
        time: impl AsyncFn(u64) -> Result<u64, E>,
    ) -> Result<Option<u64>, E> {
        let Some(mut found) = self.up_to(last) else { return Ok(None) };
        if time(found).await? < from {
            return Ok(None);
        }
        // `found` is not before; what is before lies at `below` or further back, if anything does.
        let (mut below, mut steps) = (None, 1);
        while below.is_none() && found >= self.interval {
            let back = found - found % self.interval;
            let probe = found - self.interval.saturating_mul(steps).min(back);
            if time(probe).await? < from {
                below = Some(probe);
            } else {
                (found, steps) = (probe, steps * 2);
            }
        }
        let Some(mut below) = below else { return Ok(Some(found)) };
        while found - below > self.interval {
            let middle = below + (found - below) / self.interval / 2 * self.interval;
            if time(middle).await? < from {
                below = middle;
            } else {
                found = middle;
            }
        }
        Ok(Some(found))
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
    fn the_last_proposal_is_less_than_an_interval_behind_wherever_that_is() {
        let proposals = Proposals { block: 1_807, interval: 600 };
        for (number, last) in [
            (6, None),
            (7, Some(7)),
            (606, Some(7)),
            (607, Some(607)),
            (1_806, Some(1_207)),
            (1_807, Some(1_807)),
            (10_206, Some(9_607)),
            (u64::MAX, Some(u64::MAX - 8)),
        ] {
            assert_eq!(proposals.up_to(number), last, "{number}");
        }
        let far = Proposals { block: u64::MAX, interval: u64::MAX - 3 };
        assert_eq!((far.up_to(2), far.up_to(3), far.up_to(u64::MAX)), (None, Some(3), Some(u64::MAX)));
    }

    #[tokio::test]
    async fn the_first_proposal_from_a_time_on_is_found_wherever_it_is_and_in_few_questions() {
        let proposals = Proposals { block: 1_807, interval: 600 };
        // A block every two seconds; the proposals are 7, 607, 1207, …
        for last in [6, 7, 8, 606, 607, 43_207, 1_000_000] {
            let there: Vec<u64> = (7..=last).step_by(600).collect();
            for from in [0, 13, 14, 15, 1_213, 1_214, 1_215, 86_400, 86_414, 86_415, 1_999_000, u64::MAX] {
                let asked = std::cell::Cell::new(0);
                let time = async |number: u64| {
                    assert!(number <= last);
                    asked.set(asked.get() + 1);
                    Ok::<u64, std::convert::Infallible>(2 * number)
                };
                let expected = there.iter().find(|block| 2 * **block >= from).copied();
                assert_eq!(proposals.first_from(last, from, time).await, Ok(expected), "{last} {from}");
                assert!(asked.get() <= 24, "{last} {from}: {}", asked.get());
            }
        }
    }
}
