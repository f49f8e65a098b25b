//! The price of wasm memory: 64 KiB pages, counted over the whole transaction.
//!
//! The first [`FREE_PAGES`] open pages are free, each further one costs [`PAGE_GAS`], and the most pages
//! ever open at once cost an exponential of base 31,874,000^(1/128), so that 128 pages cost 32 million gas
//! and one more cannot be paid. Source: Nitro `arbos/programs/memory.go`.

use super::host::Pages;

/// Pages a transaction has for nothing.
pub const FREE_PAGES: u16 = 2;
/// Gas of every further open page.
pub const PAGE_GAS: u64 = 1_000;
/// The most pages a program may start with, and a transaction may hold.
pub const PAGE_LIMIT: u16 = 128;

/// `floor(31_874_000 ^ (pages / 128))`.
const EXPONENTS: [u32; 129] = [
    1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 11, 12, 14, 17, 19, 22, 25, 29, 33, 38, 43, 50, 57, 65, 75,
    85, 98, 112, 128, 147, 168, 193, 221, 253, 289, 331, 379, 434, 497, 569, 651, 745, 853, 976, 1117, 1279, 1463,
    1675, 1917, 2194, 2511, 2874, 3290, 3765, 4309, 4932, 5645, 6461, 7395, 8464, 9687, 11087, 12689, 14523, 16621,
    19024, 21773, 24919, 28521, 32642, 37359, 42758, 48938, 56010, 64104, 73368, 83971, 96106, 109_994, 125_890,
    144_082, 164_904, 188_735, 216_010, 247_226, 282_953, 323_844, 370_643, 424_206, 485_509, 555_672, 635_973,
    727_880, 833_067, 953_456, 1_091_243, 1_248_941, 1_429_429, 1_636_000, 1_872_423, 2_143_012, 2_452_704, 2_807_151,
    3_212_820, 3_677_113, 4_208_502, 4_816_684, 5_512_756, 6_309_419, 7_221_210, 8_264_766, 9_459_129, 10_826_093,
    12_390_601, 14_181_199, 16_230_562, 18_576_084, 21_260_563, 24_332_984, 27_849_408, 31_873_999,
];

fn exponential(pages: u16) -> u64 {
    EXPONENTS.get(usize::from(pages)).map_or(u64::MAX, |gas| u64::from(*gas))
}

impl Pages {
    /// Gas for opening `new` more pages; `u64::MAX` beyond [`PAGE_LIMIT`].
    #[must_use]
    pub fn price_of(self, new: u16) -> u64 {
        let open = self.open.saturating_add(new);
        let ever = self.ever.max(open);
        if ever <= FREE_PAGES {
            return 0;
        }
        let paid = |pages: u16| u64::from(pages.saturating_sub(FREE_PAGES));
        let linear = (paid(open) - paid(self.open)) * PAGE_GAS;
        linear.saturating_add(exponential(ever) - exponential(self.ever))
    }

    /// Counts `new` more pages as open.
    pub fn open_more(&mut self, new: u16) {
        self.open = self.open.saturating_add(new);
        self.ever = self.ever.max(self.open);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_all_128_pages_costs_the_same_in_any_steps() {
        for step in 1..=PAGE_LIMIT {
            let mut pages = Pages::default();
            let mut gas = 0;
            while pages.open < PAGE_LIMIT {
                let new = step.min(PAGE_LIMIT - pages.open);
                gas += pages.price_of(new);
                pages.open_more(new);
            }
            assert_eq!(gas, 31_999_998);
        }
    }

    #[test]
    fn two_pages_are_free_and_the_129th_cannot_be_paid() {
        assert_eq!(Pages::default().price_of(2), 0);
        assert_eq!(Pages::default().price_of(3), 1_000);
        assert!(Pages::default().price_of(129) > 1 << 60);
    }
}
