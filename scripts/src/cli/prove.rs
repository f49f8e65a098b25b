//! `cargo mrc53 prove`: roots that have arrived, opened, and words of Base, proven by them.

use std::path::PathBuf;

use alloy::primitives::Address;
use anyhow::{Context, Result, bail};
use clap::Args;
use mrc53_base::chains::Chains;
use mrc53_base::kept::folder::{Kept, Source};
use mrc53_base::proving::run::{self, Wanted};
use mrc53_console::show::count;
use mrc53_console::workspace::Workspace;
use mrc53_keeper::programs::callable;
use mrc53_node::connection::Connection;
use mrc53_node::subnets;
use mrc53_suite::contract::Contract;

use super::network::{NetworkArgs, OtherNodesArgs};
use super::sending::{BudgetArgs, SendingArgs};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cargo mrc53 prove --network base.toml --dry-run
  cargo mrc53 prove --network base.toml --keystore keeper.json
  * 0 * * *  cargo mrc53 prove --network base.toml --only-keep   # cron

For networks whose sessions are on Base. First it fetches what proves the subnets' days in the first block of today that \
Base proposes to Ethereum, and keeps it on disk: most nodes have the state of a block for minutes only, and its root is \
valid a day and more later. Then it opens the root that has arrived and covers most, and proves each word of four days as \
soon as all of them are covered, or a day before its first may be final, whichever comes first. All proofs are checked \
before they are kept or sent. Safe to run at any time, by any number of keepers: nothing is added twice.

Exit codes: 0 all that is due is proven, 1 some is not, a day is lost, or --max-ether ended the run (run it again), 2 never without another input.")]
pub(super) struct ProveArgs {
    /// A subnet, registered or not; may be repeated [default: every registered subnet].
    #[arg(long = "subnet", value_name = "ADDRESS")]
    subnets: Vec<Address>,
    /// Prove every day that can be proven now, also of words that can still gain days.
    #[arg(long)]
    now: bool,
    /// Fetch and keep proofs, open and prove nothing: needs no key.
    #[arg(long, conflicts_with = "now")]
    only_keep: bool,
    /// Where proofs are kept [default: `target/mrc53/proofs` of the clone].
    #[arg(long, value_name = "FOLDER")]
    kept: Option<PathBuf>,
    #[command(flatten)]
    budget: BudgetArgs,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    others: OtherNodesArgs,
    #[command(flatten)]
    sending: SendingArgs,
}

pub(super) fn run(args: &ProveArgs) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    let (report, unsigned) = runtime.block_on(async {
        let network = args.network.and(&args.others);
        let (signer, connection) = if args.only_keep {
            (None, network.connect(None).await?)
        } else {
            let (signer, connection) = args.sending.connect(&network).await?;
            (Some(signer), connection)
        };
        let chains = Chains::connect(&connection).await?;
        callable::require(&connection, &[Contract::UsageProofs, Contract::StakeAlignment]).await?;
        let wanted = args.wanted(&connection).await?;
        let buckets = chains.buckets().await?;
        let source = Source { chain_id: chains.base.chain_id, buckets };
        let mut kept = Kept::open(&args.folder(source)?, source)?;
        let sender = signer.map(|signer| args.sending.sender(&connection, signer, &args.budget));
        let report = run::prove(&chains, sender.as_ref(), &mut kept, &wanted).await?;
        anyhow::Ok((report, sender.map(|sender| sender.unsigned()).unwrap_or_default()))
    })?;
    args.sending.print(&report.text(), &serde_json::to_value(&report)?, &unsigned)?;
    let undone = report.undone();
    match undone.first() {
        None => Ok(()),
        Some(first) => bail!("{} left undone: {first}", count(undone.len(), "thing")),
    }
}

impl ProveArgs {
    async fn wanted(&self, connection: &Connection) -> Result<Wanted> {
        let mut named = self.subnets.clone();
        named.sort_unstable();
        named.dedup();
        let subnets = if named.is_empty() { subnets::addresses(connection).await? } else { named };
        let first_day = connection.book.settings.map_or(0, |settings| settings.first_day);
        Ok(Wanted { subnets, first_day, now: self.now })
    }

    fn folder(&self, source: Source) -> Result<PathBuf> {
        if let Some(folder) = &self.kept {
            return Ok(folder.clone());
        }
        let of = format!("{}-{}", source.chain_id, source.buckets.address);
        Ok(Workspace::find()?.output()?.join("proofs").join(of))
    }
}
