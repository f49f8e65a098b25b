//! Lending a host to a wasm store.
//!
//! wasmi asks that a store's data be `'static`, while a [`Host`] borrows the transaction it belongs to.
//! [`lend`] bridges the two with the only `unsafe` of this crate: a pointer that is checked to be alive at
//! each use and dies when the borrow ends, also by a panic.
#![allow(unsafe_code, reason = "wasmi's stores take 'static data only")]

use std::{cell::Cell, mem::transmute, ptr::NonNull, rc::Rc};

use super::host::Host;

/// A host on loan. Not `Clone`: whoever holds it has the host to themselves.
pub(crate) struct Lent {
    host: NonNull<dyn Host>,
    alive: Rc<Cell<bool>>,
}

impl Lent {
    /// The host, or `None` after the loan has ended.
    pub(crate) fn get(&mut self) -> Option<&mut dyn Host> {
        if !self.alive.get() {
            return None;
        }
        // SAFETY: `alive` is true only while `lend` still holds the exclusive borrow `host` was made
        // from; it touches the borrow no more itself, and `&mut self` makes this use the only one.
        Some(unsafe { self.host.as_mut() })
    }
}

struct EndOfLoan(Rc<Cell<bool>>);

impl Drop for EndOfLoan {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

/// Runs `body` with `host` on loan.
pub(crate) fn lend<R>(host: &mut dyn Host, body: impl FnOnce(Lent) -> R) -> R {
    let end = EndOfLoan(Rc::new(Cell::new(true)));
    // SAFETY: only the lifetime of the trait object changes; `Lent::get` gives it out while `end` lives,
    // and `end` lives shorter than `host`.
    let host = unsafe { transmute::<NonNull<dyn Host + '_>, NonNull<dyn Host>>(NonNull::from(host)) };
    body(Lent { host, alive: Rc::clone(&end.0) })
}
