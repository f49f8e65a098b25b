//! A stand on which a subnet has earned something, and a keeper who settles, claims and records there.

use alloy::primitives::{Address, U256};
use alloy::providers::Provider;
use mrc53_abi::{Erc20, MorToken, RewardDistributor, SessionRecorder, StakeAlignment};
use mrc53_stage::scenario::names;
use serde_json::Value;

use crate::asking::ask;
use crate::suite_support::{DAY, Ended, HOUR, MIDNIGHT, MOR, Stand, run};

/// The operator's part in all tests, 1e25 = 100 %: a fifth.
pub(crate) const FEE: u128 = 2_000_000_000_000_000_000_000_000;
/// From when on [`TODAY`] is final.
pub(crate) const FINAL: u64 = MIDNIGHT + 4 * DAY;

/// A stand on which the subnet `atlas`, with 20,000 MOR of `alice`'s, has hosted and recorded an hour on [`TODAY`].
pub(crate) async fn stand() -> (Stand, Address) {
    let stand = Stand::new().await;
    let (atlas, alice) = (stand.fund("atlas").await, stand.fund("alice").await);
    stand.fund("keeper").await;
    let receiver = names::address("atlas' receiver");
    let register = StakeAlignment::registerSubnetCall { subnet: atlas, receiver, fee: U256::from(FEE) };
    stand.call(atlas, stand.suite.alignment, register).await;
    let approve = MorToken::approveCall { spender: stand.suite.alignment, value: U256::MAX };
    stand.call(alice, stand.token, approve).await;
    stake(&stand, atlas, 20_000).await;
    host(&stand, atlas, MIDNIGHT + HOUR).await;
    (stand, atlas)
}

/// As [`stand`], with [`TODAY`] settled.
pub(crate) async fn settled() -> (Stand, Address) {
    let (stand, atlas) = stand().await;
    stand.travel(FINAL).await;
    keep(&stand, &["settle"]).ok();
    (stand, atlas)
}

/// Lets `subnet` host an hour from `at` on, and records it.
pub(crate) async fn host(stand: &Stand, subnet: Address, at: u64) {
    stand.at(at).await;
    let session = stand.open(&format!("from {at}"), subnet, at + HOUR).await;
    stand.at(at + HOUR).await;
    let record = SessionRecorder::recordCall { sessionId: session };
    stand.call(stand.chain.main, stand.suite.recorder, record).await;
}

/// Stakes `mor` MOR more of `alice`'s.
pub(crate) async fn stake(stand: &Stand, subnet: Address, mor: u128) {
    let (alice, amount) = (names::address("alice"), U256::from(mor * MOR));
    stand.call(stand.chain.main, stand.token, MorToken::mintCall { to: alice, value: amount }).await;
    stand.call(alice, stand.suite.alignment, StakeAlignment::stakeCall { subnet, amount }).await;
}

/// Runs the tool with the key of a keeper, who is nobody in particular.
pub(crate) fn keep(stand: &Stand, words: &[&str]) -> Ended {
    let key = names::account_key("keeper").to_bytes().to_string();
    let signed = ["--private-key", &key];
    let who = if words.contains(&"--unsigned-from") { &[][..] } else { &signed };
    stand.tool(&[words, who].concat())
}

/// As [`keep`], through the node at `url`.
pub(crate) fn keep_at(stand: &Stand, url: &str, words: &[&str]) -> Ended {
    let key = names::account_key("keeper").to_bytes().to_string();
    let folder = stand.folder.path().to_str().unwrap();
    let place = ["--network", "local", "--rpc-url", url, "--deployments", folder, "--private-key", &key];
    run(&[words, &place].concat())
}

/// How many transactions the keeper has sent.
pub(crate) async fn kept(stand: &Stand) -> u64 {
    stand.chain.provider.get_transaction_count(names::address("keeper")).await.unwrap()
}

/// What is credited to all.
pub(crate) async fn credited(stand: &Stand) -> U256 {
    ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::totalCreditedCall {}).await
}

pub(crate) async fn block(stand: &Stand) -> u64 {
    stand.chain.provider.get_block_number().await.unwrap()
}

pub(crate) async fn balance(stand: &Stand, account: Address) -> U256 {
    ask(&stand.chain.provider, stand.token, Erc20::balanceOfCall { account }).await
}

/// What the operator and `alice` are owed.
pub(crate) async fn owed(stand: &Stand, subnet: Address) -> (U256, U256) {
    let operator =
        ask(&stand.chain.provider, stand.suite.distributor, RewardDistributor::operatorAccountCall { subnet })
            .await
            .owed;
    let staker = ask(
        &stand.chain.provider,
        stand.suite.distributor,
        RewardDistributor::stakerOwedCall { subnet, staker: names::address("alice"), maxChanges: u32::MAX },
    )
    .await
    .owed;
    (operator, staker)
}

pub(crate) fn wei(value: &Value) -> U256 {
    value.as_str().unwrap().parse().unwrap()
}
