//! How the call arrives.

use alloc::vec::Vec;

use stylus_sdk::{host::VM, prelude::*, ArbResult};

use crate::verified;

#[entrypoint]
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "the entry that calls it is the wasm's"))]
#[allow(clippy::needless_pass_by_value, reason = "the SDK hands it over")]
fn enter(input: Vec<u8>, _: VM) -> ArbResult {
    input.get(4..).and_then(verified).ok_or_else(Vec::new)
}
