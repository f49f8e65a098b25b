//! The calculator and the distributor on usage that was proven: unchanged, they cannot tell the difference.

use alloy_primitives::U256;
use mrc53_testing::Mor;
use openzeppelin_stylus::token::erc20::IErc20;
use reward_calculator::RewardCalculator;
use reward_distributor::RewardDistributor;
use stake_alignment::StakeAlignment;

use super::*;

const MOR: u128 = 1_000_000_000_000_000_000;
const SECONDS: u8 = 0;
const LOCK_SECONDS: u64 = 7 * SECONDS_PER_DAY;
/// When [`DAY`] is final: proven in the second in which it is covered, with another root a day later.
const FINAL: u64 = covers(DAY) + WINDOW_DAYS as u64 * SECONDS_PER_DAY;

/// The suite on proofs in place of the recorder.
struct Suite {
    mor: Contract<Mor>,
    alignment: Contract<StakeAlignment>,
    proofs: Contract<UsageProofs>,
    calculator: Contract<RewardCalculator>,
    distributor: Contract<RewardDistributor>,
}

impl Suite {
    /// Both subnets are registered; [`SUBNET`] holds 120,000 of 1,200,000 MOR from the day before [`DAY`] on.
    fn new() -> Self {
        clock::set(midnight(DAY - 1));
        let suite = Self {
            mor: Contract::random(),
            alignment: Contract::random(),
            proofs: Contract::random(),
            calculator: Contract::random(),
            distributor: Contract::random(),
        };
        let [mor, alignment] = [suite.mor.address(), suite.alignment.address()];
        let (proofs, calculator) = (suite.proofs.address(), suite.calculator.address());
        suite.alignment.sender(ANYONE).constructor(mor, ANYONE, LOCK_SECONDS, U256::from(1)).motsu_unwrap();
        suite
            .proofs
            .sender(ANYONE)
            .constructor(RELAY, BUCKETS, CODE_HASH, GRACE_DAYS, alignment, WINDOW_DAYS)
            .motsu_unwrap();
        suite.calculator.sender(ANYONE).constructor(proofs, alignment, SECONDS).motsu_unwrap();
        let mut distributor = suite.distributor.sender(ANYONE);
        distributor.constructor(mor, alignment, calculator, ANYONE, ANYONE, DAY).motsu_unwrap();
        for (subnet, mor) in [(SUBNET, 120_000), (OTHER_SUBNET, 1_080_000)] {
            suite.alignment.sender(subnet).register_subnet(subnet, subnet, U256::ZERO).motsu_unwrap();
            suite.stake(subnet, mor * MOR);
        }
        suite
    }

    fn stake(&self, subnet: Address, amount: u128) {
        let amount = U256::from(amount);
        self.mor.sender(ANYONE).mint(ANYONE, amount).motsu_unwrap();
        self.mor.sender(ANYONE).approve(self.alignment.address(), amount).motsu_unwrap();
        self.alignment.sender(ANYONE).stake(subnet, amount).motsu_unwrap();
    }

    /// Proves all of `base` in the second in which [`DAY`] is covered.
    fn prove(&self, base: &Base) {
        let block = base.block(covers(DAY));
        self.open(&block);
        let (subnets, numbers, nodes) = block.proof(&base.words());
        self.proofs.sender(ANYONE).prove(block.root, subnets, numbers, nodes.into()).motsu_unwrap();
        self.open(&base.block(covers(DAY + 1)));
    }

    /// Somebody opens `block` in its own second.
    fn open(&self, block: &Block) {
        clock::set(block.timestamp);
        self.proofs.sender(RELAY).accept_root(block.root).motsu_unwrap();
        let Block { root, state_root, header, account_proof, .. } = block.clone();
        let passer = Block::message_passer_root();
        let mut proofs = self.proofs.sender(ANYONE);
        proofs.open_root(root, state_root, passer, header.into(), account_proof.into()).motsu_unwrap();
    }
}

/// The example of MRC-53: 10,000 of 100,000 seconds.
fn of_the_proposal() -> Base {
    let mut base = Base::default();
    base.host(SUBNET, DAY, 10_000, 1);
    base.host(OTHER_SUBNET, DAY, 90_000, 9);
    base
}

#[test]
fn the_proposals_example_comes_to_the_same_wei() {
    let suite = Suite::new();
    suite.prove(&of_the_proposal());

    let reward = suite.calculator.sender(ANYONE).reward(SUBNET, DAY).motsu_unwrap();

    assert_eq!(reward.payableWei, 305_601_083_255_596_990_795);
}

#[test]
fn the_calculator_answers_final_days_from_the_second_on_in_which_they_are() {
    let suite = Suite::new();
    suite.prove(&of_the_proposal());

    for (now, days) in [(FINAL - 1, 0), (FINAL, 1), (FINAL + 1, 1)] {
        clock::set(now);
        assert_eq!(suite.calculator.sender(ANYONE).rewards(SUBNET, DAY, DAY + 9).motsu_unwrap().len(), days);
    }
}

#[test]
fn the_distributor_settles_what_was_proven() {
    let suite = Suite::new();
    suite.prove(&of_the_proposal());
    clock::set(FINAL - 1);
    assert!(suite.distributor.sender(ANYONE).settle(SUBNET, 9).motsu_res().is_err());
    clock::set(FINAL);

    let (days, credited) = suite.distributor.sender(ANYONE).settle(SUBNET, 9).motsu_unwrap();

    assert_eq!((days, credited), (1, U256::from(305_601_083_255_596_990_795_u128)));
}

#[test]
fn a_day_of_a_subnet_without_stake_is_passed_over_and_dilutes_nobody() {
    let suite = Suite::new();
    let mut base = of_the_proposal();
    base.host(ANYONE, DAY, 1_000_000, 1);
    suite.prove(&base);

    assert_eq!(
        suite.calculator.sender(ANYONE).reward(SUBNET, DAY).motsu_unwrap().payableWei,
        305_601_083_255_596_990_795
    );
}
