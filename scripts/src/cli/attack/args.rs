//! The command line of `attack`.

use alloy::primitives::U256;
use clap::Args;
use mrc53_books::market::MOST_SESSIONS;
use mrc53_console::{amounts, days};
use mrc53_simulation::attack::gas::{CLOSE, OPEN};
use mrc53_simulation::attack::marketplace::{LEAST_SESSION_SECONDS, MOST_SESSION_SECONDS};
use mrc53_simulation::attack::row::Kind;
use mrc53_simulation::attack::share::Share;
use mrc53_simulation::attack::terms::USUAL_SESSION_SECONDS;

/// Longer than the emission.
const MOST_DAYS: u32 = 10_000;
/// Gas of a call, at most: more than a block has.
const MOST_GAS: u64 = 1 << 40;

#[derive(Args, Debug)]
#[command(
    after_help = "Nothing is asked of a chain. What is paid and lost is the difference of two runs of the simulator, with the attacker and\n\
without; docs/economics.md says what is assumed.\n\n    \
cargo mrc53 attack\n    \
cargo mrc53 attack --kind self-hosting --share 10,50,90 --at 2026-11-27 --days 30\n    \
cargo mrc53 attack --kind dilution --honest-stake 4000000 --gas-price 0.02\n    \
cargo mrc53 attack --session-seconds 300 --price 0.000001 --csv"
)]
pub(in crate::cli) struct AttackArgs {
    /// Which attack: self-hosting, dilution, stake-timing, splitting, or all.
    #[arg(long, value_name = "KIND", default_value = "all", value_parser = kinds)]
    pub(super) kind: Kinds,
    /// Shares of all usage to take, per cent with at most two decimals; timing and splitting use the middle one.
    #[arg(long = "share", value_name = "PERCENT", value_delimiter = ',', default_value = "10,50,90", value_parser = share)]
    pub(super) shares: Vec<Share>,
    /// The first UTC day, as 2025-02-21 or 20140 (unix / 86400) [default: today].
    #[arg(long, value_name = "DAY", value_parser = days::parse)]
    pub(super) at: Option<u32>,
    /// For how many days; timing is for the first one.
    #[arg(long, value_name = "DAYS", default_value = "30", value_parser = amounts::within(1, MOST_DAYS))]
    pub(super) days: u32,
    /// Sessions a day of honest subnets [default: as the presets of `simulate` have them].
    #[arg(long, value_name = "NUMBER", value_parser = amounts::within(1, MOST_SESSIONS))]
    pub(super) sessions: Option<u64>,
    /// Seconds that each of those lasts [default: as the presets of `simulate` have them].
    #[arg(long, value_name = "SECONDS", value_parser = amounts::within(1_u64, 86_400))]
    pub(super) seconds_each: Option<u64>,
    /// What honest subnets stake in all, each at least the minimum; timing and splitting use the first [default: 1000000,
    /// and all that Compute has emitted].
    #[arg(long = "honest-stake", value_name = "MOR", value_delimiter = ',', value_parser = amounts::mor)]
    pub(super) honest_stakes: Vec<U256>,
    /// The stake from which a subnet's day counts [default: the protocol's].
    #[arg(long, value_name = "MOR", value_parser = amounts::mor)]
    pub(super) min_stake: Option<U256>,
    /// For how long the attacker opens its sessions.
    #[arg(long, value_name = "SECONDS", default_value_t = USUAL_SESSION_SECONDS, value_parser = amounts::within(LEAST_SESSION_SECONDS, MOST_SESSION_SECONDS))]
    pub(super) session_seconds: u64,
    /// What a session costs a second [default: the least of a bid, 0.00000001].
    #[arg(long, value_name = "MOR", value_parser = amounts::mor)]
    pub(super) price: Option<U256>,
    /// What providers have claimed for sessions so far.
    #[arg(long, value_name = "MOR", default_value = "0", value_parser = amounts::mor)]
    pub(super) claimed: U256,
    /// Gas of opening a session.
    #[arg(long, value_name = "GAS", default_value_t = OPEN, value_parser = amounts::within(0, MOST_GAS))]
    pub(super) open_gas: u64,
    /// Gas of closing one.
    #[arg(long, value_name = "GAS", default_value_t = CLOSE, value_parser = amounts::within(0, MOST_GAS))]
    pub(super) close_gas: u64,
    /// What a million gas costs in MOR: also show profit and loss.
    #[arg(long, value_name = "MOR", value_parser = amounts::mor)]
    pub(super) gas_price: Option<U256>,
    /// Subnets that splitting makes of one.
    #[arg(long = "parts", value_name = "NUMBER", value_delimiter = ',', default_value = "2,10,100,1000", value_parser = amounts::within(2_u64, 10_000))]
    pub(super) parts: Vec<u64>,
    /// Print JSON instead of tables.
    #[arg(long)]
    pub(super) json: bool,
    /// Print CSV instead of tables: a line for each attack, wei in quotes beside MOR.
    #[arg(long, conflicts_with = "json")]
    pub(super) csv: bool,
}

/// The kinds that one word names.
#[derive(Clone, Debug)]
pub(super) struct Kinds(pub(super) Vec<Kind>);

fn kinds(text: &str) -> Result<Kinds, String> {
    if text == "all" {
        return Ok(Kinds(Kind::ALL.to_vec()));
    }
    let names = || Kind::ALL.map(Kind::name).join(", ");
    Kind::named(text).map(|kind| Kinds(vec![kind])).ok_or_else(|| format!("no kind `{text}`: all, {}", names()))
}

/// A share of usage, in per cent.
fn share(text: &str) -> Result<Share, String> {
    // 1e25 parts are 100 %, two decimals of per cent are kept.
    let (parts, rest) = amounts::percent(text).map_err(|error| error.to_string())?.div_rem(U256::from(10_u128.pow(21)));
    let parts = u64::try_from(parts).ok().filter(|_| rest.is_zero());
    let share = parts.and_then(Share::of);
    share.ok_or_else(|| format!("`{text}` is no share: more than 0 and less than 100, with at most two decimals"))
}
