//! Ways to run a file: once, for each value of a parameter, against a change of it, or many times at random.
//!
//! | section of the file | runs |
//! |---|---|
//! | none of these | once |
//! | `[sweep]` `path`, `values` | for each value at the path |
//! | `[compare]` `change`: values by path | as it is, and with the changes |
//! | `[random]` `runs`, `seed`, `vary`: `[least, most]` by path | so many times, each path drawn evenly from whole numbers |

mod plan;
mod quantiles;

use mrc53_console::failure::BadInput;

use crate::file::File;
use crate::market::Market;
use crate::market::run::{MarketDay, Outcome, run};
use crate::market::subnet::Earned;

pub use plan::{GENERATOR, Plan};
pub use quantiles::{Quantiles, quantiles};

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
}

impl Run {
    /// The agents by the entries of the file, in order.
    #[must_use]
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for (name, earned) in &self.agents {
            // Agents of an entry are numbered behind a space, which no name has.
            let name = name.split(' ').next().unwrap_or_default();
            match groups.last_mut().filter(|group| group.name == name) {
                Some(group) => {
                    group.number += 1;
                    group.earned = group.earned.plus(earned);
                }
                None => groups.push(Group { name: name.to_owned(), number: 1, earned: *earned }),
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
        once(with, &market)
    };
    Ok((1..).zip(variants).map(run).collect())
}

fn once(with: Vec<(String, String)>, market: &Market) -> Run {
    let mut last = MarketDay::default();
    let Outcome { earned, emitted, paid } = run(market, |day| last = *day);
    let agents = market.agents.iter().map(|agent| agent.name.clone()).zip(earned).collect();
    Run { with, emitted, paid, agents, last, days: market.to.0 - market.from.0 }
}
