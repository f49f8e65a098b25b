//! The same random histories through the recorder of Base and through the Stylus recorder: the same buckets, sessions,
//! events, refusals and dropped seconds, word for word.
//!
//! Both stand on one devnode and are called in blocks of the same time. For the Stylus recorder every subnet is eligible,
//! and its source answers a bid with the account that the provider has named in place of the provider, and not at all while
//! it has named nobody and has code: then one refuses with `SubnetNotNamed` and the other with `SourceCallFailed`. That is
//! the only difference.

mod story;
mod twins;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write;
use std::time::Instant;

use mrc53_model::random;
use proptest::test_runner::{Config, TestRunner};

use story::STEPS;
use twins::Twins;

/// Operations of every run, and of a nightly one.
const OPERATIONS: usize = 20_000;
const NIGHTLY_OPERATIONS: usize = 400_000;

#[test]
fn random_histories_come_to_the_same_in_solidity_and_in_stylus() {
    let operations = if std::env::var_os("MRC53_NIGHTLY").is_some() { NIGHTLY_OPERATIONS } else { OPERATIONS };
    let cases = u32::try_from(operations.div_ceil(STEPS)).unwrap();
    let (started, twins) = (Instant::now(), RefCell::new(Twins::new()));
    let seen = RefCell::new(BTreeMap::<&str, usize>::new());

    let config = Config { cases, ..Config::with_source_file(file!()) };
    let ended = TestRunner::new(config).run(&story::history(), |(grace, steps)| {
        let mut twins = twins.borrow_mut();
        twins.begin(grace);
        for step in &steps {
            let what = twins.take(step);
            *seen.borrow_mut().entry(what).or_default() += 1;
        }
        twins.compare_everything();
        Ok(())
    });

    ended.unwrap();
    let seen = seen.into_inner();
    let played: usize = seen.values().sum();
    assert!(played >= operations, "{played}");
    random::count(played as u64, "operations on the recorders of Base and of Arbitrum");
    let line = format!("{played} operations on both recorders in {} s: {seen:?}", started.elapsed().as_secs());
    writeln!(std::io::stderr(), "{line}").expect("a place to say it");
    let expected = [
        "booked",
        "closed",
        "coded",
        "dropped",
        "named",
        "nothing new",
        "opened",
        "put",
        "refused",
        "several",
        "without a name",
    ];
    assert_eq!(seen.keys().copied().collect::<Vec<_>>(), expected);
}
