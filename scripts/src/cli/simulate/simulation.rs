//! What `simulate` ran.

use mrc53_simulation::runs::{Plan, Run};

/// What was run, and how it went.
pub(super) struct Simulation {
    pub(super) name: String,
    pub(super) plan: Plan,
    pub(super) runs: Vec<Run>,
}
