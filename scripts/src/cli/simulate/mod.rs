//! `cargo mrc53 simulate`: a market of subnets by a file or a preset: once, swept, compared, at random, or under stress.

mod answers;
mod csv;
mod html;
mod json;
mod simulation;
mod svg;
mod text;

use anyhow::{Result, bail};
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
cargo mrc53 simulate --answers\n    \
cargo mrc53 simulate --list\n    \
cargo mrc53 simulate --preset stakes\n    \
cargo mrc53 simulate --preset stakes --show > mine.toml\n    \
cargo mrc53 simulate mine.toml --csv\n    \
cargo mrc53 simulate mine.toml --html > mine.html"
)]
#[expect(clippy::struct_excessive_bools, reason = "flags that are independent but for what clap is told")]
pub(super) struct SimulateArgs {
    /// The file; docs/economics.md has its format.
    #[arg(value_name = "FILE", required_unless_present_any = ["preset", "list", "answers"], conflicts_with_all = ["preset", "answers"])]
    file: Option<String>,
    /// A file that comes with the tool.
    #[arg(long, value_name = "NAME")]
    preset: Option<String>,
    /// List the presets.
    #[arg(long, exclusive = true)]
    list: bool,
    /// Answer what voters, operators and stakers ask, each with a number and the command that shows more.
    #[arg(long, conflicts_with_all = ["preset", "show", "csv", "svg", "html"])]
    answers: bool,
    /// Print the file instead of running it.
    #[arg(long, group = "output")]
    show: bool,
    /// Print JSON instead of tables.
    #[arg(long, group = "output")]
    json: bool,
    /// Print CSV instead of tables: a line for each run and kind of subnet, wei in quotes beside MOR.
    #[arg(long, group = "output")]
    csv: bool,
    /// Print a chart instead of tables, as SVG.
    #[arg(long, group = "output")]
    svg: bool,
    /// Print a page with charts instead of tables: one file, which opens without a network.
    #[arg(long, group = "output")]
    html: bool,
}

pub(super) fn run(args: &SimulateArgs) -> Result<()> {
    if args.list {
        let mut table = new_table(2, &["preset", "what it answers"]);
        for preset in PRESETS {
            table.add_row([preset.name, preset.title()]);
        }
        return say(&table.to_string());
    }
    if args.answers {
        return say(&answers::of(args.json)?);
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
    let title = text.lines().next().and_then(|line| line.strip_prefix("# ")).map(str::to_owned);
    let simulation = Simulation { name, title, plan, runs };
    say(&if args.json {
        serde_json::to_string_pretty(&json::of(&simulation))?
    } else if args.csv {
        csv::of(&simulation)
    } else if args.svg {
        svg::of(&simulation)?
    } else if args.html {
        html::of(&simulation)?
    } else {
        text::of(&simulation)
    })?;
    match simulation.failed() {
        0 => Ok(()),
        failed => bail!("{name}: {failed} of the stress tests: what must hold does not", name = simulation.name),
    }
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
