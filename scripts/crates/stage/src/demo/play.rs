//! Plays the events of a scenario in order, each in a block at its time, and collects what came of them.

use alloy::primitives::{Address, U256};
use alloy::rpc::types::{Log, TransactionReceipt};
use alloy::sol_types::SolEvent;
use anyhow::{Context, Result};
use mrc53_abi::refusal::Refusals;
use mrc53_abi::{RewardCalculator, RewardDistributor, SessionRecorder, StakeAlignment};
use mrc53_console::progress::Progress;
use mrc53_console::show;
use mrc53_wasm::Artifact;

use super::report::{Amounts, EventResult, Report, SettledDay};
use super::stage::Stage;
use super::steps::verb;
use crate::chain::Chain;
use crate::scenario::names::address;
use crate::scenario::{Names, Op, Scenario};
use crate::travel;

/// What has come of the events so far.
pub(super) struct Ledger {
    pub days: Vec<SettledDay>,
    paid: Amounts,
    pub events: Vec<EventResult>,
    refusals: Refusals,
}

/// What a call of a contract pays for starting it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starts {
    /// The contracts are not in the chain's cache of programs: every call pays for loading each that it enters.
    Uncached,
    /// The contracts are put into the cache, as they are on a public chain once somebody has bid for their place.
    Cached,
}

/// Sets the stage and plays `scenario` on `chain` with the contracts `programs`.
///
/// # Errors
/// Fails if the node does, if anything but an event is refused, or if the contracts are to be cached by an account
/// that may not do so.
pub async fn play(
    chain: &Chain,
    scenario: &Scenario,
    names: &Names,
    programs: &[Artifact],
    starts: Starts,
) -> Result<Report> {
    let progress = Progress::start("setting the stage");
    let stage = Stage::set(chain, scenario, names, programs, &progress).await?;
    if starts == Starts::Cached {
        stage.cache_programs(scenario.start).await?;
    }
    progress.done("set the stage: token, Diamond harness, four contracts, accounts");

    let mut ledger = Ledger::new()?;
    let count = scenario.events.len();
    let progress = Progress::start(format!("playing {}", show::count(count, "event")));
    for (index, event) in scenario.events.iter().enumerate() {
        progress.detail(format!("{} of {count}: {}", index + 1, verb(&event.op)));
        ledger.play(&stage, index, event.at, &event.op).await?;
    }
    progress.done(ledger.summary());
    ledger.report(stage).await
}

impl Ledger {
    pub(super) fn new() -> Result<Self> {
        let (days, paid, events) = Default::default();
        Ok(Self { days, paid, events, refusals: Refusals::all()? })
    }

    /// Plays event `index`, which is `op`, in a block of timestamp `at`; answers its gas.
    pub(super) async fn play(&mut self, stage: &Stage<'_>, index: usize, at: u64, op: &Op) -> Result<u64> {
        let here = || format!("event {index}");
        let call = stage.step(at, op).await.with_context(here)?;
        travel::set_next(call.chain, at).await?;
        let (gas, error) = match call.chain.call(call.from, call.to, call.data).await? {
            Ok(receipt) => {
                self.succeeded(stage, op, &receipt).await.with_context(here)?;
                (receipt.gas_used, None)
            }
            Err(reverted) => (reverted.gas, Some(self.refusals.words_with(&reverted.data, stage.names))),
        };
        let (ok, verb) = (error.is_none(), verb(op));
        self.events.push(EventResult { index, ok, error, gas, cached_gas: None, verb });
        Ok(gas)
    }

    /// How many events were played, and how many of them refused.
    pub(super) fn summary(&self) -> String {
        let refused = self.events.iter().filter(|event| !event.ok).count();
        format!("played {}, {refused} refused", show::count(self.events.len(), "event"))
    }

    /// What all of it came to, events in the scenario's order.
    pub(super) async fn report(mut self, stage: Stage<'_>) -> Result<Report> {
        let credited = credited(&stage, &self.paid).await?;
        self.events.sort_by_key(|event| event.index);
        let Self { days, paid, events, .. } = self;
        Ok(Report { days, credited, paid, events, deployments: stage.deployments })
    }

