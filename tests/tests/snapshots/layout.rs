//! The layout of storage: held to `snapshots/storage.txt`, and found again in what the wasm has written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use alloy::primitives::{Address, B256, U256, keccak256};
use mrc53_abi::{MorToken, RewardDistributor, SessionRecorder, StakeAlignment};
use mrc53_stage::scenario::names;

use super::fields::{Field, contracts};
use super::{folder, updating};
use crate::proofs::base::{Base, Block};
use crate::proofs::stand::{covers, open, usage_proofs};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, MOR, Stand, TODAY};

#[test]
fn the_layout_of_every_contract_is_that_of_the_snapshot() {
    let mut now = String::new();
    for (contract, fields) in contracts() {
        writeln!(now, "{contract}").unwrap();
        for Field { slot, offset, bytes, name, kind } in fields {
            let place = format!("{offset}-{}", offset + bytes - 1);
            writeln!(now, "  slot {slot:<2}  bytes {place:<5}  {name}: {kind}").unwrap();
        }
    }
    let path = folder().join("storage.txt");
    if updating() {
        std::fs::write(&path, &now).unwrap();
    }
    let then = std::fs::read_to_string(&path).unwrap();
    assert!(then == now, "the layout of storage has changed: contracts that stand are read otherwise\n{now}");
}

/// Base, where the subnet has hosted something on [`TODAY`], in the block that first covers that day.
fn block() -> Block {
    let mut base = Base::default();
    base.host(names::address("atlas"), TODAY, HOUR, 1);
    base.block(covers(TODAY))
}

/// A suite that has done something of everything, and `UsageProofs` beside it.
async fn lived_in() -> (Stand, Address) {
    let stand = Stand::new().await;
    let (main, suite) = (stand.chain.main, &stand.suite);
    stand.at(MIDNIGHT + HOUR).await;
    let subnet = stand.subnet("atlas", "alice", 20_000).await;
    let alice = names::address("alice");
    let session = stand.open("s", subnet, MIDNIGHT + 30 * DAY).await;
    let minimum = |mor| StakeAlignment::setMinSubnetStakeCall { amount: U256::from(mor * MOR) };
    stand.call(main, suite.alignment, minimum(9_000)).await;
    stand.at(MIDNIGHT + DAY).await;
    stand.call(main, suite.recorder, SessionRecorder::recordCall { sessionId: session }).await;
    stand.call(main, stand.token, MorToken::mintCall { to: alice, value: U256::from(MOR) }).await;
    stand.call(alice, suite.alignment, StakeAlignment::stakeCall { subnet, amount: U256::from(MOR) }).await;
    stand.fill_pool(10_000).await;
    stand.at(MIDNIGHT + 4 * DAY).await;
    stand.call(main, suite.distributor, RewardDistributor::settleCall { subnet, maxDays: 1 }).await;
    stand.call(main, suite.distributor, RewardDistributor::claimCall { subnet }).await;
    let claim = RewardDistributor::claimStakeCall { subnet, staker: alice, maxChanges: 9 };
    stand.call(main, suite.distributor, claim).await;
    let void = RewardDistributor::voidDaysCall { fromDay: TODAY + 1, toDay: TODAY + 2 };
    stand.call(main, suite.distributor, void).await;
    let proofs = usage_proofs(&stand).await;
    open(&stand, proofs, &block()).await;
    stand.call(main, proofs, block().prove(&[(subnet, TODAY / 4)])).await;
    // The one before has come into force: it goes to history.
    stand.at(MIDNIGHT + 8 * DAY).await;
    stand.call(main, suite.alignment, minimum(8_000)).await;
    for owned in [suite.alignment, suite.distributor] {
        stand.call(main, owned, StakeAlignment::transferOwnershipCall { newOwner: alice }).await;
    }
    (stand, proofs)
}

fn number(number: u32) -> B256 {
    U256::from(number).into()
}

/// Every key under which [`lived_in`] writes into a mapping.
fn keys() -> Vec<B256> {
    let [subnet, staker] = ["atlas", "alice"].map(|name| names::address(name).into_word());
    let of_both = keccak256([subnet, staker].concat());
    let mut day_of_subnet = [0; 32];
    day_of_subnet[..20].copy_from_slice(&subnet[12..]);
    day_of_subnet[28..].copy_from_slice(&TODAY.to_be_bytes());
    let numbers = [0, TODAY / 4, TODAY / 256].map(number);
    let words = [subnet, of_both, B256::repeat_byte(0xff), day_of_subnet.into(), names::session_id("s"), block().root];
    numbers.into_iter().chain(words).collect()
}

/// The slots that `field` can have filled: its own, or those of its entries.
fn slots_of(field: &Field) -> BTreeSet<U256> {
    let mut slots = BTreeSet::from([U256::from(field.slot)]);
    for _ in 0..field.kind.matches("StorageMap").count() {
        let entry = |key: &B256, slot: &U256| keccak256([key.0, slot.to_be_bytes()].concat()).into();
        slots =
            slots.iter().flat_map(|slot| keys().iter().map(|key| entry(key, slot)).collect::<Vec<U256>>()).collect();
    }
    slots
}

/// All that a contract has stored.
async fn stored(stand: &Stand, contract: Address) -> BTreeMap<U256, U256> {
    let read = stand.node().with(move |chain| chain.storage(contract).collect());
    read.await.unwrap()
}

#[tokio::test]
async fn the_wasm_writes_to_every_field_where_the_layout_has_it_and_nowhere_else() {
    let (stand, proofs) = lived_in().await;
    let suite = &stand.suite;
    // What the SDK's router notes of a constructor that has run.
    let constructed: U256 = keccak256("stylus_constructor").into();
    let contracts = contracts();
    for (name, address) in [
        ("SessionRecorder", suite.recorder),
        ("StakeAlignment", suite.alignment),
        ("RewardCalculator", suite.calculator),
        ("RewardDistributor", suite.distributor),
        ("UsageProofs", proofs),
    ] {
        let mut stored = stored(&stand, address).await;
        assert!(stored.remove(&constructed).is_some(), "{name} is constructed");
        let mut taken = BTreeSet::new();
        for field in &contracts[name] {
            let slots = slots_of(field);
            let bytes = field.offset..field.offset + field.bytes;
            let holds = |value: &U256| value.to_be_bytes::<32>()[bytes.clone()] != vec![0; field.bytes];
            // The weight of session-seconds is 0.
            let is_zero = (name, field.name.as_str()) == ("RewardCalculator", "weight");
            let found = slots.iter().filter_map(|slot| stored.get(slot)).any(holds);
            assert!(found != is_zero, "{name}.{}", field.name);
            taken.extend(slots);
        }
        let elsewhere: Vec<_> = stored.keys().filter(|slot| !taken.contains(*slot)).collect();
        assert!(elsewhere.is_empty(), "{name} has written to {elsewhere:?}");
    }
}
