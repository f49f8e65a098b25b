//! Who may cache programs beside the chain's owner: a list in ArbOS' state.

use super::call::{Call, Refusal};
use alloy::primitives::{Address, U256, keccak256};

/// All of them, in the order in which they were added.
pub(super) fn all(call: &mut Call<'_, '_>) -> Result<Vec<Address>, Refusal> {
    let count: u64 = call.load(count_key())?.saturating_to();
    (0..count).map(|index| Ok(Address::from_word(call.load(key(index))?.into()))).collect()
}

/// Adds one; nothing happens if it is there already.
pub(super) fn add(call: &mut Call<'_, '_>, manager: Address) -> Result<(), Refusal> {
    let managers = all(call)?;
    if managers.contains(&manager) {
        return Ok(());
    }
    let count = managers.len() as u64;
    call.store(key(count), manager.into_word().into())?;
    call.store(count_key(), U256::from(count + 1))
}

/// Removes one, whose place the last one takes.
pub(super) fn remove(call: &mut Call<'_, '_>, manager: Address) -> Result<(), Refusal> {
    let managers = all(call)?;
    let index = managers.iter().position(|other| *other == manager).ok_or(Refusal::Burnt)?;
    let (index, last) = (index as u64, managers.len() as u64 - 1);
    let moved = call.load(key(last))?;
    call.store(key(index), moved)?;
    call.store(key(last), U256::ZERO)?;
    call.store(count_key(), U256::from(last))
}

fn count_key() -> U256 {
    keccak256("cache managers").into()
}

fn key(index: u64) -> U256 {
    keccak256([b"cache manager ".as_slice(), &index.to_be_bytes()].concat()).into()
}
