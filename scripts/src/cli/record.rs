//! `cargo mrc53 record`: what sessions have served and is not booked yet, booked.

use alloy::primitives::{Address, B256};
use anyhow::{Context, Result, bail};
use clap::{ArgGroup, Args};
use mrc53_console::amounts;
use mrc53_console::show::count;
use mrc53_keeper::programs::callable;
use mrc53_keeper::recording::find::Pages;
use mrc53_keeper::recording::site::Site;
use mrc53_keeper::recording::{self, Wanted};
use mrc53_node::subnets;
use mrc53_node::url::UrlText;
use mrc53_suite::contract::Contract;
use mrc53_suite::place::Place;

use super::network::{NetworkArgs, OtherNodesArgs};
use super::sending::{BudgetArgs, SendingArgs};

const DAY_SECONDS: u64 = 86_400;
/// Sessions of one transaction unless somebody says how many.
const BATCH: u16 = 50;
/// The same on Base, of the usual kind: about what its limit of a transaction's gas lets through.
const BATCH_ON_BASE: u16 = 250;

#[derive(Args, Debug)]
#[command(group(ArgGroup::new("which").required(true).multiple(true).args(["sessions", "subnets", "all_open"])))]
#[command(after_help = "\
Examples:
  cargo mrc53 record --all-open --dry-run
  cargo mrc53 record --network arbitrum-sepolia --keystore keeper.json --subnet 0x…
  17 * * * *  cargo mrc53 record --network arbitrum-sepolia --all-open --min-seconds 3600   # cron

Safe to run at any time, as often as you like, by any number of keepers: nothing is ever booked twice.
Subnets come in the order of their stake, the largest first.
On a network whose sessions are on Base they are read and recorded there; on which days their account counts is asked on \
Arbitrum. A provider that has code and has named no account is named with what helps.
A loss is reported once: session-seconds on final days that counted for their subnet cannot be booked any more, so the \
recorder is called to drop them, with the event SecondsDropped. The run whose transaction does it reports them and ends \
with exit code 1; no later run, of any keeper, finds them again. Until then, in dry runs too, they are new to everybody. \
Days on which a subnet was not eligible are named and are no loss; losses older than 256 days are not looked for.
Exit codes: 0 all recorded or nothing to do, 1 something is newly lost or could not be recorded, or --max-ether ended the \
run (run it again), 2 never without another input.")]
pub(super) struct RecordArgs {
    /// A session by its id; may be repeated.
    #[arg(long = "session", value_name = "ID")]
    sessions: Vec<B256>,
    /// All sessions of a subnet; may be repeated.
    #[arg(long = "subnet", value_name = "ADDRESS")]
    subnets: Vec<Address>,
    /// All sessions of every registered subnet.
    #[arg(long)]
    all_open: bool,
    /// Most sessions of one transaction; what its chain does not take is halved [default: 50, on Base 250].
    #[arg(long, value_name = "N", value_parser = amounts::within(1_u16, 400))]
    batch: Option<u16>,
    /// Leave a running session until it has so many new seconds, or some are about to be too late.
    #[arg(long, value_name = "SECONDS", default_value_t = 0, value_parser = amounts::whole::<u64>)]
    min_seconds: u64,
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    budget: BudgetArgs,
    #[command(flatten)]
    network: NetworkArgs,
    /// The node of Base, instead of the network's own; for networks whose sessions are there.
    #[arg(long, value_name = "URL", env = Place::Base.node_variable())]
    base_rpc_url: Option<UrlText>,
    #[command(flatten)]
    sending: SendingArgs,
}

/// How sessions are read.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct ReadingArgs {
    /// The longest session that the Diamond allows, or ever allowed to a session that may still run.
    #[arg(long, value_name = "DAYS", default_value_t = 7, value_parser = amounts::within(1_u32, 36_500))]
    max_session_days: u32,
    /// Session ids asked for at a time.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = amounts::within(1_u32, 10_000))]
    page: u32,
}

impl ReadingArgs {
    pub(super) fn pages(self) -> Pages {
        Pages { page: self.page.into(), max_session_seconds: u64::from(self.max_session_days) * DAY_SECONDS }
    }
}

pub(super) fn run(args: &RecordArgs) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    let (report, unsigned) = runtime.block_on(async {
        let network = args.network.and(&OtherNodesArgs::of_base(args.base_rpc_url.clone()));
        let (signer, connection) = args.sending.connect(&network).await?;
        let programs = [Contract::StakeAlignment, Contract::SessionRecorder];
        let is_on_base = connection.network.on_base.is_some();
        callable::require(&connection, if is_on_base { &programs[..1] } else { &programs }).await?;
        let site = Site::of(&connection).await?;
        let named = subnets::require_registered(&connection, &args.subnets).await?;
        let wanted = Wanted {
            sessions: args.sessions.clone(),
            subnets: if args.all_open { subnets::addresses(&connection).await? } else { named.clone() },
            named,
            batch: args.batch.unwrap_or(if is_on_base { BATCH_ON_BASE } else { BATCH }).into(),
            min_seconds: args.min_seconds,
            pages: args.reading.pages(),
        };
        let sender = args.sending.sender_on(site.node.clone(), &connection, signer, &args.budget);
        let report = recording::record(&connection, site, &sender, &wanted).await?;
        anyhow::Ok((report, sender.unsigned()))
    })?;
    args.sending.print(&report.text(), &report.json(), &unsigned)?;
    let mut faults = Vec::new();
    let (lost_seconds, lost_sessions) = report.lost();
    if lost_seconds > 0 {
        let sessions = count(lost_sessions, "session");
        let how_often = if report.dry_run { "told until a run drops them" } else { "told once" };
        faults.push(format!("{lost_seconds} s of {sessions} are lost, their days are final: {how_often}, see above"));
    }
    if report.left_undone() > 0 {
        faults.push(format!("{} left unrecorded: see above; the next run tries again", report.left_undone()));
    }
    if faults.is_empty() { Ok(()) } else { bail!("{}", faults.join("; ")) }
}
