//! A root of Base for every day: proposed on Ethereum, resolved, relayed, opened on Arbitrum, and what it covers proven.

use alloy::primitives::{Address, Bytes};
use alloy::providers::Provider;
use anyhow::Result;
use mrc53_base::batches::MOST_DATA_BYTES;
use mrc53_base::evidence::Evidence;
use mrc53_base::fetch;
use mrc53_base::word::Word;
use mrc53_node::reading::Reading;
use mrc53_suite::place::Place;

use super::arrival::Ticket;
use super::clock::{ARRIVES_AFTER, DAY_SECONDS, PROPOSED_AFTER, RELAYED_AFTER, RESOLVED_AFTER};
use super::ethereum::Ethereum;
use super::market::Base;
use super::report::Step;
use crate::chain::Chain;
use crate::travel;

/// What happens next to a root.
pub(super) enum Next {
    /// It is proposed.
    Propose,
    /// Its game ends.
    Resolve(Box<Proposal>),
    /// It is sent.
    Relay(Box<Proposal>),
    /// It arrives, is opened, and what it covers is proven.
    Arrive(Box<Proposal>, Box<Ticket>),
}

/// A proposed root, and what was fetched from Base while its block was the last.
pub(super) struct Proposal {
    game: Address,
    evidence: Evidence,
    /// Days on which something was hosted and that no earlier root covers, each with its word.
    covered: Vec<(u32, Word)>,
}

impl Proposal {
    /// The first day with sessions that no earlier root covers.
    fn day(&self) -> Option<u32> {
        self.covered.iter().map(|(day, _)| *day).min()
    }
}

/// Where roots come from, pass and arrive.
pub(super) struct Pipeline<'a> {
    pub base: Base<'a>,
    /// Base again, as proofs are read.
    pub reading: Reading,
    pub ethereum: Ethereum<'a>,
    pub arbitrum: &'a Chain,
    /// `UsageProofs`.
    pub proofs: Address,
    pub grace_days: u32,
    /// Whose days are looked for.
    pub subnets: Vec<Address>,
    /// The first day that no proposed root covers.
    pub first_not_covered: u32,
    /// What was done so far.
    pub steps: Vec<Step>,
}

impl Pipeline<'_> {
    /// When the first root that covers `day` is proposed.
    pub(super) fn proposal_of(&self, day: u32) -> u64 {
        (u64::from(day) + 1 + u64::from(self.grace_days)) * DAY_SECONDS + PROPOSED_AFTER
    }

    /// Takes a step at `at`; answers those that follow, with their times.
    pub(super) async fn step(&mut self, at: u64, next: Next) -> Result<Vec<(u64, Next)>> {
        Ok(match next {
            Next::Propose => {
                let proposal = Box::new(self.propose(at).await?);
                vec![(at + DAY_SECONDS, Next::Propose), (at + RESOLVED_AFTER, Next::Resolve(proposal))]
            }
            Next::Resolve(proposal) => {
                let gas = self.ethereum.resolve(at, proposal.game).await?;
                self.took("resolve", Place::Ethereum, at, gas, &proposal);
                vec![(at + RELAYED_AFTER, Next::Relay(proposal))]
            }
            Next::Relay(proposal) => {
                let (ticket, gas) = self.ethereum.relay(at, proposal.game, self.proofs).await?;
                self.took("relay", Place::Ethereum, at, gas, &proposal);
                vec![(at + ARRIVES_AFTER, Next::Arrive(proposal, Box::new(ticket)))]
            }
            Next::Arrive(proposal, ticket) => {
                self.arrive(at, &proposal, &ticket).await?;
                Vec::new()
            }
        })
    }

    /// Proposes the root of a block of Base at `at`, and fetches what proves the days that it is the first to cover.
    async fn propose(&mut self, at: u64) -> Result<Proposal> {
        let base = self.base.market.chain;
        travel::mine(base, at).await?;
        let block = base.provider.get_block_number().await?;
        let end = u32::try_from(at / DAY_SECONDS)?.saturating_sub(self.grace_days);
        let days = std::mem::replace(&mut self.first_not_covered, end)..end;
        let words = |subnet: &Address| days.clone().map(|day| Word::of(*subnet, day)).collect::<Vec<_>>();
        let mut words: Vec<Word> = self.subnets.iter().flat_map(words).collect();
        words.sort_unstable();
        words.dedup();
        let evidence = fetch::evidence(&self.reading, self.base.buckets, block, &words).await?;
        let hosted = evidence.words.iter().flat_map(|proven| proven.hosted_days().map(|day| (day, proven.word)));
        let covered = hosted.filter(|(day, _)| days.contains(day)).collect();
        let (game, gas) = self.ethereum.propose(at, evidence.opening.root(), block).await?;
        let proposal = Proposal { game, evidence, covered };
        self.took("propose", Place::Ethereum, at, gas, &proposal);
        Ok(proposal)
    }

    /// Runs the ticket, opens the root, and proves what it is the first to cover.
    async fn arrive(&mut self, at: u64, proposal: &Proposal, ticket: &Ticket) -> Result<()> {
        let gas = ticket.run(self.arbitrum, at).await?;
        self.took("ticket", Place::Arbitrum, at, gas, proposal);
        let gas = self.send(at, "opening a root", proposal.evidence.opening.call()).await?;
        self.took("open root", Place::Arbitrum, at, gas, proposal);
        let words: Vec<Word> = proposal.covered.iter().map(|(_, word)| *word).collect();
        for batch in proposal.evidence.batches(&words, MOST_DATA_BYTES) {
            let gas = self.send(at, "proving words", batch.data).await?;
            self.took("prove", Place::Arbitrum, at, gas, proposal);
        }
        Ok(())
    }

    async fn send(&self, at: u64, what: &str, data: Bytes) -> Result<u64> {
        travel::set_next(self.arbitrum, at).await?;
        Ok(self.arbitrum.must(what, self.arbitrum.main, self.proofs, data).await?.gas_used)
    }

    fn took(&mut self, step: &'static str, place: Place, at: u64, gas: u64, proposal: &Proposal) {
        self.steps.push(Step::of(step, place, at, gas, proposal.day()));
    }
}
