//! `cargo mrc53 diamond-cut`: the cut that brings a facet into the Compute Diamond, as a batch for its owner, with the
//! batch that takes it back.

use std::collections::BTreeSet;
use std::path::PathBuf;

use alloy::primitives::{Address, Bytes, Selector, U256};
use alloy::providers::Provider;
use anyhow::{Context, Result};
use clap::{ArgGroup, Args};
use mrc53_abi::arbitrum::CREATE2_FACTORY;
use mrc53_acts::diamond::cut::Wish;
use mrc53_acts::diamond::facet::{Facet, factory_address, factory_data};
use mrc53_acts::diamond::plan::{self, Plan, Planned};
use mrc53_acts::diamond::report::{self, Transactions};
use mrc53_acts::diamond::signatures;
use mrc53_console::failure::BadInput;
use mrc53_console::progress::Progress;
use mrc53_console::show::count;
use mrc53_node::sender::{Sender, Sent, Transaction};
use serde_json::{Value, json};

use super::network::NetworkArgs;
use super::sending::{SendingArgs, require_local};

/// A cut as Morpheus makes it: a facet for another, with the functions of its interfaces.
const EXAMPLES: &str = "\
Example: another SessionRouter, with the functions of two interfaces, deployed from the key in the environment.
  cargo mrc53 diamond-cut --network arbitrum-sepolia --facet SessionRouter.json --deploy-facet \\
      --interface ISessionRouter.json --interface IStatsStorage.json --replace-facet 0x…

Two files are written: the cut, and beside it its inverse. Both go into the Safe's Transaction Builder. A function that
stands at a replaced facet and that the new one lacks must be named with --drop, or nothing is written. Where the cut
is executed already there is nothing to do, which is no failure.";

#[derive(Args, Debug)]
#[command(after_help = EXAMPLES, group(ArgGroup::new("place").required(true).args(["facet_address", "deploy_facet"])))]
pub(super) struct DiamondCutArgs {
    /// The facet's artifact, or its bare ABI.
    #[arg(long, value_name = "FILE")]
    facet: PathBuf,
    /// Where the facet stands.
    #[arg(long, value_name = "ADDRESS")]
    facet_address: Option<Address>,
    /// Deploy the facet first, at the address that follows from its code; once, however often this is run.
    #[arg(long)]
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
    /// Execute the cut with the key of the diamond's owner, once the files are written; on local chains only.
    #[arg(long)]
    send: bool,
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
    let (signer, connection) = args.sending.connect_if(args.deploy_facet || args.send, &args.network).await?;
    require_local(args.send, &connection)?;
    let progress = Progress::start("reading the diamond");
    let address = match (&initcode, args.facet_address) {
        (Some(initcode), _) => factory_address(initcode),
        (None, address) => address.context("clap asks for one of the two")?,
    };
    let overrides = plan::stand_in(&connection, address, initcode.as_ref(), &facet).await?;
    let is_missing = !overrides.is_empty();
    let wish = Wish {
        facet: address,
        selectors,
        replaced: args.replace_facet.iter().copied().collect(),
        dropped: functions(&args.drop)?,
    };
    let planned = match plan::plan(&connection, args.diamond, &facet, &wish, overrides).await? {
        Plan::Cut(planned) => *planned,
        Plan::Done(done) => {
            progress.done("read the diamond: it is as it is wished");
            return args.sending.print(&report::show_done(&done), &report::json_done(&done), &[]);
        }
    };
    progress.done(format!("read the diamond: {}", count(planned.loupe.len(), "function")));

    let sender = signer.map(|signer| Sender::new(&connection, signer, args.sending.dry_run));
    if args.send {
        require_owner(&planned, sender.as_ref())?;
    }
    let mut sent = Transactions::default();
    if let (Some(initcode), Some(sender)) = (initcode.filter(|_| is_missing), &sender) {
        sent.facet = Some(deploy(sender, &initcode, address).await?);
    }
    let files =
        if args.sending.dry_run { Ok(None) } else { report::write(&connection, &planned, args.out.clone()).map(Some) };
    // A facet that was deployed is told of, whatever becomes of the files and the cut.
    let (written, mut failure) = files.map_or_else(|error| (None, Some(error)), |files| (files, None));
    if let (Some(sender), true, None) = (&sender, args.send, &failure) {
        match execute(sender, &planned, is_missing).await {
            Ok(cut) => sent.cut = Some(cut),
            Err(error) => failure = Some(error),
        }
    }
    let unsigned = sender.map(|sender| sender.unsigned()).unwrap_or_default();
    let written = written.as_ref();
    args.sending.print(&report::show(&planned, &sent, written), &report::json(&planned, &sent, written), &unsigned)?;
    failure.map_or(Ok(()), Err)
}

fn require_owner(planned: &Planned, sender: Option<&Sender<'_>>) -> Result<(), BadInput> {
    let owner = planned.owner;
    match sender.map(Sender::address) {
        Some(key) if key != owner => {
            Err(BadInput::new(format!("the key is of {key}, and only {owner}, who owns the diamond, can cut it")))
        }
        _ => Ok(()),
    }
}

/// Executes the cut, or tries it: that can be done only where the facet stands.
async fn execute(sender: &Sender<'_>, planned: &Planned, facet_was_missing: bool) -> Result<Value> {
    if sender.is_dry_run() && facet_was_missing {
        return Ok(json!({ "sent": false, "transaction": null, "gas": null, "would_use_gas": null }));
    }
    let (to, data) = (planned.diamond, planned.forward.data.clone());
    let what = format!("cutting the facet {} into {to}", planned.cut.facet);
    Ok(sender.send(&Transaction { what, to, value: U256::ZERO, data }).await?.json())
}

fn functions(texts: &[String]) -> Result<BTreeSet<Selector>, BadInput> {
    texts.iter().map(|text| signatures::parse(text)).collect()
}

async fn deploy(sender: &Sender<'_>, initcode: &Bytes, address: Address) -> Result<Value> {
    let data = factory_data(initcode);
    let what = format!("deploying the facet to {address}");
    let sent = sender.send(&Transaction { what, to: CREATE2_FACTORY, value: U256::ZERO, data }).await?;
    if let Sent::Mined(receipt) = &sent {
        let hash = receipt.transaction_hash;
        let code = sender.connection().provider.get_code_at(address).await;
        let code = code.with_context(|| format!("whether {hash} has put the facet at {address}"))?;
        anyhow::ensure!(!code.is_empty(), "{hash} did not put the facet at {address}");
    }
    Ok(sent.json())
}
