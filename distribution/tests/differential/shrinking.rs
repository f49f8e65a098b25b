//! Finding a difference, and what of the history makes it.

use core::cell::Cell;
use std::panic::{catch_unwind, AssertUnwindSafe};

use mrc53_model::{Op, Scenario};

use super::player::Player;
use super::Difference;

/// Plays `scenario` and tells `met` how each event went; answers the first difference. A panic is one.
pub(super) fn difference(scenario: &Scenario, mut met: impl FnMut(&Op, Result<(), String>)) -> Option<Difference> {
    let event = Cell::new(0);
    let counted = |op: &Op, result: Result<(), String>| {
        event.set(event.get() + 1);
        met(op, result);
    };
    catch_unwind(AssertUnwindSafe(|| Player::play(scenario, counted).err())).unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        let what = format!("panicked: {}", message.unwrap_or("without words"));
        Some(Difference { event: event.get(), what })
    })
}

/// The shortest history that dropping events from `scenario` leads to and that still differs, and how it does.
pub(super) fn shrunk(scenario: Scenario, found: Difference) -> (Scenario, Difference) {
    shrunk_by(scenario, found, |scenario| difference(scenario, |_, _| ()))
}

/// [`shrunk`], with any idea of a difference: drops halves, quarters and so on down to single events, from the front
/// on, again and again until no single event can be spared.
pub(super) fn shrunk_by(
    mut scenario: Scenario,
    mut found: Difference,
    differs: impl Fn(&Scenario) -> Option<Difference>,
) -> (Scenario, Difference) {
    scenario.events.truncate(found.event + 1);
    let mut size = scenario.events.len().div_ceil(2);
    loop {
        let before = scenario.events.len();
        let mut from = 0;
        while from < scenario.events.len() {
            let mut shorter = scenario.clone();
            shorter.events.drain(from..shorter.events.len().min(from + size));
            if let Some(still) = differs(&shorter) {
                shorter.events.truncate(still.event + 1);
                (scenario, found) = (shorter, still);
            } else {
                from += size;
            }
        }
        if size == 1 && scenario.events.len() == before {
            return (scenario, found);
        }
        size = size.div_ceil(2).max(1);
    }
}
