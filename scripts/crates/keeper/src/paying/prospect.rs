//! What settling a subnet would come to: simulated, of many subnets in few requests.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use alloy::primitives::{Address, U256};
use alloy::sol_types::SolError;
use anyhow::{Result, bail};
use mrc53_abi::RewardDistributor::{DayNotFinal, SettlingIsPaused, operatorAccountCall, settleCall, settleReturn};
use mrc53_node::connection::Connection;
use mrc53_node::head::Head;
use mrc53_node::no_value::NoValue;
use mrc53_node::reader::Reader;
use mrc53_node::subnets;
use mrc53_suite::contract::Contract;

use super::finality::{self, Finality};

/// Days that one simulated call looks at: 5 million gas where nothing changed on them, within the 50 million that nodes
/// give a call where the stake changed on each.
pub const LOOK_DAYS: u32 = 1_000;

/// A subnet before it is settled.
#[derive(Clone, Debug)]
pub struct Unsettled {
    /// The subnet.
    pub subnet: Address,
    /// What is staked toward it, MOR wei.
    pub stake_wei: u128,
    /// Its first day that is not settled.
    pub next_day: u32,
    /// What settling its next [`LOOK_DAYS`] answers.
    simulated: Result<Settlement, NoValue>,
}

#[derive(Clone, Copy, Debug)]
struct Settlement {
    days: u32,
    credited: U256,
}

/// What settling would come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prospect {
    /// How many final days can be settled from the next one on, at most [`LOOK_DAYS`].
    pub days: u32,
    /// What they credit, MOR wei.
    pub credited: U256,
    /// Why the day after them cannot be settled although it may be final.
    pub obstacle: Option<String>,
    /// Whether that is a pause.
    pub is_paused: bool,
}

/// Looks at subnets without sending anything.
#[derive(Debug)]
pub struct Prospector<'a> {
    connection: &'a Connection,
    distributor: Address,
    reader: Reader<'a>,
    /// By day; a run is over before they change.
    finality: Mutex<HashMap<u32, Option<Finality>>>,
}

impl<'a> Prospector<'a> {
    /// For the distributor in use on `connection`, as seen by `from`, in the block that would be made now.
    ///
    /// # Errors
    /// [`mrc53_console::failure::BadInput`] if no distributor has been deployed there.
    pub fn new(connection: &'a Connection, from: Address) -> Result<Self> {
        let distributor = connection.book.address(Contract::RewardDistributor)?;
        Ok(Self { connection, distributor, reader: connection.reader().by(from), finality: Mutex::default() })
    }

    /// The same at `head`.
    #[must_use]
    pub fn at(self, head: Head) -> Self {
        Self { reader: self.reader.at(head), ..self }
    }

    /// The distributor.
    #[must_use]
    pub const fn distributor(&self) -> Address {
        self.distributor
    }

    /// What `subnets` have unsettled, the largest stake first.
    ///
    /// # Errors
    /// Fails if the node or a contract does not answer.
    pub async fn unsettled(&self, subnets: &[Address]) -> Result<Vec<Unsettled>> {
        let staked = subnets::by_stake(self.connection, subnets).await?;
        let accounts: Vec<_> = staked.iter().map(|it| operatorAccountCall { subnet: it.subnet }).collect();
        let accounts = self.reader.each(self.distributor, &accounts).await?;
        let settles: Vec<_> = staked.iter().map(|it| settleCall { subnet: it.subnet, maxDays: LOOK_DAYS }).collect();
        let settles = self.reader.each(self.distributor, &settles).await?;
        let all = staked.into_iter().zip(accounts).zip(settles);
        let unsettled = all.map(|((staked, account), settle)| {
            let account = account.map_err(|no| unread(staked.subnet, &no))?;
            Ok(Unsettled {
                subnet: staked.subnet,
                stake_wei: staked.stake_wei,
                next_day: account.nextDay,
                simulated: settle.map(Settlement::from),
            })
        });
        unsettled.collect()
    }

    /// What settling `unsettled` would come to. A calculator that does not call a day final which its recorder does is
    /// an obstacle: the day and all behind it would wait for ever, and no call would fail.
    ///
    /// # Errors
    /// Fails if the node or the contract does not answer.
    pub async fn prospect(&self, unsettled: &Unsettled) -> Result<Prospect> {
        let prospect = self.simulated(unsettled).await?;
        let Some(held_back) = self.held_back(unsettled, &prospect).await else { return Ok(prospect) };
        // It may have become final, or somebody may have settled it, since that was simulated.
        let simulated = self.simulate(unsettled.subnet, LOOK_DAYS).await?;
        let next_day = self.next_day(unsettled.subnet).await?;
        let unsettled = Unsettled { next_day, simulated, ..*unsettled };
        let prospect = self.simulated(&unsettled).await?;
        if self.held_back(&unsettled, &prospect).await != Some(held_back) {
            return Ok(prospect);
        }
        let Finality { day, calculator, recorder, .. } = held_back;
        let obstacle = format!(
            "DayNotFinal({day}): the calculator {calculator} does not call the day final, the recorder {recorder} does"
        );
        Ok(Prospect { obstacle: Some(obstacle), ..prospect })
    }

