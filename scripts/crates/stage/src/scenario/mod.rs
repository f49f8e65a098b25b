//! Scenarios: what happens to the suite, second by second (`tests/scenarios/README.md`).

mod fields;
pub mod format;
pub mod names;

pub use format::{Event, Op, Pausable, Scenario};
pub use names::Names;
