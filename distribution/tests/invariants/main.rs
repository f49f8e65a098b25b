//! Whatever anybody does, in whatever order: random histories of the four contracts among hostile actors, and the
//! invariants after each call.
//!
//! | part | what it holds |
//! |---|---|
//! | [`calls`], [`names`] | what can happen, and who appears |
//! | [`draw`] | histories from seeds |
//! | [`actors`] | the token, the source, the calculator, the alignment and the contracts that wish the suite ill |
//! | [`world`], [`handlers`] | the suite deployed among them; what must come of each call, and whether it does |
//! | [`ghost`] | what must be true, kept without asking the contracts |
//! | [`checks`] | the invariants |
//! | [`run`], [`shrink`], [`kept`] | playing, shortening and keeping histories |
//! | [`tally`], [`coverage`] | what came of the calls, and what must have, so that no handler is blind |
//!
//! A history is a seed. One that breaks a rule is shortened, printed and kept as a file in `regressions`, which is
//! played from then on. `MRC53_NIGHTLY=1` plays a million calls more, of other histories each night.

extern crate alloc;

mod actors;
mod calls;
mod checks;
mod coverage;
mod draw;
mod ghost;
mod handlers;
mod kept;
mod names;
mod run;
mod shrink;
mod tally;
mod world;

use std::{env, sync::Mutex, time::Instant};

use calls::History;
use mrc53_model::random::{count, first_seed_of_tonight};
use run::{play, quietly};
use shrink::shrink;
use tally::Tally;

/// Calls of a history.
const DEPTH: usize = 256;
/// Histories of a usual run: 25,600 calls.
const HISTORIES: u64 = 100;
/// Histories that a nightly run plays besides: a million calls.
const NIGHTLY_HISTORIES: u64 = 3_907;

/// The host of these tests panics when two threads wait for each other's books too long, so they go one by one.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// The same seeds on every run; by night those of the day besides, or those from `MRC53_SEED` on.
fn seeds() -> impl Iterator<Item = u64> {
    let tonight = env::var_os("MRC53_NIGHTLY").map(|_| {
        let first = first_seed_of_tonight();
        println!("tonight's seeds: from {first} on (MRC53_SEED={first} repeats them)");
        first..first + NIGHTLY_HISTORIES
    });
    (0..HISTORIES).chain(tonight.into_iter().flatten())
}

#[test]
fn whatever_is_called_in_whatever_order_no_invariant_breaks() {
    let _turn = ONE_AT_A_TIME.lock();
    let (started, mut all, mut calls) = (Instant::now(), Tally::default(), 0_usize);
    for seed in seeds() {
        let history = draw::history(seed, DEPTH);
        calls += history.calls.len();
        match quietly(|| play(&history)) {
            Ok(tally) => all.add(&tally),
            Err(broken) => {
                let (call, (least, why)) = (broken.call, quietly(|| shrink(&history, broken)));
                let path = kept::keep(&format!("seed-{seed}"), &least);
                panic!(
                    "seed {seed} breaks a rule at call {call}, {calls} calls in; {} calls are enough: {:#?}\n{}\nkept as {}",
                    least.calls.len(),
                    least,
                    why.what,
                    path.display(),
                );
            }
        }
    }
    count(calls as u64, "calls of hostile actors on the contracts");
    println!("{all}{calls} calls in {:?}", started.elapsed());
    assert_eq!(coverage::missing(&all), Vec::<String>::new(), "handlers that are blind to something");
}

#[test]
fn every_history_that_ever_broke_a_rule_is_played_without_breaking_one() {
    let _turn = ONE_AT_A_TIME.lock();
    let kept = kept::kept();
    assert!(!kept.is_empty(), "nothing was ever found");
    for (name, history) in kept {
        if let Err(broken) = quietly(|| play(&history)) {
            panic!("{name} breaks a rule at call {}: {}", broken.call, broken.what);
        }
    }
}

#[test]
fn a_history_is_its_seed() {
    let _turn = ONE_AT_A_TIME.lock();
    let drawn: [History; 2] = [draw::history(7, 50), draw::history(7, 50)];

    assert_eq!(drawn[0], drawn[1]);
    assert_ne!(drawn[0], draw::history(8, 50));
}
