//! The layout of every packed word, found by filling its fields, held to `snapshots/words.txt`.

use core::fmt::Write;
use std::path::Path;

use mrc53_ledger::voided::{VoidedDays, DAYS_PER_WORD};
use mrc53_maths::U256;

use crate::words::{mask, words};

/// A line for each field of each word, from the first byte on: which bytes it touches, which bits it has, counted from
/// the lowest, and what it may hold.
fn layout() -> String {
    let mut text = String::new();
    for word in words() {
        writeln!(text, "{}", word.name).unwrap();
        let mut fields: Vec<_> =
            word.fields.iter().enumerate().map(|(at, field)| (mask(&word, at), &field.name, field.most)).collect();
        fields.sort_unstable_by_key(|(mask, ..)| core::cmp::Reverse(*mask));
        for (mask, name, most) in fields {
            let (low, high) = (mask.trailing_zeros(), 255 - mask.leading_zeros());
            let bytes = format!("{}-{}", (255 - high) / 8, (255 - low) / 8);
            let bits = format!("{low}-{high}");
            writeln!(text, "  bytes {bytes:<5}  bits {bits:<7}  {name}, at most {most}").unwrap();
        }
    }
    text + &voided_days()
}

/// The bit of every day, the days of a run in one line.
fn voided_days() -> String {
    let bit = |day| U256::from_be_bytes(VoidedDays::default().with(day).to_bytes()).trailing_zeros();
    let mut text = String::from("VoidedDays\n");
    let mut day = 0;
    while day < DAYS_PER_WORD {
        let run = (day..DAYS_PER_WORD).take_while(|next| bit(*next) == bit(day) + (next - day) as usize).count();
        let last = day + run as u32 - 1;
        writeln!(text, "  bits {}-{}  days {day}-{last}", bit(day), bit(last)).unwrap();
        day = last + 1;
    }
    text
}

#[test]
fn the_layout_of_every_word_is_that_of_the_snapshot() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../snapshots/words.txt");
    let now = layout();
    if std::env::var_os("MRC53_UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let then = std::fs::read_to_string(&path).unwrap();
    assert!(then == now, "the layout of words has changed: storage of contracts that stand is read otherwise\n{now}");
}