    /// Books what the event `op` led to.
    async fn succeeded(&mut self, stage: &Stage<'_>, op: &Op, receipt: &TransactionReceipt) -> Result<()> {
        let distributor = stage.suite.distributor;
        match op {
            Op::Register { subnet, .. } => add(&mut self.paid.operators, subnet.clone(), U256::ZERO),
            Op::Stake { subnet, staker, .. } => {
                add(&mut self.paid.stakers, format!("{subnet}/{staker}"), U256::ZERO);
            }
            Op::Settle { subnet, .. } => self.settled(stage, subnet, receipt).await?,
            Op::Claim { subnet } => {
                let events = events::<RewardDistributor::OperatorPaid>(receipt, distributor);
                add(&mut self.paid.operators, subnet.clone(), events.map(|event| event.amount).sum());
            }
            Op::ClaimStake { subnet, staker, .. } => {
                let wei: U256 =
                    events::<RewardDistributor::StakerPaid>(receipt, distributor).map(|event| event.amount).sum();
                // Claiming for somebody who never staked is no refusal and no account.
                let pair = format!("{subnet}/{staker}");
                if !wei.is_zero() || self.paid.stakers.iter().any(|(known, _)| *known == pair) {
                    add(&mut self.paid.stakers, pair, wei);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Asks the contracts, as they stood in the block of settling, about every day settled there.
    async fn settled(&mut self, stage: &Stage<'_>, subnet: &str, receipt: &TransactionReceipt) -> Result<()> {
        let distributor = stage.suite.distributor;
        let credits: Vec<_> = events::<RewardDistributor::DaySettled>(receipt, distributor).collect();
        let block = receipt.block_number.context("a receipt without a block")?;
        for range in events::<RewardDistributor::Settled>(receipt, distributor) {
            for day in range.fromDay..range.toDay {
                let credit = credits.iter().find(|credit| credit.day == day);
                let (payable, pot) = credit.map_or_else(Default::default, |c| (c.payableWei, c.stakersPotWei));
                self.days.push(settled_day(stage, subnet, day, block, payable, pot).await?);
            }
        }
        Ok(())
    }
}

/// What the contracts say about `day` of `subnet` in block `block`.
async fn settled_day(
    stage: &Stage<'_>,
    subnet: &str,
    day: u32,
    block: u64,
    payable: U256,
    stakers_pot: U256,
) -> Result<SettledDay> {
    let (reader, suite, subnet_account) = (stage.chain.reader().at(block), &stage.suite, address(subnet));
    let calculator = reader.ask(suite.distributor, RewardDistributor::calculatorOfCall { day }).await?;
    let reward = reader.ask(calculator, RewardCalculator::rewardCall { subnet: subnet_account, day }).await?;
    let emitted = reader.ask(calculator, RewardCalculator::emittedCall { day }).await?;
    let usage = reader.ask(suite.recorder, SessionRecorder::usageOfCall { subnet: subnet_account, day }).await?;
    let call = StakeAlignment::stakeSecondsCall { subnet: subnet_account, fromDay: day, toDay: day + 1 };
    let stakes = reader.ask(suite.alignment, call).await?;
    let held = stakes.first().with_context(|| format!("no stake-seconds of day {day}"))?;
    Ok(SettledDay {
        day,
        subnet: subnet.to_owned(),
        seconds: usage.subnetSeconds,
        total_seconds: usage.totalSeconds,
        sessions: usage.subnetSessions,
        stake_seconds: held.subnetStakeSeconds,
        total_stake_seconds: held.totalStakeSeconds,
        emission: reward.emission,
        emitted,
        usage_reward: reward.usageReward,
        stake_reward: reward.stakeReward,
        payable,
        binds: match reward.binds {
            1 => "usage",
            2 => "stake",
            _ => "none",
        },
        stakers_pot,
    })
}

/// `paid`, and on top what everybody could still claim now.
async fn credited(stage: &Stage<'_>, paid: &Amounts) -> Result<Amounts> {
    let (reader, distributor) = (stage.chain.reader(), stage.suite.distributor);
    let mut credited = paid.clone();
    for (subnet, wei) in &mut credited.operators {
        let call = RewardDistributor::operatorAccountCall { subnet: address(subnet) };
        *wei += reader.ask(distributor, call).await?.owed;
    }
    for (pair, wei) in &mut credited.stakers {
        let (subnet, staker) = pair.split_once('/').context("a pair of subnet and staker")?;
        let (subnet, staker) = (address(subnet), address(staker));
        let call = RewardDistributor::stakerOwedCall { subnet, staker, maxChanges: u32::MAX };
        *wei += reader.ask(distributor, call).await?.owed;
    }
    Ok(credited)
}

/// The events `E` that `contract` emitted.
pub(super) fn events<E: SolEvent>(receipt: &TransactionReceipt, contract: Address) -> impl Iterator<Item = E> {
    let decode = move |log: &Log| (log.address() == contract).then(|| E::decode_log(&log.inner).ok()).flatten();
    receipt.logs().iter().filter_map(decode).map(|log| log.data)
}

/// Adds `wei` to what `name` has; a new name goes to the end.
fn add(entries: &mut Vec<(String, U256)>, name: String, wei: U256) {
    match entries.iter_mut().find(|(known, _)| *known == name) {
        Some((_, sum)) => *sum += wei,
        None => entries.push((name, wei)),
    }
}
