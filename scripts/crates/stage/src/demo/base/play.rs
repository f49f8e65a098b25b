//! Plays a scenario on three chains: what people do when the scenario says, and settlements as soon as the days that they
//! settle on one chain are final here, claims behind them, in the scenario's order.

use anyhow::{Context, Result, ensure};
use mrc53_console::progress::Progress;
use mrc53_console::show;
use mrc53_console::workspace::Workspace;
use mrc53_suite::place::Place;
use mrc53_suite::terms::DEFAULT_WINDOW_DAYS;
use mrc53_wasm::Artifact;

use super::super::report::EventResult;
use super::super::steps::verb;
use super::artifacts::Artifacts;
use super::chains::Chains;
use super::clock::{DAY_SECONDS, PATIENCE};
use super::company::{Company, Now, Waiting};
use super::finality;
use super::pipeline::Next;
use super::report::{BaseReport, Step};
use crate::scenario::{Names, Op, Scenario};

/// What is not the real thing; all else is.
const STAND_INS: &[&str] = &[
    "the Diamond on Base (DiamondHarness)",
    "Base's portal, registry and games on Ethereum, where nobody proves anything",
    "MOR",
];

/// Sets three chains up and plays `scenario` on them with the contracts `programs` and those of the clone.
///
/// # Errors
/// Fails if a node does, or if anything but an event is refused.
pub async fn play(
    chains: &Chains,
    scenario: &Scenario,
    names: &Names,
    programs: &[Artifact],
    workspace: &Workspace,
) -> Result<BaseReport> {
    let progress = Progress::start("setting three stages");
    let mut company = Company::set(chains, scenario, names, programs, Artifacts(workspace), &progress).await?;
    progress.done("set three stages: Base, Ethereum, Arbitrum");

    let progress = Progress::start(format!("playing {}", show::count(scenario.events.len(), "event")));
    company.play(scenario, &progress).await?;
    progress.done(format!("{}, {}", company.ledger.summary(), show::count(company.roots, "root")));
    let Company { stage, ledger, pipeline, .. } = company;
    let mut steps = pipeline.steps;
    // Of one time, in the order in which they were taken.
    steps.sort_by_key(|step| step.at);
    let report = ledger.report(stage).await?;
    Ok(BaseReport { report, window_days: DEFAULT_WINDOW_DAYS, stand_ins: STAND_INS, steps })
}

impl Company<'_> {
    /// Until nothing of the scenario is left; roots that are on their way then stay there.
    async fn play(&mut self, scenario: &Scenario, progress: &Progress) -> Result<()> {
        let last = scenario.events.last().map_or(scenario.start, |event| event.at);
        let mut now = scenario.start;
        while let Some(next_at) = self.agenda.next_at() {
            self.settle_until(scenario, now, next_at, progress).await?;
            if self.to_come == 0 && self.waiting.is_empty() {
                break;
            }
            ensure!(next_at < last + PATIENCE, "no root made the days final that the scenario settles");
            let Some((at, next)) = self.agenda.take() else { break };
            now = at;
            match next {
                Now::Event(index) => {
                    self.to_come -= 1;
                    self.reach(scenario, index, progress).await?;
                }
                Now::Root(next) => {
                    self.roots += usize::from(matches!(next, Next::Propose));
                    let following = self.pipeline.step(at, next).await.context("a root on its way")?;
                    for (at, next) in following {
                        self.agenda.note(at, Now::Root(next));
                    }
                }
            }
        }
        Ok(())
    }

    /// Plays event `index` at its time, or lets it wait if it settles or claims.
    async fn reach(&mut self, scenario: &Scenario, index: usize, progress: &Progress) -> Result<()> {
        let event = &scenario.events[index];
        let first_open = match event.op {
            // The first day that is not final then on one chain.
            Op::Settle { .. } => u32::try_from(event.at / DAY_SECONDS)?.saturating_sub(scenario.grace_days),
            Op::Claim { .. } | Op::ClaimStake { .. } => 0,
            _ => return self.event(scenario, index, event.at, progress).await,
        };
        // Before the first day there is nothing to wait for.
        let first_open = if first_open > self.first_day { first_open } else { 0 };
        self.waiting.push_back(Waiting { index, at: event.at, first_open });
        Ok(())
    }

    /// Plays what waits and can be played from `now` to `until`, in order.
    async fn settle_until(&mut self, scenario: &Scenario, now: u64, until: u64, progress: &Progress) -> Result<()> {
        let mut now = now;
        while let Some(Waiting { index, at, first_open }) = self.waiting.front() {
            let (index, from) = (*index, now.max(*at));
            let proofs = self.pipeline.proofs;
            let Some(at) = finality::first_second(self.stage.chain, proofs, *first_open, from, until).await? else {
                break;
            };
            self.waiting.pop_front();
            self.event(scenario, index, at, progress).await?;
            now = at;
        }
        Ok(())
    }

    /// Plays event `index` at `at`.
    async fn event(&mut self, scenario: &Scenario, index: usize, at: u64, progress: &Progress) -> Result<()> {
        let op = &scenario.events[index].op;
        progress.detail(format!("{}: {}", show::moment(at), verb(op)));
        let settled = self.ledger.days.len();
        let gas = self.ledger.play(&self.stage, index, at, op).await?;
        let is_played = self.ledger.events.last().is_some_and(|EventResult { ok, .. }| *ok);
        let place = match op {
            Op::Open { .. } | Op::Close { .. } | Op::Record { .. } | Op::RecordMany { .. } => Place::Base,
            Op::Settle { .. } | Op::Claim { .. } | Op::ClaimStake { .. } => Place::Arbitrum,
            _ => return Ok(()),
        };
        if is_played {
            let day = self.day_of(op, settled);
            self.pipeline.steps.push(Step::of(verb(op), place, at, gas, day));
        }
        Ok(())
    }

    /// The first day with sessions that `op` brought further: what it settled, behind the first `settled`; the latest that
    /// was settled of whom it pays.
    fn day_of(&self, op: &Op, settled: usize) -> Option<u32> {
        let hosted = |subnet: &str| {
            let days = self.ledger.days.iter().enumerate();
            let days = days.filter(move |(_, day)| day.subnet == subnet && day.seconds != 0);
            days.map(|(number, day)| (number, day.day)).collect::<Vec<_>>()
        };
        match op {
            Op::Settle { subnet, .. } => {
                hosted(subnet).into_iter().find(|(number, _)| *number >= settled).map(|it| it.1)
            }
            Op::Claim { subnet } | Op::ClaimStake { subnet, .. } => hosted(subnet).last().map(|it| it.1),
            _ => None,
        }
    }
}
