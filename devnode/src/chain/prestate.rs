//! The prestate tracer: the accounts that a transaction touched, as they were, or what it changed about them.

use super::state::State;
use super::view::Overlay;
use alloy::primitives::{Address, B256, Bytes, U256};
use revm::state::{Account, AccountInfo, EvmState};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What to show, by geth's names.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PrestateOptions {
    /// What was changed, before and after, instead of all that was touched.
    pub diff_mode: bool,
    /// Leaves codes out.
    pub disable_code: bool,
    /// Leaves slots out.
    pub disable_storage: bool,
}

#[derive(Debug, Default, PartialEq, Serialize)]
struct Shown {
    #[serde(skip_serializing_if = "Option::is_none")]
    balance: Option<U256>,
    #[serde(skip_serializing_if = "no_code")]
    code: Bytes,
    #[serde(skip_serializing_if = "is_zero")]
    nonce: u64,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    storage: BTreeMap<B256, B256>,
}

fn no_code(code: &Bytes) -> bool {
    code.is_empty()
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(nonce: &u64) -> bool {
    *nonce == 0
}

/// The state that a run began with.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    pub(super) state: &'a State,
    pub(super) overlay: &'a Overlay,
}

/// What geth's `prestateTracer` prints for a run that touched `accounts`.
pub(super) fn show(before: Before<'_>, accounts: &EvmState, options: PrestateOptions) -> Value {
    if options.diff_mode {
        return differences(before, accounts, options);
    }
    let touched = accounts.iter().map(|(address, account)| {
        let mut shown = before.account(*address, options);
        if !options.disable_storage {
            shown.storage = account.storage.iter().map(|(key, slot)| (word(*key), word(slot.original_value))).collect();
        }
        (*address, shown)
    });
    json!(touched.collect::<BTreeMap<_, _>>())
}

fn differences(before: Before<'_>, accounts: &EvmState, options: PrestateOptions) -> Value {
    let (mut pre, mut post) = (BTreeMap::new(), BTreeMap::new());
    for (address, account) in accounts.iter().filter(|(_, account)| account.is_touched()) {
        let mut was = before.account(*address, options);
        let is_new = before.overlay.info(before.state, *address).is_none();
        let mut is = changes(&was, account, options);
        let slots = account.changed_storage_slots().filter(|_| !options.disable_storage);
        for (key, slot) in slots {
            for (map, value) in [(&mut was.storage, slot.original_value), (&mut is.storage, slot.present_value)] {
                if !value.is_zero() {
                    map.insert(word(*key), word(value));
                }
            }
        }
        let is_gone = account.is_selfdestructed();
        if !is_gone && is == Shown::default() && was.storage.is_empty() {
            continue;
        }
        if !is_new {
            pre.insert(*address, was);
        }
        if !is_gone {
            post.insert(*address, is);
        }
    }
    json!({ "post": post, "pre": pre })
}

/// What of balance, nonce and code is not as it was.
fn changes(was: &Shown, account: &Account, options: PrestateOptions) -> Shown {
    let AccountInfo { balance, nonce, code, .. } = &account.info;
    let code = code.as_ref().map(revm::bytecode::Bytecode::original_bytes).filter(|_| !options.disable_code);
    Shown {
        balance: Some(*balance).filter(|balance| Some(*balance) != was.balance),
        nonce: if *nonce == was.nonce { 0 } else { *nonce },
        code: code.filter(|code| *code != was.code).unwrap_or_default(),
        storage: BTreeMap::new(),
    }
}

impl Before<'_> {
    fn account(self, address: Address, options: PrestateOptions) -> Shown {
        let info = self.overlay.info(self.state, address).unwrap_or_default();
        let code = (!options.disable_code).then(|| self.overlay.code(self.state, info.code_hash).original_bytes());
        Shown {
            balance: Some(info.balance),
            nonce: info.nonce,
            code: code.unwrap_or_default(),
            storage: BTreeMap::new(),
        }
    }
}

fn word(value: U256) -> B256 {
    value.into()
}
