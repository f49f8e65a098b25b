//! The market of July 2026: 567 sessions of 21 providers a day, two of which host 98 %. The shape is the market's, the
//! sessions are made up.

use alloy::primitives::Address;
use mrc53_ledger::usage::{DAYS_PER_WORD, Usage, UsageWord};

use super::arbitrum::{Arbitrum, WORD};
use super::figures::{Figures, Row};
use super::storage::{Storage, Word, account, busy};

pub(crate) const SESSIONS_A_DAY: u32 = 567;
const PROVIDERS: u32 = 21;
/// What each of the two large ones hosts a day.
const OF_A_LARGE_ONE: u32 = 278;
/// Sessions that were recorded on Base before.
pub(crate) const RECORDED: u32 = 200_000;
/// As many words of buckets as that: what no market leaves, for the deepest trie.
const DEEP: usize = 200_000;

fn provider(number: u32) -> Address {
    account("provider", number as usize)
}

/// How many sessions provider number `number` opens on `day`: the small ones take turns.
fn sessions(number: u32, day: u32) -> u32 {
    if number < 2 {
        return OF_A_LARGE_ONE;
    }
    let (turns, small) = (SESSIONS_A_DAY - 2 * OF_A_LARGE_ONE, PROVIDERS - 2);
    (0..turns).map(|turn| u32::from((day * turns + turn) % small == number - 2)).sum()
}

/// What a word of provider number `number` holds.
fn hosted(number: u32, word: u32) -> UsageWord {
    let days = word * DAYS_PER_WORD..(word + 1) * DAYS_PER_WORD;
    days.fold(UsageWord::default(), |held, day| {
        let sessions = sessions(number, day);
        held.with_added(day, Usage { seconds: u64::from(sessions) * 3_601, sessions }).expect("room")
    })
}

/// The words of the market, with those of the days before that [`RECORDED`] sessions take.
fn storage() -> Storage {
    let days = RECORDED.div_ceil(SESSIONS_A_DAY);
    let numbers = WORD + 1 - days.div_ceil(DAYS_PER_WORD)..=WORD;
    let all =
        numbers.flat_map(|word| (0..PROVIDERS).map(move |number| ((provider(number), word), hosted(number, word))));
    Storage::new(all.filter(|(_, held)| *held != UsageWord::default()))
}

/// Adds what proving the market's four days costs Arbitrum: one word first of all, twenty, and all of them with their root;
/// and the first two where Base has as many words as sessions.
pub(crate) fn measure(figures: &mut Figures) {
    let words: Vec<Word> = (0..PROVIDERS).map(|number| (provider(number), WORD)).collect();
    let subnets: Vec<Address> = words.iter().map(|(subnet, _)| *subnet).collect();
    let (storage_root, [one, twenty, all]) = storage().proofs([&words[..1], &words[..20], &words[..]]);
    let mut arbitrum = Arbitrum::new(&subnets);
    let (root, accepted, opened) = arbitrum.open(storage_root);
    for (label, proof) in [("proving 1 word, first of all", one), ("proving 20 words", twenty)] {
        let gas = arbitrum.aside(|arbitrum| arbitrum.prove(root, &proof));
        figures.insert(label.to_owned(), Row::of(&proof).with("prove", gas));
    }
    let row = Row::of(&all).with("acceptRoot", accepted).with("openRoot", opened);
    let row = row.with("prove", arbitrum.aside(|arbitrum| arbitrum.prove(root, &all)));
    figures.insert("proving four days of the market".to_owned(), row);

    let deep = Storage::with_others(words.iter().map(|word| (*word, busy(*word))), DEEP);
    let (storage_root, [one, twenty]) = deep.proofs([&words[..1], &words[..20]]);
    let (root, ..) = arbitrum.open(storage_root);
    for (label, proof) in [("proving 1 word of 200,000, first of all", one), ("proving 20 words of 200,000", twenty)] {
        let gas = arbitrum.aside(|arbitrum| arbitrum.prove(root, &proof));
        figures.insert(label.to_owned(), Row::of(&proof).with("prove", gas));
    }
}
