//! How long the parts of the way take, in seconds.

/// A UTC day.
pub(super) const DAY_SECONDS: u64 = 86_400;
/// From midnight to the first proposal after it: Base proposes every 20 minutes.
pub(super) const PROPOSED_AFTER: u64 = 20 * 60;
/// From a proposal to its end where it was proven in one way only: the slower one, which is to be planned for.
pub(super) const RESOLVED_AFTER: u64 = 5 * DAY_SECONDS;
/// From there to the relay: a game that has ended is not valid in the same second.
pub(super) const RELAYED_AFTER: u64 = 12;
/// From there until Arbitrum runs the ticket: it waits for Ethereum's blocks.
pub(super) const ARRIVES_AFTER: u64 = 15 * 60;
/// After so much longer than everything takes, a day that is not final never will be.
pub(super) const PATIENCE: u64 = 30 * DAY_SECONDS;
