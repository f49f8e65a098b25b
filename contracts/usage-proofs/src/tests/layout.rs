//! The layout of the packed words, found by filling their fields, held to `snapshots/proof-words.txt`.

use std::fmt::Write;

use alloy_primitives::U256;

use crate::{
    coverage::{CoverageWord, Entry, ENTRIES_PER_WORD},
    words::{RootWord, Settings},
    MAX_GRACE_DAYS, MAX_WINDOW_DAYS,
};

/// A field: its name, the most that it may hold, the word with that and the word without.
type Field = (&'static str, U256, [u8; 32], [u8; 32]);

fn settings() -> Vec<Field> {
    let none = Settings::default();
    let field = |name, most, with: Settings| (name, most, with.to_bytes(), none.to_bytes());
    let number = U256::from::<u32>;
    vec![
        field("alignment", U256::MAX >> 96, Settings { alignment: [0xff; 20], ..none }),
        field("grace_days", number(MAX_GRACE_DAYS), Settings { grace_days: u32::MAX, ..none }),
        field("window_days", number(MAX_WINDOW_DAYS), Settings { window_days: u32::MAX, ..none }),
        field("entries", number(u32::MAX), Settings { entries: u32::MAX, ..none }),
    ]
}

fn root() -> Vec<Field> {
    let none = RootWord::default();
    let open = |timestamp| RootWord { timestamp: Some(timestamp), ..none }.to_bytes();
    vec![
        ("is_accepted", U256::from(1), RootWord { is_accepted: true, ..none }.to_bytes(), none.to_bytes()),
        ("is_open", U256::from(1), open(0), none.to_bytes()),
        ("timestamp", U256::from(u64::MAX), open(u64::MAX), open(0)),
    ]
}

fn coverage() -> Vec<Field> {
    let (day, second) = ((1_u32 << 24) - 1, (1_u64 << 40) - 1);
    let none = [0; 32];
    let with = |number, first_day_not_covered, opened_at| {
        CoverageWord(none).with(number, Entry { first_day_not_covered, opened_at }).0
    };
    let entry = |number| {
        [
            ("first_day_not_covered", U256::from(day), with(number, day, 0), none),
            ("opened_at", U256::from(second), with(number, 0, second), none),
        ]
    };
    (0..ENTRIES_PER_WORD).flat_map(entry).collect()
}

/// A line for each field: which bytes it touches, which bits it has, counted from the lowest, and what it may hold.
fn layout() -> String {
    let mut text = String::new();
    for (word, fields) in [("Settings", settings()), ("RootWord", root()), ("CoverageWord", coverage())] {
        writeln!(text, "{word}").unwrap();
        for (name, most, with, without) in fields {
            let mask = U256::from_be_bytes(with) ^ U256::from_be_bytes(without);
            let (low, high) = (mask.trailing_zeros(), 255 - mask.leading_zeros());
            let bytes = format!("{}-{}", (255 - high) / 8, (255 - low) / 8);
            let bits = format!("{low}-{high}");
            writeln!(text, "  bytes {bytes:<5}  bits {bits:<7}  {name}, at most {most}").unwrap();
        }
    }
    text
}

#[test]
fn the_layout_of_every_word_is_that_of_the_snapshot() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots/proof-words.txt");
    let now = layout();
    if std::env::var_os("MRC53_UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    let then = std::fs::read_to_string(path).unwrap();
    assert!(then == now, "the layout of words has changed: storage of contracts that stand is read otherwise\n{now}");
}
