//! The page, and reading it.

use alloy::primitives::Address;
use anyhow::Result;
use mrc53_abi::RewardDistributor;
use mrc53_console::progress::Progress;
use mrc53_keeper::programs::life::{self, Life, Terms};
use mrc53_keeper::recording::outlook::{self, Outlook, Watch};
use mrc53_node::connection::Connection;
use mrc53_node::head::Head;
use mrc53_node::words;
use serde::Serialize;

use super::backlog::{self, Backlog};
use super::hook::{self, Hook};
use super::inputs::{self, Checked};
use super::money::{self, Money};
use super::notices;
use super::problems;
use super::reader::{Reader, Reading, Target};
use super::rules::{self, Days, Minimum, Owned, Pauses, Term};
use super::subnets::{self, Subnet};
use super::wiring::{self, Pointer};

/// Everything that can be read of the suite, at one block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// How people name the network.
    pub network: String,
    /// Its chain.
    pub chain_id: u64,
    /// The block at which everything was read.
    pub block: u64,
    /// Its time, Unix seconds.
    pub timestamp: u64,
    /// The running UTC day.
    pub day: u32,
    /// What somebody has to look at, one line each; empty if all is well.
    pub problems: Vec<String>,
    /// What is announced and has not come yet, one line each: nothing to look at.
    pub notices: Vec<String>,
    /// Every program of the book, the oldest first.
    pub programs: Vec<Life>,
    /// What the contracts point at and were constructed with.
    pub wiring: Vec<Pointer>,
    /// What the suite was built upon.
    pub inputs: Vec<Checked>,
    /// What the Diamond has of the optional upgrade; none without a Diamond in the book.
    pub hook: Option<Hook>,
    /// Who owns what.
    pub owners: Vec<Owned>,
    /// What is paused.
    pub pauses: Pauses,
    /// The minimum stake of a subnet.
    pub minimum_stake: Minimum,
    /// The calculators from the one in force on.
    pub calculators: Reading<Vec<Term>>,
    /// Voided days that are not over, or not settled by every subnet shown.
    pub voided: Reading<Vec<Days>>,
    /// Emission, pool, credits and payments.
    pub money: Money,
    /// The subnets on the running day.
    pub subnets: Reading<Vec<Subnet>>,
    /// Those that have more than three final days unsettled, and stake or something to be credited.
    pub backlog: Vec<Backlog>,
    /// Session-seconds that nobody has booked in time, or will have soon; read only where that is asked.
    pub losses: Option<Reading<Outlook>>,
}

/// The four contracts that are asked: the book's newest, and of calculators the one in force.
#[derive(Clone, Debug)]
pub struct Suite {
    /// `SessionRecorder`.
    pub recorder: Target,
    /// `StakeAlignment`.
    pub alignment: Target,
    /// `RewardCalculator`: the one of the running day; the book's newest if the distributor does not say.
    pub calculator: Target,
    /// `RewardDistributor`.
    pub distributor: Target,
    /// Which calculator the distributor says counts for the running day.
    pub in_force: Reading<Address>,
}

impl Page {
    /// Reads the page at the chain's last block, with the subnets `chosen`, or with every registered one if none is; with
    /// their losses as far as `watch` looks, for which every session that may have any is read.
    ///
    /// # Errors
    /// [`mrc53_console::failure::BadInput`] if a contract has not been deployed, or a chosen subnet is not registered; fails if
    /// the node does not answer.
    pub async fn read(
        connection: &Connection,
        chosen: &[Address],
        watch: Option<Watch>,
        progress: &Progress,
    ) -> Result<Self> {
        let head = Head::latest(connection).await?;
        let reader = Reader::new(connection, head)?;
        let suite = Suite::find(&reader).await?;
        progress.detail("the programs");
        let terms = Terms::read(connection, head).await?;
        let programs = life::read_all(connection, head, terms).await?;
        progress.detail("the contracts");
        let (wiring, inputs, hook, owners, pauses, minimum_stake, money) = tokio::try_join!(
            wiring::read(&reader, &suite),
            inputs::read(&reader),
            hook::read(&reader, &suite),
            rules::owned(&reader, &suite),
            rules::pauses(&reader, &suite),
            rules::minimum(&reader, &suite),
            money::read(&reader, &suite),
        )?;
        progress.detail("events");
        let (calculators, voided) = tokio::join!(rules::calculators(&reader, &suite), rules::voided(&reader, &suite));
        let subnets = subnets::read(&reader, &suite, chosen, progress).await?;
        let backlog = backlog::read(&reader, &subnets).await?;
        let losses = match watch {
            Some(watch) => {
                progress.detail("sessions");
                Some(losses(connection, &subnets, watch).await)
            }
            None => None,
        };
        let voided = voided.map(|ranges| still_counting(ranges, &subnets, head.day()));
        let mut page = Self {
            network: connection.book.network.clone(),
            chain_id: connection.book.chain_id,
            block: head.number,
            timestamp: head.timestamp,
            day: head.day(),
            problems: Vec::new(),
            notices: Vec::new(),
            programs,
            wiring,
            inputs,
            hook,
            owners,
            pauses,
            minimum_stake,
            calculators,
            voided,
            money,
            subnets,
            backlog,
            losses,
        };
        page.problems = problems::of(&page, &reader.gaps());
        page.notices = notices::of(&page);
        Ok(page)
    }
}

impl Suite {
    async fn find(reader: &Reader<'_>) -> Result<Self> {
        let book = &reader.connection.book;
        let target = |name: &'static str| book.address(name).map(|address| Target { name, address });
        let recorder = target("session-recorder")?;
        let alignment = target("stake-alignment")?;
        let newest = target("reward-calculator")?;
        let distributor = target("reward-distributor")?;
        let day = reader.head.day();
        let in_force = reader.ask(distributor, RewardDistributor::calculatorOfCall { day }).await?;
        let calculator = Target { address: in_force.known().copied().unwrap_or(newest.address), ..newest };
        Ok(Self { recorder, alignment, calculator, distributor, in_force })
    }
}

/// What is lost of `subnets`. A contract that does not answer is a gap on the page, and no end of it.
async fn losses(connection: &Connection, subnets: &Reading<Vec<Subnet>>, watch: Watch) -> Reading<Outlook> {
    let subnets: Vec<Address> = match subnets {
        Reading::Known(subnets) => subnets.iter().map(|subnet| subnet.subnet).collect(),
        Reading::Unknown { error } => return Reading::Unknown { error: error.clone() },
    };
    match outlook::read(connection, &subnets, watch).await {
        Ok(outlook) => Reading::Known(outlook),
        Err(error) => Reading::Unknown { error: words::of(&error) },
    }
}

/// The ranges that end after today or after the first day that a subnet has not settled.
fn still_counting(ranges: Vec<Days>, subnets: &Reading<Vec<Subnet>>, today: u32) -> Vec<Days> {
    let subnets = subnets.known().map(Vec::as_slice).unwrap_or_default();
    let unsettled = subnets.iter().filter_map(|subnet| subnet.next_day.known()).min();
    let from = unsettled.map_or(today, |day| *day.min(&today));
    ranges.into_iter().filter(|range| range.to_day > from).collect()
}
