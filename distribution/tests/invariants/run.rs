//! Playing a history: call after call, the invariants after each, and what breaks.

use std::{
    cell::{Cell, RefCell},
    panic::{self, AssertUnwindSafe},
};

use crate::{calls::History, tally::Tally, world::World};

/// A history that broke a rule, at which call and how.
#[derive(Clone, Debug)]
pub(crate) struct Broken {
    /// Number of the call, from 0; one past the last for what is checked at the end.
    pub(crate) call: usize,
    /// The panic's message and place.
    pub(crate) what: String,
}

std::thread_local! {
    static AT: Cell<usize> = const { Cell::new(0) };
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Plays `history`. A rule is broken by whatever panics: a contract, a handler that found another outcome than the
/// rules allow, or an invariant.
pub(crate) fn play(history: &History) -> Result<Tally, Broken> {
    AT.set(0);
    let played = panic::catch_unwind(AssertUnwindSafe(|| {
        let mut world = World::new(history.setup);
        for (number, call) in history.calls.iter().enumerate() {
            AT.set(number);
            world.play(call);
            world.check(number);
        }
        AT.set(history.calls.len());
        world.check_all();
        world.check_liveness();
        world.tally
    }));
    played.map_err(|_| Broken { call: AT.get(), what: LAST_PANIC.take() })
}

/// Does `work` with panics kept for [`Broken`] and not printed.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(|info| LAST_PANIC.set(info.to_string())));
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(usual);
    done.unwrap_or_else(|panic| panic::resume_unwind(panic))
}
