//! One run of a market, and its subnets by kind.

use mrc53_maths::U256;

use super::series::Span;
use mrc53_books::market::run::MarketDay;
use mrc53_books::market::subnet::Earned;

/// One run, by what it was run with.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What was set, as it was written; nothing of a baseline.
    pub with: Vec<(String, String)>,
    /// MOR wei that were divided, and paid.
    pub emitted: u128,
    /// MOR wei that were paid.
    pub paid: u128,
    /// The agents by the entries of the file, in order.
    pub groups: Vec<Group>,
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
    /// Stake with which what they host on the last day counts and is paid in full, each while all others stake as they do,
    /// MOR wei, added up; none where no stake is enough.
    pub needed: Option<U256>,
}

/// Agents with what they earned and need, by the entries of the file.
pub(super) fn by_entry<'a>(agents: impl Iterator<Item = (&'a str, (Earned, Option<U256>))>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (name, (earned, needed)) in agents {
        // Agents of an entry are numbered behind a space, which no name has.
        let name = name.split(' ').next().unwrap_or_default();
        match groups.last_mut().filter(|group| group.name == name) {
            Some(group) => {
                group.number += 1;
                group.earned = group.earned.plus(&earned);
                group.needed = group.needed.zip(needed).map(|(one, other)| one.saturating_add(other));
            }
            None => groups.push(Group { name: name.to_owned(), number: 1, earned, needed }),
        }
    }
    groups
}
