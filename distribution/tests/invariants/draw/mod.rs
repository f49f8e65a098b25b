//! Drawing histories: who tries what, how often, and in which short sequences that hurt most.
//!
//! Most calls are drawn one by one. Some come in pairs that a hostile mind would send together: a fee cut right before
//! a settlement, a withdrawal in the second before the lock ends, a plan to call back and the payment that calls.

mod calls;
mod lies;
mod sequences;
mod timing;
mod values;

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::{
    calls::{Call, Fee, History, Setup},
    names::{Who, SUBNETS},
};
use values::{amount_to_stake, staker};

/// The history that belongs to `seed`, of at most `depth` calls; the same one every time.
pub(crate) fn history(seed: u64, depth: usize) -> History {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let drawn = (setup(), beginning(), prop::collection::vec(calls::sequence(), depth));
    let (setup, beginning, sequences) = drawn.new_tree(&mut runner).expect("nothing is filtered").current();
    let mut calls: Vec<Call> = beginning.into_iter().chain(sequences.into_iter().flatten()).collect();
    calls.truncate(depth);
    History { setup, calls }
}

fn setup() -> impl Strategy<Value = Setup> {
    // The proposal's example; the days around the launch; the last days of the emission.
    let day = prop_oneof![7 => Just(20_140_u32), 2 => 19_755_u32..19_770, 1 => 25_580_u32..25_600];
    let lock_days = prop_oneof![3 => Just(7_u32), 2 => Just(1)];
    let grace_days = prop_oneof![4 => Just(3_u32), 1 => Just(0), 1 => Just(7)];
    let minimum = prop_oneof![Just(0_u32), Just(1), Just(10_000)];
    (day, lock_days, grace_days, minimum).prop_map(|(day, lock_days, grace_days, minimum)| Setup {
        day,
        lock_days,
        grace_days,
        minimum,
    })
}

/// Most histories begin with subnets that have stake, or little would happen in them.
fn beginning() -> impl Strategy<Value = Vec<Call>> {
    let one = |subnet: Who| {
        let by = if subnet == Who::Vault { Who::Keeper } else { subnet };
        let receiver = prop_oneof![3 => Just(by), 1 => Just(Who::Thief), 1 => Just(Who::Alignment)];
        let stakes = prop::collection::vec((staker(), amount_to_stake()), 1..4);
        (0..=1_000_u16, receiver, stakes, 0..10_u8).prop_map(move |(fee, receiver, stakes, luck)| {
            let (receiver, fee) = (Some(receiver), Fee::Thousandths(fee));
            let register = Call::Register { subnet, by, receiver, fee };
            let stakes = stakes.into_iter().map(|(by, amount)| Call::Stake { subnet, by, amount });
            let spoiled = match luck {
                1 => Some(Call::Register { subnet, by, receiver: None, fee }),
                2 => Some(Call::Register { subnet, by, receiver, fee: Fee::AboveAll }),
                3 => Some(Call::Register { subnet, by: Who::Stranger, receiver, fee }),
                _ => None,
            };
            spoiled.into_iter().chain([register]).chain(stakes).filter(|_| luck > 0).collect::<Vec<_>>()
        })
    };
    SUBNETS.map(one).prop_map(|parts| parts.into_iter().flatten().collect())
}
