//! `cargo mrc53 deploy` onto three chains, broken off on each of them: running it again ends with the same suite.

use alloy::primitives::Address;
use futures::future::join_all;
use mrc53_console::failure::exit_code;
use mrc53_deploy::goal::Wishes;
use mrc53_node::book::Book;
use mrc53_suite::place::Place;

use super::ground::{ALL, SENT, Three};
use crate::deploy_support::dev;
use crate::dying_node::{Loses, dying_at_transaction};

fn contracts(book: &Book) -> Vec<(&str, Address)> {
    book.contracts.iter().map(|record| (record.contract.as_str(), record.address)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_dies_at_any_transaction_is_named_and_the_next_run_goes_on_from_there() {
    let whole = Three::new();
    whole.deploy().await.unwrap();
    let whole = whole.book();
    let number = |at: usize| SENT[..=at].iter().filter(|(_, place)| *place == SENT[at].1).count();
    let requests = (0..SENT.len()).map(|at| (at, true));
    // Of Arbitrum's this is a rule of suites on one chain.
    let answers = (0..SENT.len()).filter(|at| SENT[*at].1 != Place::Arbitrum).map(|at| (at, false));
    let rounds = requests.chain(answers).map(async |(at, is_lost)| {
        let (contract, place) = SENT[at];
        let three = Three::new();
        let before = three.sent().await;
        let loses = if is_lost { Loses::Request } else { Loses::Answer };
        let proxy = dying_at_transaction(&three.node(place).url(), loses, number(at));

        let error = three.deploy_as(&dev(), Some((place, &proxy)), &Wishes::default()).await.unwrap_err();

        assert_eq!(exit_code(&error), 1, "{error:#}");
        let words = format!("{error:#}");
        assert!(words.contains(contract) && words.contains(&proxy) && words.contains("once more"), "{words}");
        let written = ALL.iter().position(|one| *one == contract).unwrap();
        assert_eq!(contracts(&three.book()), contracts(&whole)[..written]);

        let next = three.deploy().await.unwrap();

        // What came with an answer that got lost is there already: the recorder with its buckets.
        let arrived = match (is_lost, contract) {
            (true, _) => 0,
            (false, "base-session-recorder") => 2,
            (false, _) => 1,
        };
        assert_eq!(next.deployed(), ALL[written + arrived..], "{contract}");
        assert_eq!(contracts(&three.book()), contracts(&whole));
        let after = three.sent().await;
        assert_eq!([0, 1, 2].map(|at| after[at] - before[at]), [5, 1, 1]);
    });
    join_all(rounds).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_book_is_written_again_from_what_stands_on_three_chains() {
    let three = Three::new();
    three.deploy().await.unwrap();
    let (book, sent) = (three.book(), three.sent().await);
    std::fs::remove_file(three.folder.path().join("412346.json")).unwrap();

    let next = three.deploy().await.unwrap();

    assert_eq!(next.deployed(), [""; 0]);
    assert_eq!(three.sent().await, sent);
    assert_eq!(contracts(&three.book()), contracts(&book));
}
