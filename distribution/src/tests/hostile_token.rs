//! Claims against a token that misbehaves: what it does to a claim never harms what is owed.

use alloy_sol_types::SolCall;
use mrc53_testing::{HostileToken, Mood, SilentToken};

use super::*;

alloy_sol_types::sol! {
    /// What the token calls back.
    function claim(address subnet) external returns (uint256 paid, uint256 owed);
}

/// A world with three settled days whose token is hostile, and that token.
fn hostile_world() -> (World, Contract<HostileToken>) {
    let world = World::with_stake();
    let token = Contract::<HostileToken>::random();
    let distributor = Contract::<RewardDistributor>::random();
    let (alignment, calculator) = (world.alignment.address(), world.calculator.address());
    distributor.sender(ANYONE).constructor(token.address(), alignment, calculator, POOL, OWNER, 0).motsu_unwrap();
    token.sender(POOL).mint(POOL, U256::from(1_000 * MOR)).motsu_unwrap();
    token.sender(POOL).approve(distributor.address(), U256::from(1_000 * MOR)).motsu_unwrap();
    let world = World { distributor, ..world };
    world.settle(3);
    (world, token)
}

fn set_mood(token: &Contract<HostileToken>, mood: Mood) {
    token.sender(ANYONE).set_mood(mood);
}

#[test]
fn a_token_that_reverts_or_refuses_leaves_the_debt() {
    for mood in [Mood::Revert, Mood::AnswerFalse, Mood::AnswerNonsense] {
        let (world, token) = hostile_world();
        set_mood(&token, mood);

        let refusal = TokenTransferFailed { token: token.address() };
        world.assert_refused(World::try_claim, refusal);
        let refusal = TokenTransferFailed { token: token.address() };
        world.assert_refused(|world| world.try_claim_stake(ALICE, 10), refusal);
        set_mood(&token, Mood::Honest);
        assert_eq!(world.claim(), (60 * MOR, 0), "{mood:?}");
    }
}

#[test]
fn a_token_that_does_not_answer_what_the_pool_holds_leaves_the_debt() {
    let (world, token) = hostile_world();
    set_mood(&token, Mood::RevertViews);

    world.assert_refused(World::try_claim, TokenCallFailed { token: token.address() });
    world.assert_refused(|world| world.try_claim_stake(ALICE, 10), TokenCallFailed { token: token.address() });
}

#[test]
fn a_token_that_calls_back_finds_nothing_left_to_claim() {
    let (world, token) = hostile_world();
    let calldata = claimCall { subnet: SUBNET }.abi_encode();
    token.sender(ANYONE).reenter(world.distributor.address(), &calldata);

    assert_eq!(world.claim(), (60 * MOR, 0));
    let answer = token.sender(ANYONE).reentry().expect("the call back was made").expect("and answered");
    assert_eq!(claimCall::abi_decode_returns(&answer, true).expect("two words").paid, U256::ZERO);
    assert_eq!((world.paid(), world.operator_owed()), (60 * MOR, 0));
}

#[test]
fn a_token_that_answers_nothing_has_paid() {
    let world = World::with_stake();
    let token = Contract::<SilentToken>::random();
    let distributor = Contract::<RewardDistributor>::random();
    let (alignment, calculator) = (world.alignment.address(), world.calculator.address());
    distributor.sender(ANYONE).constructor(token.address(), alignment, calculator, POOL, OWNER, 0).motsu_unwrap();
    token.sender(POOL).mint(POOL, U256::from(1_000 * MOR)).motsu_unwrap();
    token.sender(POOL).approve(distributor.address(), U256::from(1_000 * MOR)).motsu_unwrap();
    let world = World { distributor, ..world };
    world.settle(3);

    assert_eq!(world.claim(), (60 * MOR, 0));
    assert_eq!(token.sender(ANYONE).balance_of(RECEIVER).to::<u128>(), 60 * MOR);
}
