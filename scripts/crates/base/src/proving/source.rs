//! Proofs by a root: what is kept of it, and what a node still answers.

use std::collections::BTreeSet;

use alloy::primitives::B256;
use anyhow::Result;

use crate::chains::Chains;
use crate::evidence::Evidence;
use crate::fetch::{self, Buckets};
use crate::games::ethereum;
use crate::games::game::Game;
use crate::kept::folder::Kept;
use crate::no_proof::NoProof;
use crate::sent::{self, SentRoot, WEEKS};
use crate::word::Word;

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
        let Some(kept) = kept else { return self.fetched(self.block_of(root).await?, root, &missing).await };
        if missing.is_empty() {
            return Ok(kept);
        }
        match self.fetched(kept.opening.block.number, root, &missing).await {
            Ok(more) => Ok(Evidence::new(kept.opening, [kept.words, more.words].concat())),
            Err(error) if matches!(error.downcast_ref(), Some(NoProof::Pruned { .. })) => Ok(kept),
            Err(error) => Err(error),
        }
    }

    /// Whether proofs by `root` are kept.
    pub(super) fn is_kept(&self, root: B256) -> bool {
        self.kept.blocks().any(|(_, kept)| kept == root)
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

    /// The block that `root` is of: what its game says.
    async fn block_of(&self, root: B256) -> Result<u64> {
        let found = self.blocks(&[root]).await?.pop();
        let (_, block) = found.ok_or_else(|| not_sent(root))?;
        Ok(block)
    }

    /// The blocks that `roots` are of: what is kept of them or their games say. Those that were sent longer ago are left out.
    ///
    /// # Errors
    /// Fails if a node does not answer.
    pub(super) async fn blocks(&self, roots: &[B256]) -> Result<Vec<(B256, u64)>> {
        let kept = self.kept.blocks().filter(|(_, root)| roots.contains(root));
        let mut found: Vec<(B256, u64)> = kept.map(|(block, root)| (root, block)).collect();
        let is_missing = |root: &&B256| found.iter().all(|(there, _)| there != *root);
        let missing: Vec<B256> = roots.iter().filter(is_missing).copied().collect();
        if missing.is_empty() {
            return Ok(found);
        }
        let sent = sent::find(self.chains, &missing, WEEKS).await?;
        let game = |sent: &SentRoot| Game { index: None, address: sent.game, game_type: 0, created_at: 0 };
        let games: Vec<Game> = sent.iter().map(game).collect();
        let claims = ethereum::claims(self.chains.ethereum.reader(), &games).await?;
        found.extend(sent.iter().zip(claims).map(|(sent, claim)| (sent.root, claim.block)));
        Ok(found)
    }
}

/// Why nothing is known of a root that was not sent of late.
pub(super) const fn not_sent(root: B256) -> NoProof {
    NoProof::NotSent { root, weeks: WEEKS }
}
