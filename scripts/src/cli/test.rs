//! `cargo mrc53 test`: everything that must hold, some of it, or a list of it.

use anyhow::Result;
use clap::Args;

use super::sending::say;
use super::toolchain::ToolchainArgs;
use crate::testing::{self, Amount, Choice};
use mrc53_console::workspace::Workspace;
use mrc53_node::url::UrlText;

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  cargo mrc53 test\n  cargo mrc53 test --list\n  cargo mrc53 test --only lemmas --only 2\n  cargo mrc53 test --nightly\n  cargo mrc53 test --rpc-url http://127.0.0.1:8547"
)]
pub(super) struct TestArgs {
    /// Take the full amounts of random histories, hostile calls, fuzzed requests and growth, and let a fuzzer look for proofs: an hour or more instead of minutes; what it came to is written into docs/evidence.md, unless --only leaves steps out.
    #[arg(long, conflicts_with = "rpc_url")]
    nightly: bool,
    /// Run nothing: show the steps with their numbers, the commands that they run, and what is left out on this machine.
    #[arg(long, conflicts_with_all = ["only", "rpc_url"])]
    list: bool,
    /// Run this step and no other, by its number or a part of its title that no other has; can be given several times.
    #[arg(long, value_name = "STEP", conflicts_with = "rpc_url")]
    only: Vec<String>,
    /// Run only what needs no time travel, on this node instead of the devnode.
    #[arg(long, value_name = "URL")]
    rpc_url: Option<UrlText>,
    /// Key of an account with ether on that node [default: Nitro's dev account].
    #[arg(long, value_name = "KEY", requires = "rpc_url", env = "MRC53_TEST_PRIVATE_KEY", hide_env_values = true)]
    private_key: Option<String>,
    #[command(flatten)]
    toolchain: ToolchainArgs,
}

pub(super) fn run(args: &TestArgs) -> Result<()> {
    let (workspace, source) = (Workspace::find()?, args.toolchain.source());
    if let Some(url) = &args.rpc_url {
        let url = url.read("--rpc-url")?;
        return testing::run_on(&workspace, &url, args.private_key.as_deref());
    }
    let amount = if args.nightly { Amount::Night } else { Amount::Change };
    if args.list {
        return say(&testing::list(&workspace, source, amount));
    }
    testing::run(&workspace, source, amount, &Choice::of(&args.only, amount)?)
}
