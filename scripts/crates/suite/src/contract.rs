//! Which contracts there are.

/// The contracts of the suite, by package, in the order in which they are deployed.
pub const CONTRACTS: [&str; 4] = ["session-recorder", "stake-alignment", "reward-calculator", "reward-distributor"];
