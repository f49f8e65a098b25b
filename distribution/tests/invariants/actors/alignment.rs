//! The alignment of the second distributor: it answers what the real one does, or worse.

use std::cell::Cell;

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use mrc53_interfaces::alignment::IStakeAlignment::{stakeSecondsCall, stakerChangesCall, subnetCall};
use serde::{Deserialize, Serialize};
use stylus_sdk::{call::RawCall, prelude::*, ArbResult};

use super::{encode, word};
use crate::names::Who;

/// What it answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Manner {
    /// The truth.
    #[default]
    Honest,
    /// A thousand times each staker's stake and stake-seconds.
    StakersInvented,
    /// The largest numbers as each staker's stake and stake-seconds.
    StakersAbsurd,
    /// That no staker ever staked.
    StakersForgotten,
    /// A millionth of each subnet's stake-seconds, so that each wei of stake earns a million times as much.
    SubnetsShrunk,
    /// No stake-seconds for the last day that it was asked for.
    OneDayTooFew,
    /// A fee above all there is, to nobody.
    FeeAboveAll,
    /// Words that are no answer to anything.
    Nonsense,
    Revert,
}

std::thread_local! {
    static MANNER: Cell<Manner> = const { Cell::new(Manner::Honest) };
}

/// Changes what it answers from now on.
pub(crate) fn behave(manner: Manner) {
    MANNER.set(manner);
}

/// The contract.
#[storage]
pub(crate) struct LyingAlignment {}

#[allow(unsafe_code)]
// SAFETY: deployed as a contract of its own, never a field of another.
unsafe impl TopLevelStorage for LyingAlignment {}

#[public]
impl LyingAlignment {
    #[fallback]
    fn fallback(&mut self, calldata: &[u8]) -> ArbResult {
        #[allow(unsafe_code)]
        // SAFETY: it has no storage of its own that could be stale.
        let truth = unsafe { RawCall::new_static().call(Who::Alignment.address(), calldata) };
        let asked = [calldata[0], calldata[1], calldata[2], calldata[3]];
        match MANNER.get() {
            Manner::Nonsense => Ok(encode(&[U256::MAX; 3])),
            Manner::Revert => Err(vec![0xfe]),
            manner => truth.map(|answer| twist(manner, asked, answer)),
        }
    }
}

/// The lie that `manner` makes of an answer to the view with selector `asked`.
fn twist(manner: Manner, asked: [u8; 4], answer: Vec<u8>) -> Vec<u8> {
    let changes = asked == stakerChangesCall::SELECTOR;
    let days = asked == stakeSecondsCall::SELECTOR;
    match manner {
        Manner::StakersInvented if changes => amounts(&answer, [1, 2], |wei| wei * U256::from(1_000)),
        Manner::StakersAbsurd if changes => amounts(&answer, [1, 2], |_| U256::from(u128::MAX)),
        Manner::StakersForgotten if changes => encode(&[U256::from(32), U256::ZERO]),
        Manner::SubnetsShrunk if days => amounts(&answer, [0, 0], |wei| wei / U256::from(1_000_000)),
        Manner::OneDayTooFew if days => {
            let kept = word(&answer, 1).saturating_sub(U256::from(1));
            encode(&[U256::from(32), kept]).into_iter().chain(answer.into_iter().skip(64)).collect()
        }
        Manner::FeeAboveAll if asked == subnetCall::SELECTOR => {
            encode(&[Address::ZERO.into_word().into(), U256::MAX, word(&answer, 2)])
        }
        _ => answer,
    }
}

/// The list of three-word items with `change` made to the fields numbered `fields`.
fn amounts(answer: &[u8], fields: [usize; 2], change: impl Fn(U256) -> U256) -> Vec<u8> {
    let words: Vec<_> = (0..answer.len() / 32)
        .map(|index| match index.checked_sub(2) {
            Some(at) if fields.contains(&(at % 3)) => change(word(answer, index)),
            _ => word(answer, index),
        })
        .collect();
    encode(&words)
}
