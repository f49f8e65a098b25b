//! 400 pipelines from Base to here with pauses and retirements on Ethereum, by the rule of finality that the contract has:
//! no day is lost of a keeper that starts to fetch within twelve hours of coverage and looks once a day.
//!
//! The keeper has no old state and no proof from before: of a day it can prove only blocks from its start on.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::*;
use crate::coverage::{first_day_not_covered, first_open_day, moved, Entry};

/// Pipelines, and days of each.
const PIPELINES: u64 = 400;
const DAYS: u64 = 70;
/// A proposal every four hours: enough for what is asked here.
const PROPOSAL_SECONDS: u64 = 4 * HOUR;

/// What happens on Ethereum. Times are unix seconds.
#[derive(Debug)]
struct Ethereum {
    /// Of each proposal the time of its block, and when its game is over.
    proposals: Vec<(u64, u64)>,
    /// Half-open.
    pauses: Vec<(u64, u64)>,
    /// What was proposed before is void from then on.
    retirements: Vec<u64>,
}

impl Ethereum {
    fn random(draw: &mut Draw) -> Self {
        let pauses = (0..=draw.below(4)).map(|_| draw.below(DAYS * SECONDS_PER_DAY));
        let pauses: Vec<_> = pauses.collect();
        let pauses = pauses.into_iter().map(|from| (from, from + HOUR * (12 + draw.below(24 * 15)))).collect();
        let retirements: Vec<_> = (0..draw.below(3)).map(|_| draw.below(DAYS * SECONDS_PER_DAY)).collect();
        let (mut proposals, mut over) = (Vec::new(), 0);
        for block in (0..DAYS * SECONDS_PER_DAY).step_by(PROPOSAL_SECONDS as usize) {
            // A day with two proofs, five with one; never before its parent, which a retirement lets it do without.
            if retirements.iter().any(|retired| (block.saturating_sub(PROPOSAL_SECONDS)..block).contains(retired)) {
                over = 0;
            }
            over = (block + if draw.below(2) == 0 { 1 } else { 5 } * SECONDS_PER_DAY).max(over);
            proposals.push((block, over));
        }
        Self { proposals, pauses, retirements }
    }

    fn is_valid(&self, (block, over): (u64, u64), now: u64) -> bool {
        over <= now
            && !self.pauses.iter().any(|(from, to)| (*from..*to).contains(&now))
            && !self.retirements.iter().any(|retired| block < *retired && *retired <= now)
    }
}

/// The random numbers of a pipeline.
struct Draw(TestRunner);

impl Draw {
    fn new(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Self(TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)))
    }

    fn below(&mut self, end: u64) -> u64 {
        use proptest::strategy::Strategy;
        (0..end).new_tree(&mut self.0).expect("a range").current()
    }
}

/// The contract and the keeper.
struct Pipeline {
    draw: Draw,
    ethereum: Ethereum,
    entries: Vec<Entry>,
    /// Blocks whose roots are opened.
    opened: BTreeSet<u64>,
    /// How long after coverage the keeper starts to fetch.
    late: fn(&mut Draw) -> u64,
    /// The days that the keeper has to prove, and when it starts to fetch.
    fetching: BTreeMap<u32, u64>,
    seen: u32,
    proven: u32,
    lost: u32,
    /// The first day that is not final.
    first_open_day: fn(&[Entry], u64) -> u32,
}

impl Pipeline {
    /// Somebody opens the root of `block`.
    fn open(&mut self, block: u64, now: u64) {
        self.opened.insert(block);
        let covered = first_day_not_covered(block, GRACE_DAYS);
        if let Some(entry) = moved(self.entries.last().copied(), covered, now) {
            self.entries.push(entry);
            let since = now + (self.late)(&mut self.draw);
            for day in self.seen..entry.first_day_not_covered {
                self.fetching.insert(day, since);
            }
            self.seen = entry.first_day_not_covered;
        }
    }

    /// Somebody looks for the newest valid proposal and opens it.
    fn somebody_opens(&mut self, now: u64) {
        let newest = self.ethereum.proposals.iter().rev().find(|proposal| self.ethereum.is_valid(**proposal, now));
        if let Some((block, _)) = newest.copied() {
            self.open(block, now);
        }
    }

    /// The keeper looks: what it has a proof for by a root that is open or valid, it proves.
    fn keeper_acts(&mut self, now: u64) {
        let first_open_day = (self.first_open_day)(&self.entries, now);
        let waiting: Vec<_> = self.fetching.iter().map(|(day, since)| (*day, *since)).collect();
        for (day, since) in waiting {
            if day < first_open_day {
                self.fetching.remove(&day);
                self.lost += 1;
                continue;
            }
            let of_use = self.ethereum.proposals.iter().find(|proposal| {
                proposal.0 >= since && (self.opened.contains(&proposal.0) || self.ethereum.is_valid(**proposal, now))
            });
            if let Some((block, _)) = of_use.copied() {
                self.fetching.remove(&day);
                self.proven += 1;
                self.open(block, now);
            }
        }
    }

