//! A token that fails or calls back. Whatever it does, the books stay right and a refusal changes nothing.

use alloy_sol_types::{sol, SolCall, SolError};
use mrc53_testing::{HostileToken, Mood, SilentToken};

use super::*;
use crate::{InsufficientStake, TokenTransferFailed};

sol! {
    function withdraw(address subnet, uint256 amount) external;
    function stake(address subnet, uint256 amount) external;
    function stakeOf(address subnet, address staker) external view returns (uint128 balance, uint64 unlockAt);
    function totalStake() external view returns (uint128);
}

/// A contract on a hostile token; the subnet is registered and Alice has staked 5 MOR, free by now.
struct Hostile {
    alignment: Contract<StakeAlignment>,
    token: Contract<HostileToken>,
}

impl Hostile {
    fn new() -> Self {
        clock::set(NOON);
        let hostile = Self { alignment: Contract::random(), token: Contract::random() };
        construct(&hostile.alignment, hostile.token.address());
        hostile.alignment.sender(SUBNET).register_subnet(SUBNET, RECEIVER, U256::ZERO).motsu_unwrap();
        hostile.stake(ALICE, 5 * MOR);
        clock::set(NOON + LOCK);
        hostile
    }

    fn fund(&self, staker: Address, amount: u128) {
        self.token.sender(staker).mint(staker, U256::from(amount)).motsu_unwrap();
        self.token.sender(staker).approve(self.alignment.address(), U256::from(amount)).motsu_unwrap();
    }

    fn stake(&self, staker: Address, amount: u128) {
        self.fund(staker, amount);
        self.alignment.sender(staker).stake(SUBNET, U256::from(amount)).motsu_unwrap();
    }

    fn books(&self) -> [u128; 4] {
        let view = self.alignment.sender(BOB);
        let staker = view.stake_of(SUBNET, ALICE).0;
        let days = view.stake_seconds(SUBNET, DAY + 7, DAY + 8).expect("one day");
        [staker, view.subnet_stake(SUBNET), view.total_stake(), days[0].totalStakeSeconds]
    }

    fn failed(&self) -> Error {
        TokenTransferFailed { token: self.token.address() }.into()
    }

    fn is_backed(&self) -> bool {
        let held = self.token.sender(BOB).balance_of(self.alignment.address()).expect("honest views");
        held >= U256::from(self.alignment.sender(BOB).total_stake())
    }
}

#[test]
fn a_stake_that_the_token_refuses_is_refused_and_changes_nothing() {
    let hostile = Hostile::new();
    hostile.fund(ALICE, MOR);
    let before = hostile.books();

    for mood in [Mood::Revert, Mood::AnswerFalse, Mood::AnswerNonsense] {
        hostile.token.sender(ALICE).set_mood(mood);
        let refusal = hostile.alignment.sender(ALICE).stake(SUBNET, U256::from(MOR)).motsu_unwrap_err();
        assert_eq!(refusal, hostile.failed(), "{mood:?}");
        assert_eq!(hostile.books(), before, "{mood:?}");
    }
}

#[test]
fn a_withdrawal_that_the_token_refuses_is_refused_and_can_be_repeated() {
    let hostile = Hostile::new();
    let before = hostile.books();

    for mood in [Mood::Revert, Mood::AnswerFalse, Mood::AnswerNonsense] {
        hostile.token.sender(ALICE).set_mood(mood);
        let refusal = hostile.alignment.sender(ALICE).withdraw(SUBNET, U256::from(MOR)).motsu_unwrap_err();
        assert_eq!(refusal, hostile.failed(), "{mood:?}");
        assert_eq!(hostile.books(), before, "{mood:?}");
    }
    hostile.token.sender(ALICE).set_mood(Mood::Honest);
    hostile.alignment.sender(ALICE).withdraw(SUBNET, U256::from(5 * MOR)).motsu_unwrap();
}

#[test]
fn neither_stake_nor_withdrawal_depends_on_the_views_of_the_token() {
    let hostile = Hostile::new();
    hostile.token.sender(ALICE).set_mood(Mood::RevertViews);

    hostile.stake(BOB, MOR);
    hostile.alignment.sender(ALICE).withdraw(SUBNET, U256::from(5 * MOR)).motsu_unwrap();

    assert_eq!(hostile.alignment.sender(BOB).total_stake(), MOR);
}

