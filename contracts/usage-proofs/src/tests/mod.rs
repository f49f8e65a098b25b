//! Unit tests, one file per rule, and the world they share: Base in tries, and an alignment that answers which days count.

use alloy_primitives::{address, Address, LogData, B256};
use alloy_sol_types::SolEvent;
use motsu::prelude::*;
use mrc53_interfaces::recorder::DayUsage;
use mrc53_testing::{clock, Eligibility};

use crate::{DayPassedOver, Error, PassedOver, RootAccepted, RootOpened, UsageProofs, WordProven};

mod accepting;
mod arguments;
mod base;
mod calculator;
mod constructing;
mod encoding;
mod finality;
mod laws;
mod layout;
mod opening;
mod passing_over;
mod pipelines;
mod proving;
mod refusing;
mod usage;

use base::{Base, Block, Word, BUCKETS, CODE_HASH};

/// 2025-02-21, the first day of its word.
const DAY: u32 = 20_140;
const SECONDS_PER_DAY: u64 = 86_400;
const HOUR: u64 = 3_600;
const GRACE_DAYS: u32 = 3;
const WINDOW_DAYS: u32 = 7;

const SUBNET: Address = address!("5000000000000000000000000000000000000001");
const OTHER_SUBNET: Address = address!("5000000000000000000000000000000000000002");
const RELAY: Address = address!("1111000000000000000000000000000000002222");
const ANYONE: Address = address!("a000000000000000000000000000000000000001");

const fn midnight(day: u32) -> u64 {
    day as u64 * SECONDS_PER_DAY
}

/// The first second at which a header covers `day`.
const fn covers(day: u32) -> u64 {
    midnight(day + 1 + GRACE_DAYS)
}

/// The contract, with an alignment that finds both subnets eligible on every day.
struct World {
    proofs: Contract<UsageProofs>,
    alignment: Contract<Eligibility>,
}

impl World {
    fn new() -> Self {
        let world = Self { proofs: Contract::random(), alignment: Contract::random() };
        let alignment = world.alignment.address();
        world
            .proofs
            .sender(ANYONE)
            .constructor(RELAY, BUCKETS, CODE_HASH, GRACE_DAYS, alignment, WINDOW_DAYS)
            .motsu_unwrap();
        for subnet in [SUBNET, OTHER_SUBNET] {
            world.alignment.sender(ANYONE).set(subnet, true);
        }
        world
    }

    /// A world in which the block of `base` at `timestamp` is opened in its own second.
    fn opened(base: &Base, timestamp: u64) -> (Self, Block) {
        let (world, block) = (Self::new(), base.block(timestamp));
        world.accept_and_open(&block, timestamp);
        (world, block)
    }

    fn accept(&self, root: B256) {
        self.proofs.sender(RELAY).accept_root(root).motsu_unwrap();
    }

    fn open_at(&self, now: u64, block: &Block) -> Result<(), Error> {
        clock::set(now);
        let Block { root, state_root, header, account_proof, .. } = block.clone();
        let passer = Block::message_passer_root();
        self.proofs.sender(ANYONE).open_root(root, state_root, passer, header.into(), account_proof.into()).motsu_res()
    }

    #[track_caller]
    fn accept_and_open(&self, block: &Block, now: u64) {
        self.accept(block.root);
        self.open_at(now, block).expect("a root that was sent, of a state with the buckets");
    }

    /// Proves `words` by `block` and returns how many days were added.
    fn prove_at(&self, now: u64, block: &Block, words: &[Word]) -> Result<u32, Error> {
        let (subnets, numbers, nodes) = block.proof(words);
        clock::set(now);
        self.proofs.sender(ANYONE).prove(block.root, subnets, numbers, nodes.into()).motsu_res()
    }

    fn usage(&self, subnet: Address, day: u32) -> DayUsage {
        self.proofs.sender(ANYONE).usage_of(subnet, day)
    }

    /// Seconds and sessions of the subnet.
    fn proven(&self, subnet: Address, day: u32) -> (u64, u32) {
        let usage = self.usage(subnet, day);
        (usage.subnetSeconds, usage.subnetSessions)
    }

    fn first_open_day_at(&self, now: u64) -> u32 {
        clock::set(now);
        self.proofs.sender(ANYONE).first_open_day()
    }

    fn coverage(&self) -> Vec<(u32, u64)> {
        let entries = self.proofs.sender(ANYONE).coverage_entries();
        (0..entries).map(|number| self.proofs.sender(ANYONE).coverage_entry(number)).collect()
    }

    /// The events of `act`, oldest first.
    fn events_of(&self, act: impl FnOnce()) -> Vec<LogData> {
        let before = self.proofs.all_events().len();
        act();
        self.proofs.all_events().split_off(before)
    }
}

fn accepted_event(root: B256) -> LogData {
    RootAccepted { root }.encode_log_data()
}

fn opened_event(block: &Block, first_day_not_covered: u32) -> LogData {
    RootOpened {
        root: block.root,
        timestamp: block.timestamp,
        storageRoot: B256::new(block.storage.root()),
        firstDayNotCovered: first_day_not_covered,
    }
    .encode_log_data()
}

fn proven_event(block: &Block, subnet: Address, word: u32, added: B256) -> LogData {
    WordProven { subnet, word, root: block.root, added }.encode_log_data()
}

fn passed_over_event(subnet: Address, day: u32, reason: PassedOver) -> LogData {
    DayPassedOver { subnet, day, reason: reason as u8 }.encode_log_data()
}
