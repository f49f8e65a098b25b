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

#[cfg(test)]
mod tests {
    use alloy::primitives::B256;

    use super::*;
    use crate::fetch::Buckets;
    use crate::pipeline::coverage::Terms;

    const SUBNETS: [Address; 2] = [Address::repeat_byte(1), Address::repeat_byte(2)];
    const DAY: u64 = 86_400;
    const NONE: [u32; 0] = [];

    /// The numbers of the words of interest in a block at `time` where `first_open_day` is not final.
    fn numbers(first_open_day: u32, time: u64) -> Vec<u32> {
        let standing = Standing {
            address: Address::ZERO,
            relay: Address::ZERO,
            buckets: Buckets { address: Address::ZERO, code_hash: B256::ZERO },
            alignment: Address::ZERO,
            terms: Terms { grace_days: 3, window_days: 7 },
            first_open_day,
            last_accepted: None,
            unopened: Vec::new(),
            opened: Vec::new(),
            entries: Vec::new(),
        };
        let words = Interest { subnets: SUBNETS.to_vec(), first_day: 20_002 }.words(&standing, time);
        let of = |subnet| words.iter().filter(|word| word.subnet == subnet).map(|word| word.number).collect::<Vec<_>>();
        assert_eq!(of(SUBNETS[0]), of(SUBNETS[1]));
        of(SUBNETS[0])
    }

    #[test]
    fn words_are_of_interest_from_the_first_day_that_is_paid_and_not_final_to_the_last_that_is_covered() {
        // A block of day d covers the days before d - 3.
        let covers_up_to = |day: u64| (day + 4) * DAY;
        assert_eq!(numbers(0, covers_up_to(20_001)), NONE);
        assert_eq!(numbers(0, covers_up_to(20_002) - 1), NONE);
        assert_eq!(numbers(0, covers_up_to(20_002)), [5_000]);
        assert_eq!(numbers(0, covers_up_to(20_003)), [5_000]);
        assert_eq!(numbers(0, covers_up_to(20_004)), [5_000, 5_001]);
        assert_eq!(numbers(20_004, covers_up_to(20_004)), [5_001]);
        assert_eq!(numbers(20_005, covers_up_to(20_004)), NONE);
    }
}
