//! Ways to run a file: once, for each value of a parameter, against a change of it, or many times at random.
//!
//! | section of the file | runs |
//! |---|---|
//! | none of these | once |
//! | `[sweep]` `path`, `values` | for each value at the path |
//! | `[compare]` `change`: values by path | as it is, and with the changes |
//! | `[random]` `runs`, `seed`, `vary`: `[least, most]` by path | so many times, each path drawn evenly from whole numbers |
//! | `[[stress]]` `title`, `change`, `of`, bounds | as it is, and once for each, with what must hold |

mod plan;
mod quantiles;
mod run;
mod series;
mod stress;

use mrc53_console::failure::BadInput;

use crate::file::File;
use mrc53_books::market::Market;
use mrc53_books::market::run::{self as market_run, MarketDay, Outcome};

pub use plan::{GENERATOR, Plan};
pub use quantiles::{Histogram, Quantiles, quantiles};
pub use run::{Group, Run};
pub use series::{Span, by_year};
pub use stress::{Measure, Stress, Verdict};

use plan::Variant;
use series::Series;

/// Runs `file` as its plan says; `told` hears of each run before it begins: its number, of how many.
///
/// # Errors
/// [`BadInput`] with the key that is wrong.
pub fn all(file: &File, plan: &Plan, mut told: impl FnMut(usize, usize)) -> Result<Vec<Run>, BadInput> {
    let variants = plan.variants(file)?;
    let count = variants.len();
    let in_time = !matches!(plan, Plan::Random(_));
    // One market at a time: each may have many agents.
    let run = |(number, variant): (usize, Variant)| {
        let (with, market) = variant.read(file)?;
        told(number, count);
        Ok(once(with, &market, in_time))
    };
    (1..).zip(variants).map(run).collect()
}

fn once(with: Vec<(String, String)>, market: &Market, in_time: bool) -> Run {
    let (mut last, mut series) = (MarketDay::default(), Series::of(market));
    let Outcome { earned, emitted, paid, needed } = market_run::run(market, |day| {
        last = *day;
        if in_time {
            series.add(day);
        }
    });
    let names = market.agents.iter().map(|agent| agent.name.as_str());
    let groups = run::by_entry(names.zip(earned.into_iter().zip(needed)));
    let (days, spans) = (market.to.0 - market.from.0, series.into_spans());
    Run { with, emitted, paid, groups, spans, last, days }
}
