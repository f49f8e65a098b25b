//! Settling: all final days of each subnet, some at a time.

use alloy::primitives::{Address, B256, U256};
use alloy::providers::DynProvider;
use alloy::rpc::types::TransactionReceipt;
use alloy::sol_types::{SolCall, SolError, SolEvent};
use anyhow::{Context, Result};

use crate::chain::abi::RewardDistributor::{self, DayNotFinal, DaySettled, Settled, SettlingIsPaused, settleCall};
use crate::chain::abi::{RewardCalculator, SessionRecorder};
use crate::chain::client::answer;
use crate::chain::refusal::Refusals;
use crate::failure::BadInput;
use crate::network::connection::Connection;
use crate::network::patience;
use crate::network::sender::{Refused, Sender, Sent, Transaction};
use crate::scenario::Names;

const DAY_SECONDS: u64 = 86_400;

/// What became of a subnet's days. Amounts in MOR wei.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The subnet.
    pub subnet: Address,
    /// Its first day that was not settled.
    pub from_day: u32,
    /// The first day that was left unsettled here, or would be.
    pub to_day: u32,
    /// Its first day that is not settled now, or would not be; later than `to_day` if another keeper settled too.
    pub next_day: u32,
    /// Credited to operator and stakers; `None` if nothing was sent and the node cannot say.
    pub credited: Option<U256>,
    /// Of it, to the stakers; `None` if nothing was sent.
    pub stakers: Option<U256>,
    /// The transactions that settled it.
    pub transactions: Vec<B256>,
    /// How many transactions it would take, where nothing was sent.
    pub planned: u32,
    /// When `next_day` becomes final, Unix seconds; `None` if its calculator or recorder does not answer.
    pub final_at: Option<u64>,
    /// Why days that are final are not settled.
    pub problem: Option<String>,
}

impl Line {
    /// Days settled, or that would be.
    #[must_use]
    pub fn days(&self) -> u32 {
        self.to_day - self.from_day
    }
}

/// Settles.
#[derive(Debug)]
pub struct Settler<'a> {
    connection: &'a Connection,
    sender: &'a Sender<'a>,
    distributor: Address,
    max_days: u32,
    refusals: Refusals,
}

/// How far a subnet's days are final, as the recorder behind its calculator says.
#[derive(Clone, Copy)]
struct Finality {
    first_open_day: u32,
    grace_days: u32,
}

impl<'a> Settler<'a> {
    /// For the distributor in use on `connection`, at most `max_days` (at least 1) in a transaction.
    ///
    /// # Errors
    /// [`BadInput`] if no distributor has been deployed there.
    pub fn new(connection: &'a Connection, sender: &'a Sender<'a>, max_days: u32) -> Result<Self> {
        let distributor = connection.book.address("reward-distributor")?;
        Ok(Self { connection, sender, distributor, max_days, refusals: Refusals::all()? })
    }

    /// Settles all final days of `subnet`. `settled` is told how many days it has come.
    ///
    /// # Errors
    /// [`BadInput`] if the sender has too little ether, nothing sent yet; fails if the node does not answer. What else
    /// stands in the way is the line's problem.
    pub async fn settle(&self, subnet: Address, settled: impl Fn(u32)) -> Result<Line> {
        let account = self.distributor().operatorAccount(subnet).call().await.context("operatorAccount")?;
        let from_day = account.nextDay;
        let mut line = Line {
            subnet,
            from_day,
            to_day: from_day,
            next_day: from_day,
            credited: Some(U256::ZERO),
            stakers: Some(U256::ZERO),
            transactions: Vec::new(),
            planned: 0,
            final_at: None,
            problem: None,
        };
        loop {
            match patience::again(async || self.step(&mut line).await).await {
                Ok(true) => settled(line.days()),
                Ok(false) => break,
                // Another keeper was faster.
                Err(error) if refused_with::<DayNotFinal>(&error) => break,
                Err(error) if error.is::<BadInput>() && line.transactions.is_empty() => return Err(error),
                Err(error) => {
                    line.problem = Some(format!("{error:#}"));
                    break;
                }
            }
        }
        let account = self.distributor().operatorAccount(subnet).call().await.context("operatorAccount")?;
        line.next_day = account.nextDay.max(line.to_day);
        line.final_at = self.finality(line.next_day).await.map(|finality| {
            let final_day = line.next_day + 1 + finality.grace_days;
            u64::from(final_day) * DAY_SECONDS
        });
        Ok(line)
    }

