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
mod series;
mod stress;

use mrc53_console::failure::BadInput;
use mrc53_maths::U256;

use crate::file::File;
use crate::market::Market;
use crate::market::run::{MarketDay, Outcome, run};
use crate::market::subnet::Earned;

pub use plan::{GENERATOR, Plan};
pub use quantiles::{Histogram, Quantiles, quantiles};
pub use series::{Span, by_year};
pub use stress::{Measure, Stress, Verdict};

use series::Series;

/// One run, by what it was run with.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What was set, as it was written; nothing of a baseline.
    pub with: Vec<(String, String)>,
    /// MOR wei that were divided, and paid.
    pub emitted: u128,
    /// MOR wei that were paid.
    pub paid: u128,
    /// By agent.
    pub agents: Vec<(String, Earned)>,
    /// Stake with which an agent's usage of the last day is paid in full while all others stake as they do, MOR wei; none
    /// where no stake is enough. By agent.
    pub needed: Vec<Option<U256>>,
    /// In the course of time; nothing of a run at random.
    pub spans: Vec<Span>,
    /// The last day.
    pub last: MarketDay,
    /// Days that the run has.
    pub days: u32,
}

/// Subnets of one kind: those that an entry of the file made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The entry's name.
    pub name: String,
    /// How many subnets.
    pub number: usize,
    /// What they did and earned together; days of all of them are added up.
    pub earned: Earned,
    /// What they need together, each beside the others as they are: [`Run::needed`].
    pub needed: Option<U256>,
}

impl Run {
    /// The agents by the entries of the file, in order.
    #[must_use]
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for ((name, earned), needed) in self.agents.iter().zip(&self.needed) {
            // Agents of an entry are numbered behind a space, which no name has.
            let name = name.split(' ').next().unwrap_or_default();
            match groups.last_mut().filter(|group| group.name == name) {
                Some(group) => {
                    group.number += 1;
                    group.earned = group.earned.plus(earned);
                    group.needed = group.needed.zip(*needed).map(|(one, other)| one.saturating_add(other));
                }
                None => groups.push(Group { name: name.to_owned(), number: 1, earned: *earned, needed: *needed }),
            }
        }
        groups
    }
}

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
