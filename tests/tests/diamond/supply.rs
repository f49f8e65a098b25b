//! The Diamond's own books once block rewards are in them.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, U256, hex};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::SolCall;
use mrc53_abi::{RewardCalculator, RewardDistributor};

use super::artifacts::{SessionFacet, SessionFacetWithHook};
use super::compute::{Compute, OPENING};
use super::gas::constant;
use crate::suite_support::{DAY, HOUR, MIDNIGHT, MOR};

/// What every transaction takes before it does anything.
const TRANSACTION_GAS: u64 = 21_000;
/// A day after which the stand's first day is final.
const LATER: u64 = MIDNIGHT + 5 * DAY;

async fn set_distributors(compute: &Compute, distributors: Vec<Address>) {
    let owner = compute.chain.main;
    compute.call(owner, compute.diamond, SessionFacetWithHook::setRewardDistributorsCall { distributors }).await;
}

/// Compute balance and MOR supply at [`LATER`].
async fn books(compute: &Compute) -> (U256, U256) {
    let timestamp = u128::from(LATER);
    let balance = compute.ask(SessionFacet::getComputeBalanceCall { timestamp }).await;
    (balance, compute.ask(SessionFacet::totalMORSupplyCall { timestamp }).await)
}

/// A contract that answers every call with `answer`, one word.
async fn answering(compute: &Compute, answer: U256) -> Address {
    // PUSH32 answer, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN.
    let runtime = [&[0x7f][..], &answer.to_be_bytes::<32>()[..], &hex!("5f5260205ff3")].concat();
    compute.contract(&runtime).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_distributor_has_paid_leaves_the_compute_balance_and_joins_the_supply() {
    let compute = Compute::hooked(|compute| compute.suite.recorder).await;
    let session = compute.open_at(OPENING, 2 * HOUR).await;
    compute.close_at(OPENING + HOUR, session).await;
    compute.fill_pool(10_000).await;
    compute.at(LATER).await;
    let (user, subnet, distributor) = (compute.user, compute.subnet, compute.suite.distributor);
    let staker = compute.fund("bob").await;
    compute.call(user, distributor, RewardDistributor::settleCall { subnet, maxDays: 10 }).await;
    compute.call(user, distributor, RewardDistributor::claimStakeCall { subnet, staker, maxChanges: 10 }).await;
    let before = books(&compute).await;

    set_distributors(&compute, vec![distributor]).await;

    let paid = RewardDistributor::totalPaidCall {}.abi_encode();
    let paid = U256::from_be_slice(&compute.answer(distributor, paid).await);
    assert!(paid > U256::ZERO);
    assert_eq!(books(&compute).await, (before.0 - paid, before.1 + paid));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_distributors_the_books_are_those_of_the_diamond_as_deployed() {
    let (plain, hooked) = (Compute::new().await, Compute::hooked(|_| Address::ZERO).await);

    assert_eq!(books(&plain).await, books(&hooked).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_compute_balance_is_never_below_zero() {
    let compute = Compute::hooked(|_| Address::ZERO).await;
    let (balance, supply) = books(&compute).await;
    let exactly = answering(&compute, balance).await;
    let one_more = answering(&compute, balance + U256::ONE).await;
    let one_less = answering(&compute, balance - U256::ONE).await;

    let mut left = Vec::new();
    for distributor in [one_less, exactly, one_more] {
        set_distributors(&compute, vec![distributor]).await;
        left.push(books(&compute).await);
    }

    assert_eq!(left.iter().map(|books| books.0).collect::<Vec<_>>(), [U256::ONE, U256::ZERO, U256::ZERO]);
    assert_eq!(left[1].1, supply + balance);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_distributor_that_does_not_answer_counts_as_nothing_and_stops_no_session() {
    let compute = Compute::hooked(|_| Address::ZERO).await;
    let before = books(&compute).await;
    // JUMPDEST, PUSH0, JUMP: burns all it is given.
    let burning = compute.contract(&hex!("5b5f56")).await;

    set_distributors(&compute, vec![burning, Address::with_last_byte(0xee)]).await;

    assert_eq!(books(&compute).await, before);
    compute.open_at(OPENING, HOUR).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_cannot_be_counts_as_nothing_and_stops_neither_view_nor_session() {
    let compute = Compute::hooked(|_| Address::ZERO).await;
    let (balance, supply) = books(&compute).await;
    let emitted = RewardCalculator::emittedCall { day: u32::MAX }.abi_encode();
    let emitted = U256::from_be_slice(&compute.answer(compute.suite.calculator, emitted).await);
    let most = U256::from(10_080_000 * MOR);
    assert!(emitted <= most && most - emitted < U256::from(MOR), "{emitted}");

    for (answer, paid) in [
        (most, most),
        (most + U256::ONE, U256::ZERO),
        (U256::from(u128::MAX), U256::ZERO),
        (U256::MAX - supply, U256::ZERO),
        (U256::MAX - supply + U256::ONE, U256::ZERO),
        (U256::MAX, U256::ZERO),
    ] {
        // Two of them: not even the sum of two answers overflows.
        let lying = vec![answering(&compute, answer).await, answering(&compute, answer).await];
        set_distributors(&compute, lying).await;
        let left = balance.saturating_sub(paid + paid);
        assert_eq!(books(&compute).await, (left, supply + paid + paid), "{answer}");
    }
    compute.open_at(OPENING, HOUR).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_paid_is_answered_for_at_most_half_of_the_gas_that_a_distributor_gets() {
    let compute = Compute::hooked(|_| Address::ZERO).await;
    let request = TransactionRequest::default().with_from(compute.user).with_to(compute.suite.distributor);

    let asked = request.with_input(RewardDistributor::totalPaidCall {}.abi_encode());
    let gas = compute.chain.provider.estimate_gas(asked).await.unwrap();

    eprintln!("totalPaid takes {} gas", gas - TRANSACTION_GAS);
    assert!(gas - TRANSACTION_GAS <= constant("BlockRewardsPaid", "ANSWER_GAS") / 2, "{gas}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_gas_a_distributor_is_asked_or_the_view_reverts() {
    let compute = Compute::hooked(|_| Address::ZERO).await;
    let paid = U256::from(7);
    // PUSH32 answer, PUSH3 131040, MSTORE, PUSH1 32, PUSH3 131040, RETURN: 45,000 gas for the memory.
    let answer = paid.to_be_bytes::<32>();
    let runtime = [&[0x7f][..], &answer, &hex!("6201ffe05260206201ffe0f3")].concat();
    let distributor = compute.contract(&runtime).await;
    let (balance, _) = books(&compute).await;
    set_distributors(&compute, vec![distributor]).await;

    let (mut refused, mut answered) = (0, 0);
    let data = SessionFacet::getComputeBalanceCall { timestamp: u128::from(LATER) }.abi_encode();
    for gas in (25_000..300_000).step_by(2_503) {
        let request = TransactionRequest::default().with_from(compute.user).with_to(compute.diamond);
        match compute.chain.provider.call(request.with_input(data.clone()).with_gas_limit(gas)).await {
            Ok(answer) => {
                assert_eq!(U256::from_be_slice(&answer), balance - paid, "with {gas}");
                answered += 1;
            }
            Err(_) => refused += 1,
        }
    }

    assert!(refused > 0 && answered > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_four_distributors_are_refused() {
    let compute = Compute::hooked(|_| Address::ZERO).await;
    let mut distributors: Vec<Address> = (1..=5).map(Address::with_last_byte).collect();

    refuses_to_set(&compute, &distributors).await;
    distributors.truncate(4);
    set_distributors(&compute, distributors.clone()).await;
    assert_eq!(compute.ask(SessionFacetWithHook::getRewardDistributorsCall {}).await, distributors);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_distributor_that_is_listed_twice_is_refused_wherever_it_stands() {
    let compute = Compute::hooked(|_| Address::ZERO).await;
    let [a, b, c] = [1, 2, 3].map(Address::with_last_byte);
    set_distributors(&compute, vec![a, b, c]).await;

    for twice in [vec![a, a], vec![a, b, a], vec![b, a, a], vec![a, b, c, b], vec![Address::ZERO; 2]] {
        refuses_to_set(&compute, &twice).await;
    }
    assert_eq!(compute.ask(SessionFacetWithHook::getRewardDistributorsCall {}).await, [a, b, c]);
}

/// Asserts that the Diamond refuses these distributors.
async fn refuses_to_set(compute: &Compute, distributors: &[Address]) {
    let set = SessionFacetWithHook::setRewardDistributorsCall { distributors: distributors.to_vec() };
    let receipt = compute.send(compute.chain.main, compute.diamond, set.abi_encode().into(), 1_000_000).await;
    assert!(!receipt.status(), "{distributors:?}");
}
