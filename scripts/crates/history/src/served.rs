//! Sessions asked of the Diamond, some blocks behind the head: what they were stays what it is.

use std::time::{Duration, Instant};

use alloy::primitives::{Address, B256, U256};
use alloy::providers::Provider;
use anyhow::{Result, bail};
use mrc53_abi::Diamond;
use mrc53_console::failure::BadInput;
use mrc53_node::no_value::NoValue;
use mrc53_node::reader::Reader;
use mrc53_node::reading::Reading;

use crate::midnights::{Block, behind_the_head};

/// For how long the state of a block is asked for: nodes that keep no history keep that of 128 blocks, of a quarter of a
/// second where blocks are quickest.
const STATE_LIMIT: Duration = Duration::from_secs(15);

/// A Diamond as it stood some blocks behind the head.
#[derive(Debug)]
pub(crate) struct Diamonds<'a> {
    pub(crate) node: &'a Reading,
    pub(crate) address: Address,
    behind: u64,
    block: Block,
    since: Instant,
}

impl<'a> Diamonds<'a> {
    /// The Diamond at `address`, `behind` blocks behind the head.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub(crate) async fn new(node: &'a Reading, address: Address, behind: u64) -> Result<Self> {
        let block = behind_the_head(node, behind).await?;
        Ok(Self { node, address, behind, block, since: Instant::now() })
    }

    /// The block at which it is asked.
    pub(crate) const fn block(&self) -> Block {
        self.block
    }

    /// Goes on with a later block, where the head has moved on.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub(crate) async fn keep_up(&mut self) -> Result<()> {
        if self.since.elapsed() >= STATE_LIMIT {
            self.block = behind_the_head(self.node, self.behind).await?;
            self.since = Instant::now();
        }
        Ok(())
    }

    /// That it is one.
    ///
    /// # Errors
    /// [`BadInput`] if there is no code at its address, or it does not answer `getProviderSessions`; a failure if the node does not
    /// answer.
    pub(crate) async fn require(&self) -> Result<()> {
        let (url, address, chain) = (&self.node.url, self.address, self.node.chain_id);
        let code = self.node.provider.get_code_at(address).number(self.block.number).await;
        let code = code.map_err(|error| url.blame("the code of the Diamond", &error))?;
        let why = if code.is_empty() { Some("has no code") } else { self.is_none().await? };
        let Some(why) = why else { return Ok(()) };
        Err(BadInput::new(format!("{address} {why} on chain {chain}: is it the Compute Diamond there?")).into())
    }

    /// Why what stands there is no Compute Diamond, if it is none.
    async fn is_none(&self) -> Result<Option<&'static str>> {
        let call = Diamond::getProviderSessionsCall { provider: Address::ZERO, offset: U256::ZERO, limit: U256::ONE };
        match self.reader().ask(self.address, call).await {
            Ok(_) => Ok(None),
            Err(NoValue::Node(error)) => Err(self.node.url.blame("getProviderSessions of the Diamond", &error)),
            Err(_) => Ok(Some("does not answer getProviderSessions")),
        }
    }

    /// What it answers to each of `ids`.
    ///
    /// # Errors
    /// Fails if it, or the node, does not answer.
    pub(crate) async fn sessions(&self, ids: &[B256]) -> Result<Vec<Diamond::Session>> {
        let calls: Vec<_> = ids.iter().map(|id| Diamond::getSessionCall { sessionId: *id }).collect();
        let answers = self.reader().each(self.address, &calls).await?;
        let sessions = ids.iter().zip(answers).map(|(id, answer)| match answer {
            Ok(session) => Ok(session),
            Err(no) => bail!("getSession({id}) at block {}: {}", self.block.number, no.words()),
        });
        sessions.collect()
    }

    pub(crate) fn reader(&self) -> Reader<'a> {
        Reader::now(&self.node.provider).at(self.block.number)
    }
}
