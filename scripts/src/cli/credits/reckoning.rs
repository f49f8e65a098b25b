//! What `credits` reckoned.

use mrc53_simulation::credits::{Assumptions, Credits, Required};

/// What was assumed, and what follows.
pub(super) struct Reckoning {
    pub(super) assumed: Assumptions,
    pub(super) credits: Credits,
    /// The target in USD a day, and the stake for it.
    pub(super) required: Option<(f64, Required)>,
    /// USD of the tokens.
    pub(super) cost: Option<f64>,
}
