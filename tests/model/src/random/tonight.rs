//! A night of tests: its seeds, others than yesterday's and the same for everybody who plays on one day, and what it
//! counts.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::time::DAY_SECONDS;

/// Seeds that a day has for itself.
const SEEDS_PER_DAY: u64 = 1_000_000;

/// The first seed of tonight: that of the UTC day, or what the environment variable `MRC53_SEED` asks for.
///
/// # Panics
/// If `MRC53_SEED` is no number, or the clock stands before 1970.
#[must_use]
pub fn first_seed_of_tonight() -> u64 {
    if let Ok(asked) = std::env::var("MRC53_SEED") {
        return asked.parse().expect("MRC53_SEED is a number");
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    now.as_secs() / DAY_SECONDS * SEEDS_PER_DAY
}

/// Adds a line of `number` and `what` to the file that the environment variable `MRC53_COUNTS` names, if it names one:
/// `cargo mrc53 test --nightly` collects there what was played.
///
/// # Panics
/// If the file cannot be written.
pub fn count(number: u64, what: &str) {
    if let Some(path) = std::env::var_os("MRC53_COUNTS") {
        let mut file = OpenOptions::new().append(true).open(path).expect("the file of MRC53_COUNTS");
        writeln!(file, "{number} {what}").expect("room for a line");
    }
}
