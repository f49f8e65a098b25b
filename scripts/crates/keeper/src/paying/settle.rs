//! Settling: the final days of each subnet that pay something, some at a time.
//!
//! Anybody may register subnets, and a day without stake or sessions pays nothing. So what settling would credit is
//! simulated first, and nothing is sent for nothing: days that pay nothing are settled with the first that does. Only a
//! backlog longer than one call can look at is settled for its length, where there is stake.

use alloy::primitives::{Address, B256, U256};
use alloy::rpc::types::TransactionReceipt;
use alloy::sol_types::{SolCall, SolError, SolEvent};
use anyhow::Result;
use mrc53_abi::RewardDistributor::{DayNotFinal, DaySettled, Settled, settleCall};
use mrc53_console::show::named_day;
use mrc53_node::patience;
use mrc53_node::sender::{Refused, Sender, Sent, Transaction};
use mrc53_node::sent::{ends_run, mined_in_vain};
use mrc53_node::words;

use super::finality::Finality;
use super::prospect::{LOOK_DAYS, Prospect, Prospector, Unsettled};

/// What became of a subnet's days. Amounts in MOR wei.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The subnet.
    pub subnet: Address,
    /// Whether anything is staked toward it.
    pub is_staked: bool,
    /// Its first day that was not settled.
    pub from_day: u32,
    /// The first day that was left unsettled here.
    pub to_day: u32,
    /// Its first day that is not settled now; later than `to_day` if another keeper settled too.
    pub next_day: u32,
    /// Credited to operator and stakers.
    pub credited: U256,
    /// Of it, to the stakers.
    pub stakers: U256,
    /// The transactions that settled it.
    pub transactions: Vec<B256>,
    /// Their gas.
    pub gas: u64,
    /// What settling would come to, where nothing is sent.
    pub planned: Planned,
    /// Final days that pay nothing and are left unsettled.
    pub left_days: u32,
    /// How `next_day` becomes final; `None` if what is asked about it does not answer.
    pub finality: Option<Finality>,
    /// Why days that are final are not settled.
    pub problem: Option<String>,
}

/// What settling would come to. Amounts in MOR wei.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    /// How many days would be settled.
    pub days: u32,
    /// What would be credited to operator and stakers.
    pub credited: U256,
    /// How many transactions it would take.
    pub transactions: u32,
}

/// Which days are settled, and how.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Most days of a transaction, at least 1.
    pub max_days: u32,
    /// Whether days that pay nothing are settled too.
    pub all: bool,
}

/// Settles.
#[derive(Debug)]
pub struct Settler<'a> {
    sender: &'a Sender<'a>,
    prospector: Prospector<'a>,
    wanted: Wanted,
}

impl Line {
    fn new(unsettled: &Unsettled) -> Self {
        let (from_day, none) = (unsettled.next_day, U256::ZERO);
        Self {
            subnet: unsettled.subnet,
            is_staked: unsettled.stake_wei > 0,
            from_day,
            to_day: from_day,
            next_day: from_day,
            credited: none,
            stakers: none,
            transactions: Vec::new(),
            gas: 0,
            planned: Planned::default(),
            left_days: 0,
            finality: None,
            problem: None,
        }
    }

    /// A transaction that was mined and refused has cost gas nevertheless.
    fn add_refused(&mut self, error: &anyhow::Error) {
        if let Some((hash, gas)) = mined_in_vain(error) {
            self.transactions.push(hash);
            self.gas += gas;
        }
    }

    /// Days settled.
    #[must_use]
    pub fn days(&self) -> u32 {
        self.to_day - self.from_day
    }
}

impl<'a> Settler<'a> {
    /// For the distributor in use on the sender's chain.
    ///
    /// # Errors
    /// [`mrc53_console::failure::BadInput`] if no distributor has been deployed there.
    pub fn new(sender: &'a Sender<'a>, wanted: Wanted) -> Result<Self> {
        Ok(Self { sender, prospector: Prospector::new(sender.connection(), sender.address())?, wanted })
    }

