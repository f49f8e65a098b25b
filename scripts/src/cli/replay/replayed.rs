//! What `replay` has replayed.

use mrc53_maths::Day;
use mrc53_simulation::replay::paid::{AssumedStake, PaidDay};
use mrc53_simulation::replay::source::Source;

use super::stake::Stake;

/// What was replayed.
pub(super) struct Replay {
    pub(super) source: Source,
    pub(super) from: Day,
    pub(super) to: Day,
    pub(super) stake: Stake,
    pub(super) assumed: AssumedStake,
    pub(super) days: Vec<PaidDay>,
}
