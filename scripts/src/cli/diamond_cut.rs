//! `cargo mrc53 diamond-cut`: the cut that brings a facet into the Compute Diamond, as a batch for its owner, with the
//! batch that takes it back.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, Bytes, Selector, U256};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use alloy::rpc::types::state::{AccountOverride, StateOverride, StateOverridesBuilder};
use anyhow::{Context, Result};
use clap::Args;
use serde_json::{Value, json};

use super::safe::now_ms;
use crate::deploying::stand_in::CREATE2_FACTORY;
use crate::diamond::cut::{self, Cut, Wish};
use crate::diamond::facet::{Facet, factory_address, factory_data};
use crate::diamond::loupe::{FacetCut, Loupe};
use crate::diamond::reader::Reader;
use crate::diamond::signatures::{self, Signatures};
use crate::failure::BadInput;
use crate::network::connection::{Connection, NetworkArgs};
use crate::network::keys::{KeyArgs, Signer};
use crate::network::profile::Network;
use crate::network::sender::{Sender, Sent, Transaction};
use crate::progress::Progress;
use crate::safe::bundle::{self, Bundle};
use crate::safe::call::Call;
use crate::show::new_table;

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
    /// Show the cut; write and send nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    keys: KeyArgs,
}

/// A cut that the chain would take.
struct Planned {
    diamond: Address,
    owner: Address,
    cut: Cut,
    loupe: Loupe,
    forward: Call,
    inverse: Call,
    names: Signatures,
}

pub(super) fn run(args: &DiamondCutArgs) -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(cut_in(args))
}

async fn cut_in(args: &DiamondCutArgs) -> Result<()> {
    let facet = Facet::load(&args.facet)?;
    let interfaces = args.interface.iter().map(|path| Facet::load(path)).collect::<Result<Vec<_>, _>>()?;
    let selectors = facet.selectors(&interfaces, &functions(&args.skip)?)?;
    let initcode = if args.deploy_facet { Some(facet.initcode()?) } else { None };
    let signer = match initcode {
        Some(_) => Some(args.keys.signer(&Network::find(&args.network.network)?)?),
        None => None,
    };
    let connection = args.network.connect(signer.as_ref()).await?;
    let progress = Progress::start("reading the diamond");
    let address = match (&initcode, args.facet_address) {
        (Some(initcode), _) => factory_address(initcode),
        (None, address) => address.context("clap asks for one of the two")?,
    };
    let overrides = stand_in(&connection, address, initcode.as_ref(), &facet).await?;
    let wish = Wish {
        facet: address,
        selectors,
        replaced: args.replace_facet.iter().copied().collect(),
        dropped: functions(&args.drop)?,
    };
    let planned = plan(&connection, args.diamond, &facet, &wish, overrides.clone()).await?;
    progress.done(format!("read the diamond: {} functions", planned.loupe.len()));

    let sent = match (initcode, signer) {
        (Some(initcode), Some(signer)) if !overrides.is_empty() => {
            Some(deploy(&connection, signer, &initcode, address, args.dry_run).await?)
        }
        _ => None,
    };
    let files = if args.dry_run { None } else { Some(write(&connection, &planned, args.out.clone())?) };
    let text = if args.json {
        serde_json::to_string_pretty(&report(&planned, sent.as_ref(), files.as_ref()))?
    } else {
        show(&planned, sent.as_ref(), files.as_ref())
    };
    // Standard output holds the facet's transaction where it is only written down.
    if args.deploy_facet && args.keys.unsigned_from.is_some() && !args.dry_run {
        eprintln!("{text}");
    } else {
        println!("{text}");
    }
    Ok(())
}

fn functions(texts: &[String]) -> Result<BTreeSet<Selector>, BadInput> {
    texts.iter().map(|text| signatures::parse(text)).collect()
}

