//! The vectors of whole days: usage and stake in, payments out, through all four contracts.

use serde::Deserialize;

use super::*;

#[derive(Deserialize)]
struct Vectors {
    settlements: Vec<DayVector>,
}

#[derive(Deserialize)]
struct DayVector {
    name: String,
    day: u32,
    subnets: Vec<Subnet>,
    emission: String,
}

#[derive(Deserialize)]
struct Subnet {
    seconds: u64,
    stake: String,
    payout: String,
}

fn vectors() -> Vec<DayVector> {
    let text = include_str!("../../../tests/vectors/settlement.json");
    serde_json::from_str::<Vectors>(text).expect("the vectors of the settlements").settlements
}

fn wei(text: &str) -> u128 {
    text.parse().expect("an amount in wei")
}

/// The address of the subnet number `index`.
fn subnet(index: usize) -> Address {
    let mut address = SUBNET;
    address.0[19] = index as u8 + 1;
    address
}

#[test]
fn every_vector_of_a_day_is_paid_to_the_wei() {
    let vectors = vectors();
    assert!(!vectors.is_empty());
    for vector in vectors {
        let suite = Suite::new();
        clock::set(midnight(vector.day - 1));
        let subnets: Vec<_> = vector.subnets.iter().enumerate().map(|(index, of)| (subnet(index), of)).collect();
        for (subnet, of) in &subnets {
            // A fee of 100 %: all of it is the operator's, in whole wei.
            suite.register(*subnet, WHOLE);
            if wei(&of.stake) > 0 {
                suite.stake(*subnet, ALICE, wei(&of.stake));
            }
        }
        // A subnet without stake is not eligible: what it hosts cannot be recorded.
        for (subnet, of) in subnets.iter().filter(|(_, of)| of.seconds > 0 && wei(&of.stake) > 0) {
            suite.serve(*subnet, vector.day, of.seconds);
        }
        finalise(vector.day);

        let mut paid = 0;
        for (subnet, of) in &subnets {
            suite.settle(*subnet, 2);
            assert_eq!(suite.claim(*subnet), wei(&of.payout), "{}", vector.name);
            paid += wei(&of.payout);
        }
        // Invariant 6.
        assert!(paid <= wei(&vector.emission), "{}", vector.name);
        assert_eq!((suite.credited(), suite.paid()), (paid, paid));
    }
}

#[test]
fn the_example_of_the_proposal_is_paid_to_the_wei() {
    let suite = Suite::with_subnets();
    suite.stake(SUBNET, ALICE, 120_000 * MOR);
    suite.stake(OTHER_SUBNET, BOB, 1_080_000 * MOR);
    suite.serve(SUBNET, DAY, 10_000);
    suite.serve(OTHER_SUBNET, DAY, 90_000);
    finalise(DAY);

    assert_eq!(suite.settle(SUBNET, 2), 305_601_083_255_596_990_795);
    assert_eq!(suite.settle(OTHER_SUBNET, 2), 2_750_409_749_300_372_917_158);
    // 20 % to the operator, the rest to its only staker, a wei short by the two floors.
    assert_eq!(suite.claim(SUBNET), 61_120_216_651_119_398_159);
    assert_eq!(suite.claim_stake(SUBNET, ALICE), 244_480_866_604_477_592_636 - 1);
    assert_eq!(suite.tokens_of(SUBNET), 61_120_216_651_119_398_159);
    assert_eq!(suite.tokens_of(ALICE), 244_480_866_604_477_592_636 - 1);
}

#[test]
fn version_1_of_the_proposal_counts_sessions() {
    let suite = Suite::with_subnets();
    let _by_sessions = suite.count_sessions();
    suite.stake(SUBNET, ALICE, 1_000_000 * MOR);
    suite.stake(OTHER_SUBNET, BOB, 1_000_000 * MOR);
    // One long session against three short ones.
    suite.serve(SUBNET, DAY, 80_000);
    for id in 1..4 {
        suite.host(id, OTHER_SUBNET, midnight(DAY) + id, midnight(DAY) + id + 10);
        suite.record(id);
    }
    finalise(DAY);

    let emission = 3_231_716_521_361_160_000_000;
    assert_eq!(suite.settle(SUBNET, 2), emission / 4);
    assert_eq!(suite.settle(OTHER_SUBNET, 2), emission / 2);
}

impl Suite {
    /// Schedules a calculator that counts sessions for [`DAY`] and returns it.
    fn count_sessions(&self) -> Contract<RewardCalculator> {
        let (recorder, alignment) = (self.recorder.address(), self.alignment.address());
        let calculator = Contract::<RewardCalculator>::random();
        calculator.sender(OWNER).constructor(recorder, alignment, SESSIONS).motsu_unwrap();
        clock::set(midnight(DAY - 9));
        self.distributor.sender(OWNER).schedule_calculator(calculator.address(), DAY - 1).motsu_unwrap();
        clock::set(midnight(DAY - 1));
        calculator
    }
}
