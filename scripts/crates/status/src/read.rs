//! Reading the page.

use alloy::primitives::Address;
use anyhow::Result;
use mrc53_console::progress::Progress;
use mrc53_keeper::programs::life::{self, Terms};
use mrc53_keeper::recording::outlook::{self, Outlook, Watch};
use mrc53_node::connection::Connection;
use mrc53_node::head::Head;
use mrc53_node::words;

use super::page::Page;
use super::reader::{Reader, Reading};
use super::rules::Days;
use super::subnets::Subnet;
use super::suite::Suite;
use super::{backlog, hook, inputs, money, notices, pipeline, problems, rules, subnets, wiring};

impl Page {
    /// Reads the page at the chain's last block, with the subnets `chosen`, or with every registered one if none is; with
    /// their losses as far as `watch` looks, for which every session that may have any is read.
    ///
    /// # Errors
    /// [`mrc53_console::failure::BadInput`] if a contract has not been deployed, or a chosen subnet is not registered;
    /// fails if the node does not answer.
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
        let known: Vec<Address> = addresses(&subnets);
        progress.detail("the way from Base");
        let pipeline = pipeline::read(&reader, &known).await?;
        // Sessions on Base are booked there.
        let losses = match watch.filter(|_| pipeline.is_none()) {
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
            pipeline,
            losses,
        };
        page.problems = problems::of(&page, &reader.gaps());
        page.notices = notices::of(&page);
        Ok(page)
    }
}

/// Whose they are, as far as that is known.
fn addresses(subnets: &Reading<Vec<Subnet>>) -> Vec<Address> {
    subnets.known().into_iter().flatten().map(|subnet| subnet.subnet).collect()
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
