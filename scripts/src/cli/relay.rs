//! `cargo mrc53 relay`: the root of Base's newest valid day, on its way to Arbitrum.

use alloy::primitives::Address;
use anyhow::{Context, Result};
use clap::Args;
use mrc53_base::chains::Chains;
use mrc53_base::relaying::run::{self, Wanted};
use mrc53_keeper::programs::callable;
use mrc53_node::sender::Sender;
use mrc53_suite::contract::Contract;

use super::network::{NetworkArgs, OtherNodesArgs};
use super::sending::{BudgetArgs, SendingArgs};

#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  cargo mrc53 relay --network base.toml --dry-run
  cargo mrc53 relay --network base.toml --keystore keeper.json

For networks whose sessions are on Base. Asks Base's registry on Ethereum for the newest game whose claim is valid, and says \
of the newer ones why they are not, with the date where there is one. Of the valid games of that day the earliest is sent: \
it covers as much, and its proofs are those that `prove` keeps. The transaction is on Ethereum, where the sender needs ether; \
once a day is enough, and nothing is sent that adds nothing.

Exit codes: 0 sent, or there was nothing to send, 1 no game is valid now or a node does not answer (run it again), 2 never without another input.")]
pub(super) struct RelayArgs {
    /// Send the root of this game, if it is valid, instead of the one that is found.
    #[arg(long, value_name = "ADDRESS")]
    game: Option<Address>,
    /// Who gets on Arbitrum what of the ether was too much [default: the sender].
    #[arg(long, value_name = "ADDRESS")]
    refund: Option<Address>,
    /// Send it also if it was sent already, or covers no day that is not covered.
    #[arg(long)]
    anyway: bool,
    #[command(flatten)]
    budget: BudgetArgs,
    #[command(flatten)]
    network: NetworkArgs,
    #[command(flatten)]
    others: OtherNodesArgs,
    #[command(flatten)]
    sending: SendingArgs,
}

pub(super) fn run(args: &RelayArgs) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("the asynchronous runtime")?;
    let (report, unsigned) = runtime.block_on(async {
        let (signer, connection) = args.sending.connect(&args.network.and(&args.others)).await?;
        let chains = Chains::connect(&connection).await?;
        callable::require(&connection, &[Contract::UsageProofs]).await?;
        let sender = Sender::on(chains.ethereum.clone(), &connection, signer, args.sending.dry_run);
        let sender = args.budget.bound(sender);
        let wanted = Wanted { game: args.game, refund: args.refund, anyway: args.anyway };
        let report = run::relay(&chains, &sender, wanted).await?;
        anyhow::Ok((report, sender.unsigned()))
    })?;
    args.sending.print(&report.text(), &report.json(), &unsigned)
}
