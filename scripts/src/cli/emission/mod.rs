//! `cargo mrc53 emission`: what MOR's five pools emit, by which clock, and what stake earns and needs.

mod json;
mod said;
mod text;

use alloy::primitives::U256;
use anyhow::Result;
use clap::Args;
use mrc53_books::pools::Pool;
use mrc53_books::stake_side;
use mrc53_console::amounts;
use mrc53_console::days;
use mrc53_console::failure::BadInput;
use mrc53_console::show::trimmed;

use self::said::Emission;
use super::sending::say;
use super::span::{range_of_emission, today};

#[derive(Args, Debug)]
#[command(after_help = "Nothing is asked of a chain: the emission is fixed.\n\n    \
cargo mrc53 emission\n    \
cargo mrc53 emission --at 2028-01-01 --pool compute --total-stake 1000000\n    \
cargo mrc53 emission --from 2026-01-01 --to 2027-01-01 --json")]
pub(super) struct EmissionArgs {
    /// Only these pools, all five unless named: capital, code, builders, compute, protection.
    #[arg(long = "pool", value_name = "POOL", value_parser = pool)]
    pools: Vec<Pool>,
    /// The UTC day, as 2025-02-21 or 20140 (unix / 86400) [default: today].
    #[arg(long, value_name = "DAY", value_parser = days::parse)]
    at: Option<u32>,
    /// The first of several UTC days.
    #[arg(long, value_name = "DAY", value_parser = days::parse, requires = "to", conflicts_with = "at")]
    from: Option<u32>,
    /// The UTC day after the last of them.
    #[arg(long, value_name = "DAY", value_parser = days::parse, requires = "from")]
    to: Option<u32>,
    /// What all subnets have staked on each of the days, all day long: what it would be paid while usage never binds.
    #[arg(long, value_name = "MOR", value_parser = amounts::mor)]
    total_stake: Option<U256>,
    /// Print JSON instead of tables.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &EmissionArgs) -> Result<()> {
    let emission = asked(args)?;
    say(&if args.json { serde_json::to_string_pretty(&json::of(&emission))? } else { text::of(&emission) })
}

fn pool(text: &str) -> Result<Pool, String> {
    Pool::named(text).ok_or_else(|| format!("no pool `{text}`: {}", Pool::ALL.map(Pool::name).join(", ")))
}

/// The days and pools that are asked for.
fn asked(args: &EmissionArgs) -> Result<Emission, BadInput> {
    let (from, to) = args.from.zip(args.to).unwrap_or_else(|| {
        let day = args.at.unwrap_or_else(today);
        (day, day.saturating_add(1))
    });
    let (from, to) = range_of_emission(from, to)?;
    let total_stake = args.total_stake.map(|wei| {
        stake_side::stakeable(wei)
            .ok_or_else(|| BadInput::new(format!("--total-stake: {} MOR is more than there can be", trimmed(wei))))
    });
    if args.total_stake.is_some() && !args.pools.is_empty() && !args.pools.contains(&Pool::Compute) {
        return Err(BadInput::new("--total-stake is of Compute's stake side: add --pool compute"));
    }
    let is_meant = |pool: &Pool| args.pools.is_empty() || args.pools.contains(pool);
    let pools = Pool::ALL.into_iter().filter(is_meant).collect();
    Ok(Emission { pools, from, to, total_stake: total_stake.transpose()? })
}