    /// Settles the next days and says whether there may be more.
    async fn step(&self, line: &mut Line) -> Result<bool> {
        let distributor = self.distributor();
        let next_days = distributor.settle(line.subnet, self.max_days).from(self.sender.address());
        match answer(next_days.call().await)? {
            Ok(_) => {}
            Err(data) if is::<DayNotFinal>(&data) => return Ok(false),
            Err(data) if is::<SettlingIsPaused>(&data) => {
                let waiting = self.finality(line.to_day).await.map(|it| it.first_open_day.saturating_sub(line.to_day));
                line.problem = match waiting {
                    Some(0) => None,
                    Some(days) => Some(format!("settling is paused; final days that wait: {days}")),
                    None => Some("settling is paused".into()),
                };
                return Ok(false);
            }
            Err(data) => {
                line.problem = Some(self.refusals.words(&data, &Names::default()));
                return Ok(false);
            }
        }
        if self.sender.only_shows() {
            self.plan(line).await?;
            return Ok(false);
        }
        if let Sent::Mined(receipt) = self.sender.send(&self.transaction(line.subnet)).await? {
            self.read(&receipt, line);
        }
        Ok(true)
    }

    /// What settling all final days would come to.
    async fn plan(&self, line: &mut Line) -> Result<()> {
        let finality = self.finality(line.from_day).await;
        let days = finality.map_or(self.max_days, |finality| finality.first_open_day.saturating_sub(line.from_day));
        let distributor = self.distributor();
        let at_once = distributor.settle(line.subnet, days.max(1)).from(self.sender.address());
        let at_once = answer(at_once.call().await)?.ok();
        line.credited = at_once.as_ref().map(|settled| settled.credited);
        line.stakers = None;
        line.to_day = line.from_day + at_once.map_or(days, |settled| settled.settledDays);
        line.planned = line.days().div_ceil(self.max_days);
        if !self.sender.is_dry_run() {
            for _ in 0..line.planned {
                self.sender.send(&self.transaction(line.subnet)).await?;
            }
        }
        Ok(())
    }

    fn transaction(&self, subnet: Address) -> Transaction {
        let data = settleCall { subnet, maxDays: self.max_days }.abi_encode().into();
        Transaction { what: format!("settle {subnet}"), to: self.distributor, value: U256::ZERO, data }
    }

    fn read(&self, receipt: &TransactionReceipt, line: &mut Line) {
        line.transactions.push(receipt.transaction_hash);
        let logs = receipt.logs().iter().map(|log| &log.inner).filter(|log| log.address == self.distributor);
        for log in logs {
            if let Ok(day) = DaySettled::decode_log(log) {
                line.credited = line.credited.map(|credited| credited + day.payableWei);
                line.stakers = line.stakers.map(|stakers| stakers + day.stakersPotWei);
            }
            if let Ok(settled) = Settled::decode_log(log) {
                line.to_day = settled.toDay;
            }
        }
    }

    /// Finality of `day`, as its calculator's recorder has it; `None` if one of them does not answer.
    async fn finality(&self, day: u32) -> Option<Finality> {
        let provider = &self.connection.provider;
        let calculator = self.distributor().calculatorOf(day).call().await.ok()?;
        let recorder = RewardCalculator::new(calculator, provider).recorder().call().await.ok()?;
        let recorder = SessionRecorder::new(recorder, provider);
        Some(Finality {
            first_open_day: recorder.firstOpenDay().call().await.ok()?,
            grace_days: recorder.graceDays().call().await.ok()?,
        })
    }

    fn distributor(&self) -> RewardDistributor::IRewardDistributorInstance<&DynProvider> {
        RewardDistributor::new(self.distributor, &self.connection.provider)
    }
}

fn is<Error: SolError>(data: &[u8]) -> bool {
    data.starts_with(&Error::SELECTOR)
}

fn refused_with<Error: SolError>(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Refused>().is_some_and(|refused| is::<Error>(&refused.data))
}
