//! `cargo mrc53 replay`: what days of sessions that were served would have paid, by both rules, for a stake that is assumed.

mod csv;
mod demand;
mod json;
mod replayed;
mod stake;
mod text;

use anyhow::Result;
use clap::Args;
use mrc53_console::failure::BadInput;
use mrc53_console::progress::Progress;
use mrc53_console::show::count;
use mrc53_console::{days, files};
use mrc53_maths::Day;
use mrc53_maths::compute::{LAST_DAY, LAUNCH_DAY};
use mrc53_simulation::replay::paid;
use mrc53_simulation::replay::source::Source;
use mrc53_simulation::replay::usage::UsageByDay;

use self::replayed::Replay;
use self::stake::Stake;
use super::sending::say;
use super::span::range_of_emission;

#[derive(Args, Debug)]
#[command(
    after_help = "FILE is the public snapshot of Base as it is downloaded (gzipped SQL), or JSON objects a line with id, \
provider, opened_at, ends_at, closed_at.\n\n    \
cargo mrc53 replay morpheus-ai-base-data-48249693.sql.gz\n    \
cargo mrc53 replay sessions.jsonl --stake proportional:1000000 --from 2026-06-01 --to 2026-07-01\n    \
cargo mrc53 replay sessions.jsonl --stake stakes.csv --csv > days.csv\n    \
cargo mrc53 replay sessions.jsonl --demand > demand.csv"
)]
#[expect(clippy::struct_excessive_bools, reason = "flags that are independent but for what clap is told")]
pub(super) struct ReplayArgs {
    /// The sessions.
    #[arg(value_name = "FILE")]
    file: String,
    /// The first UTC day [default: that of the first session, or of the emission].
    #[arg(long, value_name = "DAY", value_parser = days::parse)]
    from: Option<u32>,
    /// The UTC day after the last [default: that after the last session].
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
}

pub(super) fn run(args: &ReplayArgs) -> Result<()> {
    let stake = Stake::parse(&args.stake)?;
    let progress = Progress::start(format!("reading {}", args.file));
    let bytes = std::fs::read(&args.file).map_err(|error| files::unreadable(&args.file, &error))?;
    let source = Source::read(&bytes).map_err(|error| BadInput::new(format!("{}: {error}", args.file)))?;
    progress.done(format!("read {}, sha256 {}", count(source.sessions.served().len(), "session"), source.sha256));
    let (from, to) = range(args, &source)?;
    let usage = UsageByDay::count(&source.sessions, from, to);
    if args.demand {
        return say(&demand::of(&usage));
    }
    let assumed = stake.assume(&usage, source.sessions.providers())?;
    let days = paid::days(&usage, &assumed).collect();
    let replay = Replay { source, from, to, stake, assumed, days };
    say(&if args.json {
        serde_json::to_string_pretty(&json::of(&replay))?
    } else if args.csv {
        csv::of(&replay)
    } else {
        text::of(&replay, args.days)
    })
}

/// The days that are asked for, inside the emission.
fn range(args: &ReplayArgs, source: &Source) -> Result<(Day, Day), BadInput> {
    let served = source.sessions.served();
    let first = served.iter().map(|session| session.opened_at).min();
    let last = served.iter().map(|session| session.ended_at).max();
    let (Some(first), Some(last)) = (first, last) else {
        return Err(BadInput::new(format!("{}: there is no session in it", args.file)));
    };
    let from = args.from.unwrap_or(Day::of(first).0.max(LAUNCH_DAY.0));
    let to = args.to.unwrap_or(Day::of(last.saturating_sub(1)).next().0.min(LAST_DAY.next().0));
    range_of_emission(from, to)
}
