//! `cargo mrc53 attack`: what an attack on the rule costs in MOR·days, locked MOR and gas, and what it takes from honest
//! subnets.

mod args;
mod assumed;
mod csv;
mod json;
mod priced;
mod said;
mod tables;
mod text;

use anyhow::Result;
use mrc53_console::progress::Progress;

use super::sending::say;

pub(super) use args::AttackArgs;

pub(super) fn run(args: &AttackArgs) -> Result<()> {
    let assumed = assumed::read(args)?;
    let progress = Progress::start("pricing attacks");
    let priced = priced::price(assumed, |kind| progress.detail(kind.name()))?;
    drop(progress);
    say(&if args.json {
        serde_json::to_string_pretty(&json::of(&priced))?
    } else if args.csv {
        csv::of(&priced)
    } else {
        text::of(&priced)
    })
}
