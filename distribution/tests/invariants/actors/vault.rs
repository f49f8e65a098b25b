//! A subnet with code, which answers whom it belongs to; not always sensibly.

use std::cell::Cell;

use alloy_primitives::U256;
use serde::{Deserialize, Serialize};
use stylus_sdk::{prelude::*, ArbResult};

use super::encode;
use crate::names::Who;

/// What it answers when asked for its owner, or for anything else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Manner {
    /// Its keeper.
    #[default]
    Keeper,
    /// Somebody else.
    Stranger,
    /// A word that is no address.
    TooWide,
    /// Half a word.
    Cut,
    Revert,
}

std::thread_local! {
    static MANNER: Cell<Manner> = const { Cell::new(Manner::Keeper) };
}

/// Changes what it answers from now on.
pub(crate) fn behave(manner: Manner) {
    MANNER.set(manner);
}

/// The contract.
#[storage]
pub(crate) struct Vault {}

#[allow(unsafe_code)]
// SAFETY: deployed as a contract of its own, never a field of another.
unsafe impl TopLevelStorage for Vault {}

#[public]
impl Vault {
    #[fallback]
    fn fallback(&mut self, _calldata: &[u8]) -> ArbResult {
        let owner = |who: Who| who.address().into_word().to_vec();
        match MANNER.get() {
            Manner::Keeper => Ok(owner(Who::Keeper)),
            Manner::Stranger => Ok(owner(Who::Stranger)),
            Manner::TooWide => Ok(encode(&[U256::MAX])),
            Manner::Cut => Ok(owner(Who::Keeper)[..16].to_vec()),
            Manner::Revert => Err(vec![0xfe]),
        }
    }
}
