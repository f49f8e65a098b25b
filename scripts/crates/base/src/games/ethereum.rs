//! Base's contracts on Ethereum, as they point at each other now.

use alloy::primitives::{Address, U256};
use anyhow::Result;
use futures_util::{StreamExt, TryStreamExt, stream};
use mrc53_console::failure::BadInput;
use mrc53_node::no_value::NoValue;
use mrc53_node::reader::Reader;
use mrc53_node::reading::Reading;

use super::game::{Claim, Game};
use crate::abi::Factory::{gameAtIndexCall, gameAtIndexReturn, gameCountCall};
use crate::abi::Game::{l2SequenceNumberCall, rootClaimCall};
use crate::abi::Portal::anchorStateRegistryCall;
use crate::abi::Registry::disputeGameFactoryCall;

/// Games that are asked at the same time.
const AT_ONCE: usize = 8;

/// Base's registry and its factory of games, as the portal names them.
#[derive(Clone, Copy, Debug)]
pub struct Ethereum<'a> {
    /// The node.
    pub node: &'a Reading,
    /// Says which games are valid.
    pub registry: Address,
    /// Has all games.
    pub factory: Address,
    /// How many games there are.
    pub games: u64,
}

impl<'a> Ethereum<'a> {
    /// Reads what `portal` names now: the registry has changed before, the portal never.
    ///
    /// # Errors
    /// [`BadInput`] if it is no portal of Base; a failure if the node does not answer.
    pub async fn read(node: &'a Reading, portal: Address) -> Result<Self> {
        let reader = Reader::now(&node.provider);
        let registry = reader.view(portal, anchorStateRegistryCall {}).await?;
        let factory = reader.view(registry, disputeGameFactoryCall {}).await?;
        let games = reader.view(factory, gameCountCall {}).await?;
        let games = u64::try_from(games).map_err(|_| BadInput::new(format!("{factory} has no number of games")))?;
        Ok(Self { node, registry, factory, games })
    }

    /// Asks contracts there, as they are now.
    #[must_use]
    pub fn reader(&self) -> Reader<'a> {
        Reader::now(&self.node.provider)
    }

    /// The games with these numbers, the newest first.
    ///
    /// # Errors
    /// Fails if the node or the factory does not answer.
    pub async fn games(&self, numbers: std::ops::Range<u64>) -> Result<Vec<Game>> {
        let indices: Vec<u64> = numbers.rev().collect();
        let calls: Vec<_> = indices.iter().map(|index| gameAtIndexCall { index: U256::from(*index) }).collect();
        let answers = self.reader().each(self.factory, &calls).await?;
        let game = |(index, answer): (&u64, Result<gameAtIndexReturn, NoValue>)| {
            let gameAtIndexReturn { gameType, timestamp, proxy } =
                answer.map_err(|no| no.of_view::<gameAtIndexCall>(self.factory))?;
            Ok(Game { index: Some(*index), address: proxy, game_type: gameType, created_at: timestamp })
        };
        indices.iter().zip(answers).map(game).collect()
    }

    /// As [`claims`].
    ///
    /// # Errors
    /// As there.
    pub async fn claims(&self, games: &[Game]) -> Result<Vec<Claim>> {
        claims(self.reader(), games).await
    }
}

/// The root that each of `games` claims, and the block that it is of: what only the games themselves are asked for.
///
/// # Errors
/// Fails if the node or a game does not answer.
pub async fn claims(reader: Reader<'_>, games: &[Game]) -> Result<Vec<Claim>> {
    let each = stream::iter(games).map(async |game| {
        let root = reader.view(game.address, rootClaimCall {}).await?;
        let block = reader.view(game.address, l2SequenceNumberCall {}).await?;
        let none = |_| BadInput::new(format!("the game {} is of no block that Base can have", game.address));
        anyhow::Ok(Claim { game: *game, root, block: block.try_into().map_err(none)? })
    });
    each.buffered(AT_ONCE).try_collect().await
}
