//! The page.

use mrc53_base::pipeline::overview::Overview;
use mrc53_keeper::programs::life::Life;
use mrc53_keeper::recording::outlook::Outlook;
use serde::Serialize;

use super::backlog::Backlog;
use super::hook::Hook;
use super::inputs::Checked;
use super::money::Money;
use super::reader::Reading;
use super::rules::{Days, Minimum, Owned, Pauses, Term};
use super::subnets::Subnet;
use super::wiring::Pointer;

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
    /// The way from Base; none where the network's sessions are not there.
    pub pipeline: Option<Reading<Overview>>,
    /// Session-seconds that nobody has booked in time, or will have soon; read only where that is asked.
    pub losses: Option<Reading<Outlook>>,
}