/// Checks the code at `address`; where it is still to be deployed, the state in which it stands there.
async fn stand_in(
    connection: &Connection,
    address: Address,
    initcode: Option<&Bytes>,
    facet: &Facet,
) -> Result<StateOverride> {
    let code = connection.provider.get_code_at(address).await?;
    match (code.is_empty(), initcode) {
        (true, None) => Err(BadInput::new(format!("no contract at {address}, which is meant to be the facet")).into()),
        (true, Some(initcode)) => {
            if connection.provider.get_code_at(CREATE2_FACTORY).await?.is_empty() {
                return Err(BadInput::new(format!(
                    "this chain has no deterministic deployer at {CREATE2_FACTORY}: deploy the facet yourself and name it with \
                     --facet-address"
                ))
                .into());
            }
            let request = TransactionRequest::default().with_deploy_code(initcode.clone());
            let code = connection.provider.call(request).await.map_err(|error| {
                BadInput::new(format!("the facet does not deploy: {}", crate::chain::client::one_line(&error)))
            })?;
            Ok(StateOverridesBuilder::default().append(address, AccountOverride::default().with_code(code)).build())
        }
        (false, None) if facet.code_size().is_some_and(|size| size != code.len()) => Err(BadInput::new(format!(
            "the code at {address} has {} bytes, the artifact's {}: another contract, or compiled in another way",
            code.len(),
            facet.code_size().unwrap_or_default()
        ))
        .into()),
        (false, _) => Ok(StateOverride::default()),
    }
}

/// Reads the diamond, computes the cut, and has the owner try it.
async fn plan(
    connection: &Connection,
    diamond: Option<Address>,
    facet: &Facet,
    wish: &Wish,
    overrides: StateOverride,
) -> Result<Planned> {
    let diamond = diamond.or(connection.book.inputs.diamond.as_ref().map(|input| input.address));
    let diamond = diamond.ok_or_else(|| BadInput::new("the network names no diamond: --diamond ADDRESS"))?;
    if diamond == wish.facet {
        return Err(BadInput::new(format!("{diamond} is the diamond itself, not a facet")).into());
    }
    let reader = Reader::new(connection, diamond).await?;
    let (owner, loupe) = (reader.owner().await?, reader.loupe().await?);
    if owner.is_zero() {
        return Err(BadInput::new(format!("nobody owns the diamond {diamond}: it cannot be cut any more")).into());
    }
    reader.check(&loupe, &wish.replaced, &wish.selectors).await?;
    let fresh = wish.selectors.iter().copied().filter(|selector| loupe.facet_of(*selector).is_none()).collect();
    let own = reader.own(&fresh).await?;
    let mut names = Signatures::live();
    names.learn(&facet.abi);
    let cut = cut::plan(&loupe, diamond, &own, wish).map_err(|none| BadInput::new(none.words(&names)))?;
    let (forward, inverse) = (cut.forward(), cut.inverse());
    check_both_ways(&loupe, &forward, &inverse)?;
    let (forward, inverse) = (cut::call(diamond, &forward)?, cut::call(diamond, &inverse)?);
    forward.simulate(connection, owner, overrides).await?;
    Ok(Planned { diamond, owner, cut, loupe, forward, inverse, names })
}

/// The inverse after the cut must bring back exactly what stands there now.
fn check_both_ways(loupe: &Loupe, forward: &[FacetCut], inverse: &[FacetCut]) -> Result<()> {
    let after = loupe.apply(forward).context("the cut does not fit the diamond")?;
    let back = after.apply(inverse).context("the inverse does not fit the cut")?;
    anyhow::ensure!(back == *loupe, "the inverse does not bring back what stands there now");
    Ok(())
}

async fn deploy(
    connection: &Connection,
    signer: Signer,
    initcode: &Bytes,
    address: Address,
    dry_run: bool,
) -> Result<Value> {
    let sender = Sender::new(connection, signer, dry_run);
    let data = factory_data(initcode);
    let what = format!("deploying the facet to {address}");
    let sent = sender.send(&Transaction { what, to: CREATE2_FACTORY, value: U256::ZERO, data }).await?;
    if let Sent::Mined(receipt) = &sent {
        let code = connection.provider.get_code_at(address).await?;
        anyhow::ensure!(!code.is_empty(), "{} did not put the facet at {address}", receipt.transaction_hash);
    }
    Ok(match sent {
        Sent::Mined(receipt) => json!({ "transaction": receipt.transaction_hash, "gas": receipt.gas_used }),
        Sent::Predicted { gas } => json!({ "transaction": null, "gas": gas }),
        Sent::Written => json!({ "transaction": null, "gas": null }),
    })
}

/// The two files and their checksums.
struct Files {
    cut: (PathBuf, Bundle),
    rollback: (PathBuf, Bundle),
}

