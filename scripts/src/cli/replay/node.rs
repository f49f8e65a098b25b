//! Sessions of a chain, from any node of it.

use std::path::PathBuf;

use alloy::primitives::Address;
use anyhow::{Context, Result};
use clap::Args;
use mrc53_console::amounts;
use mrc53_console::failure::BadInput;
use mrc53_console::show::named_day;
use mrc53_console::workspace::Workspace;
use mrc53_history::cache::Cache;
use mrc53_history::read::{self, Wanted};
use mrc53_maths::Day;
use mrc53_node::connection::book_of;
use mrc53_node::profile::{LOCAL_CHAIN_ID, Network};
use mrc53_node::reading::Reading;
use mrc53_node::url::{RpcUrl, UrlText};
use mrc53_simulation::replay::sessions::{Sessions, Told};

use super::origin::Origin;
use crate::cli::span::range_of_emission;

/// How many blocks to stay behind the head of a chain that may take some back.
const BEHIND: u64 = 32;

/// Where sessions are read from, where no file is named. Nothing of it comes from the environment by way of clap: what is
/// exported there for other verbs stands in no file's way.
#[derive(Args, Debug)]
pub(super) struct NodeArgs {
    /// The node [env: `MRC53_RPC_URL`; default: the network's own].
    #[arg(long, value_name = "URL", conflicts_with = "file")]
    rpc_url: Option<UrlText>,
    /// The Compute Diamond [default: that of the network's book]; without a network, on whichever chain the node is.
    #[arg(long, value_name = "ADDRESS", conflicts_with = "file")]
    diamond: Option<Address>,
    /// `arbitrum-sepolia`, `local`, or a TOML file [env: `MRC53_NETWORK`, unless --diamond is given].
    #[arg(long, value_name = "NAME", conflicts_with = "file")]
    network: Option<String>,
    /// Where deployments are kept [env: `MRC53_DEPLOYMENTS`; default: `deployments` of the clone].
    #[arg(long, value_name = "FOLDER", conflicts_with = "file")]
    deployments: Option<PathBuf>,
    /// Where everything read is kept [default: a folder of the chain and the Diamond in the clone's `target`].
    #[arg(long, value_name = "FOLDER", conflicts_with = "file")]
    cache: Option<PathBuf>,
    /// How many blocks to stay behind the head [default: 32; 0 on a local chain].
    #[arg(long, value_name = "BLOCKS", value_parser = amounts::whole::<u64>, conflicts_with = "file")]
    behind: Option<u64>,
    /// The longest session that the Diamond allows, or ever allowed: so many days before the first are read too.
    #[arg(long, value_name = "DAYS", default_value_t = 7, value_parser = amounts::within(1_u32, 36_500), conflicts_with = "file")]
    max_session_days: u32,
}

/// Which node, on which network if one is meant, and which Diamond.
struct Place {
    url: RpcUrl,
    network: Option<Network>,
    diamond: Address,
}

/// The sessions that opened or served on the days `[from, to)`, which must be named.
pub(super) fn read(args: &NodeArgs, from: Option<u32>, to: Option<u32>) -> Result<(Origin, Sessions, (Day, Day))> {
    let place = args.place()?;
    let (Some(from), Some(to)) = (from, to) else {
        let what =
            "--from and --to have to name the days that are read from a node: the first, and the day after the last";
        return Err(BadInput::new(what).into());
    };
    let days = range_of_emission(from, to)?;
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    let (chain_id, history) = runtime.block_on(async {
        let node = Reading::connect(place.url.clone(), place.network.as_ref()).await?;
        let mut cache = Cache::open(&args.folder(node.chain_id, place.diamond)?, read::source(&node, place.diamond))?;
        for repair in cache.repairs() {
            eprintln!("{repair}");
        }
        let wanted = Wanted {
            diamond: place.diamond,
            days: days.0..days.1,
            max_session_days: args.max_session_days,
            behind: args.behind.unwrap_or(if node.chain_id == LOCAL_CHAIN_ID { 0 } else { BEHIND }),
        };
        anyhow::Ok((node.chain_id, read::read(&node, &mut cache, &wanted).await?))
    })?;
    let mut sessions = Sessions::default();
    for session in &history.sessions {
        let (id, provider) = (session.id.to_string(), session.provider.to_string());
        let times = [session.opened_at, session.ends_at, session.closed_at];
        let told = Told { id: &id, provider: &provider, times };
        sessions
            .add(&told)
            .map_err(|error| BadInput::new(format!("{} on chain {chain_id}: {error}", place.diamond)))?;
    }
    if history.sessions.is_empty() {
        let (first, end) = (named_day(from), named_day(to));
        let what =
            format!("{} has no session on chain {chain_id} from {first} to the beginning of {end}", place.diamond);
        return Err(BadInput::new(what).into());
    }
    Ok((Origin::Chain { chain_id, diamond: place.diamond, blocks: history.blocks }, sessions, days))
}

impl NodeArgs {
    fn place(&self) -> Result<Place> {
        let named = if self.diamond.is_some() { None } else { variable("MRC53_NETWORK") };
        let network = self.network.clone().or(named).map(|name| Network::find(&name)).transpose()?;
        let url = self.rpc_url.clone().or_else(|| variable("MRC53_RPC_URL").map(UrlText::from));
        let url = url.map(|text| text.read("--rpc-url or MRC53_RPC_URL")).transpose()?;
        let url = url.or_else(|| network.as_ref().map(|network| network.rpc_url.clone()));
        let diamond = match (&network, self.diamond) {
            (Some(network), None) => Some(self.diamond_of(network)?),
            (_, named) => named,
        };
        match (url, diamond) {
            (Some(url), Some(diamond)) => Ok(Place { url, network, diamond }),
            _ => Err(BadInput::new(
                "no sessions: name a FILE, a node by --rpc-url and its --diamond, or a --network whose book has both",
            )
            .into()),
        }
    }

    fn diamond_of(&self, network: &Network) -> Result<Address> {
        let variable = variable("MRC53_DEPLOYMENTS").map(PathBuf::from);
        let (_, book) = book_of(network, self.deployments.as_deref().or(variable.as_deref()))?;
        let diamond = book.inputs.diamond.as_ref().map(|input| input.address);
        diamond
            .ok_or_else(|| BadInput::new(format!("{} names no Diamond: name one with --diamond", network.name)).into())
    }

    fn folder(&self, chain_id: u64, diamond: Address) -> Result<PathBuf> {
        match &self.cache {
            Some(folder) => Ok(folder.clone()),
            None => Ok(Workspace::find()?.output()?.join("sessions").join(format!("{chain_id}-{diamond}"))),
        }
    }
}

/// What the environment variable `name` holds; an empty one counts as none.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
