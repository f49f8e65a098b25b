//! `cargo mrc53 cache`: which programs are in the chain's cache, and putting the others there.

use alloy::primitives::U256;
use anyhow::{Context, Result, bail};
use clap::Args;
use mrc53_console::amounts;
use mrc53_console::progress::Progress;
use mrc53_console::show::count;
use mrc53_keeper::programs::{cache, table};
use mrc53_node::profile::Network;
use mrc53_node::sender::Sender;

use super::network::NetworkArgs;
use super::sending::SendingArgs;

#[derive(Args, Debug)]
#[command(
    after_help = "A program in the cache starts for a fraction of the gas. Where the chain has a cache manager, a \
place is bought: without --bid the least bids are shown and nothing is sent.\n\n    \
cargo mrc53 cache --network arbitrum-sepolia\n    \
MRC53_PRIVATE_KEY=... cargo mrc53 cache --network arbitrum-sepolia --bid 1000000000000"
)]
pub(super) struct CacheArgs {
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    sending: SendingArgs,
    /// What to bid for each program that is not in the cache.
    #[arg(long, value_name = "WEI", value_parser = amounts::wei)]
    bid: Option<U256>,
}

pub(super) fn run(args: &CacheArgs) -> Result<()> {
    // Looking needs nobody to sign; who is missing is said when something is to be sent.
    let signer = args.sending.keys.signer(&Network::find(&args.network.network)?);
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    let (cache, unsigned) = runtime.block_on(async {
        let connection = args.network.connect(signer.as_ref().ok()).await?;
        let progress = Progress::start("looking at the cache");
        let mut cache = cache::read(&connection).await?;
        let is_asking_the_price = cache.manager.is_some() && args.bid.is_none();
        let mut unsigned = Vec::new();
        if cache.is_missing_any() && !is_asking_the_price {
            progress.detail("caching");
            let sender = Sender::new(&connection, signer?, args.sending.dry_run);
            cache.fill(&sender, args.bid).await?;
            unsigned = sender.unsigned();
        }
        anyhow::Ok((cache, unsigned))
    })?;
    args.sending.print(&table::cache(&cache, args.sending.dry_run), &serde_json::to_value(&cache)?, &unsigned)?;
    if let Some(error) = cache.programs.iter().find_map(|entry| entry.error.as_ref()) {
        bail!("not everything is cached: {error}");
    }
    let inactive = cache.programs.iter().filter(|entry| !entry.active).count();
    if inactive > 0 {
        let are = if inactive == 1 { "is" } else { "are" };
        bail!("{} {are} not active and cannot be cached: cargo mrc53 keepalive", count(inactive, "program"));
    }
    Ok(())
}