fn write(connection: &Connection, planned: &Planned, out: Option<PathBuf>) -> Result<Files> {
    let cut = &planned.cut;
    let name = format!("diamond-cut-{}", cut.facet.to_string().to_lowercase());
    let path = out.map_or_else(|| bundle::default_path(&name), Ok)?;
    let beside = beside(&path);
    let made = |name: &str, what: &str, call: &Call| {
        let id = connection.network.chain_id;
        Bundle::new(name, what, id, planned.owner, std::slice::from_ref(call), now_ms()?)
    };
    let forward = made(&format!("MRC-53: {name}"), &summary(planned), &planned.forward)?;
    let back = format!("Takes back the cut that brings in the facet {}, and nothing else.", cut.facet);
    let rollback = made(&format!("MRC-53: rollback of {name}"), &back, &planned.inverse)?;
    forward.write(&path)?;
    rollback.write(&beside)?;
    Ok(Files { cut: (path, forward), rollback: (beside, rollback) })
}

/// `cut.json` becomes `cut.rollback.json`.
fn beside(path: &Path) -> PathBuf {
    path.with_extension("rollback.json")
}

fn summary(planned: &Planned) -> String {
    let Cut { facet, gained, moved, lost } = &planned.cut;
    format!(
        "Brings the facet {facet} into the diamond {}: {} functions gained, {} moved there, {} lost; all others stay \
         where they are.",
        planned.diamond,
        gained.len(),
        moved.len(),
        lost.len()
    )
}

fn report(planned: &Planned, sent: Option<&Value>, files: Option<&Files>) -> Value {
    let Planned { cut, names, .. } = planned;
    let function = |selector: &Selector| json!({ "selector": selector, "signature": names.of(*selector) });
    let placed = |(selector, facet): (&Selector, &Address)| json!({ "selector": selector, "signature": names.of(*selector), "from": facet });
    let file = |file: &(PathBuf, Bundle)| json!({ "file": file.0, "checksum": file.1.checksum() });
    json!({
        "diamond": planned.diamond, "owner": planned.owner, "facet": cut.facet, "deployed": sent,
        "gained": cut.gained.iter().map(function).collect::<Vec<_>>(),
        "moved": cut.moved.iter().map(placed).collect::<Vec<_>>(),
        "lost": cut.lost.iter().map(placed).collect::<Vec<_>>(),
        "data": planned.forward.data, "rollbackData": planned.inverse.data,
        "cut": files.map(|files| file(&files.cut)), "rollback": files.map(|files| file(&files.rollback)),
    })
}

fn show(planned: &Planned, sent: Option<&Value>, files: Option<&Files>) -> String {
    let Planned { cut, names, .. } = planned;
    let mut table = new_table(5, &["change", "selector", "function", "from", "to"]);
    let facet = cut.facet.to_string();
    let mut row = |change: &str, selector: Selector, from: Option<&Address>, to: &str| {
        let name = names.of(selector).unwrap_or("unknown").to_owned();
        let from = from.map_or_else(|| "-".to_owned(), ToString::to_string);
        table.add_row([change.to_owned(), selector.to_string(), name, from, to.to_owned()]);
    };
    for selector in &cut.gained {
        row("gained", *selector, None, &facet);
    }
    for (selector, from) in &cut.moved {
        row("moved", *selector, Some(from), &facet);
    }
    for (selector, from) in &cut.lost {
        row("LOST", *selector, Some(from), "-");
    }
    let owner = planned.owner;
    let mut lines = vec![table.to_string(), String::new(), summary(planned), String::new()];
    lines.push(format!("owner     {owner} (the cut is accepted from it on the chain's latest state)"));
    lines.extend(sent.map(|sent| match sent["transaction"].as_str() {
        Some(hash) => format!("facet     {facet}: deployed by {hash}, {} gas", sent["gas"]),
        None if sent["gas"].is_null() => {
            format!("facet     {facet}: written to standard output, to be sent before the cut")
        }
        None => format!("facet     {facet}: to be deployed with {} gas", sent["gas"]),
    }));
    match files {
        None => lines.push("nothing was written or sent".into()),
        Some(files) => lines
            .extend([("cut", &files.cut), ("rollback", &files.rollback)].map(|(what, (path, bundle))| {
                format!("{what:<9} {} (checksum {})", path.display(), bundle.checksum())
            })),
    }
    lines.join("\n")
}
