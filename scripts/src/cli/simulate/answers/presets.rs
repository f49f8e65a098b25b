//! Runs of presets, and what is read from them.

use alloy::primitives::U256;
use anyhow::{Context, Result};
use mrc53_console::show::{grouped_fine_mor, grouped_mor};
use mrc53_maths::Day;
use mrc53_simulation::file::{File, Preset};
use mrc53_simulation::runs::{self, Plan, Run};

/// The first day of the presets that have one of a year or more, 2026-11-27.
pub(super) const FIRST_DAY: Day = Day(20_784);

/// The runs of a preset.
pub(super) fn runs(name: &str) -> Result<Vec<Run>> {
    let preset = Preset::named(name).with_context(|| format!("no preset {name}"))?;
    let file = File::of_preset(preset)?;
    Ok(runs::all(&file, &Plan::of(&file)?, |_, _| ())?)
}

/// The only run of a preset.
pub(super) fn run(name: &str) -> Result<Run> {
    runs(name)?.pop().with_context(|| format!("no run of {name}"))
}

/// What an entry of the file was paid, MOR wei.
pub(super) fn paid_to(run: &Run, name: &str) -> u128 {
    run.groups.iter().filter(|group| group.name == name).map(|group| group.earned.paid).sum()
}

/// What each run paid, as people read it.
pub(super) fn paid_by_each(runs: &[Run]) -> String {
    list(runs.iter().map(|run| mor(run.paid)))
}

/// `a, b and c`.
pub(super) fn list(words: impl IntoIterator<Item = String>) -> String {
    let words: Vec<String> = words.into_iter().collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

pub(super) fn fine(wei: u128) -> String {
    grouped_fine_mor(U256::from(wei))
}

pub(super) fn mor(wei: u128) -> String {
    grouped_mor(U256::from(wei))
}
