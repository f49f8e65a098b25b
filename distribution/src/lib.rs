//! reward-distributor
