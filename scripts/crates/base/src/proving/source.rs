//! Proofs by a root: what is kept of it, and what a node still answers.

use std::collections::BTreeSet;

use alloy::primitives::B256;
use anyhow::{Context, Result};

use crate::block;
use crate::chains::Chains;
use crate::evidence::Evidence;
use crate::fetch::{self, Buckets};
use crate::games::ethereum::Ethereum;
use crate::games::game::Game;
use crate::kept::folder::Kept;
use crate::no_proof::NoProof;
use crate::sent::{self, SentRoot};
use crate::word::Word;

/// Weeks of Ethereum in which roots are looked for.
const WEEKS: u64 = 6;
const SECONDS_PER_WEEK: u64 = 7 * 86_400;

/// Where proofs are from.
pub(super) struct Source<'a> {
    pub(super) chains: &'a Chains<'a>,
    pub(super) kept: &'a Kept,
    pub(super) buckets: Buckets,
}

impl Source<'_> {
    /// What proves `words` by `root`, or as many of them as are kept if the node has them no longer.
    ///
    /// # Errors
    /// [`NoProof`] if there is nothing; a failure if a node does not answer or a kept file was changed.
    pub(super) async fn evidence(&self, root: B256, words: &[Word]) -> Result<Evidence> {
        let kept = self.kept.of(root)?;
        let there: BTreeSet<Word> = kept.iter().flat_map(|kept| &kept.words).map(|proven| proven.word).collect();
        let missing: Vec<Word> = words.iter().filter(|word| !there.contains(word)).copied().collect();
        let Some(kept) = kept else {
            let number = self.block_of(root).await?.ok_or(NoProof::NotSent { root, weeks: WEEKS })?;
            return self.fetched(number, root, &missing).await;
        };
        if missing.is_empty() {
            return Ok(kept);
        }
        match self.fetched(kept.opening.block.number, root, &missing).await {
            Ok(more) => Ok(Evidence::new(kept.opening, [kept.words, more.words].concat())),
            Err(error) if matches!(error.downcast_ref(), Some(NoProof::Pruned { .. })) => Ok(kept),
            Err(error) => Err(error),
        }
    }

    async fn fetched(&self, number: u64, root: B256, words: &[Word]) -> Result<Evidence> {
        let base = &self.chains.base;
        let evidence = fetch::evidence(base, self.buckets, number, words).await?;
        let found = evidence.opening.root();
        if found == root {
            return Ok(evidence);
        }
        let what = format!("has the root {found}, and Ethereum holds {root} to be its root");
        Err(NoProof::OtherBlock { url: NoProof::url(base), block: number, what: what.into() }.into())
    }

    /// No later time than this has the block that `root` is of (unix seconds), as far as that is said without a proof: one
    /// that nobody has sent of late is older than that.
    ///
    /// # Errors
    /// Fails if a node does not answer or a kept file was changed.
    pub(super) async fn latest_time(&self, root: B256) -> Result<u64> {
        if let Some(kept) = self.kept.of(root)? {
            return Ok(kept.opening.block.time);
        }
        let base = &self.chains.base;
        match self.block_of(root).await? {
            Some(number) => Ok(block::time(base, number).await?),
            None => Ok(block::time(base, block::last(base).await?).await?.saturating_sub(WEEKS * SECONDS_PER_WEEK)),
        }
    }

    /// The block that `root` is of: what its game says; nothing if nobody has sent it of late.
    async fn block_of(&self, root: B256) -> Result<Option<u64>> {
        let ethereum = Ethereum::read(&self.chains.ethereum_reading, self.chains.portal).await?;
        let Some(SentRoot { game, .. }) = sent::find(self.chains, &[root], WEEKS).await?.pop() else { return Ok(None) };
        let game = Game { index: None, address: game, game_type: 0, created_at: 0 };
        let claim = ethereum.claims(&[game]).await?.pop().context("a game without a claim")?;
        Ok(Some(claim.block))
    }
}
