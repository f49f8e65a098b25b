//! `cargo mrc53 replay`: what days of sessions that were served would have paid, by both rules, for a stake that is assumed.

mod csv;
mod demand;
mod file;
mod json;
mod node;
mod origin;
mod replayed;
mod stake;
mod text;

use anyhow::Result;
use clap::Args;
use mrc53_console::days;
use mrc53_simulation::replay::paid;
use mrc53_simulation::replay::usage::UsageByDay;

use self::replayed::Replay;
use self::stake::Stake;
use super::sending::say;

#[derive(Args, Debug)]
#[command(
    after_help = "FILE is the public snapshot of Base as it is downloaded (gzipped SQL), or JSON objects a line with id, \
provider, opened_at, ends_at, closed_at. Without FILE, the Compute Diamond's sessions are read from a node of its chain: \
events of these days in ranges that the node takes, then each session. All of it is kept in the folder of --cache, so \
that a run that was interrupted goes on, and nothing is read twice; an archive of old states is not needed. A node that \
leaves events out is refused.\n\n    \
cargo mrc53 replay morpheus-ai-base-data-48249693.sql.gz\n    \
cargo mrc53 replay sessions.jsonl --stake proportional:1000000 --from 2026-06-01 --to 2026-07-01\n    \
cargo mrc53 replay sessions.jsonl --stake stakes.csv --csv > days.csv\n    \
cargo mrc53 replay sessions.jsonl --demand > demand.csv\n    \
cargo mrc53 replay --rpc-url https://… --diamond 0x… --from 2026-07-01 --to 2026-07-04"
)]
#[expect(clippy::struct_excessive_bools, reason = "flags that are independent but for what clap is told")]
pub(super) struct ReplayArgs {
    /// The sessions; without it, they are read from a node.
    #[arg(value_name = "FILE")]
    file: Option<String>,
    /// The first UTC day [default: that of the file's first session, or of the emission].
    #[arg(long, value_name = "DAY", value_parser = days::parse)]
    from: Option<u32>,
    /// The UTC day after the last [default: that after the file's last session].
    #[arg(long, value_name = "DAY", value_parser = days::parse)]
    to: Option<u32>,
    /// Stake on all days: `none`, `equal:MOR` and `proportional:MOR` (to session-seconds) in all, or a CSV file of provider
    /// and MOR.
    #[arg(long, value_name = "STAKE", default_value = "none")]
    stake: String,
    /// Show every day, not only the providers.
    #[arg(long)]
    days: bool,
    /// Print JSON instead of tables.
    #[arg(long)]
    json: bool,
    /// Print CSV instead of tables: a line for each provider and day, wei in quotes beside MOR.
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Print what was served on each day of all providers, as a file of `simulate` takes it for its `demand.counted`.
    #[arg(long, conflicts_with_all = ["stake", "days", "json", "csv"])]
    demand: bool,
    #[command(flatten)]
    node: node::NodeArgs,
}

pub(super) fn run(args: &ReplayArgs) -> Result<()> {
    let stake = Stake::parse(&args.stake)?;
    let (origin, sessions, (from, to)) = match &args.file {
        Some(file) => file::read(file, args.from, args.to)?,
        None => node::read(&args.node, args.from, args.to)?,
    };
    let usage = UsageByDay::count(&sessions, from, to);
    if args.demand {
        return say(&demand::of(&usage));
    }
    let assumed = stake.assume(&usage, sessions.providers())?;
    let days = paid::days(&usage, &assumed).collect();
    let replay = Replay { origin, sessions, from, to, stake, assumed, days };
    say(&if args.json {
        serde_json::to_string_pretty(&json::of(&replay))?
    } else if args.csv {
        csv::of(&replay)
    } else {
        text::of(&replay, args.days)
    })
}
