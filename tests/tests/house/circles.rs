//! Circles in what needs what.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What each needs, and why.
pub(crate) type Needs = BTreeMap<String, BTreeMap<String, String>>;

/// The shortest circle through each of those that are in one, in words; the shortest first.
pub(crate) fn circles(needs: &Needs) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut found: Vec<Vec<&str>> = needs.keys().filter_map(|start| circle(needs, start)).collect();
    found.retain(|circle| seen.insert(circle.iter().copied().collect::<BTreeSet<_>>()));
    found.sort_by_key(Vec::len);
    found.iter().map(|circle| spelled(needs, circle)).collect()
}

/// The shortest way from `start` back to it, both ends included.
fn circle<'a>(needs: &'a Needs, start: &'a str) -> Option<Vec<&'a str>> {
    let mut ways = VecDeque::from([vec![start]]);
    let mut reached = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in needs.get(way[way.len() - 1]).into_iter().flat_map(BTreeMap::keys) {
            let longer = [way.as_slice(), &[next]].concat();
            if next == start {
                return Some(longer);
            }
            if reached.insert(next) {
                ways.push_back(longer);
            }
        }
    }
    None
}

fn spelled(needs: &Needs, circle: &[&str]) -> String {
    let ties = circle.windows(2).map(|pair| format!(" -> {} ({})", pair[1], needs[pair[0]][pair[1]]));
    format!("{}{}", circle[0], ties.collect::<String>())
}