#[test]
fn a_token_that_answers_nothing_is_taken_at_its_word() {
    clock::set(NOON);
    let (alignment, token) = (Contract::<StakeAlignment>::random(), Contract::<SilentToken>::random());
    construct(&alignment, token.address());
    alignment.sender(SUBNET).register_subnet(SUBNET, RECEIVER, U256::ZERO).motsu_unwrap();
    token.sender(ALICE).mint(ALICE, U256::from(MOR)).motsu_unwrap();
    token.sender(ALICE).approve(alignment.address(), U256::from(MOR)).motsu_unwrap();

    alignment.sender(ALICE).stake(SUBNET, U256::from(MOR)).motsu_unwrap();
    clock::set(NOON + LOCK);
    alignment.sender(ALICE).withdraw(SUBNET, U256::from(MOR)).motsu_unwrap();

    assert_eq!(token.sender(ALICE).balance_of(ALICE), U256::from(MOR));
}

#[test]
fn a_token_that_calls_back_finds_the_withdrawal_already_booked() {
    let hostile = Hostile::new();
    let question = stakeOfCall { subnet: SUBNET, staker: ALICE }.abi_encode();
    hostile.token.sender(ALICE).reenter(hostile.alignment.address(), &question);

    hostile.alignment.sender(ALICE).withdraw(SUBNET, U256::from(2 * MOR)).motsu_unwrap();

    let answer = hostile.token.sender(ALICE).reentry().expect("called back").expect("a view");
    assert_eq!(stakeOfCall::abi_decode_returns(&answer, true).expect("well-formed").balance, 3 * MOR);
}

#[test]
fn a_token_that_calls_back_finds_the_stake_already_booked() {
    let hostile = Hostile::new();
    hostile.fund(BOB, MOR);
    hostile.token.sender(BOB).reenter(hostile.alignment.address(), &totalStakeCall {}.abi_encode());

    hostile.alignment.sender(BOB).stake(SUBNET, U256::from(MOR)).motsu_unwrap();

    let answer = hostile.token.sender(BOB).reentry().expect("called back").expect("a view");
    assert_eq!(totalStakeCall::abi_decode_returns(&answer, true).expect("well-formed")._0, 6 * MOR);
}

#[test]
fn a_token_that_stakes_itself_cannot_withdraw_twice_by_calling_back() {
    let hostile = Hostile::new();
    let thief = hostile.token.address();
    hostile.stake(thief, MOR);
    clock::set(NOON + 2 * LOCK);
    let again = withdrawCall { subnet: SUBNET, amount: U256::from(MOR) }.abi_encode();
    hostile.token.sender(thief).reenter(hostile.alignment.address(), &again);

    hostile.alignment.sender(thief).withdraw(SUBNET, U256::from(MOR)).motsu_unwrap();

    let refusal = hostile.token.sender(thief).reentry().expect("called back").expect_err("refused");
    assert_eq!(refusal, InsufficientStake { amount: U256::from(MOR), balance: U256::ZERO }.abi_encode());
    assert_eq!(hostile.alignment.sender(BOB).total_stake(), 5 * MOR);
    assert!(hostile.is_backed());
}

#[test]
fn a_token_that_stakes_while_a_withdrawal_is_paid_leaves_consistent_books() {
    let hostile = Hostile::new();
    let thief = hostile.token.address();
    hostile.fund(thief, MOR);
    let stake = stakeCall { subnet: SUBNET, amount: U256::from(MOR) }.abi_encode();
    hostile.token.sender(thief).reenter(hostile.alignment.address(), &stake);

    hostile.alignment.sender(ALICE).withdraw(SUBNET, U256::from(2 * MOR)).motsu_unwrap();

    assert!(hostile.token.sender(thief).reentry().expect("called back").is_ok());
    let view = hostile.alignment.sender(BOB);
    assert_eq!((view.stake_of(SUBNET, ALICE).0, view.stake_of(SUBNET, thief).0), (3 * MOR, MOR));
    assert_eq!((view.subnet_stake(SUBNET), view.total_stake()), (4 * MOR, 4 * MOR));
    assert!(hostile.is_backed());
}
