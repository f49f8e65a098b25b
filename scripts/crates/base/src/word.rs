//! A word of the buckets on Base: whose, its number, and where it lies.

use alloy::primitives::{Address, B256, U256, keccak256};
use mrc53_ledger::usage::DAYS_PER_WORD;
use serde::{Deserialize, Serialize};

/// The slot of `usage` in `UsageBuckets`: `usage[subnet][day / 4]`.
const USAGE: B256 = B256::ZERO;

/// Four days of a subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// Whose.
    pub subnet: Address,
    /// Its number: that of its first day, divided by four.
    pub number: u32,
}

impl Word {
    /// The word that `day` of `subnet` is in.
    #[must_use]
    pub const fn of(subnet: Address, day: u32) -> Self {
        Self { subnet, number: day / DAYS_PER_WORD }
    }

    /// Its days.
    pub fn days(self) -> impl Iterator<Item = u32> {
        let first = self.number.saturating_mul(DAYS_PER_WORD);
        first..first.saturating_add(DAYS_PER_WORD)
    }

    /// Its slot, as Solidity lays a mapping of mappings out.
    #[must_use]
    pub fn slot(self) -> B256 {
        let of_subnet = keccak256([self.subnet.into_word(), USAGE].concat());
        keccak256([B256::from(U256::from(self.number)), of_subnet].concat())
    }

    /// Its path in the trie of the storage: the slot, hashed. A proof of many words has them in ascending order of it.
    #[must_use]
    pub fn path(self) -> B256 {
        keccak256(self.slot())
    }
}

#[cfg(test)]
mod tests {
    use alloy::primitives::b256;

    use super::*;

    #[test]
    fn a_slot_is_where_cast_says_that_solidity_puts_it() {
        let word = Word::of(Address::with_last_byte(1), 20_003);

        // cast index uint256 5000 $(cast index address 0x0000000000000000000000000000000000000001 0)
        assert_eq!(word.slot(), b256!("90118436ac180677a89070a7d9442a17a54ded50191d14efed5ddd81294e3000"));
        assert_eq!(word.path(), keccak256(word.slot()));
    }

    #[test]
    fn four_days_are_a_word() {
        let days = |number| Word { subnet: Address::ZERO, number }.days().collect::<Vec<_>>();

        assert_eq!(days(5_000), [20_000, 20_001, 20_002, 20_003]);
        assert_eq!(
            [19_999, 20_000, 20_003, 20_004].map(|day| Word::of(Address::ZERO, day).number),
            [4_999, 5_000, 5_000, 5_001]
        );
        // The last word has no day behind the last one there is.
        assert_eq!(days(u32::MAX / 4).last(), Some(&(u32::MAX - 1)));
    }
}
