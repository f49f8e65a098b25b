//! The numbered laws of proving on random histories: any order of roots, proofs, callers and tampering.
//!
//! 1. What is proven for a day equals the bucket on Base.
//! 2. The proven subnets sum up to the total.
//! 3. Buckets of a final day never change.
//! 4. No order of roots, proofs and callers changes a final day.
//! 5. No root that was not accepted, no proof that does not verify, changes anything.
//! 6. No pipeline on Ethereum loses a day of a keeper in time: in `pipelines`.

use std::collections::BTreeMap;

use mrc53_ledger::usage::{Usage, UsageWord};
use proptest::prelude::*;

use super::*;

const SUBNETS: [Address; 3] = [SUBNET, OTHER_SUBNET, ANYONE];
const DAYS: std::ops::Range<u32> = DAY - 2..DAY + 7;
/// Seconds between two blocks, and how many there are.
const BETWEEN: u64 = 20 * HOUR;
const BLOCKS: u64 = 12;

/// What somebody does.
#[derive(Clone, Debug)]
enum Act {
    Accept(usize),
    Open(usize),
    /// Some of the words, by the bits of a number.
    Prove(usize, u32),
    /// A proof with a byte of it changed.
    Tamper(usize, u32, prop::sample::Index),
    Wait(u64),
}

fn act() -> impl Strategy<Value = Act> {
    let block = || 0..BLOCKS as usize;
    prop_oneof![
        2 => block().prop_map(Act::Accept),
        3 => block().prop_map(Act::Open),
        4 => (block(), any::<u32>()).prop_map(|(block, words)| Act::Prove(block, words)),
        1 => (block(), any::<u32>(), any::<prop::sample::Index>()).prop_map(|(b, w, i)| Act::Tamper(b, w, i)),
        2 => (0..2 * SECONDS_PER_DAY).prop_map(Act::Wait),
    ]
}

/// What subnets host, by subnet and day.
fn usage() -> impl Strategy<Value = Base> {
    prop::collection::vec((0..SUBNETS.len(), DAYS, 1..100_000_u64, 0..9_u32), 1..30).prop_map(|hosted| {
        let mut base = Base::default();
        for (subnet, day, seconds, sessions) in hosted {
            base.host(SUBNETS[subnet], day, seconds, sessions);
        }
        base
    })
}

/// The blocks of `base`: of a day that is not final on Base yet, only the half has been booked.
fn blocks(base: &Base) -> Vec<Block> {
    let block = |number: u64| {
        let timestamp = covers(DAYS.start) - BETWEEN + number * BETWEEN;
        let mut so_far = Base::default();
        for day in DAYS {
            for subnet in SUBNETS {
                let Usage { seconds, sessions } = base.hosted(subnet, day);
                let (seconds, sessions) =
                    if covers(day) <= timestamp { (seconds, sessions) } else { (seconds / 2, sessions / 2) };
                if (seconds, sessions) != (0, 0) {
                    so_far.host(subnet, day, seconds, sessions);
                }
            }
        }
        so_far.block(timestamp)
    };
    (0..BLOCKS).map(block).collect()
}

/// A history as it is played.
struct History {
    world: World,
    base: Base,
    blocks: Vec<Block>,
    now: u64,
    finals: BTreeMap<(Address, u32), DayUsage>,
}

impl History {
    fn new(base: Base) -> Self {
        let (world, blocks) = (World::new(), blocks(&base));
        // No eligible days of the last subnet on every third day.
        world.alignment.sender(ANYONE).set(ANYONE, true);
        for day in DAYS.step_by(3) {
            world.alignment.sender(ANYONE).except(ANYONE, day, true);
        }
        let now = blocks[0].timestamp;
        Self { world, base, blocks, now, finals: BTreeMap::new() }
    }

    fn words(&self, bits: u32) -> Vec<Word> {
        let words = self.base.words().into_iter().enumerate();
        words.filter(|(at, _)| bits >> (at % 32) & 1 == 1).map(|(_, word)| word).collect()
    }

    fn all(&self) -> Vec<DayUsage> {
        SUBNETS.iter().flat_map(|subnet| DAYS.map(|day| self.world.usage(*subnet, day))).collect()
    }

    fn play(&mut self, act: &Act) -> Result<(), TestCaseError> {
        clock::set(self.now);
        let before = (self.all(), self.world.coverage());
        let refused = match act {
            Act::Accept(number) => {
                self.world.accept(self.blocks[*number].root);
                false
            }
            Act::Open(number) => self.world.open_at(self.now, &self.blocks[*number]).is_err(),
            Act::Prove(number, words) => {
                self.world.prove_at(self.now, &self.blocks[*number], &self.words(*words)).is_err()
            }
            Act::Tamper(number, words, at) => self.tamper(*number, *words, *at)?,
            Act::Wait(seconds) => {
                self.now += seconds;
                false
            }
        };
        if refused {
            prop_assert_eq!((self.all(), self.world.coverage()), before, "law 5: {:?}", act);
        }
        self.check()
    }

