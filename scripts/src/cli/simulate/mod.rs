//! `cargo mrc53 simulate`: a market of subnets by a file or a preset: once, swept, compared, or at random.

mod csv;
mod json;
mod simulation;
mod text;

use anyhow::Result;
use clap::Args;
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use mrc53_console::progress::Progress;
use mrc53_console::show::new_table;
use mrc53_simulation::file::{File, MOST_COUNTED_BYTES, PRESETS, Preset};
use mrc53_simulation::runs::{self, Plan};

use self::simulation::Simulation;
use super::sending::say;

#[derive(Args, Debug)]
#[command(
    after_help = "Nothing is asked of a chain. Presets answer questions that people ask, and are files to begin from:\n\n    \
cargo mrc53 simulate --list\n    \
cargo mrc53 simulate --preset stakes\n    \
cargo mrc53 simulate --preset stakes --show > mine.toml\n    \
cargo mrc53 simulate mine.toml --csv"
)]
#[expect(clippy::struct_excessive_bools, reason = "flags that are independent but for what clap is told")]
pub(super) struct SimulateArgs {
    /// The file; docs/economics.md has its format.
    #[arg(value_name = "FILE", required_unless_present_any = ["preset", "list"], conflicts_with = "preset")]
    file: Option<String>,
    /// A file that comes with the tool.
    #[arg(long, value_name = "NAME")]
    preset: Option<String>,
    /// List the presets.
    #[arg(long, exclusive = true)]
    list: bool,
    /// Print the file instead of running it.
    #[arg(long, conflicts_with_all = ["json", "csv"])]
    show: bool,
    /// Print JSON instead of tables.
    #[arg(long)]
    json: bool,
    /// Print CSV instead of tables: a line for each run and kind of subnet, wei in quotes beside MOR.
    #[arg(long, conflicts_with = "json")]
    csv: bool,
}

pub(super) fn run(args: &SimulateArgs) -> Result<()> {
    if args.list {
        let mut table = new_table(2, &["preset", "what it answers"]);
        for preset in PRESETS {
            table.add_row([preset.name, preset.title()]);
        }
        return say(&table.to_string());
    }
    let (name, text) = source(args)?;
    if args.show {
        return say(text.trim_end());
    }
    let file = File::parse(&name, &text, |path| files::read_beside(&name, path, MOST_COUNTED_BYTES))?;
    let plan = Plan::of(&file)?;
    let progress = Progress::start(format!("simulating {name}"));
    let runs = runs::all(&file, &plan, |number, count| {
        if count > 1 {
            progress.detail(format!("run {number} of {count}"));
        }
    })?;
    drop(progress);
    let simulation = Simulation { name, plan, runs };
    say(&if args.json {
        serde_json::to_string_pretty(&json::of(&simulation))?
    } else if args.csv {
        csv::of(&simulation)
    } else {
        text::of(&simulation)
    })
}

/// The file's name and text.
fn source(args: &SimulateArgs) -> Result<(String, String), BadInput> {
    if let Some(name) = &args.preset {
        let preset = Preset::named(name).ok_or_else(|| {
            let names = PRESETS.map(|preset| preset.name).join(", ");
            BadInput::new(format!("no preset `{name}`: {names}"))
        })?;
        return Ok((preset.name.to_owned(), preset.text.to_owned()));
    }
    let file = args.file.clone().unwrap_or_default();
    let text = files::read(&file)?;
    Ok((file, text))
}
