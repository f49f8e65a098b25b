//! `cargo mrc53 diamond-cut`: the cut that brings a facet into the Compute Diamond, as a batch for its owner, with the
//! batch that takes it back.

use std::collections::BTreeSet;
use std::path::PathBuf;

use alloy::primitives::{Address, Bytes, Selector, U256};
use alloy::providers::Provider;
use anyhow::{Context, Result};
use clap::Args;
use serde_json::Value;

use super::sending::SendingArgs;
use crate::deploying::stand_in::CREATE2_FACTORY;
use crate::diamond::cut::Wish;
use crate::diamond::facet::{Facet, factory_address, factory_data};
use crate::diamond::{plan, report, signatures};
use crate::failure::BadInput;
use crate::network::connection::{Connection, NetworkArgs};
use crate::network::keys::Signer;
use crate::network::sender::{Sender, Sent, Transaction, Unsigned};
use crate::progress::Progress;
use crate::show::count;

/// A cut as Morpheus makes it: a facet for another, with the functions of its interfaces.
const EXAMPLES: &str = "\
Example: another SessionRouter, with the functions of two interfaces, deployed from the key in the environment.
  cargo mrc53 diamond-cut --network arbitrum-sepolia --facet SessionRouter.json --deploy-facet \\
      --interface ISessionRouter.json --interface IStatsStorage.json --replace-facet 0x…

Two files are written: the cut, and beside it its inverse. Both go into the Safe's Transaction Builder. A function that
stands at a replaced facet and that the new one lacks must be named with --drop, or nothing is written.";

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct DiamondCutArgs {
    /// The facet's artifact, or its bare ABI.
    #[arg(long, value_name = "FILE")]
    facet: PathBuf,
    /// Where the facet stands.
    #[arg(long, value_name = "ADDRESS", required_unless_present = "deploy_facet")]
    facet_address: Option<Address>,
    /// Deploy the facet first, at the address that follows from its code; once, however often this is run.
    #[arg(long, conflicts_with = "facet_address")]
    deploy_facet: bool,
    /// The diamond [default: the network's].
    #[arg(long, value_name = "ADDRESS")]
    diamond: Option<Address>,
    /// A facet that it takes the place of; may be repeated.
    #[arg(long, value_name = "ADDRESS")]
    replace_facet: Vec<Address>,
    /// An artifact or ABI that lists the functions to cut in; may be repeated [default: all of the facet].
    #[arg(long, value_name = "FILE")]
    interface: Vec<PathBuf>,
    /// A function of the facet that is not cut in, as a selector or a signature; may be repeated.
    #[arg(long, value_name = "FUNCTION")]
    skip: Vec<String>,
    /// A function that shall be gone, as a selector or a signature; may be repeated.
    #[arg(long, value_name = "FUNCTION")]
    drop: Vec<String>,
    /// The file to write; the inverse goes beside it, as `.rollback.json` [default: in `mrc53/safe` of `target`].
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    sending: SendingArgs,
}

pub(super) fn run(args: &DiamondCutArgs) -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(cut_in(args))
}

async fn cut_in(args: &DiamondCutArgs) -> Result<()> {
    let facet = Facet::load(&args.facet)?;
    let interfaces = args.interface.iter().map(|path| Facet::load(path)).collect::<Result<Vec<_>, _>>()?;
    let selectors = facet.selectors(&interfaces, &functions(&args.skip)?)?;
    let initcode = if args.deploy_facet { Some(facet.initcode()?) } else { None };
    let (signer, connection) = args.sending.connect_if(args.deploy_facet, &args.network).await?;
    let progress = Progress::start("reading the diamond");
    let address = match (&initcode, args.facet_address) {
        (Some(initcode), _) => factory_address(initcode),
        (None, address) => address.context("clap asks for one of the two")?,
    };
    let overrides = plan::stand_in(&connection, address, initcode.as_ref(), &facet).await?;
    let wish = Wish {
        facet: address,
        selectors,
        replaced: args.replace_facet.iter().copied().collect(),
        dropped: functions(&args.drop)?,
    };
    let planned = plan::plan(&connection, args.diamond, &facet, &wish, overrides.clone()).await?;
    progress.done(format!("read the diamond: {}", count(planned.loupe.len(), "function")));

    let sent = match (initcode, signer) {
        (Some(initcode), Some(signer)) if !overrides.is_empty() => {
            Some(deploy(&connection, signer, &initcode, address, args.sending.dry_run).await?)
        }
        _ => None,
    };
    let (sent, unsigned) = sent.map_or_else(Default::default, |(sent, unsigned)| (Some(sent), unsigned));
    let files =
        if args.sending.dry_run { Ok(None) } else { report::write(&connection, &planned, args.out.clone()).map(Some) };
    // A facet that was deployed is told of, whatever becomes of the files.
    let (written, failure) = files.map_or_else(|error| (None, Some(error)), |files| (files, None));
    let (sent, written) = (sent.as_ref(), written.as_ref());
    args.sending.print(&report::show(&planned, sent, written), &report::json(&planned, sent, written), &unsigned)?;
    failure.map_or(Ok(()), Err)
}

fn functions(texts: &[String]) -> Result<BTreeSet<Selector>, BadInput> {
    texts.iter().map(|text| signatures::parse(text)).collect()
}

async fn deploy(
    connection: &Connection,
    signer: Signer,
    initcode: &Bytes,
    address: Address,
    dry_run: bool,
) -> Result<(Value, Vec<Unsigned>)> {
    let sender = Sender::new(connection, signer, dry_run);
    let data = factory_data(initcode);
    let what = format!("deploying the facet to {address}");
    let sent = sender.send(&Transaction { what, to: CREATE2_FACTORY, value: U256::ZERO, data }).await?;
    if let Sent::Mined(receipt) = &sent {
        let hash = receipt.transaction_hash;
        let code = connection.provider.get_code_at(address).await;
        let code = code.with_context(|| format!("whether {hash} has put the facet at {address}"))?;
        anyhow::ensure!(!code.is_empty(), "{hash} did not put the facet at {address}");
    }
    Ok((sent.json(), sender.unsigned()))
}