    /// Sends a proof with a byte changed; it is refused.
    fn tamper(&self, number: usize, words: u32, at: prop::sample::Index) -> Result<bool, TestCaseError> {
        let block = &self.blocks[number];
        let (subnets, numbers, mut nodes) = block.proof(&self.words(words));
        if nodes.is_empty() {
            return Ok(false);
        }
        let at = at.index(nodes.len());
        nodes[at] ^= 1;
        let result = self.world.proofs.sender(ANYONE).prove(block.root, subnets, numbers, nodes.into()).motsu_res();
        prop_assert!(result.is_err(), "law 5");
        Ok(true)
    }

    fn check(&mut self) -> Result<(), TestCaseError> {
        let first_open_day = self.world.first_open_day_at(self.now);
        for day in DAYS {
            let (mut seconds, mut sessions) = (0, 0);
            for subnet in SUBNETS {
                let usage = self.world.usage(subnet, day);
                let proven = Usage { seconds: usage.subnetSeconds, sessions: usage.subnetSessions };
                let hosted = self.base.hosted(subnet, day);
                prop_assert!(proven == hosted || proven == Usage::default(), "law 1: {:?}, {:?}", proven, hosted);
                seconds += proven.seconds;
                sessions += proven.sessions;
                if day < first_open_day {
                    let now = self.world.usage(subnet, day);
                    let then = self.finals.entry((subnet, day)).or_insert(now);
                    prop_assert_eq!(&*then, &self.world.usage(subnet, day), "law 3");
                }
            }
            let total = self.world.usage(SUBNET, day);
            prop_assert_eq!((total.totalSeconds, total.totalSessions), (seconds, sessions), "law 2");
        }
        Ok(())
    }

    /// Everything that the views answer of days and coverage, from the events alone.
    fn rebuild(&self) -> Result<(), TestCaseError> {
        let mut words: BTreeMap<Word, UsageWord> = BTreeMap::new();
        let mut covered = vec![0];
        for event in self.world.proofs.all_events() {
            if let Ok(WordProven { subnet, word, added, .. }) = WordProven::decode_log_data(&event, true) {
                let (added, known) = (UsageWord::from_bytes(added.0), words.entry((subnet, word)).or_default());
                for day in 4 * word..4 * (word + 1) {
                    *known = known.with_added(day, added.day(day)).expect("as it was added");
                }
            }
            if let Ok(opened) = RootOpened::decode_log_data(&event, true) {
                covered.push(opened.firstDayNotCovered.max(covered[covered.len() - 1]));
            }
        }
        covered.dedup();
        prop_assert_eq!(&covered[1..], self.world.coverage().iter().map(|entry| entry.0).collect::<Vec<_>>());
        for subnet in SUBNETS {
            for day in DAYS {
                let told = words.get(&(subnet, UsageWord::index_of(day))).copied().unwrap_or_default().day(day);
                prop_assert_eq!(self.world.proven(subnet, day), (told.seconds, told.sessions), "events");
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn laws_1_2_3_and_5_hold_after_every_act_and_events_rebuild_what_it_left(base in usage(), acts in prop::collection::vec(act(), 1..60)) {
        let mut history = History::new(base);
        for act in &acts {
            history.play(act)?;
        }
        history.rebuild()?;
    }

    #[test]
    fn law_4_no_order_of_roots_and_proofs_changes_a_final_day(
        base in usage(),
        order in Just((0..BLOCKS as usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let (mut straight, mut shuffled) = (History::new(base.clone()), History::new(base));
        let last = straight.blocks[BLOCKS as usize - 1].timestamp;
        for (history, order) in [(&mut straight, (0..BLOCKS as usize).collect()), (&mut shuffled, order)] {
            // All within the shortest time in which nothing becomes final.
            history.now = last;
            for number in order {
                history.play(&Act::Accept(number))?;
                history.play(&Act::Open(number))?;
                history.play(&Act::Prove(number, u32::MAX))?;
            }
        }
        prop_assert_eq!(straight.all(), shuffled.all());
        let covered = straight.world.coverage().last().map_or(0, |entry| entry.0);
        for day in DAYS.start..covered {
            for subnet in SUBNETS {
                let hosted = straight.base.hosted(subnet, day);
                let eligible = subnet != ANYONE || !(day - DAYS.start).is_multiple_of(3);
                let expected = if eligible { (hosted.seconds, hosted.sessions) } else { (0, 0) };
                prop_assert_eq!(straight.world.proven(subnet, day), expected);
            }
        }
    }
}
