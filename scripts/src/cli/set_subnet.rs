//! `cargo mrc53 set-subnet`: the account under which a provider's sessions on Base are booked.

use alloy::primitives::Address;
use anyhow::{Context, Result};
use clap::Args;
use mrc53_acts::naming::{Plan, Wish};
use mrc53_node::keys::Signer;
use mrc53_node::sender::Sender;
use mrc53_node::url::UrlText;
use mrc53_suite::place::Place;

use super::network::{NetworkArgs, OtherNodesArgs};
use super::sending::SendingArgs;

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cargo mrc53 set-subnet --network arbitrum-sepolia-base --provider 0x… --subnet 0x… --dry-run
  cargo mrc53 set-subnet --network arbitrum-sepolia-base --keystore provider.json --provider 0x… --subnet 0x…
  cargo mrc53 set-subnet --network arbitrum-sepolia-base --unsigned-from 0x… --provider 0x… --subnet 0x…   # a Safe

Sent on Base, by the provider or, where that is a contract, by what its owner() answers. A provider without code is its own \
account until it names another; one with code must name one before anything of it is booked. Sessions that nobody has booked \
yet are booked under the new account, also those that are over: record first, then change the name.
Exit codes: 0 done, or it is named already, 1 not done or refused for now (run it again), 2 never without another input.")]
pub(super) struct SetSubnetArgs {
    /// The provider, as the Diamond on Base has it.
    #[arg(long, value_name = "ADDRESS")]
    provider: Address,
    /// The account: a subnet registered on Arbitrum.
    #[arg(long, value_name = "ADDRESS")]
    subnet: Address,
    /// Take an account that is no registered subnet, yet or ever, for what is meant.
    #[arg(long)]
    yes_not_registered: bool,
    #[command(flatten)]
    network: NetworkArgs,
    /// The node of Base, instead of the network's own.
    #[arg(long, value_name = "URL", env = Place::Base.node_variable())]
    base_rpc_url: Option<UrlText>,
    #[command(flatten)]
    sending: SendingArgs,
}

pub(super) fn run(args: &SetSubnetArgs) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    runtime.block_on(async {
        let network = args.network.and(&OtherNodesArgs::of_base(args.base_rpc_url.clone()));
        let (signer, connection) = args.sending.connect(&network).await?;
        let base = connection.base().await?;
        let wish = Wish { provider: args.provider, subnet: args.subnet, is_meant: args.yes_not_registered };
        let plan = Plan::new(&connection, &base, wish).await?;
        plan.notes.iter().for_each(|note| eprintln!("note: {note}"));
        let is_named = !signer.address().is_zero();
        let signer = if is_named { signer } else { Signer::Unsigned(plan.signer()) };
        if plan.is_done() {
            return args.sending.print(&plan.text(None), &plan.json(None), &[]);
        }
        plan.require_signer(signer.address())?;
        let sender = Sender::on(base, &connection, signer, args.sending.dry_run);
        let sent = sender.send(&plan.transaction()).await?;
        args.sending.print(&plan.text(Some(&sent)), &plan.json(Some(&sent)), &sender.unsigned())
    })
}
