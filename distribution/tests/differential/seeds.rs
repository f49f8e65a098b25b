//! Which histories are played: the same ones on every run, and by night new ones besides.

use core::cell::Cell;
use std::io::Write;
use std::rc::Rc;
use std::time::Instant;

use mrc53_model::random::first_seed_of_tonight;

/// Operations of every run.
const OPERATIONS: usize = 20_000;
/// Operations of a nightly run.
const NIGHTLY_OPERATIONS: usize = 1_000_000;
/// Operations between two lines about a nightly run.
const LINE_EVERY: usize = 25_000;

/// Seeds from 0 on until `operations` have been played; with `MRC53_NIGHTLY` set, then those of the day until many
/// more have, or those from `MRC53_SEED` on. What the environment asks for is said on standard error.
pub(super) fn all(operations: &Rc<Cell<usize>>) -> impl Iterator<Item = u64> {
    let fixed = up_to(OPERATIONS, operations, 0);
    let is_nightly = std::env::var_os("MRC53_NIGHTLY").is_some();
    let tonight = is_nightly.then(|| {
        let first = first_seed_of_tonight();
        say(&format!("tonight's seeds: from {first} on (MRC53_SEED={first} repeats them)"));
        up_to(NIGHTLY_OPERATIONS, operations, first)
    });
    let (started, operations) = (Instant::now(), Rc::clone(operations));
    let mut said = 0;
    fixed.chain(tonight.into_iter().flatten()).inspect(move |seed| {
        let played = operations.get();
        if is_nightly && played / LINE_EVERY > said {
            said = played / LINE_EVERY;
            say(&format!("{played} operations in {} s, at seed {seed}", started.elapsed().as_secs()));
        }
    })
}

fn up_to(limit: usize, operations: &Rc<Cell<usize>>, first: u64) -> impl Iterator<Item = u64> {
    let operations = Rc::clone(operations);
    (first..).take_while(move |_| operations.get() < limit)
}

/// Not through the test harness, which shows what a test prints only if it fails.
fn say(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("a place to say it");
}
