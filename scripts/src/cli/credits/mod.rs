//! `cargo mrc53 credits`: inference credits of a builder subnet, step by step, and what is open in the steps.

mod json;
mod reckoning;
mod text;

use alloy::primitives::U256;
use anyhow::Result;
use clap::Args;
use mrc53_console::amounts;
use mrc53_console::days;
use mrc53_console::failure::BadInput;
use mrc53_simulation::credits::{self, Assumptions};

use self::reckoning::Reckoning;
use super::sending::say;
use super::span::{of_emission, today};

#[derive(Args, Debug)]
#[command(
    after_help = "Nothing is asked of a chain or of the gateway: these are the seed's formulas with what you assume.\n\n    \
cargo mrc53 credits --own 1000 --others 1909000 --price 2\n    \
cargo mrc53 credits --own 0 --others 1909000 --price 2 --target 10 --network-share 0.775\n    \
cargo mrc53 credits --own 1000 --others 1909000 --price 2 --tokens 2000000 500000 --token-prices 0.5 2"
)]
pub(super) struct CreditsArgs {
    /// MOR of your own in builder subnets.
    #[arg(long, value_name = "MOR", value_parser = amounts::mor)]
    own: U256,
    /// MOR of all others in builder subnets.
    #[arg(long, value_name = "MOR", value_parser = amounts::mor)]
    others: U256,
    /// USD of a MOR.
    #[arg(long, value_name = "USD", value_parser = decimal)]
    price: f64,
    /// The gateway's factor.
    #[arg(long, value_name = "NUMBER", value_parser = decimal, default_value = "1")]
    factor: f64,
    /// The part of the Builders pool that this network has, 0 to 1; the owner of `BuildersV4` sets it.
    #[arg(long, value_name = "NUMBER", value_parser = decimal, default_value = "1")]
    network_share: f64,
    /// The UTC date, as 2025-02-21 or 20140 (unix / 86400) [default: today].
    #[arg(long, value_name = "DAY", value_parser = days::parse)]
    at: Option<u32>,
    /// Also the stake that earns so much a day.
    #[arg(long, value_name = "USD", value_parser = decimal)]
    target: Option<f64>,
    /// Also the cost of so many tokens, in and out.
    #[arg(long, num_args = 2, value_names = ["IN", "OUT"], value_parser = decimal)]
    tokens: Option<Vec<f64>>,
    /// USD for a million tokens, in and out.
    #[arg(long, num_args = 2, value_names = ["IN", "OUT"], value_parser = decimal, default_values = ["0.5", "2"], requires = "tokens")]
    token_prices: Vec<f64>,
    /// Print JSON instead of text.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &CreditsArgs) -> Result<()> {
    let reckoning = reckon(args)?;
    say(&if args.json { serde_json::to_string_pretty(&json::of(&reckoning))? } else { text::of(&reckoning) })
}

/// A decimal number of digits and at most one point.
/// More than any price, factor or number of tokens.
const MOST: f64 = 1e15;

fn decimal(text: &str) -> Result<f64, String> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number = text.parse::<f64>().ok().filter(|number| is_plain && *number < MOST);
    number.ok_or_else(|| format!("`{text}` is no number such as 2 or 0.25, below 10^15"))
}

/// What follows from what is assumed.
fn reckon(args: &CreditsArgs) -> Result<Reckoning, BadInput> {
    let day = of_emission(args.at.unwrap_or_else(today))?;
    if args.network_share > 1.0 {
        return Err(BadInput::new(format!("--network-share {}: a part is at most 1", args.network_share)));
    }
    let assumed = Assumptions {
        day,
        own_mor: f64::from(args.own) / 1e18,
        others_mor: f64::from(args.others) / 1e18,
        price_usd: args.price,
        factor: args.factor,
        network_share: args.network_share,
    };
    let pair = |values: &[f64]| [values.first(), values.get(1)].map(|value| value.copied().unwrap_or_default());
    Ok(Reckoning {
        assumed,
        credits: assumed.credits(),
        required: args.target.map(|target| (target, assumed.required(target))),
        cost: args.tokens.as_ref().map(|tokens| credits::cost_usd(pair(tokens), pair(&args.token_prices))),
    })
}
