//! `UsageProofs` beside a suite that stands, and a suite upon it.

use alloy::primitives::Address;
use alloy::sol_types::SolValue;
use mrc53_stage::deploy;
use mrc53_stage::scenario::names;
use mrc53_stage::suite::code;
use mrc53_suite::contract::Contract;
use mrc53_suite::terms::{Weight, weight_number};

use super::base::{BUCKETS, Block, CODE_HASH};
use crate::suite_support::{DAY, MIDNIGHT, Stand, TODAY, programs};

pub(crate) const GRACE_DAYS: u32 = 3;
pub(crate) const WINDOW_DAYS: u32 = 7;

/// The first second at which a header covers `day`.
pub(crate) const fn covers(day: u32) -> u64 {
    MIDNIGHT + (day + 1 + GRACE_DAYS - TODAY) as u64 * DAY
}

/// Deploys `contract` with `arguments`.
async fn deploy(stand: &Stand, contract: Contract, arguments: Vec<u8>) -> Address {
    let code = code(programs(), contract).unwrap();
    deploy::stylus(&stand.chain, contract.package(), &code, arguments).await.unwrap().address
}

/// Deploys `UsageProofs` for the suite's alignment; the dev account is the relay.
pub(crate) async fn usage_proofs(stand: &Stand) -> Address {
    let arguments = (stand.chain.main, BUCKETS, CODE_HASH, GRACE_DAYS, stand.suite.alignment, WINDOW_DAYS);
    deploy(stand, Contract::UsageProofs, arguments.abi_encode_params()).await
}

/// Deploys a calculator whose recorder is `proofs`, and a distributor that asks it from [`TODAY`] on; it may take what
/// the pool holds.
pub(crate) async fn suite_upon(stand: &Stand, proofs: Address) -> (Address, Address) {
    let (main, alignment) = (stand.chain.main, stand.suite.alignment);
    let arguments = (proofs, alignment, weight_number(Weight::Seconds)).abi_encode_params();
    let calculator = deploy(stand, Contract::RewardCalculator, arguments).await;
    let pool = names::pool_key().address();
    let arguments = (stand.token, alignment, calculator, pool, main, TODAY).abi_encode_params();
    (calculator, deploy(stand, Contract::RewardDistributor, arguments).await)
}

/// The relay sends the root of `block`, and somebody opens it.
pub(crate) async fn open(stand: &Stand, proofs: Address, block: &Block) {
    stand.call(stand.chain.main, proofs, block.accept()).await;
    stand.call(stand.chain.main, proofs, block.open()).await;
}