    /// The day at which settling would stop, if the recorder calls it final and nothing else is said to be in the way.
    async fn held_back(&self, unsettled: &Unsettled, prospect: &Prospect) -> Option<Finality> {
        if prospect.obstacle.is_some() || prospect.is_paused || prospect.days >= LOOK_DAYS {
            return None;
        }
        let day = unsettled.next_day.saturating_add(prospect.days);
        self.finality(day).await.filter(|finality| finality.is_recorded())
    }

    /// What the simulated settlement says.
    async fn simulated(&self, unsettled: &Unsettled) -> Result<Prospect> {
        let no_value = match &unsettled.simulated {
            Ok(settled) => return Ok((*settled).into()),
            Err(no_value) => no_value.clone(),
        };
        if is::<DayNotFinal>(&no_value) {
            return Ok(Prospect::default());
        }
        if is::<SettlingIsPaused>(&no_value) {
            let finality = self.finality(unsettled.next_day).await;
            let waiting = finality.map(|finality| finality.first_open_day.saturating_sub(unsettled.next_day));
            let obstacle = match waiting {
                Some(0) => None,
                Some(days) => Some(format!("settling is paused; final days that wait: {days}")),
                None => Some("settling is paused".into()),
            };
            return Ok(Prospect { obstacle, is_paused: true, ..Prospect::default() });
        }
        self.before_obstacle(unsettled.subnet, no_value).await
    }

    /// The same once some of its days were settled.
    ///
    /// # Errors
    /// As [`Self::prospect`].
    pub async fn again(&self, subnet: Address) -> Result<Prospect> {
        let next_day = self.next_day(subnet).await?;
        let simulated = self.simulate(subnet, LOOK_DAYS).await?;
        self.prospect(&Unsettled { subnet, stake_wei: 0, next_day, simulated }).await
    }

    /// What settling `days` days of `subnet` would credit, MOR wei.
    ///
    /// # Errors
    /// Fails if the node does not answer, or they cannot be settled.
    pub async fn credit(&self, subnet: Address, days: u32) -> Result<U256> {
        let settled = self.simulate(subnet, days).await?;
        settled.map(|settled| settled.credited).map_err(|no_value| unread(subnet, &no_value))
    }

    /// The first day of `subnet` that is not settled.
    ///
    /// # Errors
    /// Fails if the node or the contract does not answer.
    pub async fn next_day(&self, subnet: Address) -> Result<u32> {
        match self.reader.one(self.distributor, &operatorAccountCall { subnet }).await? {
            Ok(account) => Ok(account.nextDay),
            Err(no_value) => bail!(unread(subnet, &no_value)),
        }
    }

    /// The most days that can be settled before the one that `no_value` is said of: half of them, half of the rest, …
    async fn before_obstacle(&self, subnet: Address, mut no_value: NoValue) -> Result<Prospect> {
        let (mut good, mut bad) = (0, LOOK_DAYS);
        let mut best = Settlement { days: 0, credited: U256::ZERO };
        while bad - good > 1 {
            let middle = good + (bad - good) / 2;
            match self.simulate(subnet, middle).await? {
                Ok(settled) => (good, best) = (middle, settled),
                Err(worse) => (bad, no_value) = (middle, worse),
            }
        }
        Ok(Prospect { obstacle: Some(no_value.words()), ..best.into() })
    }

    async fn simulate(&self, subnet: Address, days: u32) -> Result<Result<Settlement, NoValue>> {
        let settled = self.reader.one(self.distributor, &settleCall { subnet, maxDays: days }).await?;
        Ok(settled.map(Settlement::from))
    }

    /// Finality of `day`; `None` if what is asked about it does not answer.
    pub async fn finality(&self, day: u32) -> Option<Finality> {
        let known = self.finality.lock().unwrap_or_else(PoisonError::into_inner).get(&day).copied();
        if let Some(known) = known {
            return known;
        }
        let read = finality::read(self.reader, self.connection, self.distributor, day).await;
        self.finality.lock().unwrap_or_else(PoisonError::into_inner).insert(day, read);
        read
    }
}

fn unread(subnet: Address, no_value: &NoValue) -> anyhow::Error {
    anyhow::anyhow!("RewardDistributor does not answer for {subnet}: {}", no_value.words())
}

impl From<settleReturn> for Settlement {
    fn from(answer: settleReturn) -> Self {
        Self { days: answer.settledDays, credited: answer.credited }
    }
}

impl From<Settlement> for Prospect {
    fn from(settlement: Settlement) -> Self {
        let Settlement { days, credited } = settlement;
        Self { days, credited, obstacle: None, is_paused: false }
    }
}

fn is<Error: SolError>(no_value: &NoValue) -> bool {
    matches!(no_value, NoValue::Refused(data) if data.starts_with(&Error::SELECTOR))
}
