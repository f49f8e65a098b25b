//! `cargo mrc53 keepalive`: programs activated again or prolonged, and what was done.

use anyhow::{Context, Result, bail};
use clap::Args;
use mrc53_console::amounts;
use mrc53_console::progress::Progress;
use mrc53_console::show::count;
use mrc53_keeper::programs::keepalive::{self, Kept};
use mrc53_keeper::programs::table;
use mrc53_node::profile::Network;
use mrc53_node::sender::Sender;

use super::network::NetworkArgs;
use super::sending::SendingArgs;

#[derive(Args, Debug)]
#[command(
    after_help = "A program cannot be called any more 365 days after its activation. Every account may prolong it, \
from the 31st day on. Run it daily from cron:\n\n    \
MRC53_PRIVATE_KEY=... cargo mrc53 keepalive --network arbitrum-sepolia\n\n\
Prolongs what expires within 90 days, activates what cannot be called, and otherwise says when it is due."
)]
pub(super) struct KeepaliveArgs {
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    sending: SendingArgs,
    /// Prolong what expires within so many days.
    #[arg(long, value_name = "DAYS", default_value_t = 90, value_parser = amounts::whole::<u32>)]
    due: u32,
}

pub(super) fn run(args: &KeepaliveArgs) -> Result<()> {
    let signer = args.sending.keys.signer(&Network::find(&args.network.network)?)?;
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    let (kept, unsigned) = runtime.block_on(async {
        let connection = args.network.connect(Some(&signer)).await?;
        let progress = Progress::start("looking at the programs");
        let sender = Sender::new(&connection, signer, args.sending.dry_run);
        let kept = keepalive::run(&sender, args.due, &progress).await?;
        anyhow::Ok((kept, sender.unsigned()))
    })?;
    args.sending.print(&table::kept(&kept, args.sending.dry_run), &serde_json::to_value(&kept)?, &unsigned)?;
    let errors: Vec<&str> = kept.iter().filter_map(|kept: &Kept| kept.error.as_deref()).collect();
    match errors.first() {
        None => Ok(()),
        Some(first) => {
            bail!("{} of {} could not be kept active: {first}", errors.len(), count(kept.len(), "program"))
        }
    }
}
