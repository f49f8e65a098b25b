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
use crate::market::Market;
use crate::market::run::{MarketDay, Outcome, run};

pub use plan::{GENERATOR, Plan};
pub use quantiles::{Histogram, Quantiles, quantiles};
pub use run::{Group, Run};
pub use series::{Span, by_year};
pub use stress::{Measure, Stress, Verdict};

use series::Series;

/// Runs `file` as its plan says; `told` hears of each run before it begins: its number, of how many.
///
/// # Errors
/// [`BadInput`] with the key that is wrong, before the first run.
pub fn all(file: &File, plan: &Plan, mut told: impl FnMut(usize, usize)) -> Result<Vec<Run>, BadInput> {
    let variants = plan.variants(file)?;
    let count = variants.len();
    let run = |(number, (with, market))| {
        told(number, count);
        once(with, &market, !matches!(plan, Plan::Random(_)))
    };
    Ok((1..).zip(variants).map(run).collect())
}

fn once(with: Vec<(String, String)>, market: &Market, in_time: bool) -> Run {
    let (mut last, mut series) = (MarketDay::default(), Series::of(market));
    let Outcome { earned, emitted, paid, needed } = run(market, |day| {
        last = *day;
        if in_time {
            series.add(day);
        }
    });
    let agents = market.agents.iter().map(|agent| agent.name.clone()).zip(earned).collect();
    let (days, spans) = (market.to.0 - market.from.0, series.into_spans());
    Run { with, emitted, paid, agents, needed, spans, last, days }
}
