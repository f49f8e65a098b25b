//! Who plays on three chains: the stage, what comes of it, the roots on their way, and what is to happen.

use std::collections::VecDeque;

use anyhow::Result;
use mrc53_abi::arbitrum::aliased;
use mrc53_base::fetch::Buckets;
use mrc53_console::progress::Progress;
use mrc53_suite::terms::DEFAULT_WINDOW_DAYS;
use mrc53_wasm::Artifact;

use super::super::play::Ledger;
use super::super::stage::{self, Stage};
use super::agenda::Agenda;
use super::artifacts::Artifacts;
use super::chains::Chains;
use super::clock::DAY_SECONDS;
use super::ethereum::Ethereum;
use super::market::Base;
use super::pipeline::{Next, Pipeline};
use crate::scenario::names::address;
use crate::scenario::{Names, Op, Scenario};
use crate::suite::{Proven, Sessions};

/// What happens at its time.
pub(super) enum Now {
    /// An event of the scenario.
    Event(usize),
    /// To a root of Base.
    Root(Next),
}

/// An event that waits until `first_open` is the first day that is not final.
pub(super) struct Waiting {
    pub index: usize,
    pub at: u64,
    pub first_open: u32,
}

/// All that plays.
pub(super) struct Company<'a> {
    pub stage: Stage<'a>,
    pub ledger: Ledger,
    pub pipeline: Pipeline<'a>,
    pub agenda: Agenda<Now>,
    /// Events of the scenario that are still to come.
    pub to_come: usize,
    pub waiting: VecDeque<Waiting>,
    /// The first day of the distributor.
    pub first_day: u32,
    /// How many roots were proposed.
    pub roots: usize,
}

impl<'a> Company<'a> {
    /// Deploys everything on all three.
    pub(super) async fn set(
        chains: &'a Chains,
        scenario: &'a Scenario,
        names: &'a Names,
        programs: &'a [Artifact],
        artifacts: Artifacts<'_>,
        progress: &Progress,
    ) -> Result<Self> {
        let Chains { base, ethereum, arbitrum } = chains;
        let (start, grace_days) = (scenario.start, scenario.grace_days);
        let mut deployments = Vec::new();
        progress.detail("Base: the Diamond harness and the recorder");
        let base = Base::set(base, grace_days, start, &mut deployments).await?;
        progress.detail("Ethereum: stand-ins of Base's proofs, Arbitrum's bridge and inbox, the relay");
        let ethereum = Ethereum::set(ethereum, artifacts, start, &mut deployments).await?;
        progress.detail("Arbitrum: the token and the suite");
        let [token, _] = mrc53_abi::doubles::artifacts()?;
        let token = stage::put(arbitrum, start, "MorToken", token.bytecode, &mut deployments).await?;
        let place = stage::Place { chain: arbitrum, scenario, names, programs, token };
        let Buckets { address: buckets, code_hash } = base.buckets;
        let relay_alias = aliased(ethereum.relay);
        let sessions = Sessions::OnBase(Proven { relay_alias, buckets, code_hash, window_days: DEFAULT_WINDOW_DAYS });
        let stage = Stage::with_suite(place, sessions, |_| base.market, deployments, progress).await?;

        let mut subnets = Vec::new();
        for event in &scenario.events {
            if let Op::Open { subnet, .. } = &event.op
                && !subnets.contains(&address(subnet))
            {
                subnets.push(address(subnet));
            }
        }
        let first_day = u32::try_from(start / DAY_SECONDS)?;
        let (proofs, steps) = (stage.suite.recorder, Vec::new());
        let reading = base.market.chain.reading().await?;
        let pipeline = Pipeline {
            base,
            reading,
            ethereum,
            arbitrum,
            proofs,
            grace_days,
            subnets,
            first_not_covered: first_day,
            steps,
        };
        let mut agenda = Agenda::new();
        for (index, event) in scenario.events.iter().enumerate() {
            agenda.note(event.at, Now::Event(index));
        }
        agenda.note(pipeline.proposal_of(first_day), Now::Root(Next::Propose));
        let (to_come, waiting) = (scenario.events.len(), VecDeque::new());
        Ok(Self { stage, ledger: Ledger::new()?, pipeline, agenda, to_come, waiting, first_day, roots: 0 })
    }
}