    /// What `subnets` have unsettled, the largest stake first.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn look(&self, subnets: &[Address]) -> Result<Vec<Unsettled>> {
        self.prospector.unsettled(subnets).await
    }

    /// Settles the final days of `unsettled` that are wanted. `settled` is told how many days it has come.
    ///
    /// # Errors
    /// [`NoEther`](mrc53_node::sender::NoEther) if the sender has too little, nothing sent yet; fails if the node does
    /// not answer and nothing has been sent. What else stands in the way is the line's problem.
    pub async fn settle(&self, unsettled: &Unsettled, settled: impl Fn(u32)) -> Result<Line> {
        let mut line = Line::new(unsettled);
        let mut prospect = self.prospector.prospect(unsettled).await?;
        loop {
            match self.round(&mut line, &prospect, unsettled.stake_wei > 0, &settled).await {
                Ok(true) => {}
                Ok(false) => break,
                // Another keeper was faster.
                Err(error) if refused_with::<DayNotFinal>(&error) => {
                    line.add_refused(&error);
                    break;
                }
                Err(error) if ends_run(&error) && line.transactions.is_empty() => return Err(error),
                Err(error) => {
                    line.problem = Some(words::of(&error));
                    break;
                }
            }
            match self.prospector.again(line.subnet).await {
                Ok(next) => prospect = next,
                Err(error) => {
                    line.problem = Some(words::of(&error));
                    break;
                }
            }
        }
        self.end(&mut line).await;
        Ok(line)
    }

    /// Settles what `prospect` promises and says whether there may be more.
    async fn round(
        &self,
        line: &mut Line,
        prospect: &Prospect,
        is_staked: bool,
        settled: &impl Fn(u32),
    ) -> Result<bool> {
        let of_next_day = |words: &String| of_day(line.to_day + prospect.days, words);
        line.problem =
            prospect.obstacle.as_ref().map(|words| if prospect.is_paused { words.clone() } else { of_next_day(words) });
        let outgrows = prospect.days == LOOK_DAYS && is_staked;
        if prospect.days == 0 || !(self.wanted.all || prospect.credited > U256::ZERO || outgrows) {
            line.left_days = prospect.days;
            return Ok(false);
        }
        if self.sender.only_shows() {
            self.plan(line, prospect).await?;
            return Ok(false);
        }
        // What stops the days behind these is looked at again once these are settled.
        line.problem = None;
        let (mut left, mut size) = (prospect.days, self.wanted.max_days);
        while left > 0 {
            let days = left.min(size);
            let transaction = self.transaction(line.subnet, days);
            match patience::again(async || self.sender.send(&transaction).await).await {
                Ok(Sent::Mined(receipt)) => {
                    left = left.saturating_sub(self.read(&receipt, line));
                    settled(line.days());
                }
                Ok(_) => break,
                Err(error) if refused_with::<DayNotFinal>(&error) || !error.is::<Refused>() => return Err(error),
                // The chain's limits are below so many days, or a later one fails: half of them may do.
                Err(error) => {
                    line.add_refused(&error);
                    if days == 1 {
                        line.problem = Some(of_day(line.to_day, &error.to_string()));
                        return Ok(false);
                    }
                    size = days / 2;
                }
            }
        }
        Ok(prospect.obstacle.is_some() || prospect.days == LOOK_DAYS)
    }

    /// What settling the days of `prospect` would take, each transaction shown.
    async fn plan(&self, line: &mut Line, prospect: &Prospect) -> Result<()> {
        let mut days = 0;
        while days < prospect.days {
            let next = (prospect.days - days).min(self.wanted.max_days);
            let shown = self.sender.send(&self.transaction(line.subnet, next)).await;
            if shown.is_err() && days > 0 {
                line.planned.credited = self.prospector.credit(line.subnet, days).await?;
            }
            shown?;
            days += next;
            line.planned.days = days;
            line.planned.transactions += 1;
        }
        line.planned.credited = prospect.credited;
        Ok(())
    }

    /// How far the subnet is now. That this cannot be read must not hide what was done.
    async fn end(&self, line: &mut Line) {
        line.next_day = line.to_day;
        if !line.transactions.is_empty() {
            match self.prospector.next_day(line.subnet).await {
                Ok(next_day) => line.next_day = next_day.max(line.to_day),
                Err(error) => drop(line.problem.get_or_insert(words::of(&error))),
            }
        }
        line.finality = self.prospector.finality(line.next_day).await;
    }

    fn transaction(&self, subnet: Address, days: u32) -> Transaction {
        let data = settleCall { subnet, maxDays: days }.abi_encode().into();
        Transaction { what: format!("settle {subnet}"), to: self.prospector.distributor(), value: U256::ZERO, data }
    }

    /// Adds what `receipt` says to `line`; how many days it settled.
    fn read(&self, receipt: &TransactionReceipt, line: &mut Line) -> u32 {
        line.transactions.push(receipt.transaction_hash);
        line.gas += receipt.gas_used;
        let before = line.to_day;
        let distributor = self.prospector.distributor();
        for log in receipt.logs().iter().map(|log| &log.inner).filter(|log| log.address == distributor) {
            if let Ok(day) = DaySettled::decode_log(log) {
                line.credited += day.payableWei;
                line.stakers += day.stakersPotWei;
            }
            if let Ok(settled) = Settled::decode_log(log) {
                line.to_day = settled.toDay;
            }
        }
        line.to_day - before
    }
}

fn of_day(day: u32, words: &str) -> String {
    format!("day {}: {words}", named_day(day))
}

fn refused_with<Error: SolError>(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Refused>().is_some_and(|refused| refused.data.starts_with(&Error::SELECTOR))
}