    /// What becomes of the days of a keeper that starts so `late`.
    fn run(seed: u64, first_open_day: fn(&[Entry], u64) -> u32, late: fn(&mut Draw) -> u64) -> Self {
        let mut draw = Draw::new(seed);
        let mut pipeline = Self {
            ethereum: Ethereum::random(&mut draw),
            draw,
            late,
            entries: Vec::new(),
            opened: BTreeSet::new(),
            fetching: BTreeMap::new(),
            seen: 0,
            proven: 0,
            lost: 0,
            first_open_day,
        };
        let (mut somebody, mut keeper) = (0, 0);
        while somebody.min(keeper) < DAYS * SECONDS_PER_DAY {
            if somebody < keeper {
                pipeline.somebody_opens(somebody);
                somebody += HOUR + pipeline.draw.below(2 * SECONDS_PER_DAY);
            } else {
                pipeline.keeper_acts(keeper);
                keeper += 1 + pipeline.draw.below(SECONDS_PER_DAY);
            }
        }
        pipeline
    }
}

fn by_the_rule(entries: &[Entry], now: u64) -> u32 {
    first_open_day(entries.len() as u32, now, GRACE_DAYS, WINDOW_DAYS, |number| entries[number as usize])
}

/// The window alone, as if silence did not matter.
fn by_the_window(entries: &[Entry], now: u64) -> u32 {
    let window = u64::from(WINDOW_DAYS) * SECONDS_PER_DAY;
    let over = entries.iter().rev().find(|entry| entry.opened_at + window <= now);
    over.map_or(0, |entry| entry.first_day_not_covered)
}

/// Whenever it likes within half a day, the last second of it included.
fn within_twelve_hours(draw: &mut Draw) -> u64 {
    if draw.below(2) == 0 {
        12 * HOUR
    } else {
        draw.below(12 * HOUR)
    }
}

/// Half a day later still.
fn within_a_day(draw: &mut Draw) -> u64 {
    12 * HOUR + within_twelve_hours(draw)
}

/// How many of the pipelines lose a day of a keeper that starts so `late`, and how many days are proven in all.
fn losing(first_open_day: fn(&[Entry], u64) -> u32, late: fn(&mut Draw) -> u64) -> (usize, u32) {
    let runs: Vec<_> = (0..PIPELINES).map(|seed| Pipeline::run(seed, first_open_day, late)).collect();
    (runs.iter().filter(|run| run.lost > 0).count(), runs.iter().map(|run| run.proven).sum())
}

#[test]
fn law_6_no_pause_and_no_retirement_loses_a_day_of_a_keeper_that_starts_within_twelve_hours_and_looks_once_a_day() {
    let (losing, proven) = losing(by_the_rule, within_twelve_hours);

    assert_eq!(losing, 0);
    assert!(u64::from(proven) > PIPELINES * 20, "the pipelines have run dry: {proven} days");
}

#[test]
fn by_the_window_alone_more_than_half_of_the_pipelines_would_lose_days() {
    let (losing, _) = losing(by_the_window, |_| 0);

    assert!(losing as u64 > PIPELINES / 2, "{losing}");
}

#[test]
fn a_keeper_that_starts_later_than_half_a_day_after_coverage_can_lose_days() {
    let (losing, _) = losing(by_the_rule, within_a_day);

    assert!(losing > 0);
}

#[test]
fn on_the_slowest_path_days_first_covered_before_noon_wait_for_the_window_alone_and_those_after_it_a_day_longer() {
    for (after_midnight, longer) in
        [(0, 0), (12 * HOUR - 1, 0), (12 * HOUR, 0), (12 * HOUR + 1, 1), (SECONDS_PER_DAY - 1, 1)]
    {
        // Every day a root that is five days old, and more.
        let opened_at = |day: u32| covers(DAY + day) + 5 * SECONDS_PER_DAY + after_midnight;
        let entry = |day| Entry { first_day_not_covered: DAY + day + 1, opened_at: opened_at(day) };
        let entries: Vec<_> = (0..20).map(entry).collect();
        let is_final = opened_at(3) + (u64::from(WINDOW_DAYS) + longer) * SECONDS_PER_DAY;

        assert_eq!(by_the_rule(&entries, is_final - 1), DAY + 3, "{after_midnight}");
        assert_eq!(by_the_rule(&entries, is_final), DAY + 4, "{after_midnight}");
    }
}
