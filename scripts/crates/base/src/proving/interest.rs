//! Which words are of interest in a block: those of the subnets that have a day which the block covers and that is not
//! final.

use alloy::primitives::Address;
use mrc53_ledger::usage::DAYS_PER_WORD;

use crate::pipeline::standing::Standing;
use crate::word::Word;

/// Whose words, from which day on.
#[derive(Clone, Debug)]
pub(super) struct Interest {
    /// The subnets.
    pub(super) subnets: Vec<Address>,
    /// The first day for which anybody is paid.
    pub(super) first_day: u32,
}

impl Interest {
    /// The words of a block at `time` (unix seconds) that are of interest where `UsageProofs` stands so.
    pub(super) fn words(&self, standing: &Standing, time: u64) -> Vec<Word> {
        let from = self.first_day.max(standing.first_open_day);
        let end = standing.terms.first_day_not_covered(time);
        if from >= end {
            return Vec::new();
        }
        let numbers = from / DAYS_PER_WORD..=(end - 1) / DAYS_PER_WORD;
        let of = |subnet: Address| numbers.clone().map(move |number| Word { subnet, number });
        self.subnets.iter().copied().flat_map(of).collect()
    }
}
