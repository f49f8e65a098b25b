//! What `UsageProofs` reports. Together the events rebuild everything that its views answer of roots, coverage and days.

use alloy_sol_types::sol;

sol! {
    /// The relay has sent a root of Base.
    #[derive(Debug, PartialEq, Eq)]
    event RootAccepted(bytes32 indexed root);

    /// From now on, words of the storage with `storageRoot` can be proven by this root, whose block is of `timestamp`
    /// (unix seconds). It covers the days before `firstDayNotCovered`.
    #[derive(Debug, PartialEq, Eq)]
    event RootOpened(bytes32 indexed root, uint64 timestamp, bytes32 storageRoot, uint32 firstDayNotCovered);

    /// Days of word number `word` of the subnet were added to its buckets and to the total: those whose eight bytes in
    /// `added` are not zero.
    #[derive(Debug, PartialEq, Eq)]
    event WordProven(address indexed subnet, uint32 indexed word, bytes32 root, bytes32 added);

    /// What the subnet hosted on that day was not added, for the `reason` with this number: 0 the root does not cover the
    /// day, 1 the day is final, 2 it was proven before, 3 the subnet was not eligible on it, 4 the total cannot hold
    /// that much more.
    #[derive(Debug, PartialEq, Eq)]
    event DayPassedOver(address indexed subnet, uint32 indexed day, uint8 reason);
}

/// Why a day is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassedOver {
    /// The root does not cover it: a later one will.
    NotCovered = 0,
    /// It is final here, and never changes again.
    Final = 1,
    /// It was proven before.
    Proven = 2,
    /// The subnet was not eligible on it, and never will have been.
    NotEligible = 3,
    /// The total of all subnets cannot hold that much more.
    Overflow = 4,
}
