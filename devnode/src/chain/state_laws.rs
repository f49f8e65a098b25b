//! Laws of the state: undo records restore it, and show any moment of the past.

use super::state::{State, Undo};
use super::view::Overlay;
use alloy::primitives::{Address, U256};
use proptest::prelude::*;
use revm::state::AccountInfo;

const ACCOUNTS: u8 = 4;
const SLOTS: u64 = 3;

#[derive(Debug, Clone)]
enum Change {
    Balance(u8, u64),
    Slot(u8, u64, u64),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (0..ACCOUNTS, 0..3_u64).prop_map(|(account, balance)| Change::Balance(account, balance)),
        (0..ACCOUNTS, 0..SLOTS, 0..3_u64).prop_map(|(account, key, value)| Change::Slot(account, key, value)),
    ]
}

fn apply(state: &mut State, change: &Change, undo: &mut Vec<Undo>) {
    match *change {
        Change::Balance(account, balance) => {
            let info = AccountInfo { balance: U256::from(balance), nonce: 1, ..AccountInfo::default() };
            state.set_info(Address::repeat_byte(account), info, None, undo);
        }
        Change::Slot(account, key, value) => {
            state.set_slot(Address::repeat_byte(account), U256::from(key), U256::from(value), undo);
        }
    }
}

/// All that can be seen of the accounts.
fn seen(state: &State, overlay: &Overlay) -> Vec<(U256, u64, Vec<U256>)> {
    (0..ACCOUNTS)
        .map(|account| {
            let address = Address::repeat_byte(account);
            let info = overlay.info(state, address).unwrap_or_default();
            let slots = (0..SLOTS).map(|key| overlay.slot(state, address, U256::from(key)));
            (info.balance, info.nonce, slots.collect())
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_changes_in_reverse_restores_the_state(changes in prop::collection::vec(change(), 0..40)) {
        let (mut state, mut undo) = (State::default(), Vec::new());
        for change in &changes {
            apply(&mut state, change, &mut undo);
        }
        for change in undo.into_iter().rev() {
            state.revert(change);
        }
        prop_assert_eq!(seen(&state, &Overlay::default()), seen(&State::default(), &Overlay::default()));
    }

    #[test]
    fn every_moment_of_the_past_can_be_seen(changes in prop::collection::vec(change(), 1..40), at in any::<prop::sample::Index>()) {
        let (mut state, mut undo) = (State::default(), Vec::new());
        let moment = at.index(changes.len());
        for change in &changes[..moment] {
            apply(&mut state, change, &mut undo);
        }
        let expected = seen(&state, &Overlay::default());
        let mark = undo.len();
        for change in &changes[moment..] {
            apply(&mut state, change, &mut undo);
        }
        let mut past = Overlay::default();
        for change in undo[mark..].iter().rev() {
            past.rewind(change);
        }
        prop_assert_eq!(seen(&state, &past), expected);
    }
}
